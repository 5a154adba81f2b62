"""Functions as operators of PyTorch, made from their descriptions: known to the compiler, without gradients."""

import inspect
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

import vision_kernels
from vision_kernels._descriptions import FunctionDescription
from vision_kernels.backends import shapes_only
from vision_kernels.torch.autocast import in_single
from vision_kernels.torch.schema import results, scalar_arguments, tensor_arguments


def operator(function: str) -> Callable[..., Any]:
    """Registers `vision_kernels::FUNCTION` and returns what calls it.

    It takes what the function takes, without memory for results and without a stream. A function that reads no tensor
    also takes the `device` of its results.
    """
    description = vision_kernels.describe(function)
    registered = torch.library.custom_op(
        f"vision_kernels::{function}",
        _computing(description),
        mutates_args=[tensor.name for tensor in description.tensors if tensor.access == "inout"],
        schema=_schema(description),
    )
    registered.register_fake(_allocating(description))
    return _calling(description, registered)


def given(description: FunctionDescription, tensors: tuple[Any, ...]) -> dict[str, Any]:
    """Tensors by their names. Those that are only read are contiguous."""
    names = [(tensor.name, tensor.access) for tensor in description.tensors if tensor.access != "out"]
    return {
        name: _contiguous(value) if access == "in" else value
        for (name, access), value in zip(names, tensors, strict=False)
        if value is not None
    }


def allocated(description: FunctionDescription, tensors: dict[str, Any], scalars: dict[str, Any]) -> Any:
    """What the function returns for its tensors and scalars, with nothing in it. No GPU is asked for its stream."""
    with shapes_only():
        return getattr(vision_kernels, description.name)(**tensors, **scalars, stream=0)


def _computing(description: FunctionDescription) -> Callable[..., Any]:
    function = getattr(vision_kernels, description.name)
    if _reads(description):
        return lambda *tensors, **scalars: _returned(function(**given(description, tensors), **scalars))

    def compute(*, device: torch.device | None = None, **scalars: Any) -> Any:
        return _returned(function(**_made(description, device, scalars), **scalars))

    return compute


def _allocating(description: FunctionDescription) -> Callable[..., Any]:
    """What the compiler calls, with tensors that have shapes and types only."""

    def allocate(*tensors: Any, **scalars: Any) -> Any:
        return _returned(allocated(description, given(description, tensors), scalars))

    def allocate_on(*, device: torch.device | None = None, **scalars: Any) -> Any:
        return _returned(tuple(_made(description, device, scalars).values()))

    return allocate if _reads(description) else allocate_on


def _made(description: FunctionDescription, device: torch.device | None, scalars: dict[str, Any]) -> dict[str, Tensor]:
    """Memory on a device for the results of a function that reads no tensor; the function tells their shapes."""
    return {
        name: torch.empty(array.shape, dtype=getattr(torch, str(array.dtype)), device=device)
        for name, array in allocated(description, {}, scalars)._asdict().items()
    }


def _calling(description: FunctionDescription, registered: Callable[..., Any]) -> Callable[..., Any]:
    plain = getattr(vision_kernels, description.name)
    returned = inspect.get_annotations(plain)["return"]
    single = returned is not None and len(returned._fields) == 1

    updated = {tensor.name for tensor in description.tensors if tensor.access == "inout"}
    names = [tensor.name for tensor in description.tensors if tensor.access != "out"]

    def passed(name: str, value: Any) -> Any:
        return _detached(value if name in updated else in_single(value))

    def call(*arguments: Any, **options: Any) -> Any:
        tensors = [passed(name, value) for name, value in zip(names, arguments, strict=False)]
        given = {name: passed(name, value) for name, value in options.items()}
        found = registered(*tensors, *arguments[len(names) :], **given)
        if returned is None:
            return None
        return returned(found) if single else returned(*found)

    call.__name__ = call.__qualname__ = description.name
    call.__doc__ = (
        f"{description.doc}\n\nTakes tensors and returns what `vision_kernels.{description.name}` does. "
        "No gradient flows through it."
    )
    call.__signature__ = _signature(description, plain)  # type: ignore[attr-defined]
    return call


def _schema(description: FunctionDescription) -> str:
    tensors = tensor_arguments(tensor for tensor in description.tensors if tensor.access != "out")
    options = scalar_arguments(description.scalars)
    if not tensors:
        options.append("Device? device=None")
    listed = [*tensors, *(["*", *options] if options else [])]
    return f"({', '.join(listed)}) -> {results(tensor for tensor in description.tensors if tensor.access == 'out')}"


def _signature(description: FunctionDescription, plain: Callable[..., Any]) -> inspect.Signature:
    whole = inspect.signature(plain)
    left_out = {"stream", *(tensor.name for tensor in description.tensors if tensor.access == "out")}
    parameters = [parameter for name, parameter in whole.parameters.items() if name not in left_out]
    if not _reads(description):
        device = inspect.Parameter("device", inspect.Parameter.KEYWORD_ONLY, default=None)
        parameters.append(device.replace(annotation=torch.device | None))
    return whole.replace(parameters=parameters)


def _reads(description: FunctionDescription) -> bool:
    return any(tensor.access != "out" for tensor in description.tensors)


def _returned(found: tuple[Any, ...] | None) -> Any:
    """Results as an operator returns them: one by itself."""
    return None if found is None else found[0] if len(found) == 1 else tuple(found)


def _contiguous(value: Any) -> Any:
    return [item.contiguous() for item in value] if isinstance(value, (list, tuple)) else value.contiguous()


def _detached(value: Any) -> Any:
    """Tensors without their history, which an operator without a derivative would refuse to go back through."""
    if isinstance(value, (list, tuple)):
        return [_detached(item) for item in value]
    return value.detach() if isinstance(value, Tensor) and value.requires_grad else value
