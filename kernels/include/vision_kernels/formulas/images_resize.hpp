// What resizing computes with, on the CPU and on a device; images_fixed_point.hpp tells how it is chosen.
#pragma once

#include <cstdint>

#include "vision_kernels/bits.hpp"
#include "vision_kernels/host_device.hpp"

namespace vision_kernels::formulas {

/// The weights of an axis. New pixel i is made of `count[i]` pixels from `first[i]`, by the weights from `i * taps`.
struct AxisView {
    std::int64_t size, out, taps;
    const std::int64_t* first;
    const std::int32_t* count;
    const float* weight;
    /// In fixed point; null where single precision computes.
    const std::int16_t* fixed;
};

struct ResizeView {
    AxisView rows, columns;
    bool fixed;
    int widen, behind;
};

/// The product of two fixed-point numbers, rounded.
VISION_KERNELS_HOST_DEVICE std::int16_t fixed_product(std::int16_t a, std::int16_t b) {
    return static_cast<std::int16_t>((static_cast<std::int32_t>(a) * b + (1 << 14)) >> 15);
}

VISION_KERNELS_HOST_DEVICE std::int16_t fixed_sum(std::int16_t a, std::int16_t b) { return static_cast<std::int16_t>(a + b); }

/// A byte as a fixed-point number.
VISION_KERNELS_HOST_DEVICE std::int16_t widened(std::uint8_t pixel, int widen) {
    return static_cast<std::int16_t>(pixel << widen);
}

/// A fixed-point number as a byte.
VISION_KERNELS_HOST_DEVICE std::uint8_t fixed_to_byte(std::int16_t number, int behind) {
    const std::int32_t level = (number + (1 << (behind - 1))) >> behind;
    return static_cast<std::uint8_t>(level < 0 ? 0 : level > 255 ? 255 : level);
}

/// A number as a byte: rounded to nearest even, bounded; NaN gives 0.
VISION_KERNELS_HOST_DEVICE std::uint8_t single_to_byte(float number) {
    const float above = number > 0.0f ? number : 0.0f;
    const float bounded = above < 255.0f ? above : 255.0f;
    // Adding 1.5 * 2^23 leaves the nearest integer in the last bits.
    return static_cast<std::uint8_t>(bits_of(bounded + 12582912.0f));
}

}  // namespace vision_kernels::formulas
