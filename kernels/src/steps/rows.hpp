// The losses, one row of a matrix at a time. A row is computed by a team: on the CPU a thread, on the device a warp.
// A team has
//
//     team.combine(size, start, term, combine)   the terms 0 to size - 1, combined in the order of sums.hpp
//     team.each(size, work)                      work(i) for each i
//     team.once(work)                            work() once, after all before it
//
// and what one call wrote is there for the next one. Each row is a structure of what it reads and writes, and is called
// with a team and its number.
#pragma once

#include <cstdint>

#include "sums.hpp"
#include "vision_kernels/formulas/losses.hpp"

namespace vision_kernels::rows {

/// The factor of a gradient: by a count too, which may not be known yet when the row is set up.
struct Scale {
    float factor;
    const std::int64_t* count;

    VISION_KERNELS_HOST_DEVICE float value() const {
        if (count == nullptr) return factor;
        return factor / static_cast<float>(*count > 1 ? *count : 1);
    }
};

/// A number that nobody writes while a kernel runs. The device may read it before it has written what comes before.
VISION_KERNELS_HOST_DEVICE float given(const float* number) {
#if defined(__CUDA_ARCH__)
    return __ldg(number);
#else
    return *number;
#endif
}

/// The largest logit, and the sum of the exponentials, which are left in `kept`.
struct Softmax {
    float largest, sum;

    template <class Team>
    VISION_KERNELS_HOST_DEVICE Softmax(Team& team, std::int64_t size, const float* logits, float* kept) {
        const auto logit = [=](std::int64_t i) { return logits[i]; };
        const float most = team.combine(size, -formulas::infinity(), logit, Larger());
        largest = most;
        sum = team.combine(
            size, 0.0f,
            [=](std::int64_t i) {
                const float term = formulas::exponential(given(logits + i) - most);
                kept[i] = term;
                return term;
            },
            Add());
    }
};

/// The sum of the logarithms of the probabilities of a row.
template <class Team>
VISION_KERNELS_HOST_DEVICE float sum_of_log_probabilities(
    Team& team, std::int64_t size, const float* logits, const Softmax& softmax) {
    const float largest = softmax.largest;
    const float log_sum = formulas::logarithm(softmax.sum);
    const auto term = [=](std::int64_t i) { return logits[i] - largest - log_sum; };
    return team.combine(size, 0.0f, term, Add());
}

/// mxnet_softmax_cross_entropy. A label that is no class matches none.
template <class Label>
struct MxnetSoftmax {
    const float* logits;
    const Label* label;
    float* probability;
    float* loss;
    float* gradient;
    std::int64_t k;
    float smoothing;
    Scale scale;
    bool use_ignore;
    std::int64_t ignore_label;

    template <class Team>
    VISION_KERNELS_HOST_DEVICE void operator()(Team& team, std::int64_t row) const {
        const float* const x = logits + row * k;
        float* const p = probability + row * k;
        float* const dx = gradient + row * k;
        const std::int64_t target = formulas::class_of(label[row]);
        const bool matches = target >= 0 && target < k;
        const bool ignored = use_ignore && target == ignore_label;
        const float others = k > 1 ? smoothing / static_cast<float>(k - 1) : 0.0f;
        const float own = 1.0f - smoothing;
        const float factor = scale.value();

        const Softmax softmax(team, k, x, p);
        const float inverse = 1.0f / softmax.sum;
        team.each(k, [=](std::int64_t i) {
            p[i] = p[i] * inverse;
            dx[i] = ignored ? 0.0f : (p[i] - others) * factor;
        });
        const float all = others > 0 ? sum_of_log_probabilities(team, k, x, softmax) : 0.0f;
        team.once([=]() {
            float entropy = -(others * all);
            if (matches) {
                const float log_probability = x[target] - softmax.largest - formulas::logarithm(softmax.sum);
                entropy = others > 0 ? -(own * log_probability + others * (all - log_probability)) : -own * log_probability;
                if (!ignored) dx[target] = (p[target] - own) * factor;
            }
            loss[row] = ignored ? 0.0f : entropy;
        });
    }
};

/// keras_softmax_cross_entropy. As in TensorFlow, a class of target 0 takes part: an infinite difference makes it NaN.
struct KerasSoftmax {
    const float* logits;
    const float* target;
    float* loss;
    float* gradient;
    std::int64_t k;
    float kept, spread;
    float scale;

    template <class Team>
    VISION_KERNELS_HOST_DEVICE void operator()(Team& team, std::int64_t row) const {
        const float* const x = logits + row * k;
        const float* const y = target + row * k;
        float* const dx = gradient + row * k;
        const float of_target = kept, of_all = spread, factor = scale;

        const Softmax softmax(team, k, x, dx);
        const float largest = softmax.largest;
        const float log_sum = formulas::logarithm(softmax.sum);
        const float inverse = 1.0f / softmax.sum;
        const float entropy = team.combine(
            k, 0.0f,
            [=](std::int64_t i) {
                const float q = given(y + i) * of_target + of_all;
                dx[i] = (dx[i] * inverse - q) * factor;
                return q * (log_sum - (given(x + i) - largest));
            },
            Add());
        team.once([=]() { loss[row] = entropy; });
    }
};

/// keras_sparse_softmax_cross_entropy. A label that is no class gives NaN.
template <class Label>
struct KerasSparseSoftmax {
    const float* logits;
    const Label* label;
    float* loss;
    float* gradient;
    std::int64_t k;
    float kept, spread;
    float scale;

