"""For each hazard that the spec declares, a call that makes NaN or infinity of ordinary numbers."""

from typing import Any, NamedTuple

import numpy as np
import vision_kernels

from tests.kernels.arrays import numbered, started, state_type, update
from tests.kernels.declared import functions


class Witness(NamedTuple):
    """Scalars beside the defaults, and gradients step by step: one number for each of two weights, 1 and -2."""

    scalars: dict[str, Any]
    gradients: list[tuple[float, float]]
    half_weights: bool = False


STILL = [(0.0, 1.0)]
ONCE = [(0.5, 1.0), (0.0, 0.0)]
TWICE = [(0.0, 1.0)] * 2
AT_ONCE = {"learning_rate": 1.0}
STEADY = [(30.0, 30.0)] * 200
STOPPING = [(30.0, 30.0)] * 10 + [(0.0, 0.0)] * 10
NONE = [(0.0, 0.0)] * 300
# Long enough for a mean to come as close to its gradient as rounding lets it.
SAME = [(1.6, 2.55)] * 400
NEARLY_ONE = 1 - 2**-26
OUTSIDE = {"epsilon": 1e-46}

WITNESSES: dict[tuple[str, str], Witness] = {
    ("mxnet_sgd_step", "rescale-keeps-squares-finite"): Witness({"rescale_gradient": 3e38, **AT_ONCE}, TWICE),
    ("mxnet_nag_step", "rescale-keeps-squares-finite"): Witness({"rescale_gradient": -3e38, **AT_ONCE}, TWICE),
    ("mxnet_adam_step", "rescale-keeps-squares-finite"): Witness({"rescale_gradient": 1e21}, STILL),
    ("mxnet_rmsprop_step", "rescale-keeps-squares-finite"): Witness({"rescale_gradient": 1e20}, STILL),
    ("mxnet_rmsprop_centered_step", "rescale-keeps-squares-finite"): Witness({"rescale_gradient": 1e20}, STILL),
    ("mxnet_adadelta_step", "rescale-keeps-squares-finite"): Witness({"rescale_gradient": 1e20}, STILL),
    ("mxnet_adagrad_step", "rescale-keeps-squares-finite"): Witness({"rescale_gradient": 1e20}, STILL),
    ("mxnet_sgd_half_step", "rescale-keeps-gradients-finite"): Witness({"rescale_gradient": 1e5}, STILL),
    ("mxnet_nag_half_step", "rescale-keeps-gradients-finite"): Witness({"rescale_gradient": 1e5}, STILL),
    ("mxnet_adam_half_step", "rescale-keeps-gradients-finite"): Witness({"rescale_gradient": 1e5}, STILL),
    ("mxnet_adam_step", "beta-1-below-one"): Witness({"beta_1": 1.0}, STILL),
    ("mxnet_adam_half_step", "beta-1-below-one"): Witness({"beta_1": 0.99999999, "epsilon": 0.5}, STILL),
    ("keras_adam_step", "beta-1-below-one"): Witness({"beta_1": NEARLY_ONE}, STILL),
    ("mxnet_adam_step", "beta-2-below-one"): Witness(
        {"beta_2": NEARLY_ONE, "learning_rate": 1.0, "weight_decay": 1.0}, [(1.0, 1.0)] * 20
    ),
    ("mxnet_adam_half_step", "beta-2-below-one"): Witness(
        {"beta_1": 0.0, "beta_2": 0.9999, "epsilon": 1e-3, "learning_rate": 1.0, "weight_decay": 1.0}, [(1.0, 1.0)] * 20
    ),
    ("mxnet_adam_step", "epsilon-above-zero"): Witness({"epsilon": 0.0}, STILL),
    ("mxnet_adam_half_step", "epsilon-above-zero"): Witness({}, STILL),
    ("mxnet_rmsprop_step", "epsilon-above-zero"): Witness(OUTSIDE, STILL),
    ("mxnet_rmsprop_centered_step", "epsilon-above-zero"): Witness(OUTSIDE, STILL),
    ("mxnet_adadelta_step", "epsilon-above-zero"): Witness(OUTSIDE, STILL),
    ("mxnet_adagrad_step", "epsilon-above-zero"): Witness(OUTSIDE, STILL),
    ("keras_adam_step", "epsilon-above-zero"): Witness(OUTSIDE, STILL),
    ("keras_rmsprop_step", "epsilon-above-zero"): Witness(OUTSIDE, STILL),
    ("keras_adagrad_step", "epsilon-above-zero"): Witness(OUTSIDE, STILL),
    ("keras_adadelta_step", "epsilon-above-zero"): Witness(OUTSIDE, STILL),
    ("keras_rmsprop_step", "epsilon-beside-root"): Witness(
        {"variant": "tf_keras_legacy", "epsilon": 1e-40, "rho": 1.0, "learning_rate": 1.0}, [(10.0, 10.0)]
    ),
    ("mxnet_rmsprop_step", "gamma-1-below-one"): Witness(
        {"gamma_1": NEARLY_ONE, "learning_rate": 1.0, "weight_decay": 1.0}, [(1.0, 1.0)] * 20
    ),
    ("mxnet_rmsprop_centered_step", "gamma-1-below-one"): Witness(
        {"gamma_1": NEARLY_ONE, "learning_rate": 1.0, "weight_decay": 1.0}, [(1.0, 1.0)] * 20
    ),
    ("mxnet_rmsprop_centered_step", "epsilon-covers-rounding"): Witness({}, SAME),
    ("keras_rmsprop_step", "epsilon-covers-rounding"): Witness({"centered": True}, SAME),
    ("mxnet_nag_step", "decay-is-stable"): Witness({"weight_decay": 1.0, **AT_ONCE}, NONE),
    ("mxnet_nag_half_step", "decay-is-stable"): Witness({"weight_decay": 1.0, **AT_ONCE}, NONE),
    ("mxnet_rmsprop_centered_step", "decay-is-stable"): Witness(
        {"gamma_1": 0.0, "weight_decay": 1.0, "epsilon": 0.01, **AT_ONCE}, NONE
    ),
    ("mxnet_adam_step", "mean-fades-first"): Witness({"beta_2": 0.0, **AT_ONCE}, STOPPING, half_weights=True),
    ("mxnet_adam_half_step", "mean-fades-first"): Witness({"beta_2": 0.0, "epsilon": 1e-3, **AT_ONCE}, STOPPING),
    ("keras_adam_step", "mean-fades-first"): Witness({"beta_2": 0.0, **AT_ONCE}, STOPPING, half_weights=True),
}
WITNESSES |= {
    (function, "weight-fits-half-precision"): Witness(scalars, STEADY, half_weights=True)
    for function, scalars in {
        "mxnet_sgd_step": {"rescale_gradient": 100.0, **AT_ONCE},
        "mxnet_nag_step": {"rescale_gradient": 100.0, **AT_ONCE},
        "mxnet_sgd_half_step": {"momentum": 1.0, **AT_ONCE},
        "mxnet_nag_half_step": {"momentum": 1.0, **AT_ONCE},
        "mxnet_rmsprop_step": {"gamma_1": 0.99999995, **AT_ONCE},
        "mxnet_rmsprop_centered_step": {"epsilon": 0.01, **AT_ONCE},
        "mxnet_adadelta_step": {"rho": 1.0, "rescale_gradient": 1e3},
        "keras_sgd_step": {"momentum": 1.0, **AT_ONCE},
        "keras_nesterov_step": {"momentum": 1.0, **AT_ONCE},
        "keras_rmsprop_step": {"rho": 1.0, **AT_ONCE},
    }.items()
}
WITNESSES["keras_rmsprop_step", "centered-weight-fits-half-precision"] = Witness(
    {"centered": True, "epsilon": 0.01, "rho": 0.9, "momentum": 0.9, **AT_ONCE}, STEADY, half_weights=True
)


