// Every metric that is counted on all backends, on odd numbers of samples, computed in every way there is. Counts start
// where others ended.
#include "vision_kernels/functions/metrics.hpp"

#include "agreement.hpp"

namespace {

using namespace vision_kernels;
using agreement::Case;
using agreement::Memory;

// Calls a function of both backends.
#define BOTH(function, scalars, tensors)                     \
    do {                                                     \
        if (emulated) {                                      \
            emulated::function(scalars, tensors, Context()); \
        } else {                                             \
            cpu::function(scalars, tensors, Context());      \
        }                                                    \
    } while (false)

/// Scores of which many are equal, some beyond [0, 1] and some NaN.
float* scores(Memory& memory, std::int64_t size) {
    float* const numbers = memory.shares<float>(size);
    for (std::int64_t i = 0; i < size; ++i) {
        numbers[i] = i % 29 == 3 ? std::nanf("") : std::floor(numbers[i] * 97) / 80 - 0.1f;
    }
    return numbers;
}

/// Labels that apply, or do not.
template <class Label>
const Label* truths(Memory& memory, std::int64_t size) {
    if constexpr (std::is_same_v<Label, float>) return memory.shares<float>(size);
    std::uint8_t* const bytes = memory.bytes(size);
    for (std::int64_t i = 0; i < size; ++i) bytes[i] &= 1;
    return reinterpret_cast<const Label*>(bytes);
}

template <class Label>
void check_by_class(std::int64_t n, std::int64_t k) {
    const auto arrays = [=](Memory& memory, auto& tensors) {
        tensors.n = n;
        tensors.k = k;
        tensors.prediction = scores(memory, n * k);
        tensors.label = memory.labels<Label>(n, k);
        tensors.correct = memory.labels<std::int64_t>(1, 9);
        tensors.total = memory.labels<std::int64_t>(1, 9);
    };
    agreement::check(Case{"count_correct", [=](Memory& memory, bool emulated) {
        CountCorrectTensors<Label> tensors;
        arrays(memory, tensors);
        BOTH(count_correct, CountCorrect(), tensors);
    }});
    agreement::check(Case{"count_correct_in_top_k", [=](Memory& memory, bool emulated) {
        CountCorrectInTopK scalars;
        scalars.top_k = 2;
        CountCorrectInTopKTensors<Label> tensors;
        arrays(memory, tensors);
        BOTH(count_correct_in_top_k, scalars, tensors);
    }});
}

template <class Label>
void check_per_class(std::int64_t n, std::int64_t k) {
    agreement::check(Case{"count_correct_per_class", [=](Memory& memory, bool emulated) {
        CountCorrectPerClass scalars;
        scalars.threshold = 0.4;
        CountCorrectPerClassTensors<Label> tensors;
        tensors.n = n;
        tensors.k = k;
        tensors.prediction = scores(memory, n * k);
        tensors.label = truths<Label>(memory, n * k);
        tensors.correct = memory.labels<std::int64_t>(k, 9);
        tensors.total = memory.labels<std::int64_t>(1, 9);
        BOTH(count_correct_per_class, scalars, tensors);
    }});
}

template <class Label>
void check_binary(std::int64_t size, std::int64_t t, std::int64_t buckets) {
    agreement::check(Case{"keras_confusion", [=](Memory& memory, bool emulated) {
        KerasConfusionTensors<Label> tensors;
        tensors.size = size;
        tensors.t = t;
        tensors.prediction = scores(memory, size);
        tensors.label = truths<Label>(memory, size);
        tensors.thresholds = memory.shares<float>(t);
        tensors.true_positive = memory.labels<std::int64_t>(t, 9);
        tensors.false_positive = memory.labels<std::int64_t>(t, 9);
        tensors.true_negative = memory.labels<std::int64_t>(t, 9);
        tensors.false_negative = memory.labels<std::int64_t>(t, 9);
        BOTH(keras_confusion, KerasConfusion(), tensors);
    }});
    agreement::check(Case{"keras_auc_counts", [=](Memory& memory, bool emulated) {
        KerasAucCountsTensors<Label> tensors;
        tensors.size = size;
        tensors.buckets = buckets;
        tensors.prediction = scores(memory, size);
        tensors.label = truths<Label>(memory, size);
        tensors.positive = memory.labels<std::int64_t>(buckets, 9);
        tensors.negative = memory.labels<std::int64_t>(buckets, 9);
        BOTH(keras_auc_counts, KerasAucCounts(), tensors);
    }});
}

template <class Label>
void check_truths() {
    check_per_class<Label>(0, 3);
    check_per_class<Label>(1, 1);
    check_per_class<Label>(65, 7);
    check_per_class<Label>(700, 400);
    check_binary<Label>(0, 1, 2);
    check_binary<Label>(1, 0, 200);
    check_binary<Label>(4097, 3, 1025);
    check_binary<Label>(270001, 2, 200);
    check_binary<Label>(9000, 1, 5000);
}

template <class Label>
void check_classes() {
    check_by_class<Label>(0, 2);
    check_by_class<Label>(1, 2);
    check_by_class<Label>(33, 3);
    check_by_class<Label>(40, 127);
    check_by_class<Label>(17, 128);
    check_by_class<Label>(600, 1001);
}

}  // namespace

int main() {
    check_classes<float>();
    check_classes<std::int32_t>();
    check_classes<std::int64_t>();
    check_truths<float>();
    check_truths<std::uint8_t>();
    check_truths<bool>();
    return checking::done();
}
