"""Operators that compute losses together with their gradients, as functions that autograd and `torch.func` go through.

An operator cannot register both: what `torch.library` makes of a gradient is closed to `torch.func`. So the operator
itself has no derivative, and a function of autograd stands before it.
"""

from collections.abc import Callable, Iterable, Sequence
from inspect import Parameter, Signature
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function

Operator = Callable[..., tuple[Tensor, ...]]
# From the arguments of the operator to the gradient of its loss for the second one.
TargetGradient = Callable[..., Tensor]


def differentiable(
    name: str, tensors: Sequence[str], scalars: Iterable[str], *, losses: int = 1, target: TargetGradient | None = None
) -> Operator:
    """The operator `vision_kernels::NAME` with gradients.

    Args:
        name: That of an operator that takes tensors and scalars, all by position. It returns losses, each as one
            number, and last the gradient of each loss: of the first for the first tensor, and so on.
        tensors: Names of the tensors.
        scalars: Names of the scalars.
        losses: How many losses it returns.
        target: The gradient of the only loss for the second tensor, if it has one.

    Raises:
        RuntimeError: In a backward pass that asks for the gradient of another tensor, or for a second derivative.
    """
    loss = _function(name, [*tensors, *scalars], len(tensors), losses, target)
    known = losses if target is None else losses + 1

    def apply(*arguments: Any) -> tuple[Tensor, ...]:
        others = zip(tensors[known:], arguments[known : len(tensors)], strict=True)
        checked = [_without_gradient(name, each, value) for each, value in others]
        found: tuple[Tensor, ...] = loss.apply(*arguments[:known], *checked, *arguments[len(tensors) :])
        return found

    return apply


def _function(
    name: str, arguments: Sequence[str], tensors: int, losses: int, target: TargetGradient | None
) -> type[Function]:
    class Loss(Function):
        generate_vmap_rule = True
        forward = staticmethod(_forward(name, arguments))

        @staticmethod
        def setup_context(ctx: Any, inputs: tuple[Any, ...], output: tuple[Tensor, ...]) -> None:
            ctx.set_materialize_grads(False)
            ctx.mark_non_differentiable(*output[losses:])
            read = inputs[:tensors] if target is not None and ctx.needs_input_grad[losses] else ()
            ctx.save_for_backward(*output[:losses], *output[-losses:], *read)
            ctx.scalars = inputs[tensors:]

        @staticmethod
        def backward(ctx: Any, *outer: Tensor | None) -> tuple[Tensor | None, ...]:
            known, own, read = _cut(ctx.saved_tensors, losses, 2 * losses)
            pairs = list(zip(outer, own, strict=False))
            if target is not None and read:
                pairs.append((outer[0], target(*read, *ctx.scalars)))
            scaled = [_scaled(name, each, inner, known) for each, inner in pairs]
            return *scaled, *[None] * (len(arguments) - len(scaled))

    return Loss


def _forward(name: str, arguments: Sequence[str]) -> Operator:
    operator = getattr(torch.ops.vision_kernels, name).default

    def forward(*given: Any) -> Any:
        return operator(*given)

    # The compiler counts its parameters, to know whether the first is a context.
    forward.__signature__ = Signature(  # type: ignore[attr-defined]
        Parameter(each, Parameter.POSITIONAL_ONLY) for each in arguments
    )
    return forward


class _Refused(Function):
    """A tensor as it is, through which no backward pass gets."""

    generate_vmap_rule = True

    @staticmethod
    def forward(name: str, argument: str, value: Tensor) -> Tensor:
        return value.view_as(value)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        ctx.names = inputs[:2]

    @staticmethod
    def backward(ctx: Any, *outer: Tensor) -> Any:
        name, argument = ctx.names
        raise RuntimeError(f"{name} has no gradient for {argument}; give it {argument}.detach()")


class _Final(Function):
    """The product of two tensors, of which no derivative is known."""

    generate_vmap_rule = True

    @staticmethod
    def forward(name: str, outer: Tensor, inner: Tensor, *known: Tensor) -> Tensor:
        return outer * inner

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        ctx.name = inputs[0]

    @staticmethod
    def backward(ctx: Any, *outer: Tensor) -> Any:
        raise RuntimeError(f"{ctx.name} has no second derivative")


def _without_gradient(name: str, argument: str, value: Any) -> Any:
    return _Refused.apply(name, argument, value) if isinstance(value, Tensor) and value.requires_grad else value


def _scaled(name: str, outer: Tensor | None, inner: Tensor, known: Sequence[Tensor]) -> Tensor | None:
    if outer is None:
        return None
    # The losses bring their history: by it, a second derivative finds the way here and is refused.
    return _Final.apply(name, outer, inner, *known) if torch.is_grad_enabled() else outer * inner


def _cut(values: Sequence[Any], *places: int) -> list[Sequence[Any]]:
    edges = [0, *places, len(values)]
    return [values[start:end] for start, end in pairwise(edges)]
