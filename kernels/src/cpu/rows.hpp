// The loops over rows, positions and elements of losses, once for each instruction set.
#pragma once

#include <cstdint>

#include "../steps/maps.hpp"
#include "../steps/positions.hpp"
#include "../steps/rows.hpp"

namespace vision_kernels::cpu {

/// Positions that are computed together.
constexpr int position_tile = 64;

#define VISION_KERNELS_DECLARE_ROWS(isa)                                                                       \
    namespace isa {                                                                                            \
    template <class Row>                                                                                       \
    void compute_rows(const Row& row, std::int64_t from, std::int64_t to);                                     \
    /* Tiles of all samples, counted through. */                                                               \
    template <class Positions>                                                                                 \
    void compute_positions(const Positions& positions, std::int64_t from, std::int64_t to);                    \
    template <class Map>                                                                                       \
    void compute_map(const Map& map, std::int64_t from, std::int64_t to);                                      \
    }

VISION_KERNELS_DECLARE_ROWS(baseline)
#if defined(__x86_64__)
VISION_KERNELS_DECLARE_ROWS(avx2)
VISION_KERNELS_DECLARE_ROWS(avx512)
#endif

#undef VISION_KERNELS_DECLARE_ROWS

}  // namespace vision_kernels::cpu
