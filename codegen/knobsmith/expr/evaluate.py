"""What an expression yields: the reference for every renderer.

Written for clearness, not for speed. Sections 6 (outcomes) and 7 of the language's page are its law.
"""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, Protocol

from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.expr.syntax import (
    Arithmetic,
    Both,
    Comparison,
    ContextName,
    Either,
    Expr,
    Extreme,
    FieldOf,
    Has,
    ListLiteral,
    Literal,
    Matches,
    Membership,
    Name,
    Negate,
    Not,
    Quantifier,
    Size,
    Variable,
    children,
)
from knobsmith.expr.types import PlainValue, Scope, Variables, field_index, item_variable, type_of
from knobsmith.records import Record
from knobsmith.regex import search


class Missing(Enum):
    """What stands where there is no value."""

    NOTHING = "nothing"
    UNKNOWN = "unknown"


NOTHING: Final = Missing.NOTHING
UNKNOWN: Final = Missing.UNKNOWN
Outcome = PlainValue | Missing


class Environment(Protocol):
    """What the names of an expression stand for: integers are int, numbers float, lists tuples, words str."""

    @property
    def scope(self) -> Scope:
        """The types of the names."""

    def parameter(self, name: str) -> Outcome:
        """The value of a parameter; NOTHING where it is unset or ignored, UNKNOWN where it failed."""

    def context(self, name: str) -> Outcome:
        """The value of a context fact; UNKNOWN where it was not given."""


class Values(Record):
    """An environment that is simply written down: a parameter that is absent is nothing, a fact unknown."""

    scope: Scope
    parameters: Mapping[str, Outcome] = MappingProxyType({})
    facts: Mapping[str, Outcome] = MappingProxyType({})

    def parameter(self, name: str) -> Outcome:
        """The value of a parameter."""
        return self.parameters.get(name, NOTHING)

    def context(self, name: str) -> Outcome:
        """The value of a context fact."""
        return self.facts.get(name, UNKNOWN)


def evaluate(expr: Expr, env: Environment) -> Outcome:
    """The value of a well-typed expression, or what stands where there is none."""
    return _Evaluation(env, {}, {}).value(expr)


def holds(expr: Expr, env: Environment) -> bool | Missing:
    """The outcome of a condition; a word, which is neither true nor false, is nothing."""
    return _Evaluation(env, {}, {}).truth(expr)


class _Evaluation:
    """Evaluates inside quantifiers whose variables stand for known values of known types."""

    def __init__(self, env: Environment, variables: Mapping[str, PlainValue], types: Variables) -> None:
        self._env = env
        self._variables = variables
        self._types = types

    def truth(self, expr: Expr) -> bool | Missing:
        outcome = self.value(expr)
        return outcome if isinstance(outcome, (bool, Missing)) else NOTHING

    def value(self, expr: Expr) -> Outcome:
        match expr:
            case Literal(value=value):
                return value
            case Name(name=name):
                return self._env.parameter(name)
            case ContextName(name=name):
                return self._env.context(name)
            case Variable(name=name):
                return self._variables[name]
            case Has(target=target):
                return self._has(target)
            case Not(operand=operand):
                return _opposite(self.truth(operand))
            case Both(left=left, right=right):
                return _all([self.truth(left), self.truth(right)])
            case Either(left=left, right=right):
                return _any([self.truth(left), self.truth(right)])
            case Quantifier():
                return self._quantifier(expr)
            case _:
                parts = [self.value(part) for part in children(expr)]
                known = [part for part in parts if not isinstance(part, Missing)]
                if len(known) < len(parts):
                    return UNKNOWN if UNKNOWN in parts else NOTHING
                return self._strict(expr, known)

    def _has(self, target: Name | ContextName) -> Outcome:
        outcome = self.value(target)
        if outcome is UNKNOWN and isinstance(target, Name):
            return UNKNOWN
        return not isinstance(outcome, Missing)

    def _quantifier(self, expr: Quantifier) -> Outcome:
        items = self.value(expr.container)
        if isinstance(items, Missing):
            return items
        if not isinstance(items, tuple):
            return NOTHING
        types = item_variable(expr, self._env.scope, self._types)
        inside = (_Evaluation(self._env, {**self._variables, expr.variable: item}, types) for item in items)
        truths = [evaluation.truth(expr.predicate) for evaluation in inside]
        return _all(truths) if expr.kind == "all" else _any(truths)

    def _strict(self, expr: Expr, parts: Sequence[PlainValue]) -> Outcome:
        """The value of a node whose parts all have one."""
        match expr:
            case ListLiteral():
                return _listing(parts)
            case Negate():
                return _arithmetic("-", 0, parts[0])
            case Arithmetic(operator=symbol):
                return _arithmetic(symbol, *parts)
            case Extreme(kind=kind):
                return _extreme(kind, parts)
            case Comparison(operator=symbol):
                return _comparison(symbol, *parts)
            case Membership():
                return _contains(*parts)
            case Matches(pattern=pattern):
                return search(pattern, str(parts[0]))
            case Size(operand=operand):
                return self._size(operand, parts[0])
            case FieldOf():
                index = field_index(expr, self._env.scope, self._types)
                return NOTHING if index is None else _item(parts[0], index)
            case _:
                return _item(*parts)

    def _size(self, operand: Expr, measured: PlainValue) -> Outcome:
        known = type_of(operand, self._env.scope, self._types)
        is_word = isinstance(measured, str) and known is not None and known.kind == "list"
        return len(measured) if isinstance(measured, (str, tuple)) and not is_word else NOTHING


