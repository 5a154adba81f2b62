// The loops over the elements of an update, once for each instruction set.
#pragma once

#include "../steps/arrays.hpp"

namespace vision_kernels::cpu {

#define VISION_KERNELS_DECLARE_ELEMENTWISE(isa)                                                   \
    namespace isa {                                                                               \
    /* Update the weights of one tensor, or of a part of it. */                                   \
    template <class Formula, class Arrays>                                                        \
    void update(const Formula& formula, const Arrays& arrays);                                    \
    /* Replace each number by what the formula makes of it. */                                    \
    template <class Formula, class Storage>                                                       \
    void transform(const Formula& formula, const InPlaceArrays<Storage>& arrays);                 \
    /* The sum of the squares, added in the order of sums.hpp; at most a chunk. */               \
    template <class Storage>                                                                      \
    double sum_of_squares(const Storage* values, std::int64_t size);                              \
    }

VISION_KERNELS_DECLARE_ELEMENTWISE(baseline)
#if defined(__x86_64__)
VISION_KERNELS_DECLARE_ELEMENTWISE(avx2)
VISION_KERNELS_DECLARE_ELEMENTWISE(avx512)
#endif

#undef VISION_KERNELS_DECLARE_ELEMENTWISE

}  // namespace vision_kernels::cpu
