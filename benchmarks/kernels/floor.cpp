// How fast memory lets one update the state of an optimizer in place: as many arrays, read and written in the same way,
// with the least arithmetic that touches all of them; and a cross entropy as one writes it in plain C, in the vectors
// that the compiler makes of it if it may do as it likes with the arithmetic. Prints seconds as JSON.
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t elements = 25557032;

using Array = std::vector<float>;

void adam(float* __restrict w, const float* __restrict g, float* __restrict m, float* __restrict s, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    m[i] = m[i] * 0.9F + g[i];
    s[i] = s[i] * 0.9F + g[i];
    w[i] += m[i] + s[i];
  }
}

void sgd(float* __restrict w, const float* __restrict g, float* __restrict v, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    v[i] = v[i] * 0.9F + g[i];
    w[i] += v[i];
  }
}

constexpr std::size_t samples = 256, classes = 1000;

void cross_entropy(const float* __restrict logits, const int* __restrict label, float* __restrict loss,
                   float* __restrict gradient, std::size_t from, std::size_t to) {
  constexpr float share = 0.1F / classes, scale = 1.0F / samples;
  for (std::size_t row = from; row < to; ++row) {
    const float* x = logits + row * classes;
    float* g = gradient + row * classes;
    float most = x[0], sum = 0, total = 0;
    for (std::size_t k = 1; k < classes; ++k) most = x[k] > most ? x[k] : most;
    for (std::size_t k = 0; k < classes; ++k) {
      g[k] = std::exp(x[k] - most);
      sum += g[k];
      total += x[k];
    }
    const float logarithm = most + std::log(sum);
    for (std::size_t k = 0; k < classes; ++k) g[k] = (g[k] / sum - share) * scale;
    g[label[row]] -= 0.9F * scale;
    loss[row] = logarithm - 0.9F * x[label[row]] - share * total;
  }
}

/// Prints the seconds of each round. The other thread waits for a round without sleeping: waking it takes longer than a
/// small loss.
template <class Part>
void tell(const char* name, int rounds, std::size_t size, Part part) {
  std::atomic<int> begun{0}, ended{0};
  std::thread other([&] {
    for (int round = 0; round <= rounds; ++round) {
      while (begun <= round) {}
      part(size / 2, size);
      ++ended;
    }
  });
  std::printf("\"%s\": [", name);
  for (int round = 0; round <= rounds; ++round) {
    const auto started = std::chrono::steady_clock::now();
    ++begun;
    part(0, size / 2);
    while (ended <= round) {}
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (round > 0) std::printf("%s%.9f", round > 1 ? ", " : "", seconds);
  }
  std::printf("]");
  other.join();
}

}  // namespace

int main(int, char** arguments) {
  const int rounds = std::atoi(arguments[1]);
  Array weight(elements, 0.1F), gradient(elements, 0.01F), first(elements), second(elements);
  float* w = weight.data();
  float* m = first.data();
  float* s = second.data();
  const float* g = gradient.data();
  Array logits(samples * classes), slope(samples * classes), loss(samples);
  for (std::size_t i = 0; i < logits.size(); ++i) logits[i] = static_cast<float>(i * 37 % 101) / 25 - 2;
  const std::vector<int> label(samples, 3);
  std::printf("{");
  tell("adam", rounds, elements, [=](auto i, auto end) { adam(w + i, g + i, m + i, s + i, end - i); });
  std::printf(", ");
  tell("sgd", rounds, elements, [=](auto i, auto end) { sgd(w + i, g + i, m + i, end - i); });
  std::printf(", ");
  tell("cross entropy", rounds, samples, [&](auto from, auto end) {
    cross_entropy(logits.data(), label.data(), loss.data(), slope.data(), from, end);
  });
  std::printf("}\n");
}