def _listing(parts: Sequence[PlainValue]) -> tuple[PlainValue, ...]:
    """A list; a number among integers widens them."""
    if any(isinstance(part, float) for part in parts):
        return tuple(float(p) if isinstance(p, int) and not isinstance(p, bool) else p for p in parts)
    return tuple(parts)


def same(left: PlainValue, right: PlainValue) -> bool:
    """Equality of values and words: ``1`` equals ``1.0``, but not ``true``; lists item by item."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def _opposite(truth: bool | Missing) -> bool | Missing:
    return truth if isinstance(truth, Missing) else not truth


def _all(truths: Sequence[bool | Missing]) -> bool | Missing:
    for decisive in (False, UNKNOWN, NOTHING):
        if any(truth is decisive for truth in truths):
            return decisive
    return True


def _any(truths: Sequence[bool | Missing]) -> bool | Missing:
    return _opposite(_all([_opposite(truth) for truth in truths]))


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _arithmetic(symbol: str, left: PlainValue, right: PlainValue) -> Outcome:
    if not isinstance(left, (int, float)) or not isinstance(right, (int, float)):
        return NOTHING  # a word
    if symbol in ("/", "%") and right == 0:
        return NOTHING
    if isinstance(left, int) and isinstance(right, int) and symbol != "/":
        whole: int = _OPERATORS[symbol](left, right)
        return whole if abs(whole) <= LARGEST_INTEGER else NOTHING
    value: float = _OPERATORS[symbol](float(left), float(right))
    return value + 0.0 if math.isfinite(value) else NOTHING  # -0 is read as 0


def _extreme(kind: str, operands: Sequence[PlainValue]) -> Outcome:
    numbers = [operand for operand in operands if isinstance(operand, (int, float))]
    if len(numbers) < len(operands):
        return NOTHING
    if any(isinstance(number, float) for number in numbers):
        numbers = [float(number) for number in numbers]
    return min(numbers) if kind == "min" else max(numbers)


def _comparison(symbol: str, left: PlainValue, right: PlainValue) -> Outcome:
    if symbol in ("==", "!="):
        return same(left, right) == (symbol == "==")
    if not isinstance(left, (int, float)) or not isinstance(right, (int, float)):
        return NOTHING
    outcome: bool = _OPERATORS[symbol](left, right)
    return outcome


def _contains(item: PlainValue, container: PlainValue) -> Outcome:
    return any(same(item, other) for other in container) if isinstance(container, tuple) else NOTHING


def _item(base: PlainValue, index: PlainValue) -> Outcome:
    if isinstance(base, tuple) and isinstance(index, int) and 0 <= index < len(base):
        found: PlainValue = base[index]
        return found
    return NOTHING
