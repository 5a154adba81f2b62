// A block as a team, which computes a row or a sum; see steps/rows.hpp.
#pragma once

#include <cstdint>

#include "../steps/sums.hpp"
#include "vision_kernels/block.hpp"

namespace vision_kernels {

/// One number for each lane.
template <class Number>
struct Lanes {
    Number values[sum_lanes];
};

/// A block of sum_lanes threads.
template <class Block>
class BlockTeam {
public:
    VISION_KERNELS_DEVICE explicit BlockTeam(Block& block) : block_(block) {}

    template <class Number, class Term, class Combine>
    VISION_KERNELS_DEVICE Number combine(std::int64_t size, Number start, Term term, Combine combination) {
        Number* const lanes = block_.template shared<Lanes<Number>>().values;
        block_.threads([&](int lane) {
            Number mine = start;
            for (std::int64_t i = lane; i < size; i += sum_lanes) mine = combination(mine, term(i));
            lanes[lane] = mine;
        });
        for (int width = sum_lanes / 2; width > 0; width /= 2) {
            block_.threads([&](int lane) {
                if (lane < width) lanes[lane] = combination(lanes[lane], lanes[lane + width]);
            });
        }
        const Number result = lanes[0];
        // The next call writes to the lanes; every thread has to have its result first.
        block_.barrier();
        return result;
    }

    template <class Work>
    VISION_KERNELS_DEVICE void each(std::int64_t size, Work work) {
        block_.threads([&](int lane) {
            for (std::int64_t i = lane; i < size; i += sum_lanes) work(i);
        });
    }

    template <class Work>
    VISION_KERNELS_DEVICE void once(Work work) {
        block_.threads([&](int lane) {
            if (lane == 0) work();
        });
    }

private:
    Block& block_;
};

}  // namespace vision_kernels
