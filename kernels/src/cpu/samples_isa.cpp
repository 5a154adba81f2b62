// The loops of samples.hpp. Compiled with the options of one instruction set, whose name is VISION_KERNELS_ISA.
#include "samples.hpp"

#include "vision_kernels/formulas/metrics.hpp"

namespace vision_kernels::cpu::VISION_KERNELS_ISA {

std::int64_t classes_before(const float* scores, std::int64_t classes, std::int64_t number) {
    const float score = scores[number];
    std::int32_t before = 0;
    if (score == score) {
        for (std::int64_t k = 0; k < number; ++k) before += formulas::comes_before(scores[k], true, score);
        for (std::int64_t k = number; k < classes; ++k) before += formulas::comes_before(scores[k], false, score);
        return before;
    }
    for (std::int64_t k = 0; k < classes; ++k) before += formulas::comes_before_not_a_number(scores[k], k < number);
    return before;
}

template <class Label>
void count_right(const float* prediction, const Label* label, std::int64_t samples, std::int64_t classes,
                 float threshold, std::int32_t* __restrict right) {
    for (std::int64_t row = 0; row < samples; ++row) {
        const float* const scores = prediction + row * classes;
        const Label* const labels = label + row * classes;
        for (std::int64_t k = 0; k < classes; ++k) {
            right[k] += (scores[k] > threshold) == formulas::applies(labels[k]) ? 1 : 0;
        }
    }
}

template <class Label>
std::int64_t count_positive(const Label* label, std::int64_t size) {
    std::int32_t count = 0;
    for (std::int64_t i = 0; i < size; ++i) count += formulas::applies(label[i]) ? 1 : 0;
    return count;
}

template <class Label>
Above count_above(const float* prediction, const Label* label, std::int64_t size, float threshold) {
    std::int32_t all = 0;
    std::int32_t positive = 0;
    for (std::int64_t i = 0; i < size; ++i) {
        const std::int32_t above = prediction[i] > threshold ? 1 : 0;
        all += above;
        positive += formulas::applies(label[i]) ? above : 0;
    }
    return {all, positive};
}

template <class Label>
void places_in_counts(const float* prediction, const Label* label, std::int64_t size, std::int32_t intervals,
                      std::int32_t* __restrict place) {
    const auto last = static_cast<float>(intervals - 1);
    const std::int32_t beyond = 2 * intervals;
    for (std::int64_t i = 0; i < size; ++i) {
        const float number = prediction[i];
        const std::int32_t counted = 2 * formulas::threshold_interval(number, last) + formulas::applies(label[i]);
        // Without a choice, which the compiler would turn into a jump.
        const std::int32_t counts = -static_cast<std::int32_t>(number == number);
        place[i] = (counted & counts) | (beyond & ~counts);
    }
}

#define VISION_KERNELS_SAMPLES(Label)                                                                                 \
    template void count_right(const float*, const Label*, std::int64_t, std::int64_t, float, std::int32_t*);         \
    template std::int64_t count_positive(const Label*, std::int64_t);                                                 \
    template Above count_above(const float*, const Label*, std::int64_t, float);                                      \
    template void places_in_counts(const float*, const Label*, std::int64_t, std::int32_t, std::int32_t*);

VISION_KERNELS_SAMPLES(float)
VISION_KERNELS_SAMPLES(std::uint8_t)
VISION_KERNELS_SAMPLES(bool)

#undef VISION_KERNELS_SAMPLES

}  // namespace vision_kernels::cpu::VISION_KERNELS_ISA
