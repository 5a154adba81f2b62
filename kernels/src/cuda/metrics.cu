// Metrics on the device, or in the emulator: VISION_KERNELS_BACKEND is cuda or emulated. Counts are whole numbers, which
// threads add to in any order.
#include "vision_kernels/functions/metrics.hpp"

#include "elements.hpp"
#include "ordering.hpp"
#include "vision_kernels/formulas/losses.hpp"
#include "vision_kernels/formulas/metrics.hpp"

namespace vision_kernels::VISION_KERNELS_BACKEND {
namespace {

/// Adds a number that the host knows.
struct AddNumber {
    std::int64_t* to;
    std::int64_t number;

    VISION_KERNELS_DEVICE void operator()(std::int64_t) const { *to += number; }
};

VISION_KERNELS_DEVICE bool goes_before(const float* scores, std::int64_t other, std::int64_t number) {
    const float score = scores[number];
    if (other == number) return false;
    return score == score ? formulas::comes_before(scores[other], other < number, score)
                          : formulas::comes_before_not_a_number(scores[other], other < number);
}

/// Whether the class of a sample is among the first.
template <class Label>
struct SampleInTop {
    const float* prediction;
    const Label* label;
    std::int64_t k, top_k;

    VISION_KERNELS_DEVICE bool operator()(std::int64_t row) const {
        const std::int64_t number = formulas::class_of(label[row]);
        if (number < 0 || number >= k) return false;
        std::int64_t before = 0;
        for (std::int64_t other = 0; other < k; ++other) before += goes_before(prediction + row * k, other, number) ? 1 : 0;
        return before < top_k;
    }
};

/// The same for many classes: a block looks at a sample, then at the next one that falls to it.
template <class Label>
struct WideInTopKernel {
    SampleInTop<Label> sample;
    std::int64_t n;
    std::int64_t* correct;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        std::int64_t found = 0;
        for (std::int64_t row = block.index(); row < n; row += block.count()) {
            const std::int64_t number = formulas::class_of(sample.label[row]);
            if (number < 0 || number >= sample.k) continue;
            const float* const scores = sample.prediction + row * sample.k;
            const std::int64_t before =
                count_of(block, sample.k, [&](std::int64_t other) { return goes_before(scores, other, number); });
            found += before < sample.top_k ? 1 : 0;
        }
        block.threads([&](int thread) {
            if (thread == 0 && found > 0) atomic_add(correct, found);
        });
    }
};

/// Classes from which on a block looks at a sample rather than a thread.
constexpr std::int64_t many_classes = 128;

template <class Tensors, class Label>
void count_in_top(const Tensors& tensors, const Label* label, std::int64_t top_k, const Context& context) {
    const OnDevice device(context);
    const SampleInTop<Label> sample{tensors.prediction, label, tensors.k, top_k};
    if (tensors.k < many_classes) {
        count_elements(sample, tensors.n, tensors.correct, context);
    } else {
        const WideInTopKernel<Label> kernel{sample, tensors.n, tensors.correct};
        launch(kernel, std::min(tensors.n, most_blocks()), threads_of_order, context);
    }
    for_each_element(AddNumber{tensors.total, tensors.n}, 1, context);
}

/// Samples that a thread looks at for one class.
constexpr std::int64_t samples_of_slice = 64;

/// Counts the right predictions of one class in a slice of the samples.
template <class Label>
struct RightInSlice {
    CountCorrectPerClassTensors<Label> tensors;
    float threshold;

    VISION_KERNELS_DEVICE void operator()(std::int64_t i) const {
        const std::int64_t column = i % tensors.k;
        const std::int64_t first = i / tensors.k * samples_of_slice;
        const std::int64_t last = first + samples_of_slice < tensors.n ? first + samples_of_slice : tensors.n;
        std::int64_t right = 0;
        for (std::int64_t row = first; row < last; ++row) {
            const std::int64_t place = row * tensors.k + column;
            right += (tensors.prediction[place] > threshold) == formulas::applies(tensors.label[place]) ? 1 : 0;
        }
        if (right > 0) atomic_add(tensors.correct + column, right);
    }
};

/// Counts at each threshold what is predicted of the samples that fall to a block.
template <class Label>
struct ConfusionKernel {
    KerasConfusionTensors<Label> tensors;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        const std::int64_t first = block.index() * part;
        const std::int64_t size = tensors.size;
        for (std::int64_t from = first; from < size; from += block.count() * part) {
            const std::int64_t rest = size - from < part ? size - from : part;
            const Label* const label = tensors.label + from;
            const float* const prediction = tensors.prediction + from;
            const std::int64_t positive = count_of(block, rest, [&](std::int64_t i) { return formulas::applies(label[i]); });
            for (std::int64_t t = 0; t < tensors.t; ++t) {
                const float threshold = tensors.thresholds[t];
                const std::int64_t above = count_of(block, rest, [&](std::int64_t i) { return prediction[i] > threshold; });
                const std::int64_t right = count_of(
                    block, rest, [&](std::int64_t i) { return prediction[i] > threshold && formulas::applies(label[i]); });
                block.threads([&](int thread) {
                    if (thread != 0) return;
                    atomic_add(tensors.true_positive + t, right);
                    atomic_add(tensors.false_positive + t, above - right);
                    atomic_add(tensors.false_negative + t, positive - right);
                    atomic_add(tensors.true_negative + t, rest - positive - (above - right));
                });
            }
        }
    }

