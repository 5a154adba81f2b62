// Metrics on the CPU. Each part of a batch counts for itself; whole numbers add up to the same in any order.
#include "vision_kernels/functions/metrics.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <vector>

#include "isa.hpp"
#include "samples.hpp"
#include "vision_kernels/formulas/losses.hpp"
#include "vision_kernels/parallel.hpp"

namespace vision_kernels::cpu {
namespace {

using Counts = std::vector<std::int64_t>;

/// Elements that are counted at a time: enough that adding up the parts costs nothing.
constexpr std::int64_t part_size = 1 << 18;

/// Count parts of `size` things on several threads, and add up: `count(first, size, counts)` adds to `counts`.
template <class Count>
Counts counted(std::int64_t size, std::int64_t part, std::size_t counts, Count count) {
    Counts sum(counts, 0);
    std::mutex adding;
    parallel_for((size + part - 1) / part, [&](std::int64_t number) {
        Counts own(counts, 0);
        count(number * part, std::min(part, size - number * part), own.data());
        const std::lock_guard<std::mutex> lock(adding);
        std::transform(own.begin(), own.end(), sum.begin(), sum.begin(), std::plus<>());
    });
    return sum;
}

void add(const Counts& counts, std::size_t first, std::int64_t size, std::int64_t* to) {
    for (std::int64_t i = 0; i < size; ++i) to[i] += counts[first + static_cast<std::size_t>(i)];
}

/// Samples whose class is among the `top_k` with the highest scores.
template <class Tensors>
void count_in_top(const Tensors& tensors, std::int64_t top_k) {
    const auto before = VISION_KERNELS_CHOOSE(classes_before);
    const std::int64_t part = std::max<std::int64_t>(1, part_size / tensors.k);
    const Counts correct = counted(tensors.n, part, 1, [&](std::int64_t first, std::int64_t size, std::int64_t* count) {
        for (std::int64_t row = first; row < first + size; ++row) {
            const std::int64_t number = formulas::class_of(tensors.label[row]);
            if (number < 0 || number >= tensors.k) continue;
            *count += before(tensors.prediction + row * tensors.k, tensors.k, number) < top_k ? 1 : 0;
        }
    });
    *tensors.correct += correct[0];
    *tensors.total += tensors.n;
}

/// Counts of negatives and positives by turns. Samples that follow each other count in different tables, as a count
/// waits for the one before it in the same place. A last entry takes what does not count.
class Histogram {
public:
    explicit Histogram(std::int64_t places) : places_(places), tables_(static_cast<std::size_t>((places + 1) * copies())) {}

    void count(const std::int32_t* place, std::int64_t size) {
        std::int32_t* const first = tables_.data();
        const std::int64_t step = copies() == 1 ? 0 : places_ + 1;
        std::int64_t i = 0;
        for (; i + 4 <= size; i += 4) {
            for (std::int64_t copy = 0; copy < 4; ++copy) ++first[copy * step + place[i + copy]];
        }
        for (; i < size; ++i) ++first[place[i]];
    }

    void add_to(std::int64_t* counts) const {
        for (std::int64_t copy = 0; copy < copies(); ++copy) {
            const std::int32_t* const table = tables_.data() + copy * (places_ + 1);
            for (std::int64_t i = 0; i < places_; ++i) counts[i] += table[i];
        }
    }

private:
    std::int64_t copies() const { return places_ < 4096 ? 4 : 1; }

