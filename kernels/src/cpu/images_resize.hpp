// Resizing some rows of an image, once for each instruction set.
#pragma once

#include <cstddef>
#include <cstdint>

#include "isa.hpp"
#include "vision_kernels/formulas/images_resize.hpp"

namespace vision_kernels::cpu {

/// New rows of an image that are computed together. They go through the second axis side by side in vectors.
constexpr std::int64_t rows_of_band = 32;
/// Numbers of a row that are computed before they are turned: so many that a row is read in one go, few enough that the
/// band stays in the second-level cache.
constexpr std::int64_t stripe = 2048;

/// Some new rows of an image, rows_of_band at most.
template <class Pixel, class Resized>
struct Band {
    formulas::ResizeView weights;
    const Pixel* image;
    Resized* resized;
    std::int64_t channels, from, rows;
    /// Memory for what lies between the axes: scratch_of bytes, aligned to 64.
    void* scratch;
};

/// Bytes of memory that a band needs. Only from bytes to bytes is there anything in fixed point.
template <class Pixel, class Resized>
std::size_t scratch_of(const Band<Pixel, Resized>& band) {
    const bool fixed = sizeof(Resized) == 1 && band.weights.fixed;
    const std::size_t number = fixed ? sizeof(std::int16_t) : sizeof(float);
    const std::int64_t turned = band.weights.columns.size * band.channels;
    return static_cast<std::size_t>((turned + stripe) * rows_of_band) * number;
}

#define VISION_KERNELS_DECLARE_RESIZE(isa)                                                         \
    namespace isa {                                                                                \
    /* In fixed point or single precision, as the weights say. */                                  \
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
