// Images pixel by pixel on a device; see ../steps/image_windows.hpp.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "../steps/arrays.hpp"
#include "../steps/image_numbers.hpp"
#include "team.hpp"
#include "update.hpp"

namespace vision_kernels {

/// Pixels that a block computes before it looks for the next chunk.
constexpr std::int64_t pixel_chunk = 1024;

/// Which pixels of a job a thread computes at a time, and how many of the first ones belong to a part before it.
template <class Job>
struct PartOf {
    static constexpr std::int64_t size = 1;

    VISION_KERNELS_DEVICE static std::int64_t missing(const Job&) { return 0; }
    VISION_KERNELS_DEVICE static void compute(const Job& job, std::int64_t from, std::int64_t to) { job(from, to); }
};

/// Four numbers are drawn at once, and written at once where they lie so in memory.
template <>
struct PartOf<pixels::UniformNumbers> {
    using Job = pixels::UniformNumbers;
    static constexpr std::int64_t size = 4;

    VISION_KERNELS_DEVICE static std::int64_t missing(const Job& job) { return static_cast<std::int64_t>(job.start % 4); }
    VISION_KERNELS_DEVICE static void compute(const Job& job, std::int64_t from, std::int64_t to) {
        if (to - from < size || !packs<size>(job.number + from)) return job(from, to);
        const formulas::PhiloxWords words = job.words_at(from);
        Pack<float, size> pack;
        VISION_KERNELS_UNROLLED
        for (int i = 0; i < size; ++i) pack.values[i] = formulas::uniform_of(words.words[i], job.low, job.span);
        store_pack<size>(job.number + from, pack);
    }
};

/// What a job computes, for all images; neighbours in memory are neighbours in time.
template <class Job>
struct PixelsKernel {
    TensorList<Job> list;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        list.for_chunks(block, pixel_chunk, [&](int index, std::int64_t from, std::int64_t size) {
            const Job& job = list.tensors[index];
            using Part = PartOf<Job>;
            block.threads([&](int thread) {
                const std::int64_t step = block.thread_count() * Part::size;
                for (std::int64_t i = thread * Part::size - Part::missing(job); i < size; i += step) {
                    const std::int64_t end = i + Part::size < size ? i + Part::size : size;
                    Part::compute(job, from + (i < 0 ? 0 : i), from + end);
                }
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
        block.warps([&](auto& warp) {
            WarpTeam team(warp);
            list.for_chunks(warp, sum_chunk, [&](int index, std::int64_t from, std::int64_t size) {
                const auto terms = list.tensors[index].terms();
                const auto term = [&](std::int64_t i) { return terms(from + i); };
                const double sum = team.combine(size, 0.0, term, Add());
                const std::int64_t chunk = (index == 0 ? 0 : list.ends[index - 1]) + from / sum_chunk;
                team.once([&] { sums[chunk] = sum; });
            });
        });
    }
};

/// For each image the sum of the sums of its chunks. One warp for each image.
template <class Terms>
struct TermTotalsKernel {
    const double* sums;
    double* totals;
    TensorList<Terms> list;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        each_warp(block, list.count, [&](auto& team, std::int64_t image) {
            const std::int64_t first = image == 0 ? 0 : list.ends[image - 1];
            const double* const own = sums + first;
            const auto term = [=](std::int64_t i) { return own[i]; };
            const double total = team.combine(list.ends[image] - first, 0.0, term, Add());
            team.once([&] { totals[image] = total; });
        });
    }
};

/// Write the sum of the terms of each image to `totals`.
template <class Terms>
void launch_totals(const std::vector<Terms>& jobs, double* totals, const Context& context) {
    for_lists(jobs, sum_chunk, [&](const TensorList<Terms>& list, std::size_t first) {
        const Scratch<double> sums(static_cast<std::size_t>(list.chunks()), context);
        launch_warps(TermsKernel<Terms>{sums.data(), list}, list.chunks(), context);
        launch_warps(TermTotalsKernel<Terms>{sums.data(), totals + first, list}, list.count, context);
    });
}

}  // namespace vision_kernels
