"""Optimizers in place of those of `torch.optim`.

What an optimizer can be told is what its kernel declares; only `learning_rate` is called `lr` here, the name that
schedulers look for.
"""

from typing import ClassVar

from torch import Tensor

import vision_kernels
from vision_kernels.torch.kernel_optimizer import Arrays, Group, KernelOptimizer


class KerasOptimizer(KernelOptimizer):
    """An optimizer of Keras, which can bound gradients and let weights decay before the update.

    Further settings:
        weight_decay: Share of each weight, times the learning rate, that is taken off before the update.
        clipnorm: Largest Euclidean norm of the gradient of a parameter. As in Keras, 0 is no bound.
        clipvalue: Largest size of an element of a gradient. As in Keras, 0 is no bound, and `clipnorm` excludes it.
    """

    extras: ClassVar[Group] = {"weight_decay": None, "clipnorm": None, "clipvalue": None}

    def _check(self, group: Group) -> None:
        if group["clipnorm"] is not None and group["clipvalue"] is not None:
            raise ValueError(f"{type(self).__name__}: only one of clipnorm and clipvalue can be set")
        _bound(group, [])
        self._let_decay(group, [])
        super()._check(group)

    def _compute(self, group: Group, arrays: Arrays, step: int) -> None:
        gradients = arrays["gradient"]
        if group["clipnorm"] or group["clipvalue"]:
            gradients = [gradient.clone() for gradient in gradients]
            _bound(group, gradients)
        if group["weight_decay"] is not None:
            # The kernel function checks its own settings only later, when weights have already decayed.
            self._check(group)
            self._let_decay(group, arrays.get("master", arrays["weight"]))
        super()._compute(group, {**arrays, "gradient": gradients}, step)

    def _let_decay(self, group: Group, weights: list[Tensor]) -> None:
        if group["weight_decay"] is not None:
            rate = self._values(group)["learning_rate"]
            vision_kernels.keras_weight_decay(weights, learning_rate=rate, weight_decay=group["weight_decay"])


def _bound(group: Group, gradients: list[Tensor]) -> None:
    if group["clipnorm"]:
        vision_kernels.keras_clip_norm(gradients, clip_norm=group["clipnorm"])
    if group["clipvalue"]:
        vision_kernels.keras_clip_value(gradients, clip_value=group["clipvalue"])


class MxnetSGD(KernelOptimizer, function="mxnet_sgd_step"):
    """Gradient descent with momentum, as MXNet computes it."""


class MxnetNAG(KernelOptimizer, function="mxnet_nag_step"):
    """Nesterov's accelerated gradient, as MXNet computes it."""


class MxnetAdam(KernelOptimizer, function="mxnet_adam_step"):
    """Adam, as MXNet computes it."""


class MxnetRMSprop(KernelOptimizer, function="mxnet_rmsprop_step"):
    """RMSProp in Tieleman's form, as MXNet computes it."""


class MxnetRMSpropCentered(KernelOptimizer, function="mxnet_rmsprop_centered_step"):
    """RMSProp in Graves's form, with the variance in place of the mean square, as MXNet computes it."""


class MxnetAdadelta(KernelOptimizer, function="mxnet_adadelta_step"):
    """Adadelta, as MXNet computes it: without a learning rate."""


class MxnetAdagrad(KernelOptimizer, function="mxnet_adagrad_step"):
    """Adagrad, as MXNet computes it."""


class KerasSGD(KerasOptimizer, function="keras_sgd_step"):
    """Gradient descent with momentum, as Keras computes it."""


class KerasNesterov(KerasOptimizer, function="keras_nesterov_step"):
    """Gradient descent with Nesterov's momentum, as Keras computes it."""


class KerasAdam(KerasOptimizer, function="keras_adam_step"):
    """Adam, as Keras computes it."""


class KerasRMSprop(KerasOptimizer, function="keras_rmsprop_step"):
    """RMSProp, as Keras computes it."""


class KerasAdagrad(
    KerasOptimizer, function="keras_adagrad_step", start={"sum_of_squares": ("initial_accumulator_value", 0.1)}
):
    """Adagrad, as Keras computes it. The sums of squares start at `initial_accumulator_value`."""


class KerasAdadelta(KerasOptimizer, function="keras_adadelta_step"):
    """Adadelta, as Keras computes it."""
