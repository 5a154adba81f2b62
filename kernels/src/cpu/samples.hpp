// The loops over samples that metrics count, once for each instruction set.
#pragma once

#include <cstdint>

namespace vision_kernels::cpu {

/// Samples that are worked on at a time.
constexpr std::int64_t sample_block = 4096;

/// What is predicted of a block of samples at one threshold.
struct Above {
    std::int64_t all;
    std::int64_t positive;
};

#define VISION_KERNELS_DECLARE_SAMPLES(isa)                                                                            \
    namespace isa {                                                                                                    \
    /* How many classes come before the one of this number, which is one of them. */                                   \
    std::int64_t classes_before(const float* scores, std::int64_t classes, std::int64_t number);                       \
    /* Adds to each class the samples predicted rightly; at most 2^31 - 1 samples. */                                  \
    template <class Label>                                                                                             \
    void count_right(const float* prediction, const Label* label, std::int64_t samples, std::int64_t classes,          \
                     float threshold, std::int32_t* right);                                                            \
    /* How many of the labels apply; at most a block. */                                                               \
    template <class Label>                                                                                             \
    std::int64_t count_positive(const Label* label, std::int64_t size);                                                \
    /* How many predictions are above the threshold; at most a block. */                                               \
    template <class Label>                                                                                             \
    Above count_above(const float* prediction, const Label* label, std::int64_t size, float threshold);                \
    /* The place of each sample in counts of negatives and positives by turns; at most a block. */                     \
    template <class Label>                                                                                             \
    void places_in_counts(const float* prediction, const Label* label, std::int64_t size, std::int32_t intervals,      \
                          std::int32_t* place);                                                                        \
    }

VISION_KERNELS_DECLARE_SAMPLES(baseline)
#if defined(__x86_64__)
VISION_KERNELS_DECLARE_SAMPLES(avx2)
VISION_KERNELS_DECLARE_SAMPLES(avx512)
#endif

#undef VISION_KERNELS_DECLARE_SAMPLES

}  // namespace vision_kernels::cpu
