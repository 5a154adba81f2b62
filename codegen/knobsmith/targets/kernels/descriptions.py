"""`_descriptions.py`: what is declared of each function, for programs that ask."""

from typing import NamedTuple

from knobsmith.expr import print_expr
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Bound
from knobsmith.model.kernels import KernelFunction, KernelRule, KernelScalar, Tensor
from knobsmith.model.range_syntax import print_range
from knobsmith.targets.documentation import one_line
from knobsmith.targets.kernels.header import Named
from knobsmith.targets.source_text import Code, literal, source
from knobsmith.views.kernels import KernelNames, dtype_root, shape_of
from knobsmith.views.kernels.wording import valid_in_words


class TensorDescription(NamedTuple):
    """As the generated module has it."""

    name: str
    doc: str
    access: str
    dtypes: tuple[str, ...]
    shape: tuple[str | int, ...] | None
    same_dtype_as: str | None = None
    same_shape_as: str | None = None
    many: bool = False
    optional: bool = False
    required_when: str | None = None
    required_for: tuple[str, ...] = ()


class ScalarDescription(NamedTuple):
    """As the generated module has it."""

    name: str
    doc: str
    type: str
    valid: str
    range: str | None = None
    lower: int | Code | None = None
    upper: int | Code | None = None
    lower_open: bool = False
    upper_open: bool = False
    values: tuple[PlainValue, ...] | None = None
    items: str | None = None
    fields: tuple[str, ...] = ()
    default: PlainValue | None = None
    unit: str | None = None
    hyperparameter: str | None = None


class Rule(NamedTuple):
    """As the generated module has it."""

    id: str
    require: str
    message: str
    severity: str
    when: str | None = None


class FunctionDescription(NamedTuple):
    """As the generated module has it."""

    name: str
    doc: str
    file: str
    backends: tuple[str, ...]
    formula: str | None = None
    tensors: tuple[TensorDescription, ...] = ()
    scalars: tuple[ScalarDescription, ...] = ()
    rules: tuple[Rule, ...] = ()


def described(function: KernelFunction, names: KernelNames) -> FunctionDescription:
    """Everything about a function that programs may ask for, under the names that Python has for it."""
    return FunctionDescription(
        name=names.function,
        doc=one_line(function.doc),
        file=function.file,
        backends=function.backends,
        formula=None if function.formula is None else one_line(function.formula),
        tensors=tuple(_tensor(tensor, function, names) for tensor in function.tensors),
        scalars=tuple(_scalar(scalar, names) for scalar in function.scalars),
        rules=tuple(_described_rule(rule) for rule in function.rules),
    )


def _tensor(tensor: Tensor, function: KernelFunction, names: KernelNames) -> TensorDescription:
    return TensorDescription(
        name=names.arguments[tensor.name],
        doc=one_line(tensor.doc or ""),
        access=tensor.access,
        dtypes=dtype_root(tensor, function).dtypes,
        shape=shape_of(tensor, function),
        same_dtype_as=_named(tensor.same_dtype_as, names),
        same_shape_as=_named(tensor.same_shape_as, names),
        many=tensor.many,
        optional=tensor.optional,
        required_when=None if tensor.required_when is None else print_expr(tensor.required_when),
        required_for=tensor.required_for,
    )


def _scalar(scalar: KernelScalar, names: KernelNames) -> ScalarDescription:
    domain = scalar.domain
    held = (domain.items or domain).range
    # An end that is a name binds nothing here.
    lower = None if held is None else held.intervals[0].lower
    upper = None if held is None else held.intervals[-1].upper
    return ScalarDescription(
        name=names.arguments[scalar.name],
        doc=one_line(scalar.doc),
        type=domain.kind,
        valid=valid_in_words(domain),
        range=None if held is None else print_range(held),
        lower=None if lower is None else _end(lower),
        upper=None if upper is None else _end(upper),
        lower_open=lower is not None and lower.value is not None and not lower.closed,
        upper_open=upper is not None and upper.value is not None and not upper.closed,
        values=None if domain.values is None else tuple(one.value for one in domain.values),
        items=None if domain.items is None else domain.items.kind,
        fields=domain.fields,
        default=scalar.default,
        unit=scalar.unit,
        hyperparameter=scalar.hyperparameter,
    )


