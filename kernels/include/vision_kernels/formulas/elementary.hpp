// Exponential and logarithms in single precision, without branches and without fused multiply-add: the results are the
// same on every instruction set and on the device. Each is within 2 units in the last place of the exact value, which
// the tests measure; infinities, NaN and denormal numbers come out as from the C library.
//
// Reduction and scaling follow W. J. Cody and W. Waite, Software Manual for the Elementary Functions (1980). The
// coefficients are minimax fits made for this file.
#pragma once

#include <cstdint>

#include "vision_kernels/bits.hpp"
#include "vision_kernels/half.hpp"
#include "vision_kernels/host_device.hpp"

namespace vision_kernels::formulas {

VISION_KERNELS_HOST_DEVICE float square_root(float x) {
#if defined(__CUDA_ARCH__)
    return sqrtf(x);
#else
    return __builtin_sqrtf(x);
#endif
}

VISION_KERNELS_HOST_DEVICE HalfArithmetic square_root(HalfArithmetic x) { return HalfArithmetic(square_root(x.value())); }

VISION_KERNELS_HOST_DEVICE float infinity() { return float_of(0x7f800000u); }
VISION_KERNELS_HOST_DEVICE float not_a_number() { return float_of(0x7fc00000u); }

VISION_KERNELS_HOST_DEVICE float absolute(float x) { return float_of(bits_of(x) & 0x7fffffffu); }

/// 2 to the power of an integer in [-126, 127].
VISION_KERNELS_HOST_DEVICE float power_of_two(std::int32_t exponent) {
    return float_of(static_cast<std::uint32_t>(exponent + 127) << 23);
}

/// e to the power of x.
VISION_KERNELS_HOST_DEVICE float exponential(float x) {
    // Beyond these bounds the result is infinite or 0 already; NaN passes through both comparisons.
    const float below = x > 89.0f ? 89.0f : x;
    const float bounded = below < -104.0f ? -104.0f : below;
    // Adding 1.5 * 2^23 leaves the nearest integer in the last bits.
    const float shifted = bounded * 1.44269504f + 12582912.0f;
    const float count = shifted - 12582912.0f;
    // count * 0.693359375 is exact, as the factor has 9 bits.
    const float rest = (bounded - count * 0.693359375f) - count * -2.12194440e-4f;
    float series = 1.3813145e-3f;
    series = series * rest + 8.369419e-3f;
    series = series * rest + 4.1668456e-2f;
    series = series * rest + 1.6666515e-1f;
    series = series * rest + 4.9999994e-1f;
    const float mantissa = series * (rest * rest) + rest + 1.0f;
    // Two factors, as 2^exponent itself may be infinite or denormal.
    const std::int32_t exponent = static_cast<std::int32_t>(bits_of(shifted) - 0x4b400000u);
    const std::int32_t half = exponent >> 1;
    return mantissa * power_of_two(half) * power_of_two(exponent - half);
}

/// The natural logarithm of x.
VISION_KERNELS_HOST_DEVICE float logarithm(float x) {
    const bool denormal = x < 0x1p-126f;
    const float normal = denormal ? x * 0x1p24f : x;
    // normal = 2^exponent * mantissa, with the mantissa between the roots of 1/2 and of 2.
    const std::uint32_t offset = bits_of(normal) - 0x3f3504f3u;
    const std::int32_t exponent = static_cast<std::int32_t>(offset) >> 23;
    const float mantissa = float_of((offset & 0x007fffffu) + 0x3f3504f3u);
    const float count = static_cast<float>(exponent) - (denormal ? 24.0f : 0.0f);
    const float f = mantissa - 1.0f;
    const float square = f * f;
    float series = -7.634498e-2f;
    series = series * f + 1.2761578e-1f;
    series = series * f + -1.3160183e-1f;
    series = series * f + 1.4201757e-1f;
    series = series * f + -1.6623357e-1f;
    series = series * f + 2.0001227e-1f;
    series = series * f + -2.500082e-1f;
    series = series * f + 3.333333e-1f;
    const float tail = series * (square * f) + count * -2.12194440e-4f - 0.5f * square;
    const float result = (f + tail) + count * 0.693359375f;
    const float finite = x == 0.0f ? -infinity() : result;
    // Infinity is its own logarithm; NaN, and what is below 0, gives NaN.
    return x >= 0.0f ? (x == infinity() ? x : finite) : not_a_number();
}

/// The natural logarithm of 1 + x, for x in [0, 1]; NaN gives NaN.
VISION_KERNELS_HOST_DEVICE float logarithm_of_one_plus(float x) {
    // log(1 + x) = 2 artanh(s); for a small x it keeps all digits, which log of the sum would lose.
    const float s = x / (2.0f + x);
    const float square = s * s;
    float series = 2.8011987e-1f;
    series = series * square + 2.8001806e-1f;
    series = series * square + 4.0021527e-1f;
    series = series * square + 6.666642e-1f;
    return series * (square * s) + 2.0f * s;
}

}  // namespace vision_kernels::formulas
