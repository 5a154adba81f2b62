// The softmax over classes at each of many positions, which lie next to each other in memory: a tile of positions at a
// time on the CPU, one position a thread on the device. The classes are added in turn.
#pragma once

#include <cstddef>
#include <cstdint>

#include "rows.hpp"

namespace vision_kernels::rows {

/// mxnet_softmax_cross_entropy_per_position.
template <class Label>
struct MxnetSoftmaxPositions {
    const float* logits;
    const Label* label;
    float* probability;
    float* loss;
    float* gradient;
    std::int64_t k, s;
    Scale scale;
    bool use_ignore;
    std::int64_t ignore_label;

    /// Compute `size` positions of a sample, at most `most`, from the position `from`.
    template <std::size_t most>
    VISION_KERNELS_HOST_DEVICE void tile(std::int64_t sample, std::int64_t from, int size) const {
        const std::int64_t start = sample * k * s + from;
        const Label* const labels = label + sample * s + from;
        float* const losses = loss + sample * s + from;
        float largest[most], sum[most], inverse[most];
        softmax(start, size, largest, sum);
        for (int i = 0; i < size; ++i) inverse[i] = 1.0f / sum[i];
        write(start, size, inverse);
        for (int i = 0; i < size; ++i) {
            const std::int64_t target = formulas::class_of(labels[i]);
            const bool ignored = use_ignore && target == ignore_label;
            losses[i] = 0.0f;
            if (ignored) forget(start + i);
            if (ignored || target < 0 || target >= k) continue;
            const std::int64_t own = start + i + target * s;
            losses[i] = -(logits[own] - largest[i] - formulas::logarithm(sum[i]));
            gradient[own] = (probability[own] - 1.0f) * scale.value();
        }
    }

private:
    VISION_KERNELS_HOST_DEVICE void softmax(std::int64_t start, int size, float* largest, float* sum) const {
        const float* const x = logits + start;
        float* const p = probability + start;
        for (int i = 0; i < size; ++i) largest[i] = -formulas::infinity();
        for (std::int64_t c = 0; c < k; ++c) {
            for (int i = 0; i < size; ++i) largest[i] = Larger()(largest[i], x[c * s + i]);
        }
        for (int i = 0; i < size; ++i) sum[i] = 0.0f;
        for (std::int64_t c = 0; c < k; ++c) {
            VISION_KERNELS_INDEPENDENT
            for (int i = 0; i < size; ++i) {
                const float term = formulas::exponential(x[c * s + i] - largest[i]);
                p[c * s + i] = term;
                sum[i] = sum[i] + term;
            }
        }
    }

    VISION_KERNELS_HOST_DEVICE void write(std::int64_t start, int size, const float* inverse) const {
        float* const p = probability + start;
        float* const dx = gradient + start;
        const float factor = scale.value();
        for (std::int64_t c = 0; c < k; ++c) {
            VISION_KERNELS_INDEPENDENT
            for (int i = 0; i < size; ++i) {
                p[c * s + i] = p[c * s + i] * inverse[i];
                dx[c * s + i] = p[c * s + i] * factor;
            }
        }
    }

    /// An ignored position has no gradient.
    VISION_KERNELS_HOST_DEVICE void forget(std::int64_t start) const {
        for (std::int64_t c = 0; c < k; ++c) gradient[start + c * s] = 0.0f;
    }
};

}  // namespace vision_kernels::rows
