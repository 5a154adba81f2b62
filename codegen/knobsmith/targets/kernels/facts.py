"""What Python knows of the functions beside calling them: descriptions, hazards, dispatch."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from knobsmith.expr import print_expr
from knobsmith.expr.render_python import PythonNames, render_formula
from knobsmith.model.base import PlainValue
from knobsmith.model.kernels import Dispatch, KernelFunction, KernelRule, KernelScalar, Tensor
from knobsmith.model.range_syntax import print_range
from knobsmith.targets.kernels.front import call
from knobsmith.targets.kernels.header import Named
from knobsmith.targets.python_conditions import joints
from knobsmith.targets.source_text import WIDTH, Code, docstring, literal, source
from knobsmith.views.identifiers import constant, identifier
from knobsmith.views.kernels import KernelNames, dtype_root, shape_of
from knobsmith.views.kernels.conditions import Conditions, read_by
from knobsmith.views.wording import domain_in_words

Lines = Iterator[str]


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
    lower: int | float | None = None
    upper: int | float | None = None
    lower_open: bool = False
    upper_open: bool = False
    values: tuple[PlainValue, ...] | None = None
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
        doc=_one_line(function.doc),
        file=function.file,
        backends=function.backends,
        formula=None if function.formula is None else _one_line(function.formula),
        tensors=tuple(_tensor(tensor, function, names) for tensor in function.tensors),
        scalars=tuple(_scalar(scalar, names) for scalar in function.scalars),
        rules=tuple(_described_rule(rule) for rule in function.rules),
    )


def _tensor(tensor: Tensor, function: KernelFunction, names: KernelNames) -> TensorDescription:
    return TensorDescription(
        name=names.arguments[tensor.name],
        doc=_one_line(tensor.doc or ""),
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
    # An end that is a name binds nothing here.
    lower = None if domain.range is None else domain.range.intervals[0].lower
    upper = None if domain.range is None else domain.range.intervals[-1].upper
    return ScalarDescription(
        name=names.arguments[scalar.name],
        doc=_one_line(scalar.doc),
        type=domain.kind,
        valid=domain_in_words(domain),
        range=None if domain.range is None else print_range(domain.range),
        lower=None if lower is None else lower.value,
        upper=None if upper is None else upper.value,
        lower_open=lower is not None and lower.value is not None and not lower.closed,
        upper_open=upper is not None and upper.value is not None and not upper.closed,
        values=None if domain.values is None else tuple(one.value for one in domain.values),
        default=scalar.default,
        unit=scalar.unit,
        hyperparameter=scalar.hyperparameter,
    )


def hazards_of(function: KernelFunction) -> list[KernelRule]:
    """The rules that warn and can be broken."""
    conditions = Conditions(function)
    return [rule for rule in function.rules if rule.severity == "warning" and conditions.can_break(rule)]


def _described_rule(rule: KernelRule) -> Rule:
    when = None if rule.when is None else print_expr(rule.when)
    return Rule(rule.name, print_expr(rule.require), _one_line(rule.message), rule.severity, when)


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
        range: The interval in which it lies.
        lower: Its lower end; None if it has none.
        upper: Its upper end; None if it has none.
        lower_open: Whether the lower end is not part of it.
        upper_open: Whether the upper end is not part of it.
        values: The only values that it may have.
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
        UnknownFunctionError: There is no function of this name.
    """
    if name not in FUNCTIONS:
        raise UnknownFunctionError(f"there is no kernel function {name!r}; there are {', '.join(FUNCTIONS)}")
    return FUNCTIONS[name]