    template <class Team>
    VISION_KERNELS_HOST_DEVICE void operator()(Team& team, std::int64_t row) const {
        const float* const x = logits + row * k;
        float* const dx = gradient + row * k;
        const std::int64_t target = formulas::class_of(label[row]);
        const bool matches = target >= 0 && target < k;
        const float of_label = kept, of_all = matches ? spread : formulas::not_a_number(), factor = scale;

        const Softmax softmax(team, k, x, dx);
        const float inverse = 1.0f / softmax.sum;
        const float all = of_all > 0 ? sum_of_log_probabilities(team, k, x, softmax) : 0.0f;
        const float own = matches ? x[target] - softmax.largest - formulas::logarithm(softmax.sum) : formulas::not_a_number();
        const float own_exponential = matches ? formulas::exponential(x[target] - softmax.largest) : 0.0f;
        team.each(k, [=](std::int64_t i) { dx[i] = (dx[i] * inverse - of_all) * factor; });
        team.once([=]() {
            if (matches) dx[target] = (own_exponential * inverse - (of_label + of_all)) * factor;
            loss[row] = of_all > 0 ? -(of_label * own + of_all * all) : -of_label * own;
        });
    }
};

/// keras_cross_entropy_of_probabilities.
struct KerasProbabilities {
    const float* probability;
    const float* target;
    float* loss;
    std::int64_t k;
    float kept, spread;

    template <class Team>
    VISION_KERNELS_HOST_DEVICE void operator()(Team& team, std::int64_t row) const {
        const float* const p = probability + row * k;
        const float* const y = target + row * k;
        const float of_target = kept, of_all = spread;
        const float sum = team.combine(k, 0.0f, [=](std::int64_t i) { return p[i]; }, Add());
        const float entropy = team.combine(
            k, 0.0f,
            [=](std::int64_t i) {
                const float bounded = formulas::between(p[i] / sum, formulas::keras_least, formulas::keras_most);
                return (y[i] * of_target + of_all) * formulas::logarithm(bounded);
            },
            Add());
        team.once([=]() { loss[row] = -entropy; });
    }
};

/// mxnet_sigmoid_cross_entropy; `class_weight` may be null.
struct MxnetSigmoid {
    const float* logits;
    const float* label;
    const float* class_weight;
    float* probability;
    float* loss;
    float* gradient;
    std::int64_t k;
    float scale;

    template <class Team>
    VISION_KERNELS_HOST_DEVICE void operator()(Team& team, std::int64_t row) const {
        const float* const x = logits + row * k;
        const float* const y = label + row * k;
        const float* const weight = class_weight;
        float* const p = probability + row * k;
        float* const dx = gradient + row * k;
        const float factor = scale;
        const auto plain = [=](std::int64_t i) {
            const float logit = given(x + i), target = given(y + i);
            const float base = formulas::sigmoid_base(logit);
            const float own = formulas::sigmoid(logit, base);
            p[i] = own;
            dx[i] = (own - target) * factor;
            return formulas::sigmoid_cross_entropy(logit, target, base);
        };
        const auto weighted = [=](std::int64_t i) {
            const float entropy = plain(i);
            dx[i] = weight[i] * dx[i];
            return weight[i] * entropy;
        };
        const float entropy =
            weight == nullptr ? team.combine(k, 0.0f, plain, Add()) : team.combine(k, 0.0f, weighted, Add());
        team.once([=]() { loss[row] = entropy / static_cast<float>(k); });
    }
};

/// keras_sigmoid_cross_entropy.
struct KerasSigmoid {
    const float* logits;
    const float* label;
    float* loss;
    float* gradient;
    std::int64_t k;
    float kept, spread;
    float scale;

    template <class Team>
    VISION_KERNELS_HOST_DEVICE void operator()(Team& team, std::int64_t row) const {
        const float* const x = logits + row * k;
        const float* const y = label + row * k;
        float* const dx = gradient + row * k;
        const float of_label = kept, of_all = spread, factor = scale;
        const float entropy = team.combine(
            k, 0.0f,
            [=](std::int64_t i) {
                const float logit = given(x + i), q = given(y + i) * of_label + of_all;
                const float base = formulas::sigmoid_base(logit);
                dx[i] = (formulas::sigmoid(logit, base) - q) * factor;
                return formulas::sigmoid_cross_entropy(logit, q, base);
            },
            Add());
        team.once([=]() { loss[row] = entropy / static_cast<float>(k); });
    }
};

/// keras_sigmoid_cross_entropy_of_probabilities.
struct KerasSigmoidProbabilities {
    const float* probability;
    const float* label;
    float* loss;
    std::int64_t k;
    float kept, spread;
    float inside;

    template <class Team>
    VISION_KERNELS_HOST_DEVICE void operator()(Team& team, std::int64_t row) const {
        const float* const p = probability + row * k;
        const float* const y = label + row * k;
        const float of_label = kept, of_all = spread, added = inside;
        const float entropy = team.combine(
            k, 0.0f,
            [=](std::int64_t i) {
                return formulas::binary_cross_entropy(p[i], y[i] * of_label + of_all, added);
            },
            Add());
        team.once([=]() { loss[row] = entropy / static_cast<float>(k); });
    }
};

}  // namespace vision_kernels::rows
