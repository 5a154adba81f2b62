// Whole numbers combined by a block: every order of threads gives the same.
#pragma once

#include <cstdint>

#include "vision_kernels/block.hpp"

namespace vision_kernels {

/// Threads of a block that combines numbers, or orders a list.
constexpr int threads_of_order = 256;

template <class Number>
struct NumberOfThread {
    Number values[threads_of_order];
};

/// Combine `term(0)` to `term(size - 1)`, starting from `start`; the order must not matter.
template <class Number, class Block, class Term, class Combine>
VISION_KERNELS_DEVICE Number combined(Block& block, std::int64_t size, Number start, Term term, Combine combine) {
    Number* const values = block.template shared<NumberOfThread<Number>>().values;
    block.threads([&](int thread) {
        Number mine = start;
        for (std::int64_t i = thread; i < size; i += block.thread_count()) mine = combine(mine, term(i));
        values[thread] = mine;
    });
    for (int width = block.thread_count() / 2; width > 0; width /= 2) {
        block.threads([&](int thread) {
            if (thread < width) values[thread] = combine(values[thread], values[thread + width]);
        });
    }
    const Number result = values[0];
    // The next call writes to the values; every thread has to have its result first.
    block.barrier();
    return result;
}

/// How many of the numbers from 0 to size - 1 fit.
template <class Block, class Fits>
VISION_KERNELS_DEVICE std::int64_t count_of(Block& block, std::int64_t size, Fits fits) {
    return combined<std::int64_t>(
        block, size, 0, [&](std::int64_t i) { return fits(i) ? std::int64_t{1} : std::int64_t{0}; },
        [](std::int64_t a, std::int64_t b) { return a + b; });
}

}  // namespace vision_kernels
