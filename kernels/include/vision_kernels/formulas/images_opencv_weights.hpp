// The weights of OpenCV's resizing of bytes, OpenCV 3.4, modules/imgproc/src/resize.cpp. Most are rounded to 1/2048
// there, and so they are here.
#pragma once

#include "vision_kernels/formulas/images_weights.hpp"

namespace vision_kernels::formulas {

/// Pixels behind one of `size` for each of `out`, as OpenCV forms it.
inline double opencv_scale(std::int64_t size, std::int64_t out) {
    return 1.0 / (static_cast<double>(out) / static_cast<double>(size));
}

inline float opencv_fixed(float weight) { return std::nearbyint(weight * 2048.0f) / 2048.0f; }

inline std::int64_t opencv_nearest(std::int64_t i, std::int64_t size, std::int64_t out) {
    return std::min(static_cast<std::int64_t>(std::floor(static_cast<double>(i) * opencv_scale(size, out))), size - 1);
}

/// The mean of what a new pixel covers, where both axes shrink; slivers below 1/1000 pixel are left out.
inline AxisWeights opencv_area(std::int64_t size, std::int64_t out) {
    const double scale = opencv_scale(size, out);
    AxisWeights weights(size, out, static_cast<std::int64_t>(std::ceil(scale)) + 2);
    for (std::int64_t i = 0; i < out; ++i) {
        const double start = static_cast<double>(i) * scale;
        const double end = start + scale;
        const double cell = std::min(scale, static_cast<double>(size) - start);
        const std::int64_t last = std::min(static_cast<std::int64_t>(std::floor(end)), size - 1);
        const std::int64_t whole = std::min(static_cast<std::int64_t>(std::ceil(start)), last);
        const double before = static_cast<double>(whole) - start;
        const double after = std::min(std::min(end - static_cast<double>(last), 1.0), cell);
        if (before > 1e-3) weights.add(i, whole - 1, static_cast<float>(before / cell));
        for (std::int64_t k = whole; k < last; ++k) weights.add(i, k, static_cast<float>(1.0 / cell));
        if (after > 1e-3) weights.add(i, last, static_cast<float>(after / cell));
    }
    return weights;
}

/// What `area` does where an axis grows: linear, but from the edges of pixels.
inline AxisWeights opencv_area_growing(std::int64_t size, std::int64_t out) {
    const double scale = opencv_scale(size, out);
    const double inverse = static_cast<double>(out) / static_cast<double>(size);
    AxisWeights weights(size, out, 2);
    for (std::int64_t i = 0; i < out; ++i) {
        const auto below = static_cast<std::int64_t>(std::floor(static_cast<double>(i) * scale));
        const auto place = static_cast<float>(static_cast<double>(i + 1) - static_cast<double>(below + 1) * inverse);
        const float part = opencv_fixed(place <= 0.0f ? 0.0f : place - std::floor(place));
        weights.add(i, below, 1.0f - part);
        weights.add(i, below + 1, part);
    }
    return weights;
}

/// A kernel of `taps` pixels; those outside are the pixels at the edge.
template <class Kernel>
AxisWeights opencv_kernel(Kernel kernel, std::int64_t taps, std::int64_t size, std::int64_t out) {
    const double scale = opencv_scale(size, out);
    AxisWeights weights(size, out, taps);
    for (std::int64_t i = 0; i < out; ++i) {
        const auto place = static_cast<float>((static_cast<double>(i) + 0.5) * scale - 0.5);
        const float below = std::floor(place);
        float shares[8];
        kernel(place - below, shares);
        const std::int64_t start = static_cast<std::int64_t>(below) - taps / 2 + 1;
        for (std::int64_t k = 0; k < taps; ++k) weights.add(i, start + k, opencv_fixed(shares[k]));
    }
    return weights;
}

inline void opencv_linear(float part, float* taps) {
    taps[0] = 1.0f - part;
    taps[1] = part;
}

/// The weights of an axis for every interpolation but `nearest`; `shrinks`: neither axis grows.
template <class Interpolation>
AxisWeights opencv_weights(Interpolation interpolation, bool shrinks, std::int64_t size, std::int64_t out) {
    switch (interpolation) {
        case Interpolation::area: return shrinks ? opencv_area(size, out) : opencv_area_growing(size, out);
        case Interpolation::cubic: return opencv_kernel(opencv_cubic, 4, size, out);
        case Interpolation::lanczos4: return opencv_kernel(opencv_lanczos4, 8, size, out);
        default: return opencv_kernel(opencv_linear, 2, size, out);
    }
}

}  // namespace vision_kernels::formulas
