"""In which C++ types kernels take tensors and scalars."""

from knobsmith.expr.render_cpp import number, quoted
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Domain
from knobsmith.model.kernels import KernelFunction, Tensor
from knobsmith.views.kernels.names import KernelNames
from knobsmith.views.kernels.tensors import dtype_root

_DTYPES = {
    "float64": "double",
    "float32": "float",
    "float16": "Half",
    "bfloat16": "BFloat16",
    "bool": "bool",
}
_SCALARS = {"integer": "std::int64_t", "number": "double", "boolean": "bool", "string": "std::string"}


def element_type(dtype: str) -> str:
    """The type of an element."""
    return _DTYPES.get(dtype) or f"std::{dtype}_t"


def tensor_type(tensor: Tensor, function: KernelFunction, names: KernelNames) -> str:
    """The type of the elements of a tensor: that of a variant, or the only one."""
    root = dtype_root(tensor, function)
    return names.parameters.get(root.name) or element_type(root.dtypes[0])


def pointer_type(tensor: Tensor, function: KernelFunction, names: KernelNames) -> str:
    """The type of the pointer to the elements."""
    return f"{'const ' if tensor.access == 'in' else ''}{tensor_type(tensor, function, names)}*"


def scalar_type(name: str, domain: Domain, names: KernelNames) -> str:
    """The type of the member that holds a scalar."""
    if name in names.enums:
        return names.enums[name].name
    if domain.kind == "list" and domain.items is not None:
        return f"std::vector<{_SCALARS[domain.items.kind]}>"
    return _SCALARS[domain.kind]


def constant(name: str, domain: Domain, value: PlainValue, names: KernelNames) -> str:
    """A value as an initializer of that member."""
    if name in names.enums:
        enum = names.enums[name]
        return f"{enum.name}::{enum.members[str(value)]}"
    if isinstance(value, tuple):
        items = domain.items or Domain(kind="number")
        return f"{{{', '.join(_plain(items, item) for item in value)}}}"
    return _plain(domain, value)


def _plain(domain: Domain, value: PlainValue) -> str:
    if isinstance(value, str):
        return quoted(value).removesuffix("sv")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        raise TypeError("a list is no item of a list here")
    # Without the brackets of a negative operand: an initializer stands alone.
    return number(float(value) if domain.kind == "number" else int(value)).strip("()")
