"""Two-valued formulas: what is left of an expression once "nothing" and "unknown" are tests of their own.

A formula is either true or false; renderers print it as straight-line code. The parts of a conjunction or disjunction
are evaluated from the left and only as far as needed, and that is what guards a test: to the left of every test stands
whatever makes it safe to evaluate.
"""

from dataclasses import dataclass
from typing import Literal as Choice

from knobsmith.expr.syntax import ContextName, Name, Variable
from knobsmith.expr.types import Kind, ValueType

Ref = Name | ContextName | Variable


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is written down. A number is a float even where the expression had an integer to be widened."""

    value: bool | int | float | str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Constant) and type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class Reference:
    """What a name stands for, a word of its type included; evaluated only where it is neither unknown nor nothing."""

    ref: Ref
    type: ValueType


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, counted from 0; evaluated only where it is there."""

    base: "Term"
    index: "Term"
    type: ValueType


@dataclass(frozen=True, slots=True)
class Row:
    """A list that is written down."""

    items: "tuple[Term, ...]"
    type: ValueType


@dataclass(frozen=True, slots=True)
class Negative:
    """``-a``."""

    operand: "Term"
    kind: Kind


@dataclass(frozen=True, slots=True)
class Operation:
    """``a + b`` and its kin on two operands of one kind: integers, exactly, or numbers, as IEEE doubles."""

    operator: Choice["+", "-", "*", "/", "%"]
    left: "Term"
    right: "Term"
    kind: Kind


@dataclass(frozen=True, slots=True)
class Extremum:
    """The smallest or largest of operands of one kind."""

    which: Choice["min", "max"]
    operands: "tuple[Term, ...]"
    kind: Kind


@dataclass(frozen=True, slots=True)
class Widened:
    """An integer as a number."""

    operand: "Term"


@dataclass(frozen=True, slots=True)
class Count:
    """The items of a list, or the code points of a string."""

    operand: "Term"
    of: Kind


@dataclass(frozen=True, slots=True)
class Truth:
    """A formula as a boolean value."""

    formula: "Formula"


Term = Constant | Reference | Item | Row | Negative | Operation | Extremum | Widened | Count | Truth


@dataclass(frozen=True, slots=True)
class Fixed:
    """Always true, or always false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Conjunction:
    """All parts hold. Two parts or more."""

    parts: "tuple[Formula, ...]"


@dataclass(frozen=True, slots=True)
class Disjunction:
    """At least one part holds. Two parts or more."""

    parts: "tuple[Formula, ...]"


@dataclass(frozen=True, slots=True)
class Negation:
    """The part does not hold. Stands only before what has no opposite of its own."""

    part: "Formula"


@dataclass(frozen=True, slots=True)
class IsUnknown:
    """The parameter failed or may be ignored, or the fact was not given."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class IsNothing:
    """The parameter is unset or ignored."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class IsWord:
    """The value is one of the words of its type, which is not that of a string."""

    term: Term


@dataclass(frozen=True, slots=True)
class IsTrue:
    """A boolean value that is no word."""

    term: Term


@dataclass(frozen=True, slots=True)
class Compared:
    """``a < b``. For ``==`` and ``!=`` either side may be a word, a boolean, a string or a list as well."""

    operator: Choice["==", "!=", "<", "<=", ">", ">="]
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Contains:
    """A list has an item that equals a value, which may be a word; integers and numbers compare as numbers."""

    container: Term
    item: Term


@dataclass(frozen=True, slots=True)
class Found:
    """A regular expression matches somewhere in a string."""

    pattern: str
    subject: Term


@dataclass(frozen=True, slots=True)
class InList:
    """An index is one of a list's: from 0 and below its length."""

    base: Term
    index: Term


@dataclass(frozen=True, slots=True)
class Fits:
    """The result of an integer operation lies within ±(2^53 - 1)."""

    term: Operation


@dataclass(frozen=True, slots=True)
class IsFinite:
    """The result of an operation on numbers is neither infinite nor NaN."""

    term: Operation


@dataclass(frozen=True, slots=True)
class ForItems:
    """The body holds for all items of a list, or for at least one."""

    which: Choice["all", "exists"]
    variable: str
    container: Term
    body: "Formula"


Formula = (
    Fixed
    | Conjunction
    | Disjunction
    | Negation
    | IsUnknown
    | IsNothing
    | IsWord
    | IsTrue
    | Compared
    | Contains
    | Found
    | InList
    | Fits
    | IsFinite
    | ForItems
)

TRUE = Fixed(True)
FALSE = Fixed(False)


def conjunction(*parts: Formula) -> Formula:
    """All of the parts, without what goes without saying."""
    kept = tuple(dict.fromkeys(part for part in _flat(parts, Conjunction) if part != TRUE))
    if FALSE in kept:
        return FALSE
    return TRUE if not kept else kept[0] if len(kept) == 1 else Conjunction(kept)


def disjunction(*parts: Formula) -> Formula:
    """At least one of the parts, without what never holds."""
    return opposite(conjunction(*map(opposite, _flat(parts, Disjunction))))


_INVERSE: dict[str, Choice["==", "!=", "<", "<=", ">", ">="]] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
}


def opposite(formula: Formula) -> Formula:
    """What holds exactly where the formula does not. Guards keep their places."""
    match formula:
        case Fixed(value=value):
            return Fixed(not value)
        case Negation(part=part):
            return part
        case Conjunction(parts=parts):
            return Disjunction(tuple(map(opposite, parts)))
        case Disjunction(parts=parts):
            return Conjunction(tuple(map(opposite, parts)))
        case Compared(operator=operator, left=left, right=right):
            return Compared(_INVERSE[operator], left, right)
        case ForItems(which=which, variable=variable, container=container, body=body):
            return ForItems("exists" if which == "all" else "all", variable, container, opposite(body))
        case _:
            return Negation(formula)


def _flat(parts: tuple[Formula, ...], kind: type[Conjunction] | type[Disjunction]) -> tuple[Formula, ...]:
    return tuple(inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,)))