    std::int64_t places_;
    std::vector<std::int32_t> tables_;
};

}  // namespace

template <class Label>
void count_correct(const CountCorrect&, const CountCorrectTensors<Label>& tensors, const Context&) {
    count_in_top(tensors, 1);
}

template <class Label>
void count_correct_in_top_k(
    const CountCorrectInTopK& scalars, const CountCorrectInTopKTensors<Label>& tensors, const Context&) {
    count_in_top(tensors, scalars.top_k);
}

template <class Label>
void count_correct_per_class(
    const CountCorrectPerClass& scalars, const CountCorrectPerClassTensors<Label>& tensors, const Context&) {
    const std::int64_t k = tensors.k;
    const auto threshold = static_cast<float>(scalars.threshold);
    const auto run = VISION_KERNELS_CHOOSE(count_right<Label>);
    const std::int64_t part = std::max<std::int64_t>(1, part_size / std::max<std::int64_t>(1, k));
    const auto classes = static_cast<std::size_t>(k);
    const Counts correct =
        counted(tensors.n, part, classes, [&](std::int64_t first, std::int64_t size, std::int64_t* counts) {
            std::vector<std::int32_t> right(classes, 0);
            run(tensors.prediction + first * k, tensors.label + first * k, size, k, threshold, right.data());
            std::copy(right.begin(), right.end(), counts);
        });
    add(correct, 0, k, tensors.correct);
    *tensors.total += tensors.n;
}

template <class Label>
void keras_confusion(const KerasConfusion&, const KerasConfusionTensors<Label>& tensors, const Context&) {
    const auto above = VISION_KERNELS_CHOOSE(count_above<Label>);
    const auto positive = VISION_KERNELS_CHOOSE(count_positive<Label>);
    const auto t = static_cast<std::size_t>(tensors.t);
    // First the positive samples, then all predictions above each threshold, then the positive ones of them.
    const Counts counts =
        counted(tensors.size, part_size, 1 + 2 * t, [&](std::int64_t first, std::int64_t size, std::int64_t* own) {
            for (std::int64_t from = first; from < first + size; from += sample_block) {
                const std::int64_t block = std::min(sample_block, first + size - from);
                own[0] += positive(tensors.label + from, block);
                for (std::int64_t i = 0; i < tensors.t; ++i) {
                    const Above found = above(tensors.prediction + from, tensors.label + from, block, tensors.thresholds[i]);
                    own[1 + i] += found.all;
                    own[1 + tensors.t + i] += found.positive;
                }
            }
        });
    for (std::size_t i = 0; i < t; ++i) {
        const std::int64_t true_positive = counts[1 + t + i];
        const std::int64_t false_positive = counts[1 + i] - true_positive;
        const std::int64_t false_negative = counts[0] - true_positive;
        tensors.true_positive[i] += true_positive;
        tensors.false_positive[i] += false_positive;
        tensors.false_negative[i] += false_negative;
        tensors.true_negative[i] += tensors.size - counts[0] - false_positive;
    }
}

template <class Label>
void keras_auc_counts(const KerasAucCounts&, const KerasAucCountsTensors<Label>& tensors, const Context&) {
    const auto places = VISION_KERNELS_CHOOSE(places_in_counts<Label>);
    const auto intervals = static_cast<std::int32_t>(tensors.buckets);
    // A table for each part costs as much as counting so many samples.
    const std::int64_t part = std::max(part_size, 4 * tensors.buckets);
    const auto counts = static_cast<std::size_t>(2 * tensors.buckets);
    const Counts found =
        counted(tensors.size, part, counts, [&](std::int64_t first, std::int64_t size, std::int64_t* own) {
            Histogram histogram(2 * tensors.buckets);
            std::array<std::int32_t, sample_block> place;
            for (std::int64_t from = first; from < first + size; from += sample_block) {
                const std::int64_t block = std::min(sample_block, first + size - from);
                places(tensors.prediction + from, tensors.label + from, block, intervals, place.data());
                histogram.count(place.data(), block);
            }
            histogram.add_to(own);
        });
    for (std::int64_t i = 0; i < tensors.buckets; ++i) {
        tensors.negative[i] += found[static_cast<std::size_t>(2 * i)];
        tensors.positive[i] += found[static_cast<std::size_t>(2 * i + 1)];
    }
}

#define VISION_KERNELS_BY_CLASS(Label)                                                                       \
    template void count_correct(const CountCorrect&, const CountCorrectTensors<Label>&, const Context&);     \
    template void count_correct_in_top_k(                                                                    \
        const CountCorrectInTopK&, const CountCorrectInTopKTensors<Label>&, const Context&);
#define VISION_KERNELS_BY_TRUTH(Label)                                                                       \
    template void count_correct_per_class(                                                                   \
        const CountCorrectPerClass&, const CountCorrectPerClassTensors<Label>&, const Context&);             \
    template void keras_confusion(const KerasConfusion&, const KerasConfusionTensors<Label>&, const Context&); \
    template void keras_auc_counts(const KerasAucCounts&, const KerasAucCountsTensors<Label>&, const Context&);

VISION_KERNELS_BY_CLASS(float)
VISION_KERNELS_BY_CLASS(std::int32_t)
VISION_KERNELS_BY_CLASS(std::int64_t)
VISION_KERNELS_BY_TRUTH(float)
VISION_KERNELS_BY_TRUTH(std::uint8_t)
VISION_KERNELS_BY_TRUTH(bool)

}  // namespace vision_kernels::cpu
