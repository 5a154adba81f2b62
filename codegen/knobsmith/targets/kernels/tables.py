"""What a binding states of a function: its tensors and sizes as data, its arguments as Python sees them."""

from collections.abc import Iterator

from knobsmith.expr.render_cpp import quoted
from knobsmith.model.base import PlainValue
from knobsmith.model.kernels import KernelFunction, KernelScalar, Symbol, Tensor
from knobsmith.model.range_syntax import parse_range, print_range
from knobsmith.resolve.kernel_tensors import is_always_given
from knobsmith.targets.cpp.domain_tests import in_range
from knobsmith.targets.kernels.types import constant
from knobsmith.views.kernels import KernelNames
from knobsmith.views.kernels.tensors import leading, stated_sizes, trailing

Lines = Iterator[str]
_ANY_SIZE = parse_range("[0, inf)")


def literal(text: str) -> str:
    """A text as a literal of C++ that is no view."""
    return quoted(text).removesuffix("sv")


def signature(function: KernelFunction) -> Lines:
    """The tensors of a function and the sizes that their shapes speak of, as data."""
    yield "const binding::Signature signature{"
    yield "    {"
    yield from (f"        {_tensor(tensor)}," for tensor in function.tensors)
    yield "    },"
    yield "    {"
    yield from (f"        {_symbol(symbol)}," for symbol in function.symbols)
    yield from (f"        {_symbol(symbol)}," for symbol in _stated(function))
    yield "    },"
    yield f"    {literal(function.length or '')}}};"
    yield ""


def _stated(function: KernelFunction) -> list[Symbol]:
    """The scalars that shapes speak of, as sizes whose domain is known to hold."""
    return [Symbol(name=name, range=_ANY_SIZE) for name in stated_sizes(function)]


def _tensor(tensor: Tensor) -> str:
    dtypes = f"{{{', '.join(map(dtype_constant, tensor.dtypes))}}}"
    if tensor.same_dtype_as is not None:
        dtypes = f"binding::same_dtype({literal(tensor.same_dtype_as)})"
    if tensor.any_shape:
        shape = "binding::any_shape()"
    elif tensor.same_shape_as is not None:
        shape = f"binding::same_shape({literal(tensor.same_shape_as)})"
    else:
        extents = ", ".join(literal(size) if isinstance(size, str) else str(size) for size in tensor.shape)
        shape = f"binding::shape({{{extents}}})"
    presence = "always" if is_always_given(tensor) else "sometimes"
    number = "list" if tensor.many else "one"
    words = [literal(tensor.name), f"binding::Access::{tensor.access}", f"binding::Presence::{presence}"]
    words.append(f"binding::Number::{number}")
    return f"{{{', '.join([*words, dtypes, shape])}}}"


def registration(function: KernelFunction, names: KernelNames) -> Lines:
    """What adds a function to the module, under the names and with the defaults that Python has."""
    yield "void bind(nb::module_& module) {"
    doc = literal(" ".join(function.doc.split()))
    yield f"    module.def({literal(names.function)}, &call,"
    yield f"        {doc},"
    arguments = [_argument(names.arguments[tensor.name], None) for tensor in leading(function)]
    arguments.append("nb::kw_only()")
    arguments += [
        _argument(names.arguments[tensor.name], None if is_always_given(tensor) else "nb::none()")
        for tensor in trailing(function)
    ]
    for scalar in function.scalars:
        default = None if scalar.default is None else _default(scalar, scalar.default, names)
        arguments.append(_argument(names.arguments[scalar.name], default))
    arguments.append(_argument("stream", "0"))
    yield from (f"        {one}," for one in arguments[:-1])
    yield f"        {arguments[-1]});"
    yield "}"
    yield ""


def _symbol(symbol: Symbol) -> str:
    holds = in_range("integer", "extent", symbol.range)
    taken = "std::int64_t" if holds == "true" else "std::int64_t extent"
    law = literal(print_range(symbol.range))
    return f"{{{literal(symbol.name)}, {law}, []({taken}) {{ return {holds}; }}}}"


def dtype_constant(name: str) -> str:
    """A dtype as the bindings have it."""
    return f"dtypes::{'boolean' if name == 'bool' else name}"


def _argument(name: str, default: str | None) -> str:
    declared = f"nb::arg({literal(name)}).none()"
    return declared if default is None else f"{declared} = {default}"


def _default(scalar: KernelScalar, value: PlainValue, names: KernelNames) -> str:
    """A default as Python shows it."""
    if isinstance(value, tuple):
        return f"nb::make_tuple({', '.join(_item(item) for item in value)})"
    return literal(value) if isinstance(value, str) else constant(scalar.name, scalar.domain, value, names)


def _item(value: PlainValue) -> str:
    return repr(value)
