// The weights of resizing along one axis: for each new pixel, which pixels it is made of and in which shares.
//
// They are formed on the host, once for each size in a call, and in the order of the libraries: with a Gaussian and
// antialiasing, samples lie on the very edge of the kernel, and single precision decides whether they count.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "vision_kernels/formulas/images_interpolation.hpp"

namespace vision_kernels::formulas {

/// The weights of an axis. New pixel i is made of `count[i]` pixels from `first[i]`, by the weights from `i * taps`.
struct AxisWeights {
    std::int64_t size, out, taps;
    std::vector<std::int64_t> first;
    std::vector<std::int32_t> count;
    std::vector<float> weight;

    /// Room for `taps` pixels each; no more are there than the axis has.
    AxisWeights(std::int64_t old_size, std::int64_t new_size, std::int64_t most_taps)
        : size(old_size), out(new_size), taps(std::min(most_taps, old_size)), first(static_cast<std::size_t>(new_size)),
          count(static_cast<std::size_t>(new_size)), weight(static_cast<std::size_t>(new_size * taps)) {}

    float* row(std::int64_t i) { return weight.data() + i * taps; }
    const float* row(std::int64_t i) const { return weight.data() + i * taps; }

    /// Add a share of pixel k to new pixel i; pixels come in order, and those outside are the last ones inside.
    void add(std::int64_t i, std::int64_t k, float share) {
        const std::int64_t pixel = std::min(std::max<std::int64_t>(k, 0), size - 1);
        const auto place = static_cast<std::size_t>(i);
        if (count[place] == 0) first[place] = pixel;
        const std::int64_t tap = pixel - first[place];
        count[place] = std::max(count[place], static_cast<std::int32_t>(tap + 1));
        row(i)[tap] += share;
    }

    /// Multiply the weights of a new pixel.
    void scale(std::int64_t i, float factor) {
        for (std::int32_t k = 0; k < count[static_cast<std::size_t>(i)]; ++k) row(i)[k] *= factor;
    }
};

/// The pixel that `nearest` takes.
inline std::int64_t tensorflow_nearest(std::int64_t i, std::int64_t size, std::int64_t out) {
    const float scale = static_cast<float>(size) / static_cast<float>(out);
    const auto pixel = static_cast<std::int64_t>(std::floor((static_cast<float>(i) + 0.5f) * scale));
    return std::min(pixel, size - 1);
}

/// The mean of what a new pixel covers.
inline AxisWeights tensorflow_area(std::int64_t size, std::int64_t out) {
    const float scale = static_cast<float>(size) / static_cast<float>(out);
    AxisWeights weights(size, out, static_cast<std::int64_t>(std::ceil(scale)) + 2);
    for (std::int64_t i = 0; i < out; ++i) {
        const float start = static_cast<float>(i) * scale;
        const float end = static_cast<float>(i + 1) * scale;
        const auto last = static_cast<std::int64_t>(std::ceil(end));
        for (auto k = static_cast<std::int64_t>(std::floor(start)); k < last; ++k) {
            const float covered = std::min(static_cast<float>(k + 1), end) - std::max(static_cast<float>(k), start);
            weights.add(i, k, covered / scale);
        }
    }
    return weights;
}

/// Linear between two neighbours.
inline AxisWeights tensorflow_bilinear(std::int64_t size, std::int64_t out) {
    const float scale = static_cast<float>(size) / static_cast<float>(out);
    AxisWeights weights(size, out, 2);
    for (std::int64_t i = 0; i < out; ++i) {
        const float place = (static_cast<float>(i) + 0.5f) * scale - 0.5f;
        const float below = std::floor(place);
        const float part = place - below;
        weights.add(i, static_cast<std::int64_t>(below), 1.0f - part);
        weights.add(i, static_cast<std::int64_t>(std::ceil(place)), part);
    }
    return weights;
}

/// Keys's cubic at multiples of 1/1024; taps outside are left out and the others make up for them.
inline AxisWeights tensorflow_bicubic(std::int64_t size, std::int64_t out) {
    const float scale = static_cast<float>(size) / static_cast<float>(out);
    AxisWeights weights(size, out, 4);
    for (std::int64_t i = 0; i < out; ++i) {
        const float place = (static_cast<float>(i) + 0.5f) * scale - 0.5f;
        const float below = std::floor(place);
        const float step = std::nearbyint((place - below) * 1024.0f) / 1024.0f;
        const float taps[4] = {keys_cubic(1.0f + step), keys_cubic(step), keys_cubic(1.0f - step), keys_cubic(2.0f - step)};
        float sum = 0.0f;
        for (std::int64_t k = 0; k < 4; ++k) {
            const std::int64_t pixel = static_cast<std::int64_t>(below) - 1 + k;
            if (pixel < 0 || pixel >= size) continue;
            weights.add(i, pixel, taps[k]);
            sum += taps[k];
        }
        weights.scale(i, 1.0f / sum);
    }
    return weights;
}

/// Any kernel, stretched where the axis shrinks and antialiasing is asked for.
template <class Method>
AxisWeights tensorflow_stretched(Method method, std::int64_t size, std::int64_t out, bool antialias) {
    const float scale = 1.0f / (static_cast<float>(out) / static_cast<float>(size));
    const float stretch = antialias ? std::max(scale, 1.0f) : 1.0f;
    const float shrink = 1.0f / stretch;
    const float radius = kernel_radius(method) * stretch;
    AxisWeights weights(size, out, 2 * static_cast<std::int64_t>(std::ceil(radius)) + 1);
    for (std::int64_t i = 0; i < out; ++i) {
        const float place = (static_cast<float>(i) + 0.5f) * scale;
        const auto start = static_cast<std::int64_t>(std::ceil(place - radius - 0.5f));
        const auto last = std::min(static_cast<std::int64_t>(std::floor(place + radius - 0.5f)), size - 1);
        float sum = 0.0f;
        for (std::int64_t k = std::max<std::int64_t>(start, 0); k <= last; ++k) {
            const float share = kernel_at(method, absolute((static_cast<float>(k) + 0.5f - place) * shrink));
            weights.add(i, k, share);
            sum += share;
        }
        weights.scale(i, 1.0f / sum);
    }
    return weights;
}

/// The weights of TensorFlow's `image.resize` for every method but `nearest`.
template <class Method>
AxisWeights tensorflow_weights(Method method, bool antialias, std::int64_t size, std::int64_t out) {
    if (method == Method::area) return tensorflow_area(size, out);
    if (method == Method::bilinear && !antialias) return tensorflow_bilinear(size, out);
    if (method == Method::bicubic && !antialias) return tensorflow_bicubic(size, out);
    return tensorflow_stretched(method, size, out, antialias);
}

}  // namespace vision_kernels::formulas
