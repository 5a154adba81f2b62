// The losses of single elements. A map writes what follows from the number that it reads there, which is at `read()[i]`.
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

    VISION_KERNELS_HOST_DEVICE const float* read() const { return difference; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t i) const { write(i, difference[i]); }

    VISION_KERNELS_HOST_DEVICE void write(std::int64_t i, float x) const {
        loss[i] = formulas::smooth_l1(x, sigma_square);
        gradient[i] = formulas::smooth_l1_gradient(x, sigma_square);
    }
};

/// The gradient of l2_regularization.
struct Scaled {
    const float* from;
    float* to;
    float factor;

    VISION_KERNELS_HOST_DEVICE const float* read() const { return from; }

    VISION_KERNELS_HOST_DEVICE void operator()(std::int64_t i) const { write(i, from[i]); }
    VISION_KERNELS_HOST_DEVICE void write(std::int64_t i, float x) const { to[i] = factor * x; }
};

}  // namespace vision_kernels::maps
