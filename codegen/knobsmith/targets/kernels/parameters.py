"""The parameters of a function in Python, as the typed functions and the stubs of compiled modules have them."""

from collections.abc import Iterator

from knobsmith.model.domain import Domain
from knobsmith.model.kernels import KernelFunction, KernelScalar, Tensor
from knobsmith.resolve.kernel_tensors import is_always_given
from knobsmith.targets.documentation import one_line
from knobsmith.targets.kernels.header import Named, backends_of
from knobsmith.targets.source_text import WIDTH, docstring, literal
from knobsmith.views.kernels import KernelNames
from knobsmith.views.kernels.names import has_members
from knobsmith.views.kernels.tensors import leading, trailing

Lines = Iterator[str]
_SCALARS = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}


def stub(functions: Named, backend: str) -> str:
    """The stub of a compiled module, without the notice at its top."""
    chosen = [(function, names) for function, names in functions if backend in backends_of(function)]
    body = [line for function, names in chosen for line in _stub(function, names)]
    uses = [name for name in ("Any", "Final", "Literal") if name != "Literal" or "Literal[" in "\n".join(body)]
    lines = ["from collections.abc import Sequence", f"from typing import {', '.join(uses)}", ""]
    lines += ["Array = Any", "", "BACKEND: Final[str]", "", *body]
    return "".join(f"{line}\n" for line in lines).rstrip("\n") + "\n"


def call(head: str, arguments: list[str], tail: str, margin: int = 0) -> Lines:
    """A call on one line; else its arguments on one of their own; else each on one.

    Args:
        head: What stands before the arguments, with its own indentation.
        arguments: The arguments.
        tail: What stands behind them.
        margin: How far all of it will be indented further.
    """
    own = head[: len(head) - len(head.lstrip(" "))]
    joined = ", ".join(arguments)
    if margin + len(head) + len(joined) + len(tail) <= WIDTH:
        yield f"{head}{joined}{tail}"
        return
    yield head
    inner = f"{own}    "
    if margin + len(inner) + len(joined) <= WIDTH:
        yield f"{inner}{joined}"
    else:
        yield from (f"{inner}{argument}," for argument in arguments)
    yield f"{own}{tail}"


def scalar_annotation(scalar: KernelScalar) -> str:
    """The type of a scalar in Python."""
    domain = scalar.domain
    if has_members(domain):
        texts = dict.fromkeys([*(str(choice.value) for choice in domain.values or ()), *domain.words])
        return f"Literal[{', '.join(literal(text) for text in texts)}]"
    if domain.kind == "list":
        return f"Sequence[{_SCALARS[(domain.items or Domain(kind='number')).kind]}]"
    return _SCALARS[domain.kind]


def parameters(function: KernelFunction, names: KernelNames) -> Iterator[str]:
    """The parameters of a function in Python: what must be given first, results last."""
    outs = [tensor for tensor in trailing(function) if tensor.access == "out"]
    yield from (f"{names.arguments[tensor.name]}: {array(tensor)}" for tensor in leading(function))
    yield "*"
    for tensor in trailing(function):
        if tensor not in outs:
            yield f"{names.arguments[tensor.name]}: {array(tensor)} | None = None"
    for scalar in function.scalars:
        default = "" if scalar.default is None else f" = {_default(scalar)}"
        yield f"{names.arguments[scalar.name]}: {scalar_annotation(scalar)}{default}"
    yield from (f"{names.arguments[tensor.name]}: {array(tensor)} | None = None" for tensor in outs)
    yield "stream: int | None = None"


def _stub(function: KernelFunction, names: KernelNames) -> Lines:
    yield f"def {names.function}("
    yield from (f"    {names.arguments[tensor.name]}: {array(tensor)}," for tensor in leading(function))
    yield "    *,"
    for tensor in trailing(function):
        optional = "" if is_always_given(tensor) else " | None = None"
        yield f"    {names.arguments[tensor.name]}: {array(tensor)}{optional},"
    for scalar in function.scalars:
        default = "" if scalar.default is None else f" = {_default(scalar)}"
        yield from parameter(f"{names.arguments[scalar.name]}: {scalar_annotation(scalar)}{default}")
    yield "    stream: int | None = 0,"
    yield ") -> None:"
    yield docstring(one_line(function.doc), "    ")
    yield ""


def parameter(text: str) -> Lines:
    """A parameter; the values of a long choice have a line of their own."""
    head, opening, rest = text.partition("Literal[")
    values, _, tail = rest.rpartition("]")
    if len(text) + 5 <= WIDTH or not opening:
        yield f"    {text},"
        return
    yield f"    {head}{opening}"
    if len(values) + 8 <= WIDTH:
        yield f"        {values}"
    else:
        yield from (f"        {value}," for value in values.split(", "))
    yield f"    ]{tail},"


def array(tensor: Tensor) -> str:
    """The type of a tensor in Python."""
    return "Sequence[Array]" if tensor.many else "Array"


def _default(scalar: KernelScalar) -> str:
    value = scalar.default
    is_number = scalar.domain.kind == "number" and isinstance(value, int)
    return literal(float(value) if is_number and isinstance(value, int) else value)