def result_of(function: str, witness: Witness) -> np.ndarray:
    """The weights and states after the updates of a witness."""
    defaults = {scalar["name"]: scalar["default"] for scalar in functions()[function]["scalars"]}
    defaults.pop("step", None)
    scalars = {**defaults, **witness.scalars}
    kind = np.float16 if witness.half_weights else state_type(function)
    arrays = started(function, np.array([1, -2], kind), scalars)
    for number, gradient in enumerate(witness.gradients, 1):
        update(function, arrays, np.array(gradient, kind), **numbered(function, scalars, number))
    return np.concatenate(list(arrays.values()))


def clip_norm_of(norm: float, gradient: float) -> np.ndarray:
    array = np.array([gradient], np.float32)
    vision_kernels.keras_clip_norm([array], clip_norm=norm)
    return array


def results_of_losses() -> dict[tuple[str, str], np.ndarray]:
    """What the hazards of losses and of clipping come to."""
    logits, weight = np.array([[1.0, 0.0]], np.float32), np.array([10.0, 10.0], np.float32)
    options: dict[str, Any] = {**SCALARS_OF_LOSSES["mxnet_sigmoid_cross_entropy"], "class_weight": weight}
    sigmoid, rule = "mxnet_sigmoid_cross_entropy", "weighted-gradient-is-single"
    return {
        (sigmoid, rule): vision_kernels.mxnet_sigmoid_cross_entropy(logits, logits, **options).gradient,
        ("smooth_l1", "sigma-has-a-square"): vision_kernels.smooth_l1(np.zeros(1, np.float32), sigma=1e20).loss,
        ("keras_clip_norm", "clip-norm-is-single"): clip_norm_of(1e-46, 0.0),
    }


SCALARS_OF_LOSSES: dict[str, dict[str, float]] = {
    "mxnet_sigmoid_cross_entropy": {"gradient_scale": 3e38, "use_weighted_loss": True},
    "smooth_l1": {"sigma": 1e20},
    "keras_clip_norm": {"clip_norm": 1e-46},
}
