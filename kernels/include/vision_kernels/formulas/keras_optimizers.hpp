// The updates of Keras's optimizers, on registers: Keras 3.15, tf_keras 2.21 and its legacy optimizers, which call
// TensorFlow's fused operators. The order of the operations is theirs; nothing is fused, and denormal numbers are kept.
//
// Letters are those of spec/kernels/optimizers.yaml. A formula is called with the weight, the gradient and the state
// that the optimizer keeps of each weight; several forms of state are several overloads.
#pragma once

#include <cmath>

#include "vision_kernels/formulas/clip.hpp"
#include "vision_kernels/formulas/elementary.hpp"
#include "vision_kernels/functions/optimizers.hpp"
#include "vision_kernels/host_device.hpp"

namespace vision_kernels::formulas {

/// Epsilon as a generation of Keras reads it: the legacy optimizers take 1e-7 for 0.
template <class Scalars>
inline float keras_epsilon(const Scalars& scalars) {
    const bool legacy = scalars.variant == Scalars::Variant::tf_keras_legacy;
    return static_cast<float>(legacy && scalars.epsilon == 0 ? 1e-7 : scalars.epsilon);
}

/// 1 - decay as a generation of Keras forms it: the legacy optimizers in single precision.
template <class Scalars>
inline float keras_rest(const Scalars& scalars, double decay) {
    const bool legacy = scalars.variant == Scalars::Variant::tf_keras_legacy;
    return legacy ? 1.0f - static_cast<float>(decay) : static_cast<float>(1.0 - decay);
}

/// A number to an integral power, as single precision has it.
inline float power(float base, std::int64_t exponent) {
    return static_cast<float>(std::pow(static_cast<double>(base), static_cast<double>(exponent)));
}

/// `SGD`.
class KerasSgd {
public:
    explicit KerasSgd(const KerasSgdStep& scalars)
        : rate_(static_cast<float>(scalars.learning_rate)), momentum_(static_cast<float>(scalars.momentum)) {}

    VISION_KERNELS_HOST_DEVICE void operator()(float& weight, float gradient, float& velocity) const {
        velocity = momentum_ * velocity - rate_ * gradient;
        weight = weight + velocity;
    }

    VISION_KERNELS_HOST_DEVICE void operator()(float& weight, float gradient) const {
        weight = weight - rate_ * gradient;
    }

private:
    float rate_, momentum_;
};

/// `SGD` with `nesterov`.
class KerasNesterov {
public:
    explicit KerasNesterov(const KerasNesterovStep& scalars)
        : rate_(static_cast<float>(scalars.learning_rate)), momentum_(static_cast<float>(scalars.momentum)) {}

    VISION_KERNELS_HOST_DEVICE void operator()(float& weight, float gradient, float& velocity) const {
        const float step = rate_ * gradient;
        velocity = momentum_ * velocity - step;
        weight = weight + (momentum_ * velocity - step);
    }

    VISION_KERNELS_HOST_DEVICE void operator()(float& weight, float gradient) const {
        weight = weight - rate_ * gradient;
    }

private:
    float rate_, momentum_;
};

/// `Adam`, after D. P. Kingma and J. Ba, arXiv:1412.6980, with epsilon beside the uncorrected root.
class KerasAdam {
public:
    explicit KerasAdam(const KerasAdamStep& scalars) : epsilon_(keras_epsilon(scalars)) {
        const float beta_1 = static_cast<float>(scalars.beta_1);
        const float beta_2 = static_cast<float>(scalars.beta_2);
        rest_1_ = keras_rest(scalars, scalars.beta_1);
        rest_2_ = keras_rest(scalars, scalars.beta_2);
        const float correction = square_root(1.0f - power(beta_2, scalars.step));
        rate_ = static_cast<float>(scalars.learning_rate) * correction / (1.0f - power(beta_1, scalars.step));
    }

    VISION_KERNELS_HOST_DEVICE void operator()(float& weight, float gradient, float& mean, float& mean_square) const {
        mean = mean + (gradient - mean) * rest_1_;
        mean_square = mean_square + (gradient * gradient - mean_square) * rest_2_;
        weight = weight - mean * rate_ / (square_root(mean_square) + epsilon_);
    }

private:
    float rate_, rest_1_, rest_2_, epsilon_;
};

/// `RMSprop`; its velocity holds the learning rate. With momentum, the legacy optimizer calls a fused operator, which
/// moves its averages by a share of the difference: once one is infinite, the next is NaN.
template <bool centered>
class KerasRmsprop {
public:
    explicit KerasRmsprop(const KerasRmspropStep& scalars)
        : rate_(static_cast<float>(scalars.learning_rate)),
          rho_(static_cast<float>(scalars.rho)),
          rest_(keras_rest(scalars, scalars.rho)),
          momentum_(static_cast<float>(scalars.momentum)) {
        const bool legacy = scalars.variant == KerasRmspropStep::Variant::tf_keras_legacy;
        const bool outside = legacy && !(scalars.momentum > 0);
        fused_ = legacy && !outside;
        const float epsilon = keras_epsilon(scalars);
        inside_ = outside ? 0.0f : epsilon;
        outside_ = outside ? epsilon : 0.0f;
    }

