// Sine, cosine and exponential in double precision from additions and multiplications alone, so that tables of weights
// are the same on every machine; those of the C library differ between its versions and processors. Errors are some
// units of 1e-16, of which single precision sees nothing.
#pragma once

#include <cstdint>

#include "vision_kernels/host_device.hpp"

namespace vision_kernels::formulas {

inline constexpr double pi = 3.14159265358979323846;

/// The largest whole number not above x.
VISION_KERNELS_HOST_DEVICE double floor_of(double x) {
    // From 2^52 on all numbers are whole; NaN stays.
    if (!(x > -4503599627370496.0 && x < 4503599627370496.0)) return x;
    const double whole = static_cast<double>(static_cast<std::int64_t>(x));
    return whole > x ? whole - 1.0 : whole;
}

/// The sine of x in [-pi/4, pi/4]: its Taylor series.
VISION_KERNELS_HOST_DEVICE double sine_near_zero(double x) {
    const double square = x * x;
    double series = -1.0 / 1307674368000.0;
    series = series * square + 1.0 / 6227020800.0;
    series = series * square - 1.0 / 39916800.0;
    series = series * square + 1.0 / 362880.0;
    series = series * square - 1.0 / 5040.0;
    series = series * square + 1.0 / 120.0;
    series = series * square - 1.0 / 6.0;
    return series * square * x + x;
}

/// The cosine of x in [-pi/4, pi/4]: its Taylor series.
VISION_KERNELS_HOST_DEVICE double cosine_near_zero(double x) {
    const double square = x * x;
    double series = -1.0 / 87178291200.0;
    series = series * square + 1.0 / 479001600.0;
    series = series * square - 1.0 / 3628800.0;
    series = series * square + 1.0 / 40320.0;
    series = series * square - 1.0 / 720.0;
    series = series * square + 1.0 / 24.0;
    series = series * square - 0.5;
    return series * square + 1.0;
}

/// The sine of an angle within some thousand turns of 0; with `quarter` quarters of a turn added before.
VISION_KERNELS_HOST_DEVICE double sine(double angle, std::int64_t quarter = 0) {
    const double count = floor_of(angle * (2.0 / pi) + 0.5);
    // pi / 2 in two parts, the first of 33 bits: its multiples are exact.
    const double rest = (angle - count * 1.57079632673412561417) - count * 6.07710050650619224932e-11;
    const std::int64_t quadrant = (static_cast<std::int64_t>(count) + quarter) & 3;
    const double size = (quadrant & 1) != 0 ? cosine_near_zero(rest) : sine_near_zero(rest);
    return (quadrant & 2) != 0 ? -size : size;
}

VISION_KERNELS_HOST_DEVICE double cosine(double angle) { return sine(angle, 1); }

/// The sine of a number of turns; exact at quarters of a turn, and NaN for infinitely many.
VISION_KERNELS_HOST_DEVICE double sine_of_turns(double turns, std::int64_t quarter = 0) {
    const double part = turns - floor_of(turns);
    if (part != part) return part;
    const double count = floor_of(part * 4.0 + 0.5);
    const double rest = (part - count * 0.25) * (2.0 * pi);
    const std::int64_t quadrant = (static_cast<std::int64_t>(count) + quarter) & 3;
    const double size = (quadrant & 1) != 0 ? cosine_near_zero(rest) : sine_near_zero(rest);
    return (quadrant & 2) != 0 ? -size : size;
}

VISION_KERNELS_HOST_DEVICE double cosine_of_turns(double turns) { return sine_of_turns(turns, 1); }

/// e to the power of x in [-8, 0]: the Taylor series at x / 16, squared four times.
VISION_KERNELS_HOST_DEVICE double exponential_below_zero(double x) {
    const double small = x * 0.0625;
    double series = 1.0;
    for (int term = 16; term >= 1; --term) series = series * small / static_cast<double>(term) + 1.0;
    for (int squaring = 0; squaring < 4; ++squaring) series *= series;
    return series;
}

}  // namespace vision_kernels::formulas
