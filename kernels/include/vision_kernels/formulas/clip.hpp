// Bounds on numbers.
#pragma once

#include "vision_kernels/host_device.hpp"

namespace vision_kernels::formulas {

/// x, but no further from 0 than `bound`. NaN passes through.
template <class Number>
VISION_KERNELS_HOST_DEVICE Number clip(Number x, Number bound) {
    const Number below = bound < x ? bound : x;
    return -bound > below ? -bound : below;
}

}  // namespace vision_kernels::formulas
