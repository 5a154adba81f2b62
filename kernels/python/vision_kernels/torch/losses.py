"""Losses for PyTorch: with gradients, known to the compiler.

Each returns one number, the loss whose gradient the kernel computes in the same pass, in single precision. The operator
beneath also returns that gradient, which has no derivative of its own.
"""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

import torch
from torch import Tensor

import vision_kernels
from vision_kernels.torch.autocast import in_single
from vision_kernels.torch.gradients import TargetGradient, differentiable
from vision_kernels.torch.schema import scalar_arguments, tensor_arguments

Reduce = Callable[[Tensor, dict[str, Any]], Tensor]


def _operator(function: str, reduce: Reduce, target: TargetGradient | None = None) -> Callable[..., Tensor]:
    """Registers `vision_kernels::FUNCTION` and returns what calls it and keeps the loss.

    Args:
        function: A loss with the results `loss` and `gradient`, the gradient being of its first tensor.
        reduce: From the losses of samples or elements to the one number with that gradient.
        target: The gradient of that number for the second tensor, if it has one.
    """
    description = vision_kernels.describe(function)
    inputs = [tensor for tensor in description.tensors if tensor.access == "in"]
    names = [tensor.name for tensor in inputs]
    result = next(tensor.name for tensor in description.tensors if tensor.name in ("loss", "value"))
    defaults = {scalar.name: scalar.default for scalar in description.scalars}

    def compute(*arguments: Any) -> tuple[Tensor, Tensor]:
        # PyTorch leaves out trailing arguments that equal their defaults.
        tensors = {name: value for name, value in zip(names, arguments, strict=False) if value is not None}
        scalars = defaults | dict(zip(defaults, arguments[len(inputs) :], strict=False))
        contiguous = {name: value.contiguous() for name, value in tensors.items()}
        results = getattr(vision_kernels, function)(**contiguous, **scalars)
        loss = getattr(results, result)
        return reduce(loss, {**contiguous, **scalars}).reshape(()), results.gradient

    def fake(*arguments: Any) -> tuple[Tensor, Tensor]:
        first = arguments[0]
        return first.new_empty(()), first.new_empty(first.shape)

    arguments = ", ".join([*tensor_arguments(inputs), *scalar_arguments(description.scalars)])
    operator = torch.library.custom_op(
        f"vision_kernels::{function}", compute, mutates_args=(), schema=f"({arguments}) -> (Tensor, Tensor)"
    )
    operator.register_fake(fake)
    apply = differentiable(function, names, defaults, target=target)
    needed = {tensor.name: None if tensor.required_when else Parameter.empty for tensor in inputs}
    signature = _signature(needed | defaults)

    def loss(*arguments: Any, **options: Any) -> Tensor:
        bound = signature.bind(*arguments, **options)
        bound.apply_defaults()
        return apply(*[in_single(value) for value in bound.args])[0]

    loss.__name__ = loss.__qualname__ = function
    loss.__doc__ = f"{description.doc}\n\nReturns the loss as one number, with a gradient for {_listed(names, target)}."
    loss.__signature__ = signature  # type: ignore[attr-defined]
    return loss


def _signature(defaults: dict[str, Any]) -> Signature:
    parameters = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=value) for name, value in defaults.items()]
    return Signature(parameters, return_annotation=Tensor)


def _listed(names: list[str], target: TargetGradient | None) -> str:
    return " and ".join(f"`{name}`" for name in names[: 1 if target is None else 2])


def _divided(loss: Tensor, given: dict[str, Any]) -> Tensor:
    """MXNet's scale, over what `normalization` names; each position is divided by the number of positions."""
    label, divisor = given["label"], 1
    positions = label.shape[1] if label.dim() == 2 else 1
    if given["normalization"] == "valid":
        divisor = max(1, int((label.long() != given["ignore_label"]).sum()))
    else:
        divisor = positions * (label.shape[0] if given["normalization"] == "batch" else 1)
    scale: float = given["gradient_scale"]
    return loss.sum() * scale / max(divisor, 1)


def _scaled(loss: Tensor, given: dict[str, Any]) -> Tensor:
    scale: float = given["gradient_scale"]
    return loss.sum() * scale


def _mean(loss: Tensor, given: dict[str, Any]) -> Tensor:
    return loss.sum() / max(loss.numel(), 1)


def _sum(loss: Tensor, given: dict[str, Any]) -> Tensor:
    return loss.sum()


def _of_soft_classes(logits: Tensor, target: Tensor, label_smoothing: float) -> Tensor:
    return torch.log_softmax(logits, 1) * ((label_smoothing - 1) / max(logits.shape[0], 1))


def _of_soft_labels(logits: Tensor, label: Tensor, label_smoothing: float) -> Tensor:
    return logits * ((label_smoothing - 1) / max(logits.numel(), 1))


mxnet_softmax_cross_entropy = _operator("mxnet_softmax_cross_entropy", _divided)
mxnet_softmax_cross_entropy_per_position = _operator("mxnet_softmax_cross_entropy_per_position", _divided)
mxnet_sigmoid_cross_entropy = _operator("mxnet_sigmoid_cross_entropy", _scaled)
keras_softmax_cross_entropy = _operator("keras_softmax_cross_entropy", _mean, _of_soft_classes)
keras_sparse_softmax_cross_entropy = _operator("keras_sparse_softmax_cross_entropy", _mean)
keras_sigmoid_cross_entropy = _operator("keras_sigmoid_cross_entropy", _mean, _of_soft_labels)
smooth_l1 = _operator("smooth_l1", _sum)
l2_regularization = _operator("l2_regularization", _sum)
