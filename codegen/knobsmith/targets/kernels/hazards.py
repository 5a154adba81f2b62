"""`_hazards.py`: the rules that warn, as functions of the scalars."""

import re
from typing import NamedTuple

from knobsmith.expr.render_python import PythonNames, render_formula
from knobsmith.model.kernels import KernelFunction, KernelRule
from knobsmith.targets.documentation import one_line
from knobsmith.targets.kernels.header import Named
from knobsmith.targets.python_conditions import joints
from knobsmith.targets.source_text import WIDTH, Code, literal, source
from knobsmith.views.kernels import KernelNames
from knobsmith.views.kernels.conditions import Conditions, read_by


def hazards_of(function: KernelFunction) -> list[KernelRule]:
    """The rules that warn and can be broken."""
    conditions = Conditions(function)
    return [rule for rule in function.rules if rule.severity == "warning" and conditions.can_break(rule)]


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
    return _Rule(rule.name, reads, one_line(rule.message), Code(_lambda(broken)))


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
from numbers import Integral, Real
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
        scalars: Its scalars. What is not given has its default; rules about what has none are left out. Whether they
            lie in their ranges is for the call to say.

    Raises:
        UnknownFunctionError: There is no function of this name.
        TypeError: It has no scalar of a name, or a value is not of its type.
    """
    declared = {scalar.name: scalar for scalar in describe(name).scalars}
    for given, value in scalars.items():
        if given not in declared:
            raise TypeError(f"{name}: there is no scalar {given}; there are {', '.join(declared) or 'none'}")
        if not _is_of_type(declared[given], value):
            raise TypeError(f"{name}: {given} must be of type {_type_of(declared[given])}; it is {_shown(value)}")
    values = {scalar.name: scalar.default for scalar in declared.values() if scalar.default is not None} | scalars
    return [
        "; ".join([rule.message, ", ".join(f"{one} is {values[one]!r}" for one in rule.reads)])
        for rule in _RULES.get(name, ())
        if all(one in values for one in rule.reads) and rule.is_broken(values)
    ]


def _is_of_type(scalar: ScalarDescription, value: object) -> bool:
    if scalar.type != "list":
        return _is_plain(scalar.type, value)
    if not isinstance(value, (list, tuple)) or len(value) != (len(scalar.fields) or len(value)):
        return False
    return all(_is_plain(scalar.items or "", item) for item in value)


def _is_plain(kind: str, value: object) -> bool:
    match kind:
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, Integral) and not isinstance(value, bool)
        case "number":
            return isinstance(value, Real) and not isinstance(value, bool) and _is_finite(value)
        case _:
            return isinstance(value, str)


def _is_finite(value: Any) -> bool:
    return bool(abs(value) < math.inf)


def _type_of(scalar: ScalarDescription) -> str:
    if scalar.type != "list":
        return scalar.type
    return f"list, of {f'{len(scalar.fields)} ' if scalar.fields else ''}items of type {scalar.items}"


def _shown(value: object) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 80 else f"{text[:80]}..."


_RULES: Final[Mapping[str, tuple[_Rule, ...]]] = {
'''
