// Numbers side by side in vectors. Compiled with the options of one instruction set, whose name is VISION_KERNELS_ISA.
// Lanes do not mix but in `transpose`, so that results are the same however long a vector is.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "vision_kernels/formulas/images_resize.hpp"

// Vectors wider than those of the instruction set are passed only to functions that are inlined.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wpsabi"
#endif

namespace vision_kernels::cpu::VISION_KERNELS_ISA {

#if defined(__AVX512BW__)
constexpr std::int64_t vector_bytes = 64;
#elif defined(__AVX2__)
constexpr std::int64_t vector_bytes = 32;
#else
constexpr std::int64_t vector_bytes = 16;
#endif

template <class Number>
constexpr std::int64_t lanes = vector_bytes / static_cast<std::int64_t>(sizeof(Number));

/// A vector of numbers.
template <class Number, std::int64_t count = lanes<Number>>
using Vector __attribute__((vector_size(count * sizeof(Number)))) = Number;

template <class Wide, class Number>
VISION_KERNELS_HOST_DEVICE Wide loaded(const Number* from) {
    Wide vector;
    std::memcpy(&vector, from, sizeof vector);
    return vector;
}

template <class Wide, class Number>
VISION_KERNELS_HOST_DEVICE void stored(Number* to, const Wide& vector) {
    std::memcpy(to, &vector, sizeof vector);
}

/// A vector of the same numbers.
template <class Number>
VISION_KERNELS_HOST_DEVICE Vector<Number> spread(Number number) {
    return Vector<Number>{} + number;
}

/// The sum of two vectors. Lanes that nobody looks at may overflow.
VISION_KERNELS_HOST_DEVICE Vector<float> sum_of(Vector<float> a, Vector<float> b) { return a + b; }

VISION_KERNELS_HOST_DEVICE Vector<std::int16_t> sum_of(Vector<std::int16_t> a, Vector<std::int16_t> b) {
    return (Vector<std::int16_t>)((Vector<std::uint16_t>)a + (Vector<std::uint16_t>)b);
}

VISION_KERNELS_HOST_DEVICE Vector<float> product(Vector<float> a, Vector<float> b) { return a * b; }

/// formulas::fixed_product in each lane.
VISION_KERNELS_HOST_DEVICE Vector<std::int16_t> product(Vector<std::int16_t> a, Vector<std::int16_t> b) {
#if defined(__AVX512BW__)
    return (Vector<std::int16_t>)_mm512_mulhrs_epi16((__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
    return (Vector<std::int16_t>)_mm256_mulhrs_epi16((__m256i)a, (__m256i)b);
#elif defined(__x86_64__)
    // With the product in two halves, (high 2^16 + low + 2^14) >> 15.
    const __m128i low = _mm_mullo_epi16((__m128i)a, (__m128i)b);
    const __m128i high = _mm_mulhi_epi16((__m128i)a, (__m128i)b);
    const __m128i carried = _mm_srli_epi16(_mm_add_epi16(_mm_srli_epi16(low, 14), _mm_set1_epi16(1)), 1);
    return (Vector<std::int16_t>)_mm_add_epi16(_mm_slli_epi16(high, 1), carried);
#else
    Vector<std::int16_t> out{};
    for (int i = 0; i < lanes<std::int16_t>; ++i) out[i] = formulas::fixed_product(a[i], b[i]);
    return out;
#endif
}

/// Bytes as numbers, without widening them to more bits behind the point.
template <class Number>
VISION_KERNELS_HOST_DEVICE Vector<Number> numbers(const std::uint8_t* from) {
    return __builtin_convertvector(loaded<Vector<std::uint8_t, lanes<Number>>>(from), Vector<Number>);
}

template <class Number>
VISION_KERNELS_HOST_DEVICE Vector<Number> numbers(const Number* from) {
    return loaded<Vector<Number>>(from);
}

/// Write columns for rows: eight rows of eight numbers, which lie `step` and `out_step` numbers apart.
template <class Number>
VISION_KERNELS_HOST_DEVICE void transpose_8(
    const Number* from, std::int64_t step, Number* to, std::int64_t out_step) {
    using Row = Vector<Number, 8>;
    Row a[8], b[8];
    for (int i = 0; i < 8; ++i) a[i] = loaded<Row>(from + i * step);
    for (int i = 0; i < 4; ++i) {
        b[2 * i] = __builtin_shufflevector(a[i], a[i + 4], 0, 8, 1, 9, 2, 10, 3, 11);
        b[2 * i + 1] = __builtin_shufflevector(a[i], a[i + 4], 4, 12, 5, 13, 6, 14, 7, 15);
    }
    for (int i = 0; i < 4; ++i) {
        a[2 * i] = __builtin_shufflevector(b[i], b[i + 4], 0, 8, 1, 9, 2, 10, 3, 11);
        a[2 * i + 1] = __builtin_shufflevector(b[i], b[i + 4], 4, 12, 5, 13, 6, 14, 7, 15);
    }
    for (int i = 0; i < 4; ++i) {
        stored(to + 2 * i * out_step, __builtin_shufflevector(a[i], a[i + 4], 0, 8, 1, 9, 2, 10, 3, 11));
        stored(to + (2 * i + 1) * out_step, __builtin_shufflevector(a[i], a[i + 4], 4, 12, 5, 13, 6, 14, 7, 15));
    }
}

/// Columns that `transpose_wide` turns at a time; 0 where it is not there for these numbers.
template <class Number>
constexpr std::int64_t wide_columns = 0;

template <class Number>
VISION_KERNELS_HOST_DEVICE void transpose_wide(const Number*, std::int64_t, Number*, std::int64_t) {}

#if defined(__x86_64__)
template <>
constexpr std::int64_t wide_columns<std::int16_t> = lanes<std::int16_t>;

/// The lower and the upper halves of the 128-bit parts of two vectors, numbers of either in turn.
VISION_KERNELS_HOST_DEVICE Vector<std::int16_t> lower(Vector<std::int16_t> a, Vector<std::int16_t> b) {
#if defined(__AVX512BW__)
    return (Vector<std::int16_t>)_mm512_unpacklo_epi16((__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
    return (Vector<std::int16_t>)_mm256_unpacklo_epi16((__m256i)a, (__m256i)b);
#else
    return (Vector<std::int16_t>)_mm_unpacklo_epi16((__m128i)a, (__m128i)b);
#endif
}

VISION_KERNELS_HOST_DEVICE Vector<std::int16_t> upper(Vector<std::int16_t> a, Vector<std::int16_t> b) {
#if defined(__AVX512BW__)
    return (Vector<std::int16_t>)_mm512_unpackhi_epi16((__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
    return (Vector<std::int16_t>)_mm256_unpackhi_epi16((__m256i)a, (__m256i)b);
#else
    return (Vector<std::int16_t>)_mm_unpackhi_epi16((__m128i)a, (__m128i)b);
#endif
}

/// Eight rows of a whole vector each: eight columns in each of its 128-bit parts.
template <>
VISION_KERNELS_HOST_DEVICE void transpose_wide(
    const std::int16_t* from, std::int64_t step, std::int16_t* to, std::int64_t out_step) {
    using Wide = Vector<std::int16_t>;
    Wide a[8], b[8];
    for (int i = 0; i < 8; ++i) a[i] = loaded<Wide>(from + i * step);
    for (int i = 0; i < 4; ++i) {
        b[2 * i] = lower(a[i], a[i + 4]);
        b[2 * i + 1] = upper(a[i], a[i + 4]);
    }
    for (int i = 0; i < 4; ++i) {
        a[2 * i] = lower(b[i], b[i + 4]);
        a[2 * i + 1] = upper(b[i], b[i + 4]);
    }
    for (int i = 0; i < 4; ++i) {
        b[2 * i] = lower(a[i], a[i + 4]);
        b[2 * i + 1] = upper(a[i], a[i + 4]);
    }
    for (int i = 0; i < 8; ++i) {
        std::int16_t parts[lanes<std::int16_t>];
        stored(parts, b[i]);
        for (int part = 0; part < lanes<std::int16_t> / 8; ++part) {
            std::memcpy(to + (part * 8 + i) * out_step, parts + part * 8, 16);
        }
    }
}
#endif

/// Write columns for rows. What is left over at the ends goes by eight, and then number by number.
template <class Number>
VISION_KERNELS_HOST_DEVICE void transpose(const Number* from, std::int64_t rows, std::int64_t columns, std::int64_t step,
                                          Number* to, std::int64_t out_step) {
    const std::int64_t even_rows = rows & ~std::int64_t{7}, even_columns = columns & ~std::int64_t{7};
    std::int64_t column = 0;
    if constexpr (wide_columns<Number> > 0) {
        for (; column + wide_columns<Number> <= columns; column += wide_columns<Number>) {
            for (std::int64_t row = 0; row < even_rows; row += 8) {
                transpose_wide(from + row * step + column, step, to + column * out_step + row, out_step);
            }
        }
    }
    for (; column < even_columns; column += 8) {
        for (std::int64_t row = 0; row < even_rows; row += 8) {
            transpose_8(from + row * step + column, step, to + column * out_step + row, out_step);
        }
    }
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t rest = row < even_rows ? even_columns : 0; rest < columns; ++rest) {
            to[rest * out_step + row] = from[row * step + rest];
        }
    }
}

}  // namespace vision_kernels::cpu::VISION_KERNELS_ISA
