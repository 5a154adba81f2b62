// The loops of elementwise.hpp. Compiled with the options of one instruction set, whose name is VISION_KERNELS_ISA.
// Nothing here may be shared with another instruction set by the linker: functions of this namespace, or inlined ones.
#pragma once

#if defined(__F16C__)
#include <immintrin.h>
#endif

#include "elementwise.hpp"
#include "../steps/sums.hpp"

namespace vision_kernels::cpu::VISION_KERNELS_ISA {

/// Numbers that are widened at a time; they stay in the first-level cache.
constexpr std::int64_t tile = 512;

template <class Formula, class... States>
VISION_KERNELS_HOST_DEVICE void step(const Formula& formula, float& weight, float gradient, States&... state) {
    formula(weight, gradient, state...);
}

template <class Formula, class... States>
VISION_KERNELS_HOST_DEVICE void step(const Formula& formula, Half& weight, Half gradient, States&... state) {
    HalfArithmetic number = load<HalfArithmetic>(weight);
    HalfArithmetic kept[sizeof...(state) + 1] = {load<HalfArithmetic>(state)...};
    call_formula(formula, number, load<HalfArithmetic>(gradient), kept, std::index_sequence_for<States...>());
    weight = store<Half>(number);
    [[maybe_unused]] int next = 0;
    ((state = store<Half>(kept[next++])), ...);
}

/// The pointers do not overlap; saying so lets the compiler keep numbers in vector registers.
template <class Formula, class State, class... States>
VISION_KERNELS_HOST_DEVICE void run(const Formula formula, std::int64_t size, State* __restrict weight,
                                    const State* __restrict gradient, States* __restrict... state) {
    for (std::int64_t i = 0; i < size; ++i) step(formula, weight[i], gradient[i], state[i]...);
}

template <class Formula, class State, std::size_t... index>
VISION_KERNELS_HOST_DEVICE void run_all(const Formula& formula, std::int64_t size, State* weight, const State* gradient,
                                        [[maybe_unused]] State* const* state, [[maybe_unused]] std::int64_t from,
                                        std::index_sequence<index...>) {
    run(formula, size, weight, gradient, (state[index] + from)...);
}

template <class Storage>
VISION_KERNELS_HOST_DEVICE void widen_tile(const Storage* __restrict from, float* __restrict to, std::int64_t size) {
    std::int64_t i = 0;
#if defined(__F16C__)
    if constexpr (std::is_same_v<Storage, Half>) {
        for (; i + 8 <= size; i += 8) {
            const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i));
            _mm256_storeu_ps(to + i, _mm256_cvtph_ps(bits));
        }
    }
#endif
    for (; i < size; ++i) to[i] = widen(from[i]);
}

template <class Storage>
VISION_KERNELS_HOST_DEVICE void narrow_tile(const float* __restrict from, Storage* __restrict to, std::int64_t size) {
    std::int64_t i = 0;
#if defined(__F16C__)
    if constexpr (std::is_same_v<Storage, Half>) {
        for (; i + 8 <= size; i += 8) {
            const __m128i bits = _mm256_cvtps_ph(_mm256_loadu_ps(from + i), _MM_FROUND_TO_NEAREST_INT);
            _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i), bits);
        }
    }
#endif
    for (; i < size; ++i) to[i] = narrow<Storage>(from[i]);
}

template <class Formula, class Arrays>
void update(const Formula& formula, const Arrays& arrays) {
    constexpr std::make_index_sequence<Arrays::states> all;
    if constexpr (!has_master<Arrays>) {
        run_all(formula, arrays.size, arrays.weight, arrays.gradient, arrays.state, 0, all);
    } else {
        float gradient[tile];
        for (std::int64_t from = 0; from < arrays.size; from += tile) {
            const std::int64_t size = arrays.size - from < tile ? arrays.size - from : tile;
            widen_tile(arrays.gradient + from, gradient, size);
            run_all(formula, size, arrays.master + from, static_cast<const float*>(gradient), arrays.state, from, all);
            narrow_tile(arrays.master + from, arrays.weight + from, size);
        }
    }
}

template <class Formula, class Storage>
void transform(const Formula& formula, const InPlaceArrays<Storage>& arrays) {
    const Formula own = formula;
    if constexpr (std::is_same_v<Storage, float>) {
        for (std::int64_t i = 0; i < arrays.size; ++i) arrays.values[i] = own(arrays.values[i]);
        return;
    }
    float numbers[tile];
    for (std::int64_t from = 0; from < arrays.size; from += tile) {
        const std::int64_t size = arrays.size - from < tile ? arrays.size - from : tile;
        widen_tile(arrays.values + from, numbers, size);
        for (std::int64_t i = 0; i < size; ++i) numbers[i] = own(numbers[i]);
        narrow_tile(numbers, arrays.values + from, size);
    }
}

template <class Storage>
double sum_of_squares(const Storage* values, std::int64_t size) {
    return sum_over_lanes<double>(size, [values](std::int64_t i) {
        const double value = static_cast<double>(widen(values[i]));
        return value * value;
    });
}

}  // namespace vision_kernels::cpu::VISION_KERNELS_ISA
