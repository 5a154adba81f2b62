// A warp as a team, which computes a row or a sum; see steps/rows.hpp.
#pragma once

#include <cstdint>

#include "../steps/sums.hpp"
#include "packs.hpp"
#include "vision_kernels/block.hpp"

namespace vision_kernels {

static_assert(sum_lanes == warp_size);

/// Terms that a lane reads before it adds the first: one at a time would leave memory idle. Wider loads gain nothing, as
/// the neighbours in memory belong to the lanes beside.
constexpr int terms_at_once = 4;

template <class Warp>
class WarpTeam {
public:
    VISION_KERNELS_DEVICE explicit WarpTeam(Warp& warp) : warp_(warp) {}

    template <class Number, class Term, class Combine>
    VISION_KERNELS_DEVICE Number combine(std::int64_t size, Number start, Term term, Combine combination) {
        auto own = warp_.template local<Number>();
        warp_.lanes([&](int lane) {
            Number mine = start;
            std::int64_t i = lane;
            for (; i + (terms_at_once - 1) * sum_lanes < size; i += terms_at_once * sum_lanes) {
                Number terms[terms_at_once];
                VISION_KERNELS_UNROLLED
                for (int k = 0; k < terms_at_once; ++k) terms[k] = term(i + k * sum_lanes);
                VISION_KERNELS_UNROLLED
                for (int k = 0; k < terms_at_once; ++k) mine = combination(mine, terms[k]);
            }
            for (; i < size; i += sum_lanes) mine = combination(mine, term(i));
            own[lane] = mine;
        });
        return warp_.fold(own, combination);
    }

    template <class Work>
    VISION_KERNELS_DEVICE void each(std::int64_t size, Work work) {
        warp_.lanes([&](int lane) {
            for (std::int64_t i = lane; i < size; i += sum_lanes) work(i);
        });
    }

    template <class Work>
    VISION_KERNELS_DEVICE void once(Work work) {
        warp_.lanes([&](int lane) {
            if (lane == 0) work();
        });
    }

private:
    Warp& warp_;
};

/// Call `work(team, number)` for each item that falls to a warp of this block.
template <class Block, class Work>
VISION_KERNELS_DEVICE void each_warp(Block& block, std::int64_t count, Work work) {
    block.warps([&](auto& warp) {
        WarpTeam team(warp);
        for (std::int64_t number = warp.index(); number < count; number += warp.count()) work(team, number);
    });
}

}  // namespace vision_kernels