def _end(bound: Bound) -> int | Code | None:
    """The number at an end, with an exponent as formatters write it."""
    return Code(repr(bound.value).replace("e+", "e")) if isinstance(bound.value, float) else bound.value


def _described_rule(rule: KernelRule) -> Rule:
    when = None if rule.when is None else print_expr(rule.when)
    return Rule(rule.name, print_expr(rule.require), one_line(rule.message), rule.severity, when)


def _named(tensor: str | None, names: KernelNames) -> str | None:
    return None if tensor is None else names.arguments[tensor]


def descriptions_module(functions: Named, package: str) -> str:
    """`_descriptions.py`, without the notice at its top."""
    lines = [_DESCRIPTIONS.replace("@PACKAGE@", package)]
    for function, names in functions:
        lines.append(f"    {literal(names.function)}: {source(described(function, names), '    ', 1)},\n")
    return "".join([*lines, "}\n"])


_DESCRIPTIONS = '''\
"""What is declared of each function, for programs that want to know."""

from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from @PACKAGE@.errors import UnknownFunctionError


class TensorDescription(NamedTuple):
    """An array that a function takes.

    Attributes:
        access: "in", "out" or "inout".
        dtypes: Those that it may have, one for each variant of the function.
        shape: Symbols and integers; None for any shape.
        same_dtype_as: The tensor whose dtype it has.
        same_shape_as: The tensor whose shape it has.
        many: Whether the function takes a list of arrays.
        optional: Whether it may always be left out.
        required_when: The condition under which it must be given; else it may be left out.
        required_for: The variants for which it must be given; for others it must not be.
    """

    name: str
    doc: str
    access: str
    dtypes: tuple[str, ...]
    shape: tuple[str | int, ...] | None
    same_dtype_as: str | None = None
    same_shape_as: str | None = None
    many: bool = False
    optional: bool = False
    required_when: str | None = None
    required_for: tuple[str, ...] = ()


class ScalarDescription(NamedTuple):
    """A scalar that a function takes.

    Attributes:
        type: "integer", "number", "boolean", "string" or "list".
        valid: What is valid, in words.
        range: The interval in which it lies, or each item of a list does.
        lower: Its lower end; None if it has none.
        upper: Its upper end; None if it has none.
        lower_open: Whether the lower end is not part of it.
        upper_open: Whether the upper end is not part of it.
        values: The only values that it may have.
        items: The type of the items of a list.
        fields: What the items are, for a list that always has as many.
        default: Its value when none is given; None if one must be.
        hyperparameter: The hyperparameter whose facts it has.
    """

    name: str
    doc: str
    type: str
    valid: str
    range: str | None = None
    lower: float | None = None
    upper: float | None = None
    lower_open: bool = False
    upper_open: bool = False
    values: tuple[Any, ...] | None = None
    items: str | None = None
    fields: tuple[str, ...] = ()
    default: Any = None
    unit: str | None = None
    hyperparameter: str | None = None


class Rule(NamedTuple):
    """A rule over scalars and sizes.

    Attributes:
        id: Its name in the spec.
        require: What ought to be true.
        severity: "error" for what is refused, "warning" for what is likely to be a mistake, else "info".
        when: Where that matters; None for everywhere.
    """

    id: str
    require: str
    message: str
    severity: str
    when: str | None = None


class FunctionDescription(NamedTuple):
    """A function."""

    name: str
    doc: str
    file: str
    backends: tuple[str, ...]
    formula: str | None = None
    tensors: tuple[TensorDescription, ...] = ()
    scalars: tuple[ScalarDescription, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def hazards(self) -> tuple[Rule, ...]:
        """The rules that warn."""
        return tuple(rule for rule in self.rules if rule.severity == "warning")


def describe(name: str) -> FunctionDescription:
    """What is declared of a function: its tensors, its scalars, its hazards.

    Raises:
        TypeError: The name is no string.
        UnknownFunctionError: There is no function of this name; the nearest are told.
    """
    if not isinstance(name, str):
        raise TypeError(f"describe: the name of a function must be a string; it is of the type {type(name).__name__}")
    if name not in FUNCTIONS:
        near = ", ".join(get_close_matches(name, FUNCTIONS, n=3, cutoff=0.0))
        raise UnknownFunctionError(f"there is no kernel function {name[:80]!r}; the nearest are {near}")
    return FUNCTIONS[name]


FUNCTIONS: Final[dict[str, FunctionDescription]] = {
'''
