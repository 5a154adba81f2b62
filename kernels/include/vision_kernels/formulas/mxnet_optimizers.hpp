// The updates of MXNet's optimizers, on registers: MXNet 1.9.1, python/mxnet/optimizer and src/operator/optimizer_op*.
//
// A formula holds its constants as MXNet hands them to its operators: Python's doubles, rounded to single precision
// once. The order of the operations is MXNet's; nothing is fused. `Number` is float, or HalfArithmetic for MXNet without
// its multi-precision mode. A gradient whose clipping is off is clipped at infinity.
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

/// A double as MXNet hands it to an operator.
template <class Number = float>
inline Number single(double number) {
    return Number(static_cast<float>(number));
}

/// A bound as most operators of MXNet read it: 0 and less are none.
inline float positive_bound(double bound) { return bound > 0 ? static_cast<float>(bound) : infinity(); }

/// A bound as Adagrad and Adadelta read it: 0 is a bound.
inline float bound_from_zero(double bound) { return bound >= 0 ? static_cast<float>(bound) : infinity(); }

/// `sgd`: the operators multi_sgd_update and multi_sgd_mom_update.
template <class Number>
class MxnetSgd {
public:
    template <class Scalars>
    explicit MxnetSgd(const Scalars& scalars)
        : momentum_(single<Number>(scalars.momentum)), bound_(positive_bound(scalars.clip_gradient)) {
        const Number rate = single<Number>(scalars.learning_rate);
        const Number rescale = single<Number>(scalars.rescale_gradient);
        const bool clips = scalars.clip_gradient > 0;
        decay_ = rate * single<Number>(scalars.weight_decay);
        // Unclipped, the learning rate and the factor of the gradient are multiplied first.
        rate_ = clips ? rate : rate * rescale;
        rescale_ = clips ? rescale : Number(1.0f);
    }

    VISION_KERNELS_HOST_DEVICE void operator()(Number& weight, Number gradient, Number& velocity) const {
        velocity = momentum_ * velocity - decay_ * weight - rate_ * clip(rescale_ * gradient, bound_);
        weight = weight + velocity;
    }

    VISION_KERNELS_HOST_DEVICE void operator()(Number& weight, Number gradient) const {
        weight = weight + (-(decay_ * weight) - rate_ * clip(rescale_ * gradient, bound_));
    }

private:
    Number rate_, momentum_, decay_, rescale_, bound_;
};

/// `nag`: the operators nag_mom_update, and sgd_update where the momentum is 0.
template <class Number>
class MxnetNag {
public:
    template <class Scalars>
    explicit MxnetNag(const Scalars& scalars)
        : rate_(single<Number>(scalars.learning_rate)),
          momentum_(single<Number>(scalars.momentum)),
          decay_(single<Number>(scalars.weight_decay)),
          rescale_(single<Number>(scalars.rescale_gradient)),
          bound_(positive_bound(scalars.clip_gradient)) {
        const bool clips = scalars.clip_gradient > 0;
        plain_rate_ = clips ? rate_ : rate_ * rescale_;
        plain_rescale_ = clips ? rescale_ : Number(1.0f);
        kept_ = Number(1.0f) - rate_ * decay_;
        ahead_ = momentum_ + Number(1.0f);
    }

    VISION_KERNELS_HOST_DEVICE void operator()(Number& weight, Number gradient, Number& velocity) const {
        const Number bounded = clip(rescale_ * gradient, bound_);
        const Number carried = momentum_ * velocity;
        const Number step = rate_ * (bounded + decay_ * weight);
        weight = weight - carried + ahead_ * (carried - step);
        // The decay reads the weight that was just written.
        velocity = carried - rate_ * (bounded + decay_ * weight);
    }

    VISION_KERNELS_HOST_DEVICE void operator()(Number& weight, Number gradient) const {
        weight = kept_ * weight - plain_rate_ * clip(plain_rescale_ * gradient, bound_);
    }

private:
    Number rate_, momentum_, decay_, rescale_, bound_;
    Number plain_rate_, plain_rescale_, kept_, ahead_;
};

/// `adam`: the operator adam_update; the bias correction is Python's, in doubles.
template <class Number>
class MxnetAdam {
public:
    template <class Scalars>
    explicit MxnetAdam(const Scalars& scalars)
        : beta_1_(single<Number>(scalars.beta_1)),
          beta_2_(single<Number>(scalars.beta_2)),
          rest_1_(Number(1.0f) - beta_1_),
          rest_2_(Number(1.0f) - beta_2_),
          epsilon_(single<Number>(scalars.epsilon)),
          decay_(single<Number>(scalars.weight_decay)),
          rescale_(single<Number>(scalars.rescale_gradient)),
          bound_(positive_bound(scalars.clip_gradient)) {
        const double step = static_cast<double>(scalars.step);
        const double mean_share = 1.0 - std::pow(scalars.beta_1, step);
        const double square_share = 1.0 - std::pow(scalars.beta_2, step);
        rate_ = single<Number>(scalars.learning_rate * (std::sqrt(square_share) / mean_share));
    }

