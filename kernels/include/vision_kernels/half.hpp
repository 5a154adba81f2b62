// The two 16-bit floating-point formats: IEEE 754 binary16 and bfloat16. Conversions round to nearest, ties to even, keep
// denormal numbers, and turn a signalling NaN into a quiet one, as the conversion instructions of processors do. They
// have no branches, so that a compiler turns loops of them into vector instructions.
#pragma once

#include <cstdint>

#include "vision_kernels/bits.hpp"
#include "vision_kernels/host_device.hpp"

namespace vision_kernels {

/// A number in half precision, as it is stored.
struct Half {
    std::uint16_t bits;
};

/// A number in bfloat16, as it is stored.
struct BFloat16 {
    std::uint16_t bits;
};

VISION_KERNELS_HOST_DEVICE float widen(float number) { return number; }

/// Half to single precision; exact.
VISION_KERNELS_HOST_DEVICE float widen(Half number) {
    const std::uint32_t sign = (number.bits & 0x8000u) << 16;
    const std::uint32_t rest = number.bits & 0x7fffu;
    // The exponents differ by 112. Multiplying, rather than adding to the exponent, makes denormal numbers right too.
    const float finite = float_of(rest << 13) * 0x1p112f;
    const std::uint32_t quiet = rest > 0x7c00u ? 0x00400000u : 0u;
    const std::uint32_t special = 0x7f800000u | (rest << 13) | quiet;
    return float_of(sign | (rest >= 0x7c00u ? special : bits_of(finite)));
}

/// bfloat16 to single precision; exact.
VISION_KERNELS_HOST_DEVICE float widen(BFloat16 number) {
    const std::uint32_t bits = static_cast<std::uint32_t>(number.bits) << 16;
    const std::uint32_t quiet = (bits & 0x7fffffffu) > 0x7f800000u ? 0x00400000u : 0u;
    return float_of(bits | quiet);
}

/// Single precision to the format of `Storage`, rounded to nearest even.
template <class Storage>
VISION_KERNELS_HOST_DEVICE Storage narrow(float number);

template <>
VISION_KERNELS_HOST_DEVICE float narrow<float>(float number) {
    return number;
}

template <>
VISION_KERNELS_HOST_DEVICE Half narrow<Half>(float number) {
    const std::uint32_t bits = bits_of(number);
    const std::uint32_t size = bits & 0x7fffffffu;
    // A normal result: rebias the exponent by 112, then round at bit 13; a carry moves into the exponent as it should.
    const std::uint32_t odd = (size >> 13) & 1u;
    const std::uint32_t normal = (size - 0x38000000u + 0xfffu + odd) >> 13;
    // A denormal result: adding 1/2 moves the last bit of half precision to the last bit of single precision.
    const std::uint32_t denormal = bits_of(float_of(size) + 0.5f) - 0x3f000000u;
    const std::uint32_t finite = size < 0x38800000u ? denormal : normal;
    const std::uint32_t infinite = 0x7c00u;
    const std::uint32_t not_a_number = 0x7e00u | ((size >> 13) & 0x1ffu);
    const std::uint32_t large = size > 0x7f800000u ? not_a_number : infinite;
    const std::uint32_t rest = size >= 0x47800000u ? large : finite;
    return Half{static_cast<std::uint16_t>(((bits >> 16) & 0x8000u) | rest)};
}

template <>
VISION_KERNELS_HOST_DEVICE BFloat16 narrow<BFloat16>(float number) {
    const std::uint32_t bits = bits_of(number);
    const std::uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    const std::uint32_t not_a_number = (bits >> 16) | 0x0040u;
    return BFloat16{static_cast<std::uint16_t>((bits & 0x7fffffffu) > 0x7f800000u ? not_a_number : rounded)};
}

/// A number each of whose operations is rounded to half precision. One rounding of the single-precision result is the
/// right rounding for +, -, *, / and the square root, as single precision has more than twice the digits.
class HalfArithmetic {
public:
    HalfArithmetic() = default;
    VISION_KERNELS_HOST_DEVICE explicit HalfArithmetic(float number) : value_(widen(narrow<Half>(number))) {}

    VISION_KERNELS_HOST_DEVICE float value() const { return value_; }

    VISION_KERNELS_HOST_DEVICE HalfArithmetic operator-() const { return exact(-value_); }
    VISION_KERNELS_HOST_DEVICE friend HalfArithmetic operator+(HalfArithmetic a, HalfArithmetic b) {
        return HalfArithmetic(a.value_ + b.value_);
    }
    VISION_KERNELS_HOST_DEVICE friend HalfArithmetic operator-(HalfArithmetic a, HalfArithmetic b) {
        return HalfArithmetic(a.value_ - b.value_);
    }
    VISION_KERNELS_HOST_DEVICE friend HalfArithmetic operator*(HalfArithmetic a, HalfArithmetic b) {
        return HalfArithmetic(a.value_ * b.value_);
    }
    VISION_KERNELS_HOST_DEVICE friend HalfArithmetic operator/(HalfArithmetic a, HalfArithmetic b) {
        return HalfArithmetic(a.value_ / b.value_);
    }
    VISION_KERNELS_HOST_DEVICE friend bool operator<(HalfArithmetic a, HalfArithmetic b) { return a.value_ < b.value_; }
    VISION_KERNELS_HOST_DEVICE friend bool operator>(HalfArithmetic a, HalfArithmetic b) { return a.value_ > b.value_; }

private:
    VISION_KERNELS_HOST_DEVICE static HalfArithmetic exact(float number) {
        HalfArithmetic made;
        made.value_ = number;
        return made;
    }

    float value_;
};

/// The number that was stored.
template <class Number, class Storage>
VISION_KERNELS_HOST_DEVICE Number load(Storage stored) {
    return Number(widen(stored));
}

/// What is stored of a number.
template <class Storage>
VISION_KERNELS_HOST_DEVICE Storage store(float number) {
    return narrow<Storage>(number);
}

template <class Storage>
VISION_KERNELS_HOST_DEVICE Storage store(HalfArithmetic number) {
    return narrow<Storage>(number.value());
}

}  // namespace vision_kernels