FUNCTIONS: Final[dict[str, FunctionDescription]] = {
'''


def hazards_module(functions: Named, package: str) -> str:
    """`_hazards.py`, without the notice at its top."""
    entries = []
    helpers: set[str] = set()
    for function, names in functions:
        rules = [_rule(rule, function, names) for rule in hazards_of(function)]
        if rules:
            entries.append(f"    {literal(names.function)}: {source(tuple(rules), '    ', 1)},\n")
    text = "".join(entries)
    helpers = {name for name in ("fits", "found", "is_finite") if f"{name}(" in text}
    imports = f"from {package}._support import {', '.join(sorted(helpers))}\n" if helpers else ""
    return _HAZARDS.replace("@SUPPORT@\n", imports).replace("@PACKAGE@", package) + text + "}\n"


# A text of Python, as one part of what it splits.
_TEXT = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


class _Rule(NamedTuple):
    rule: str
    reads: tuple[str, ...]
    message: str
    is_broken: Code


def _rule(rule: KernelRule, function: KernelFunction, names: KernelNames) -> _Rule:
    spelling = PythonNames(lambda ref: f"v[{literal(_python_name(ref.name, names))}]")
    broken = render_formula(Conditions(function).broken(rule), spelling)
    reads = tuple(_python_name(name, names) for name in read_by(rule))
    return _Rule(rule.name, reads, _one_line(rule.message), Code(_lambda(broken)))


def _lambda(test: str) -> str:
    """A test as a function of the values, where an entry of `_RULES` has it; broken if it is long."""
    line = "lambda v: " + "".join(
        # Outside of texts, as a formatter writes exponents.
        part if index % 2 else part.replace("e+", "e")
        for index, part in enumerate(_TEXT.split(test))
    )
    margin = " " * 12
    if len(f"{margin}is_broken={line},") <= WIDTH:
        return line
    condition = line.removeprefix("lambda v: ")
    whole = len(f"{margin}    {condition}") <= WIDTH
    lines = [condition] if whole else joints(condition)
    return "\n".join(["lambda v: (", *(f"{margin}    {part}" for part in lines), f"{margin})"])


def _python_name(name: str, names: KernelNames) -> str:
    return names.arguments.get(name) or names.variables[name]


_HAZARDS = '''\
"""Rules over scalars that warn: what they are about computes, and is likely to be a mistake."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from @PACKAGE@._descriptions import ScalarDescription, describe
@SUPPORT@


class _Rule(NamedTuple):
    rule: str
    reads: tuple[str, ...]
    message: str
    is_broken: Callable[[Mapping[str, Any]], bool]


def hazards(name: str, **scalars: Any) -> list[str]:
    """What is likely to be a mistake in a call of a function with these scalars.

    Args:
        name: The function.
        scalars: Its scalars. What is not given has its default; rules about what has none are left out.

    Raises:
        UnknownFunctionError: There is no function of this name.
        TypeError: It has no scalar of a name, or a value is not of its type.
    """
    declared = {scalar.name: scalar for scalar in describe(name).scalars}
    for given, value in scalars.items():
        if given not in declared:
            raise TypeError(f"{name}: there is no scalar {given}; there are {', '.join(declared) or 'none'}")
        if not _is_of_type(declared[given], value):
            raise TypeError(f"{name}: {given} must be of type {declared[given].type}; it is {value!r}")
    values = {scalar.name: scalar.default for scalar in declared.values() if scalar.default is not None} | scalars
    return [
        "; ".join([rule.message, ", ".join(f"{one} is {values[one]!r}" for one in rule.reads)])
        for rule in _RULES.get(name, ())
        if all(one in values for one in rule.reads) and rule.is_broken(values)
    ]


def _is_of_type(scalar: ScalarDescription, value: object) -> bool:
    match scalar.type:
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        case "string":
            return isinstance(value, str)
        case _:
            return isinstance(value, (list, tuple))


_RULES: Final[Mapping[str, tuple[_Rule, ...]]] = {
'''


def dispatch_module(tables: tuple[Dispatch, ...], named: dict[str, Any], called: dict[str, str], package: str) -> str:
    """`_dispatch.py`, without the notice at its top.

    Args:
        tables: The dispatch tables.
        named: Functions with their names, by name.
        called: The function for each table.
        package: The import name.
    """
    lines = [_DISPATCH.replace("@PACKAGE@", package)]
    for table in tables:
        lines += [f"{line}\n" for line in _table(table, named, called[table.name])]
    exported = sorted(called.values())
    lines += ["__all__ = [\n", *(f"    {literal(name)},\n" for name in exported), "]\n"]
    return "".join(lines)


def _table(table: Dispatch, named: dict[str, Any], name: str) -> Lines:
    argument = identifier(table.parameter)
    if not argument.isidentifier() or argument in _TAKEN:
        argument = f"{argument}_"
    constant_name = f"_{constant(name)}"
    hyperparameter = f"{table.algorithm}/{table.parameter}"
    values = ", ".join(literal(value) for value, _ in table.functions)
    is_literal = all(not isinstance(value, float) for value, _ in table.functions)
    yield f"def {name}("
    yield f"    {argument}: {f'Literal[{values}]' if is_literal else 'float'},"
    yield ") -> Callable[..., Any]:"
    doc = f"The function for a value of the hyperparameter {hyperparameter}."
    yield docstring(f"{doc}\n\nRaises:\n    ValueError: It has no such value.", "    ")
    yield from call("    return _chosen(", [literal(name), literal(hyperparameter), constant_name, argument], ")")
    yield ""
    yield ""
    yield f"{constant_name}: Final[_Table] = ("
    for value, function in table.functions:
        yield f"    ({literal(value)}, functions.{named[function][1].function}),"
    yield ")"
    yield ""
    yield ""


_TAKEN = frozenset(("functions", "None", "True", "False"))
_DISPATCH = '''\
"""Which function serves which value of a hyperparameter."""

from collections.abc import Callable
from typing import Any, Final, Literal

from @PACKAGE@ import _functions as functions

_Table = tuple[tuple[Any, Callable[..., Any]], ...]


def _chosen(name: str, hyperparameter: str, table: _Table, value: object) -> Callable[..., Any]:
    for known, function in table:
        if known == value and isinstance(known, bool) == isinstance(value, bool):
            return function
    listed = ", ".join(repr(known) for known, _ in table)
    raise ValueError(f"{name}: the value must be one of {listed} (hyperparameter {hyperparameter}); it is {value!r}")


'''


def _one_line(text: str) -> str:
    return " ".join(text.split())
