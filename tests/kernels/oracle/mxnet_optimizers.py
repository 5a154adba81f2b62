"""The optimizers of MXNet: one update each. Arrays come and go in a dictionary, all of the type `real`."""

import math
from typing import Any

import numpy as np

Arrays = dict[str, np.ndarray]


def single(real: type, number: float) -> Any:
    return real(np.float32(number))


def one_minus(real: type, number: float) -> Any:
    """1 - number, formed in single precision, or in half precision where all else is."""
    formed_in = np.float16 if real is np.float16 else np.float32
    return real(formed_in(1) - formed_in(number))


def clipped(gradient: np.ndarray, limit: Any) -> np.ndarray:
    return np.where(np.isnan(gradient), gradient, np.minimum(np.maximum(gradient, -limit), limit))


def rescaled(real: type, gradient: np.ndarray, rescale: float, clip: float, clips: bool) -> np.ndarray:
    gradient = single(real, rescale) * gradient
    return clipped(gradient, single(real, clip)) if clips else gradient


def sgd(
    real: type,
    a: Arrays,
    *,
    learning_rate: float,
    momentum: float,
    weight_decay: float,
    rescale_gradient: float = 1,
    clip_gradient: float = 0,
) -> Arrays:
    lr, wd, w = single(real, learning_rate), single(real, weight_decay), a["weight"]
    if clip_gradient > 0:
        pull = lr * rescaled(real, a["gradient"], rescale_gradient, clip_gradient, True)
    else:
        pull = (lr * single(real, rescale_gradient)) * a["gradient"]
    if momentum > 0:
        velocity = single(real, momentum) * a["velocity"] - (lr * wd) * w - pull
        return {**a, "weight": w + velocity, "velocity": velocity}
    return {**a, "weight": w + (-(lr * wd) * w - pull)}


def nag(
    real: type,
    a: Arrays,
    *,
    learning_rate: float,
    momentum: float,
    weight_decay: float,
    rescale_gradient: float = 1,
    clip_gradient: float = 0,
) -> Arrays:
    lr, wd, w = single(real, learning_rate), single(real, weight_decay), a["weight"]
    u = rescaled(real, a["gradient"], rescale_gradient, clip_gradient, clip_gradient > 0)
    if not momentum > 0:
        return {**a, "weight": (real(1) - lr * wd) * w - lr * u}
    mu = single(real, momentum)
    m = mu * a["velocity"]
    new = w - m + (mu + real(1)) * (m - lr * (u + wd * w))
    return {**a, "weight": new, "velocity": m - lr * (u + wd * new)}


def adam(
    real: type,
    a: Arrays,
    *,
    learning_rate: float,
    beta_1: float,
    beta_2: float,
    epsilon: float,
    step: int,
    weight_decay: float = 0,
    rescale_gradient: float = 1,
    clip_gradient: float = 0,
) -> Arrays:
    # In double precision; where beta_1 is 1, by 0.
    rate = single(real, np.float64(learning_rate * math.sqrt(1 - beta_2**step)) / np.float64(1 - beta_1**step))
    u = a["gradient"] * single(real, rescale_gradient) + a["weight"] * single(real, weight_decay)
    if clip_gradient > 0:
        u = clipped(u, single(real, clip_gradient))
    mean = single(real, beta_1) * a["mean"] + one_minus(real, beta_1) * u
    mean_square = single(real, beta_2) * a["mean_square"] + (one_minus(real, beta_2) * u) * u
    weight = a["weight"] - (rate * mean) / (np.sqrt(mean_square) + single(real, epsilon))
    return {**a, "weight": weight, "mean": mean, "mean_square": mean_square}


def rmsprop(
    real: type,
    a: Arrays,
    *,
    learning_rate: float,
    gamma_1: float,
    epsilon: float,
    weight_decay: float = 0,
    rescale_gradient: float = 1,
    clip_gradient: float = 0,
    clip_weights: float = 0,
) -> Arrays:
    u = decayed(real, a, weight_decay, rescale_gradient, clip_gradient)
    n = one_minus(real, gamma_1) * (u * u) + single(real, gamma_1) * a["mean_square"]
    weight = a["weight"] - single(real, learning_rate) * (u / np.sqrt(n + single(real, epsilon)))
    return {**a, "weight": bounded(real, weight, clip_weights), "mean_square": n}


def rmsprop_centered(
    real: type,
    a: Arrays,
    *,
    learning_rate: float,
    gamma_1: float,
    gamma_2: float,
    epsilon: float,
    weight_decay: float = 0,
    rescale_gradient: float = 1,
    clip_gradient: float = 0,
    clip_weights: float = 0,
) -> Arrays:
    u = decayed(real, a, weight_decay, rescale_gradient, clip_gradient)
    gamma, rest = single(real, gamma_1), one_minus(real, gamma_1)
    n = (rest * u) * u + gamma * a["mean_square"]
    mean = rest * u + gamma * a["mean"]
    spread = np.sqrt(n - mean * mean + single(real, epsilon))
    velocity = single(real, gamma_2) * a["velocity"] - (single(real, learning_rate) * u) / spread
    weight = bounded(real, a["weight"] + velocity, clip_weights)
    return {**a, "weight": weight, "mean_square": n, "mean": mean, "velocity": velocity}


def adadelta(
    real: type,
    a: Arrays,
    *,
    rho: float,
    epsilon: float,
    weight_decay: float = 0,
    rescale_gradient: float = 1,
    clip_gradient: float = -1,
) -> Arrays:
    u = rescaled(real, a["gradient"], rescale_gradient, clip_gradient, clip_gradient >= 0)
    keep, rest, eps = single(real, rho), single(real, 1 - rho), single(real, epsilon)
    s = keep * a["mean_square"] + rest * u * u
    d = np.sqrt(a["mean_square_update"] + eps) / np.sqrt(s + eps) * u
    update = keep * a["mean_square_update"] + rest * d * d
    weight = a["weight"] - (d + single(real, weight_decay) * a["weight"])
    return {**a, "weight": weight, "mean_square": s, "mean_square_update": update}


def adagrad(
    real: type,
    a: Arrays,
    *,
    learning_rate: float,
    epsilon: float,
    weight_decay: float = 0,
    rescale_gradient: float = 1,
    clip_gradient: float = -1,
) -> Arrays:
    u = rescaled(real, a["gradient"], rescale_gradient, clip_gradient, clip_gradient >= 0)
    total = a["sum_of_squares"] + u * u
    pull = u / np.sqrt(total + single(real, epsilon)) + single(real, weight_decay) * a["weight"]
    return {**a, "weight": a["weight"] - single(real, learning_rate) * pull, "sum_of_squares": total}


def decayed(real: type, a: Arrays, weight_decay: float, rescale: float, clip: float) -> np.ndarray:
    """The rescaled gradient with its decay, which is clipped as well."""
    u = single(real, rescale) * a["gradient"] + single(real, weight_decay) * a["weight"]
    return clipped(u, single(real, clip)) if clip > 0 else u


def bounded(real: type, weight: np.ndarray, limit: float) -> np.ndarray:
    return clipped(weight, single(real, limit)) if limit > 0 else weight
