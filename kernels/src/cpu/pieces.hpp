// A list of tensors, cut into pieces of work.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "vision_kernels/parallel.hpp"

namespace vision_kernels::cpu {

/// Elements of a piece: long enough that taking the next one costs nothing, short enough that threads end together.
constexpr std::int64_t piece = 65536;

/// Call `work(index, from, size)` for parts that make up all elements of all tensors, on several threads. The elements
/// of all tensors are counted through and cut evenly, so that many small tensors make one piece.
template <class Arrays, class Work>
void for_pieces(const std::vector<Arrays>& tensors, Work work) {
    std::vector<std::int64_t> ends;
    ends.reserve(tensors.size());
    std::int64_t total = 0;
    for (const Arrays& tensor : tensors) ends.push_back(total += tensor.size);
    parallel_for((total + piece - 1) / piece, [&](std::int64_t number) {
        std::int64_t from = number * piece;
        const std::int64_t to = std::min(from + piece, total);
        auto index = static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), from) - ends.begin());
        for (; from < to; from = ends[index], ++index) {
            if (tensors[index].size == 0) continue;
            const std::int64_t start = ends[index] - tensors[index].size;
            work(index, from - start, std::min(to, ends[index]) - from);
        }
    });
}

}  // namespace vision_kernels::cpu
