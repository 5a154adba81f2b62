// What is computed pixel by pixel, once for each instruction set; see ../steps/image_windows.hpp.
#pragma once

#include <cstdint>

#include "isa.hpp"

namespace vision_kernels::cpu {

#define VISION_KERNELS_DECLARE_PIXELS(isa)                                                        \
    namespace isa {                                                                               \
    template <class Job>                                                                          \
    void compute_pixels(const Job& job, std::int64_t from, std::int64_t to);                      \
    /* The sum of the terms of a chunk, added in the order of sums.hpp. */                        \
    template <class Terms>                                                                        \
    double sum_of_terms(const Terms& job, std::int64_t from, std::int64_t size);                  \
    }

VISION_KERNELS_DECLARE_PIXELS(baseline)
#if defined(__x86_64__)
VISION_KERNELS_DECLARE_PIXELS(avx2)
VISION_KERNELS_DECLARE_PIXELS(avx512)
#endif

#undef VISION_KERNELS_DECLARE_PIXELS

}  // namespace vision_kernels::cpu
