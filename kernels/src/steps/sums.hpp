// The order in which numbers are added. It is part of the result, so it is the same for every instruction set, number of
// threads and backend: lane j of 32 adds the terms j, j + 32, ... in turn, then the upper half of the lanes is added to
// the lower one until one lane is left. A long array is cut into chunks, whose sums are added in the same way.
#pragma once

#include <cstdint>

#include "vision_kernels/host_device.hpp"

namespace vision_kernels {

constexpr int sum_lanes = 32;

/// Elements of a long array whose sum is taken at a time.
constexpr std::int64_t sum_chunk = 4096;

/// Combine the lanes; what is left is in the first.
template <class Number, class Combine>
VISION_KERNELS_HOST_DEVICE Number fold_lanes(Number* lanes, Combine combine) {
    for (int width = sum_lanes / 2; width > 0; width /= 2) {
        for (int lane = 0; lane < width; ++lane) lanes[lane] = combine(lanes[lane], lanes[lane + width]);
    }
    return lanes[0];
}

/// Combine `term(0)` to `term(size - 1)`, starting from `start`.
template <class Number, class Term, class Combine>
VISION_KERNELS_HOST_DEVICE Number over_lanes(std::int64_t size, Number start, Term term, Combine combine) {
    Number lanes[sum_lanes];
    for (int lane = 0; lane < sum_lanes; ++lane) lanes[lane] = start;
    std::int64_t from = 0;
    for (; from + sum_lanes <= size; from += sum_lanes) {
        VISION_KERNELS_INDEPENDENT
        for (int lane = 0; lane < sum_lanes; ++lane) lanes[lane] = combine(lanes[lane], term(from + lane));
    }
    for (int lane = 0; lane < size - from; ++lane) lanes[lane] = combine(lanes[lane], term(from + lane));
    return fold_lanes(lanes, combine);
}

struct Add {
    template <class Number>
    VISION_KERNELS_HOST_DEVICE Number operator()(Number a, Number b) const {
        return a + b;
    }
};

struct Larger {
    VISION_KERNELS_HOST_DEVICE float operator()(float a, float b) const { return a < b ? b : a; }
};

template <class Number, class Term>
VISION_KERNELS_HOST_DEVICE Number sum_over_lanes(std::int64_t size, Term term) {
    return over_lanes(size, Number(0), term, Add());
}

}  // namespace vision_kernels
