// How fast memory lets one update the state of an optimizer in place: as many arrays, read and written in the same way,
// with the least arithmetic that touches all of them. Prints seconds as JSON.
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t elements = 25557032;
constexpr int threads = 2;

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

template <class Part>
double seconds(Part part) {
  const auto started = std::chrono::steady_clock::now();
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; ++t) {
    const std::size_t first = elements * std::size_t(t) / threads;
    workers.emplace_back([=] { part(first, elements * std::size_t(t + 1) / threads - first); });
  }
  for (auto& worker : workers) worker.join();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

template <class Part>
void tell(const char* name, int rounds, Part part) {
  seconds(part);
  std::printf("\"%s\": [", name);
  for (int round = 0; round < rounds; ++round) std::printf("%s%.9f", round ? ", " : "", seconds(part));
  std::printf("]");
}

}  // namespace

int main(int, char** arguments) {
  const int rounds = std::atoi(arguments[1]);
  Array weight(elements, 0.1F), gradient(elements, 0.01F), first(elements), second(elements);
  float* w = weight.data();
  float* m = first.data();
  float* s = second.data();
  const float* g = gradient.data();
  std::printf("{");
  tell("adam", rounds, [=](std::size_t i, std::size_t n) { adam(w + i, g + i, m + i, s + i, n); });
  std::printf(", ");
  tell("sgd", rounds, [=](std::size_t i, std::size_t n) { sgd(w + i, g + i, m + i, n); });
  std::printf("}\n");
}
