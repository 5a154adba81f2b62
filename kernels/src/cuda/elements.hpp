// Kernels whose threads have nothing to do with each other.
#pragma once

#include <algorithm>
#include <cstdint>

#include "combining.hpp"
#include "vision_kernels/launch.hpp"

namespace vision_kernels {

/// Threads of a block that computes single elements.
constexpr int threads_of_elements = threads_of_order;

/// Call `work(i)` for each i that falls to this block.
template <class Block, class Work>
VISION_KERNELS_DEVICE void each_element(Block& block, std::int64_t size, Work work) {
    block.threads([&](int thread) {
        const std::int64_t step = block.count() * block.thread_count();
        for (std::int64_t i = block.index() * block.thread_count() + thread; i < size; i += step) work(i);
    });
}

/// Calls `element(i)` for each element.
template <class Element>
struct ElementKernel {
    Element element;
    std::int64_t size;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        each_element(block, size, [&](std::int64_t i) { element(i); });
    }
};

/// Counts the elements for which `element(i)` is true. A block adds what it found at once.
template <class Element>
struct CountingKernel {
    Element element;
    std::int64_t size;
    std::int64_t* count;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        const std::int64_t first = block.index() * block.thread_count();
        const std::int64_t step = block.count() * block.thread_count();
        const auto count_of_thread = [&](std::int64_t thread) {
            std::int64_t own = 0;
            for (std::int64_t i = first + thread; i < size; i += step) own += element(i) ? 1 : 0;
            return own;
        };
        const auto sum = [](std::int64_t a, std::int64_t b) { return a + b; };
        const std::int64_t found = combined<std::int64_t>(block, block.thread_count(), 0, count_of_thread, sum);
        block.threads([&](int thread) {
            if (thread == 0 && found > 0) atomic_add(count, found);
        });
    }
};

inline std::int64_t blocks_of_elements(std::int64_t size) {
    return std::min((size + threads_of_elements - 1) / threads_of_elements, most_blocks());
}

template <class Element>
void for_each_element(const Element& element, std::int64_t size, const Context& context) {
    launch(ElementKernel<Element>{element, size}, blocks_of_elements(size), threads_of_elements, context);
}

template <class Element>
void count_elements(const Element& element, std::int64_t size, std::int64_t* count, const Context& context) {
    launch(CountingKernel<Element>{element, size, count}, blocks_of_elements(size), threads_of_elements, context);
}

}  // namespace vision_kernels