    VISION_KERNELS_HOST_DEVICE void operator()(float& weight, float gradient, float& mean_square) const {
        weight = weight - increment(gradient, mean_square);
    }

    /// The state is the velocity; if centered, the mean.
    VISION_KERNELS_HOST_DEVICE void operator()(float& weight, float gradient, float& mean_square, float& state) const {
        if constexpr (centered) {
            weight = weight - increment(gradient, mean_square, state);
        } else {
            state = momentum_ * state + increment(gradient, mean_square);
            weight = weight - state;
        }
    }

    VISION_KERNELS_HOST_DEVICE void operator()(
        float& weight, float gradient, float& mean_square, float& mean, float& velocity) const {
        velocity = momentum_ * velocity + increment(gradient, mean_square, mean);
        weight = weight - velocity;
    }

private:
    VISION_KERNELS_HOST_DEVICE float increment(float gradient, float& mean_square) const {
        mean_square = average(mean_square, gradient * gradient);
        return rate_ * gradient / (square_root(mean_square + inside_) + outside_);
    }

    VISION_KERNELS_HOST_DEVICE float increment(float gradient, float& mean_square, float& mean) const {
        mean_square = average(mean_square, gradient * gradient);
        mean = average(mean, gradient);
        return rate_ * gradient / (square_root(mean_square - mean * mean + inside_) + outside_);
    }

    VISION_KERNELS_HOST_DEVICE float average(float before, float x) const {
        return fused_ ? before + (x - before) * rest_ : rho_ * before + rest_ * x;
    }

    float rate_, rho_, rest_, momentum_, inside_, outside_;
    bool fused_;
};

/// `Adagrad`.
class KerasAdagrad {
public:
    explicit KerasAdagrad(const KerasAdagradStep& scalars) : rate_(static_cast<float>(scalars.learning_rate)) {
        const bool outside = scalars.variant == KerasAdagradStep::Variant::tf_keras_legacy;
        const float epsilon = keras_epsilon(scalars);
        inside_ = outside ? 0.0f : epsilon;
        outside_ = outside ? epsilon : 0.0f;
    }

    VISION_KERNELS_HOST_DEVICE void operator()(float& weight, float gradient, float& sum_of_squares) const {
        sum_of_squares = sum_of_squares + gradient * gradient;
        weight = weight - rate_ * gradient / (square_root(sum_of_squares + inside_) + outside_);
    }

private:
    float rate_, inside_, outside_;
};

/// `Adadelta`. tf_keras multiplies its share of the square from the left, which keeps a large gradient finite for longer.
class KerasAdadelta {
public:
    explicit KerasAdadelta(const KerasAdadeltaStep& scalars)
        : rate_(static_cast<float>(scalars.learning_rate)),
          rho_(static_cast<float>(scalars.rho)),
          epsilon_(keras_epsilon(scalars)) {
        const bool from_left = scalars.variant == KerasAdadeltaStep::Variant::tf_keras;
        const float rest = keras_rest(scalars, scalars.rho);
        first_ = from_left ? rest : 1.0f;
        last_ = from_left ? 1.0f : rest;
    }

    VISION_KERNELS_HOST_DEVICE void operator()(
        float& weight, float gradient, float& mean_square, float& mean_square_update) const {
        mean_square = rho_ * mean_square + share_of_square(gradient);
        const float update = square_root(mean_square_update + epsilon_) * gradient / square_root(mean_square + epsilon_);
        mean_square_update = rho_ * mean_square_update + share_of_square(update);
        weight = weight - rate_ * update;
    }

private:
    /// One of the outer factors is 1, which changes nothing.
    VISION_KERNELS_HOST_DEVICE float share_of_square(float x) const { return last_ * (first_ * x * x); }

    float rate_, rho_, epsilon_, first_, last_;
};

/// `clipvalue`.
class KerasClipValueFormula {
public:
    explicit KerasClipValueFormula(const KerasClipValue& scalars) : bound_(static_cast<float>(scalars.clip_value)) {}

    VISION_KERNELS_HOST_DEVICE float operator()(float gradient) const { return clip(gradient, bound_); }

private:
    float bound_;
};

/// `clipnorm`, once the norm is known.
class KerasClipNormFormula {
public:
    VISION_KERNELS_HOST_DEVICE KerasClipNormFormula(float bound, double sum_of_squares) : bound_(bound) {
        const float norm = square_root(static_cast<float>(sum_of_squares));
        // A norm that is NaN stays.
        divisor_ = norm < bound ? bound : norm;
    }

    VISION_KERNELS_HOST_DEVICE float operator()(float gradient) const { return gradient * bound_ / divisor_; }

private:
    float bound_, divisor_;
};

/// `weight_decay`: decoupled, before the update.
class KerasWeightDecayFormula {
public:
    explicit KerasWeightDecayFormula(const KerasWeightDecay& scalars)
        : rate_(static_cast<float>(scalars.learning_rate)), decay_(static_cast<float>(scalars.weight_decay)) {}

    VISION_KERNELS_HOST_DEVICE float operator()(float weight) const { return weight - weight * decay_ * rate_; }

private:
    float rate_, decay_;
};

}  // namespace vision_kernels::formulas
