// Resizing some rows of an image, once for each instruction set.
#pragma once

#include "isa.hpp"
#include "vision_kernels/formulas/images_fixed_point.hpp"

namespace vision_kernels::cpu {

/// New rows of an image that are computed together. They go through the second axis side by side in vectors.
constexpr std::int64_t rows_of_band = 32;

/// Some new rows of an image, rows_of_band at most.
template <class Pixel, class Resized>
struct Band {
    const formulas::ResizePlan* plan;
    const Pixel* image;
    Resized* resized;
    std::int64_t channels, from, rows;
};

#define VISION_KERNELS_DECLARE_RESIZE(isa)                                                         \
    namespace isa {                                                                                \
    /* In fixed point or single precision, as the plan says. */                                    \
    void resize_bytes(const Band<std::uint8_t, std::uint8_t>& band);                               \
    /* In single precision. */                                                                     \
    template <class Pixel>                                                                         \
    void resize_singles(const Band<Pixel, float>& band);                                           \
    }

VISION_KERNELS_DECLARE_RESIZE(baseline)
#if defined(__x86_64__)
VISION_KERNELS_DECLARE_RESIZE(avx2)
VISION_KERNELS_DECLARE_RESIZE(avx512)
#endif

#undef VISION_KERNELS_DECLARE_RESIZE

}  // namespace vision_kernels::cpu