    VISION_KERNELS_HOST_DEVICE void operator()(Number& weight, Number gradient, Number& mean, Number& mean_square) const {
        const Number decayed = clip(gradient * rescale_ + weight * decay_, bound_);
        mean = beta_1_ * mean + rest_1_ * decayed;
        mean_square = beta_2_ * mean_square + rest_2_ * decayed * decayed;
        weight = weight - rate_ * mean / (square_root(mean_square) + epsilon_);
    }

private:
    Number rate_, beta_1_, beta_2_, rest_1_, rest_2_, epsilon_, decay_, rescale_, bound_;
};

/// `rmsprop`: the operator rmsprop_update, after T. Tieleman and G. Hinton, Lecture 6.5 (2012).
class MxnetRmsprop {
public:
    explicit MxnetRmsprop(const MxnetRmspropStep& scalars)
        : rate_(single(scalars.learning_rate)),
          gamma_(single(scalars.gamma_1)),
          rest_(1.0f - gamma_),
          epsilon_(single(scalars.epsilon)),
          decay_(single(scalars.weight_decay)),
          rescale_(single(scalars.rescale_gradient)),
          bound_(positive_bound(scalars.clip_gradient)),
          weight_bound_(positive_bound(scalars.clip_weights)) {}

    VISION_KERNELS_HOST_DEVICE void operator()(float& weight, float gradient, float& mean_square) const {
        const float decayed = clip(rescale_ * gradient + decay_ * weight, bound_);
        mean_square = rest_ * (decayed * decayed) + gamma_ * mean_square;
        weight = clip(weight - rate_ * (decayed / square_root(mean_square + epsilon_)), weight_bound_);
    }

private:
    float rate_, gamma_, rest_, epsilon_, decay_, rescale_, bound_, weight_bound_;
};

/// `rmsprop` with `centered`: the operator rmspropalex_update, after A. Graves, arXiv:1308.0850, equations 38 to 45.
class MxnetRmspropCentered {
public:
    explicit MxnetRmspropCentered(const MxnetRmspropCenteredStep& scalars)
        : rate_(single(scalars.learning_rate)),
          gamma_(single(scalars.gamma_1)),
          rest_(1.0f - gamma_),
          momentum_(single(scalars.gamma_2)),
          epsilon_(single(scalars.epsilon)),
          decay_(single(scalars.weight_decay)),
          rescale_(single(scalars.rescale_gradient)),
          bound_(positive_bound(scalars.clip_gradient)),
          weight_bound_(positive_bound(scalars.clip_weights)) {}

    VISION_KERNELS_HOST_DEVICE void operator()(
        float& weight, float gradient, float& mean_square, float& mean, float& velocity) const {
        const float decayed = clip(rescale_ * gradient + decay_ * weight, bound_);
        mean_square = rest_ * decayed * decayed + gamma_ * mean_square;
        mean = rest_ * decayed + gamma_ * mean;
        const float deviation = square_root(mean_square - mean * mean + epsilon_);
        velocity = momentum_ * velocity - rate_ * decayed / deviation;
        weight = clip(weight + velocity, weight_bound_);
    }

private:
    float rate_, gamma_, rest_, momentum_, epsilon_, decay_, rescale_, bound_, weight_bound_;
};

/// `adadelta`: MXNet's Python, one array operation at a time, after M. D. Zeiler, arXiv:1212.5701.
class MxnetAdadelta {
public:
    explicit MxnetAdadelta(const MxnetAdadeltaStep& scalars)
        : rho_(single(scalars.rho)),
          rest_(single(1.0 - scalars.rho)),
          epsilon_(single(scalars.epsilon)),
          decay_(single(scalars.weight_decay)),
          rescale_(single(scalars.rescale_gradient)),
          bound_(bound_from_zero(scalars.clip_gradient)) {}

    VISION_KERNELS_HOST_DEVICE void operator()(
        float& weight, float gradient, float& mean_square, float& mean_square_update) const {
        const float bounded = clip(rescale_ * gradient, bound_);
        mean_square = rho_ * mean_square + rest_ * bounded * bounded;
        const float update = square_root(mean_square_update + epsilon_) / square_root(mean_square + epsilon_) * bounded;
        mean_square_update = rho_ * mean_square_update + rest_ * update * update;
        weight = weight - (update + decay_ * weight);
    }

private:
    float rho_, rest_, epsilon_, decay_, rescale_, bound_;
};

/// `adagrad`: MXNet's Python, after J. Duchi, E. Hazan and Y. Singer, JMLR 12 (2011).
class MxnetAdagrad {
public:
    explicit MxnetAdagrad(const MxnetAdagradStep& scalars)
        : rate_(single(scalars.learning_rate)),
          epsilon_(single(scalars.epsilon)),
          decay_(single(scalars.weight_decay)),
          rescale_(single(scalars.rescale_gradient)),
          bound_(bound_from_zero(scalars.clip_gradient)) {}

    VISION_KERNELS_HOST_DEVICE void operator()(float& weight, float gradient, float& sum_of_squares) const {
        const float bounded = clip(rescale_ * gradient, bound_);
        sum_of_squares = sum_of_squares + bounded * bounded;
        weight = weight - rate_ * (bounded / square_root(sum_of_squares + epsilon_) + decay_ * weight);
    }

private:
    float rate_, epsilon_, decay_, rescale_, bound_;
};

}  // namespace vision_kernels::formulas
