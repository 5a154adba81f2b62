"""The kernels once more, slow and plain, in NumPy.

Written from the equations of the frameworks and checked against what the frameworks recorded; shares no code with the
package. Every function takes `real`, the type of number to compute in: float64 for the true value, float32 or float16
to see where that type overflows, flushes or divides 0 by 0. Scalars are rounded to single precision first, as the
frameworks hand them to their operators.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tests.kernels.oracle import keras_optimizers, losses, mxnet_optimizers, schedule

Arrays = dict[str, np.ndarray]
Step = Callable[..., Arrays]

STEPS: Mapping[str, Step] = {
    "mxnet_sgd_step": mxnet_optimizers.sgd,
    "mxnet_nag_step": mxnet_optimizers.nag,
    "mxnet_adam_step": mxnet_optimizers.adam,
    "mxnet_rmsprop_step": mxnet_optimizers.rmsprop,
    "mxnet_rmsprop_centered_step": mxnet_optimizers.rmsprop_centered,
    "mxnet_adadelta_step": mxnet_optimizers.adadelta,
    "mxnet_adagrad_step": mxnet_optimizers.adagrad,
    "mxnet_sgd_half_step": mxnet_optimizers.sgd,
    "mxnet_nag_half_step": mxnet_optimizers.nag,
    "mxnet_adam_half_step": mxnet_optimizers.adam,
    "keras_sgd_step": keras_optimizers.sgd,
    "keras_nesterov_step": keras_optimizers.nesterov,
    "keras_adam_step": keras_optimizers.adam,
    "keras_rmsprop_step": keras_optimizers.rmsprop,
    "keras_adagrad_step": keras_optimizers.adagrad,
    "keras_adadelta_step": keras_optimizers.adadelta,
    "keras_clip_value": keras_optimizers.clip_value,
    "keras_clip_norm": keras_optimizers.clip_norm,
    "keras_weight_decay": keras_optimizers.weight_decay,
}
LOSSES: Mapping[str, Step] = {
    "mxnet_softmax_cross_entropy": losses.mxnet_softmax,
    "mxnet_softmax_cross_entropy_per_position": losses.mxnet_softmax_per_position,
    "keras_softmax_cross_entropy": losses.keras_softmax,
    "keras_sparse_softmax_cross_entropy": losses.keras_sparse_softmax,
    "keras_cross_entropy_of_probabilities": losses.keras_of_probabilities,
    "mxnet_sigmoid_cross_entropy": losses.mxnet_sigmoid,
    "keras_sigmoid_cross_entropy": losses.keras_sigmoid,
    "keras_sigmoid_cross_entropy_of_probabilities": losses.keras_sigmoid_of_probabilities,
    "smooth_l1": losses.smooth_l1,
    "l2_regularization": losses.l2,
}
learning_rates = schedule.learning_rates


def step(function: str, arrays: Arrays, real: type = np.float64, **scalars: Any) -> Arrays:
    """One update: the arrays after it, in `real` but for `weight` behind a master, which has its own type."""
    weight_type = arrays["weight"].dtype if "weight" in arrays else None
    inner = {name: array.astype(real) for name, array in arrays.items() if name != "master"}
    if "master" in arrays:
        inner["weight"] = arrays["master"].astype(real)
    with np.errstate(all="ignore"):
        inner = STEPS[function](real, inner, **scalars)
        if "master" in arrays:
            inner["master"] = inner["weight"]
            inner["weight"] = inner["master"].astype(np.float32).astype(weight_type)
    return inner


def loss(function: str, arrays: Arrays, real: type = np.float64, **scalars: Any) -> Arrays:
    """All results of a loss, in `real`."""
    inner = {name: array.astype(real) if array.dtype.kind == "f" else array for name, array in arrays.items()}
    with np.errstate(all="ignore"):
        return LOSSES[function](real, inner, **scalars)
