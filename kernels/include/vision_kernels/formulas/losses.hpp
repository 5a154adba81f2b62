// Losses and their gradients, on registers: MXNet 1.9.1 (src/operator/softmax_output-inl.h, regression_output-inl.h,
// mshadow_op.h), Keras 3.15 and tf_keras 2.21 (losses, regularizers) on TensorFlow.
#pragma once

#include <cstdint>

#include "vision_kernels/formulas/elementary.hpp"
#include "vision_kernels/host_device.hpp"

namespace vision_kernels::formulas {

/// The number of a class that no class has.
constexpr std::int64_t no_class = INT64_MIN;

VISION_KERNELS_HOST_DEVICE std::int64_t class_of(std::int32_t label) { return label; }
VISION_KERNELS_HOST_DEVICE std::int64_t class_of(std::int64_t label) { return label; }

/// MXNet cuts off the fraction. What no integer of 32 bits holds, NaN too, is no class.
VISION_KERNELS_HOST_DEVICE std::int64_t class_of(float label) {
    return label > -2147483904.0f && label < 2147483648.0f ? static_cast<std::int64_t>(label) : no_class;
}

/// x, but from `low` to `high`. NaN passes through.
VISION_KERNELS_HOST_DEVICE float between(float x, float low, float high) {
    const float above = x < low ? low : x;
    return high < above ? high : above;
}

/// exp(-|x|), which the sigmoid and its cross entropy have in common.
VISION_KERNELS_HOST_DEVICE float sigmoid_base(float x) { return exponential(-absolute(x)); }

/// 1 / (1 + exp(-x)), without an infinite intermediate.
VISION_KERNELS_HOST_DEVICE float sigmoid(float x, float base) {
    const float numerator = x < 0.0f ? base : 1.0f;
    return numerator / (1.0f + base);
}

/// max(x, 0) - x y + log(1 + exp(-|x|)).
VISION_KERNELS_HOST_DEVICE float sigmoid_cross_entropy(float x, float y, float base) {
    const float positive = x > 0.0f ? x : 0.0f;
    return positive - x * y + logarithm_of_one_plus(base);
}

/// Keras bounds probabilities by its epsilon before it takes a logarithm.
constexpr float keras_least = 1e-7f;
constexpr float keras_most = static_cast<float>(1.0 - 1e-7);

/// -(y log p + (1 - y) log(1 - p)) of a bounded p; `inside` is added inside both logarithms.
VISION_KERNELS_HOST_DEVICE float binary_cross_entropy(float probability, float y, float inside) {
    const float p = between(probability, keras_least, keras_most);
    return -(y * logarithm(p + inside) + (1.0f - y) * logarithm(1.0f - p + inside));
}

/// |x| - 0.5 / sigma^2 beyond 1 / sigma^2, else 0.5 sigma^2 x^2.
VISION_KERNELS_HOST_DEVICE float smooth_l1(float x, float sigma_square) {
    const float limit = 1.0f / sigma_square;
    const float size = absolute(x);
    return size > limit ? size - 0.5f * limit : 0.5f * x * x * sigma_square;
}

VISION_KERNELS_HOST_DEVICE float smooth_l1_gradient(float x, float sigma_square) {
    const float limit = 1.0f / sigma_square;
    const float sign = x > 0.0f ? 1.0f : -1.0f;
    return absolute(x) > limit ? sign : sigma_square * x;
}

}  // namespace vision_kernels::formulas
