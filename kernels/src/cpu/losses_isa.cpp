// The losses for one instruction set, whose name is VISION_KERNELS_ISA.
#include "rows.hpp"

namespace vision_kernels::cpu::VISION_KERNELS_ISA {
namespace {

/// A thread computes a row by itself.
struct Team {
    template <class Number, class Term, class Combine>
    VISION_KERNELS_HOST_DEVICE Number combine(std::int64_t size, Number start, Term term, Combine combination) {
        return over_lanes(size, start, term, combination);
    }

    template <class Work>
    VISION_KERNELS_HOST_DEVICE void each(std::int64_t size, Work work) {
        VISION_KERNELS_INDEPENDENT
        for (std::int64_t i = 0; i < size; ++i) work(i);
    }

    template <class Work>
    VISION_KERNELS_HOST_DEVICE void once(Work work) {
        work();
    }
};

}  // namespace

template <class Row>
void compute_rows(const Row& row, std::int64_t from, std::int64_t to) {
    const Row own = row;
    Team team;
    for (std::int64_t number = from; number < to; ++number) own(team, number);
}

template <class Positions>
void compute_positions(const Positions& positions, std::int64_t from, std::int64_t to) {
    const Positions own = positions;
    const std::int64_t tiles = (own.s + position_tile - 1) / position_tile;
    for (std::int64_t number = from; number < to; ++number) {
        const std::int64_t start = number % tiles * position_tile;
        const std::int64_t left = own.s - start;
        own.template tile<position_tile>(number / tiles, start, static_cast<int>(left < position_tile ? left : position_tile));
    }
}

template <class Map>
void compute_map(const Map& map, std::int64_t from, std::int64_t to) {
    const Map own = map;
    VISION_KERNELS_INDEPENDENT
    for (std::int64_t i = from; i < to; ++i) own(i);
}

#define VISION_KERNELS_ROWS(Row) template void compute_rows(const rows::Row&, std::int64_t, std::int64_t);
#define VISION_KERNELS_POSITIONS(Label) \
    template void compute_positions(const rows::MxnetSoftmaxPositions<Label>&, std::int64_t, std::int64_t);

VISION_KERNELS_ROWS(MxnetSoftmax<float>)
VISION_KERNELS_ROWS(MxnetSoftmax<std::int32_t>)
VISION_KERNELS_ROWS(MxnetSoftmax<std::int64_t>)
VISION_KERNELS_ROWS(KerasSoftmax)
VISION_KERNELS_ROWS(KerasSparseSoftmax<std::int32_t>)
VISION_KERNELS_ROWS(KerasSparseSoftmax<std::int64_t>)
VISION_KERNELS_ROWS(KerasProbabilities)
VISION_KERNELS_ROWS(MxnetSigmoid)
VISION_KERNELS_ROWS(KerasSigmoid)
VISION_KERNELS_ROWS(KerasSigmoidProbabilities)
VISION_KERNELS_POSITIONS(float)
VISION_KERNELS_POSITIONS(std::int32_t)
VISION_KERNELS_POSITIONS(std::int64_t)
template void compute_map(const maps::SmoothL1&, std::int64_t, std::int64_t);
template void compute_map(const maps::Scaled&, std::int64_t, std::int64_t);

}  // namespace vision_kernels::cpu::VISION_KERNELS_ISA
