// TensorFlow's ImageProjectiveTransformV3: tensorflow/core/kernels/image/image_ops.h.
#pragma once

#include <cstdint>

#include "vision_kernels/formulas/elementary.hpp"

namespace vision_kernels::formulas {

/// A number without its fraction.
VISION_KERNELS_HOST_DEVICE float truncated(float x) {
    // From 2^23 on there are no fractions; NaN stays.
    return absolute(x) < 8388608.0f ? static_cast<float>(static_cast<std::int32_t>(x)) : x;
}

VISION_KERNELS_HOST_DEVICE float floored(float x) {
    const float whole = truncated(x);
    return whole > x ? whole - 1.0f : whole;
}

/// The nearest integer, away from 0 from the middle.
VISION_KERNELS_HOST_DEVICE float rounded_away(float x) {
    const float whole = truncated(x);
    if (absolute(x - whole) < 0.5f) return whole;
    return x < 0.0f ? whole - 1.0f : whole + 1.0f;
}

/// A coordinate moved onto an axis of `size` pixels; NaN stays.
VISION_KERNELS_HOST_DEVICE float onto_axis(float x, float size) {
    const float above = x < 0.0f ? 0.0f : x;
    return above > size - 1.0f ? size - 1.0f : above;
}

/// `reflect`: the axis is mirrored at its ends.
VISION_KERNELS_HOST_DEVICE float reflected(float x, float size) {
    const float period = 2.0f * size;
    if (x < 0.0f) {
        if (size <= 1.0f) return 0.0f;
        x = period * truncated(-x / period) + x;
        x = x < -size ? x + period : -x - 1.0f;
    } else if (x > size - 1.0f) {
        if (size <= 1.0f) return 0.0f;
        x -= period * truncated(x / period);
        if (x >= size) x = period - x - 1.0f;
    }
    return onto_axis(x, size);
}

/// `wrap`: the axis repeats; whole lengths are counted by one pixel less, as in TensorFlow.
VISION_KERNELS_HOST_DEVICE float wrapped(float x, float size) {
    if (x < 0.0f) {
        if (size <= 1.0f) return 0.0f;
        x += size * (truncated(-x / (size - 1.0f)) + 1.0f);
    } else if (x > size - 1.0f) {
        if (size <= 1.0f) return 0.0f;
        x -= size * truncated(x / (size - 1.0f));
    }
    return onto_axis(x, size);
}

/// A coordinate as a mode of filling sees it.
template <class FillMode>
VISION_KERNELS_HOST_DEVICE float filled(FillMode mode, float x, float size) {
    switch (mode) {
        case FillMode::reflect: return reflected(x, size);
        case FillMode::wrap: return wrapped(x, size);
        case FillMode::nearest: return onto_axis(x, size);
        case FillMode::constant: break;
    }
    return x;
}

/// Where a pixel of the result comes from.
struct ProjectedPlace {
    float x, y;
    /// Whether it is at infinity.
    bool none;
};

VISION_KERNELS_HOST_DEVICE ProjectedPlace projected(const float* t, float x, float y) {
    const float k = t[6] * x + t[7] * y + 1.0f;
    if (k == 0.0f) return {0.0f, 0.0f, true};
    return {(t[0] * x + t[1] * y + t[2]) / k, (t[3] * x + t[4] * y + t[5]) / k, false};
}

}  // namespace vision_kernels::formulas
