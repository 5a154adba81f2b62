// Sums of squares: one for each chunk of an array, then one of these.
#pragma once

#include <cstdint>

#include "../steps/arrays.hpp"
#include "team.hpp"
#include "update.hpp"

namespace vision_kernels {

/// The sum of the squares of each chunk; `sums` are counted through as the chunks are.
template <class Storage>
struct SquaresKernel {
    double* sums;
    TensorList<InPlaceArrays<Storage>> list;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        each_warp(block, list.chunks(), [&](auto& team, std::int64_t chunk) {
            const int tensor = tensor_of_chunk(list.ends, list.count, chunk);
            const std::int64_t from = (chunk - (tensor == 0 ? 0 : list.ends[tensor - 1])) * sum_chunk;
            const std::int64_t left = list.tensors[tensor].size - from;
            const Storage* const values = list.tensors[tensor].values + from;
            const auto square = [=](std::int64_t i) {
                const double value = static_cast<double>(widen(values[i]));
                return value * value;
            };
            const double sum = team.combine(left < sum_chunk ? left : sum_chunk, 0.0, square, Add());
            team.once([&] { sums[chunk] = sum; });
        });
    }
};

/// For each tensor the sum of the sums of its chunks. One warp for each tensor.
template <class Storage>
struct TotalsKernel {
    const double* sums;
    double* totals;
    TensorList<InPlaceArrays<Storage>> list;

    template <class Block>
    VISION_KERNELS_DEVICE void operator()(Block& block) const {
        each_warp(block, list.count, [&](auto& team, std::int64_t tensor) {
            const std::int64_t first = tensor == 0 ? 0 : list.ends[tensor - 1];
            const double* const own = sums + first;
            const auto term = [=](std::int64_t i) { return own[i]; };
            const double total = team.combine(list.ends[tensor] - first, 0.0, term, Add());
            team.once([&] { totals[tensor] = total; });
        });
    }
};

/// Write the total of each tensor of a list to `totals`.
template <class Storage>
void sum_squares(const TensorList<InPlaceArrays<Storage>>& list, double* totals, const Context& context) {
    const Scratch<double> sums(static_cast<std::size_t>(list.chunks()), context);
    launch_warps(SquaresKernel<Storage>{sums.data(), list}, list.chunks(), context);
    launch_warps(TotalsKernel<Storage>{sums.data(), totals, list}, list.count, context);
}

}  // namespace vision_kernels