    /// Samples that are counted at a time, which stay in the cache from threshold to threshold.
    static constexpr std::int64_t part = 8192;
};

/// Buckets of which a block keeps counts of its own.
constexpr std::int64_t own_buckets = 1024;

struct OwnCounts {
    std::int64_t positive[own_buckets];
    std::int64_t negative[own_buckets];
};

template <class Label>
struct AucCountsKernel {
    KerasAucCountsTensors<Label> tensors;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        if (tensors.buckets > own_buckets) {
            count(block, tensors.positive, tensors.negative);
            return;
        }
        OwnCounts& own = block.template shared<OwnCounts>();
        block.threads([&](int thread) {
            for (std::int64_t i = thread; i < tensors.buckets; i += block.thread_count()) own.positive[i] = own.negative[i] = 0;
        });
        count(block, own.positive, own.negative);
        block.threads([&](int thread) {
            for (std::int64_t i = thread; i < tensors.buckets; i += block.thread_count()) {
                if (own.positive[i] > 0) atomic_add(tensors.positive + i, own.positive[i]);
                if (own.negative[i] > 0) atomic_add(tensors.negative + i, own.negative[i]);
            }
        });
    }

private:
    template <class Block>
    VISION_KERNELS_DEVICE void count(Block& block, std::int64_t* positive, std::int64_t* negative) const {
        const auto last = static_cast<float>(tensors.buckets - 1);
        each_element(block, tensors.size, [&](std::int64_t i) {
            const float prediction = tensors.prediction[i];
            if (prediction != prediction) return;
            const std::int32_t bucket = formulas::threshold_interval(prediction, last);
            atomic_add((formulas::applies(tensors.label[i]) ? positive : negative) + bucket, 1);
        });
    }
};

}  // namespace

template <class Label>
void count_correct(const CountCorrect&, const CountCorrectTensors<Label>& tensors, const Context& context) {
    count_in_top(tensors, tensors.label, 1, context);
}

template <class Label>
void count_correct_in_top_k(
    const CountCorrectInTopK& scalars, const CountCorrectInTopKTensors<Label>& tensors, const Context& context) {
    count_in_top(tensors, tensors.label, scalars.top_k, context);
}

template <class Label>
void count_correct_per_class(
    const CountCorrectPerClass& scalars, const CountCorrectPerClassTensors<Label>& tensors, const Context& context) {
    const OnDevice device(context);
    const std::int64_t slices = (tensors.n + samples_of_slice - 1) / samples_of_slice;
    const RightInSlice<Label> right{tensors, static_cast<float>(scalars.threshold)};
    for_each_element(right, tensors.k * slices, context);
    for_each_element(AddNumber{tensors.total, tensors.n}, 1, context);
}

template <class Label>
void keras_confusion(const KerasConfusion&, const KerasConfusionTensors<Label>& tensors, const Context& context) {
    const OnDevice device(context);
    constexpr std::int64_t part = ConfusionKernel<Label>::part;
    const std::int64_t parts = (tensors.size + part - 1) / part;
    launch(ConfusionKernel<Label>{tensors}, std::min(parts, most_blocks()), threads_of_order, context);
}

template <class Label>
void keras_auc_counts(const KerasAucCounts&, const KerasAucCountsTensors<Label>& tensors, const Context& context) {
    const OnDevice device(context);
    launch(AucCountsKernel<Label>{tensors}, blocks_of_elements(tensors.size), threads_of_elements, context);
}

#define VISION_KERNELS_BY_CLASS(Label)                                                                   \
    template void count_correct(const CountCorrect&, const CountCorrectTensors<Label>&, const Context&); \
    template void count_correct_in_top_k(                                                                \
        const CountCorrectInTopK&, const CountCorrectInTopKTensors<Label>&, const Context&);
#define VISION_KERNELS_BY_TRUTH(Label)                                                                         \
    template void count_correct_per_class(                                                                     \
        const CountCorrectPerClass&, const CountCorrectPerClassTensors<Label>&, const Context&);               \
    template void keras_confusion(const KerasConfusion&, const KerasConfusionTensors<Label>&, const Context&); \
    template void keras_auc_counts(const KerasAucCounts&, const KerasAucCountsTensors<Label>&, const Context&);

VISION_KERNELS_BY_CLASS(float)
VISION_KERNELS_BY_CLASS(std::int32_t)
VISION_KERNELS_BY_CLASS(std::int64_t)
VISION_KERNELS_BY_TRUTH(float)
VISION_KERNELS_BY_TRUTH(std::uint8_t)
VISION_KERNELS_BY_TRUTH(bool)

}  // namespace vision_kernels::VISION_KERNELS_BACKEND
