// Images pixel by pixel on a device; see ../steps/image_windows.hpp.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "../steps/arrays.hpp"
#include "team.hpp"
#include "update.hpp"

namespace vision_kernels {

/// Pixels that a block computes before it looks for the next chunk.
constexpr std::int64_t pixel_chunk = 1024;

/// What a job computes, for all images; neighbours in memory are neighbours in time.
template <class Job>
struct PixelsKernel {
    TensorList<Job> list;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        list.for_chunks(block, pixel_chunk, [&](int index, std::int64_t from, std::int64_t size) {
            const Job& job = list.tensors[index];
            block.threads([&](int thread) {
                for (std::int64_t i = thread; i < size; i += block.thread_count()) job(from + i, from + i + 1);
            });
        });
    }
};

template <class Job>
void launch_pixels(const std::vector<Job>& jobs, const Context& context) {
    for_lists(jobs, pixel_chunk, [&](const TensorList<Job>& list, std::size_t) {
        launch(PixelsKernel<Job>{list}, std::min(list.chunks(), most_blocks()), update_threads, context);
    });
}

/// The sum of the terms of each chunk; `sums` are counted through as the chunks are.
template <class Terms>
struct TermsKernel {
    double* sums;
    TensorList<Terms> list;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        BlockTeam<Block> team(block);
        list.for_chunks(block, sum_chunk, [&](int index, std::int64_t from, std::int64_t size) {
            const auto terms = list.tensors[index].terms();
            const auto term = [&](std::int64_t i) { return terms(from + i); };
            const double sum = team.combine(size, 0.0, term, Add());
            const std::int64_t chunk = (index == 0 ? 0 : list.ends[index - 1]) + from / sum_chunk;
            team.once([&] { sums[chunk] = sum; });
        });
    }
};

/// For each image the sum of the sums of its chunks. One block for each image.
template <class Terms>
struct TermTotalsKernel {
    const double* sums;
    double* totals;
    TensorList<Terms> list;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        BlockTeam<Block> team(block);
        for (std::int64_t image = block.index(); image < list.count; image += block.count()) {
            const std::int64_t first = image == 0 ? 0 : list.ends[image - 1];
            const double* const own = sums + first;
            const auto term = [=](std::int64_t i) { return own[i]; };
            const double total = team.combine(list.ends[image] - first, 0.0, term, Add());
            team.once([&] { totals[image] = total; });
        }
    }
};

/// Write the sum of the terms of each image to `totals`.
template <class Terms>
void launch_totals(const std::vector<Terms>& jobs, double* totals, const Context& context) {
    for_lists(jobs, sum_chunk, [&](const TensorList<Terms>& list, std::size_t first) {
        const Scratch<double> sums(static_cast<std::size_t>(list.chunks()), context);
        launch(TermsKernel<Terms>{sums.data(), list}, std::min(list.chunks(), most_blocks()), sum_lanes, context);
        const TermTotalsKernel<Terms> kernel{sums.data(), totals + first, list};
        launch(kernel, std::min<std::int64_t>(list.count, most_blocks()), sum_lanes, context);
    });
}

}  // namespace vision_kernels
