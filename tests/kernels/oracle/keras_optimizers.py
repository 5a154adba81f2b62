"""The optimizers of Keras 3, tf_keras and its legacy ones: one update each."""

from typing import Any

import numpy as np

from tests.kernels.oracle.mxnet_optimizers import Arrays, clipped, one_minus, single

LEGACY = "tf_keras_legacy"


def rest_of(real: type, number: float, variant: str) -> Any:
    """1 - number: in double precision and then rounded, but by the legacy optimizers in single precision."""
    return one_minus(real, number) if variant == LEGACY else single(real, 1 - number)


def small(real: type, epsilon: float, variant: str) -> Any:
    """Epsilon, for which the legacy optimizers take 1e-7 if it is 0."""
    return single(real, epsilon or 1e-7) if variant == LEGACY else single(real, epsilon)


def sgd(real: type, a: Arrays, *, learning_rate: float, momentum: float) -> Arrays:
    pull = single(real, learning_rate) * a["gradient"]
    if not momentum > 0:
        return {**a, "weight": a["weight"] - pull}
    velocity = single(real, momentum) * a["velocity"] - pull
    return {**a, "weight": a["weight"] + velocity, "velocity": velocity}


def nesterov(real: type, a: Arrays, *, learning_rate: float, momentum: float) -> Arrays:
    pull = single(real, learning_rate) * a["gradient"]
    if not momentum > 0:
        return {**a, "weight": a["weight"] - pull}
    velocity = single(real, momentum) * a["velocity"] - pull
    return {**a, "weight": a["weight"] + (single(real, momentum) * velocity - pull), "velocity": velocity}


def adam(
    real: type,
    a: Arrays,
    *,
    learning_rate: float,
    beta_1: float,
    beta_2: float,
    epsilon: float,
    step: int,
    variant: str = "keras3",
) -> Arrays:
    f = np.float32
    power_1, power_2 = f(float(f(beta_1)) ** step), f(float(f(beta_2)) ** step)
    rate = real(f(learning_rate) * np.sqrt(f(1) - power_2) / (f(1) - power_1))
    g = a["gradient"]
    mean = a["mean"] + (g - a["mean"]) * rest_of(real, beta_1, variant)
    square = a["mean_square"] + (g * g - a["mean_square"]) * rest_of(real, beta_2, variant)
    weight = a["weight"] - (mean * rate) / (np.sqrt(square) + small(real, epsilon, variant))
    return {**a, "weight": weight, "mean": mean, "mean_square": square}


def rmsprop(
    real: type,
    a: Arrays,
    *,
    learning_rate: float,
    rho: float,
    epsilon: float,
    momentum: float = 0,
    centered: bool = False,
    variant: str = "keras3",
) -> Arrays:
    g, keep, rest = a["gradient"], single(real, rho), rest_of(real, rho, variant)
    eps = small(real, epsilon, variant)
    fused = variant == LEGACY and momentum > 0

    def averaged(average: np.ndarray, number: np.ndarray) -> np.ndarray:
        return average + (number - average) * rest if fused else keep * average + rest * number

    new = {**a, "mean_square": averaged(a["mean_square"], g * g)}
    d = new["mean_square"]
    if centered:
        new["mean"] = averaged(a["mean"], g)
        d = d - new["mean"] * new["mean"]
    outside = variant == LEGACY and not momentum > 0
    increment = single(real, learning_rate) * g / (np.sqrt(d) + eps if outside else np.sqrt(d + eps))
    if momentum > 0:
        new["velocity"] = increment = single(real, momentum) * a["velocity"] + increment
    return {**new, "weight": a["weight"] - increment}


def adagrad(real: type, a: Arrays, *, learning_rate: float, epsilon: float, variant: str = "keras3") -> Arrays:
    total = a["sum_of_squares"] + a["gradient"] * a["gradient"]
    eps = small(real, epsilon, variant)
    root = np.sqrt(total) + eps if variant == LEGACY else np.sqrt(total + eps)
    weight = a["weight"] - single(real, learning_rate) * a["gradient"] / root
    return {**a, "weight": weight, "sum_of_squares": total}


def adadelta(
    real: type, a: Arrays, *, learning_rate: float, rho: float, epsilon: float, variant: str = "keras3"
) -> Arrays:
    g, keep, rest = a["gradient"], single(real, rho), rest_of(real, rho, variant)
    eps = small(real, epsilon, variant)
    s = keep * a["mean_square"] + (rest * g * g if variant == "tf_keras" else rest * (g * g))
    d = np.sqrt(a["mean_square_update"] + eps) * g / np.sqrt(s + eps)
    update = keep * a["mean_square_update"] + (rest * d * d if variant == "tf_keras" else rest * (d * d))
    weight = a["weight"] - single(real, learning_rate) * d
    return {**a, "weight": weight, "mean_square": s, "mean_square_update": update}


def clip_value(real: type, a: Arrays, *, clip_value: float) -> Arrays:
    return {**a, "gradient": clipped(a["gradient"], single(real, clip_value))}


def clip_norm(real: type, a: Arrays, *, clip_norm: float) -> Arrays:
    norm, limit = np.sqrt(np.sum(a["gradient"] * a["gradient"])), single(real, clip_norm)
    return {**a, "gradient": a["gradient"] * limit / max(norm, limit)}


def weight_decay(real: type, a: Arrays, *, learning_rate: float, weight_decay: float) -> Arrays:
    taken = a["weight"] * single(real, weight_decay) * single(real, learning_rate)
    return {**a, "weight": a["weight"] - taken}
