"""What a function takes, in the words in which PyTorch declares an operator."""

from collections.abc import Iterable
from typing import Any

from vision_kernels._descriptions import ScalarDescription, TensorDescription

_TYPES = {"number": "float", "integer": "int", "boolean": "bool", "string": "str", "list": "float[]"}


def tensor_arguments(tensors: Iterable[TensorDescription]) -> list[str]:
    """Arguments for tensors and lists of tensors; those that are updated are declared so."""
    return [_tensor(tensor, number) for number, tensor in enumerate(tensors)]


def scalar_arguments(scalars: Iterable[ScalarDescription]) -> list[str]:
    """Arguments for scalars and lists of numbers, with their defaults."""
    return [f"{_TYPES[scalar.type]} {scalar.name}{_default(scalar)}" for scalar in scalars]


def results(tensors: Iterable[TensorDescription]) -> str:
    """What comes back: nothing, one, or several."""
    types = ["Tensor[]" if tensor.many else "Tensor" for tensor in tensors]
    return types[0] if len(types) == 1 else f"({', '.join(types)})"


def _tensor(tensor: TensorDescription, number: int) -> str:
    changes = f"(a{number}!)" if tensor.access == "inout" else ""
    kind = f"Tensor{changes}[]" if tensor.many else f"Tensor{changes}"
    return f"{kind}? {tensor.name}=None" if tensor.required_when else f"{kind} {tensor.name}"


def _default(scalar: ScalarDescription) -> str:
    value: Any = scalar.default
    if value is None:
        return ""
    if scalar.type == "number":
        return f"={float(value)}"
    if scalar.type == "list":
        return f"={[float(item) for item in value]}"
    return f'="{value}"' if isinstance(value, str) else f"={value}"
