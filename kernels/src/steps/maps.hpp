// The losses of single elements.
#pragma once

#include <cstdint>

#include "vision_kernels/formulas/losses.hpp"

namespace vision_kernels::maps {

/// smooth_l1.
struct SmoothL1 {
    const float* difference;
    float* loss;
    float* gradient;
    float sigma_square;

    const float* read() const { return difference; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t i) const {
        const float x = difference[i];
        loss[i] = formulas::smooth_l1(x, sigma_square);
        gradient[i] = formulas::smooth_l1_gradient(x, sigma_square);
    }
};

/// The gradient of l2_regularization.
struct Scaled {
    const float* from;
    float* to;
    float factor;

    const float* read() const { return from; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t i) const { to[i] = factor * from[i]; }
};

}  // namespace vision_kernels::maps
