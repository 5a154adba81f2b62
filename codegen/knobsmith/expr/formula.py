"""Two-valued formulas: what is left of an expression once "nothing" and "unknown" are tests of their own.

A formula is either true or false; renderers print it as straight-line code. The parts of a conjunction or disjunction
are evaluated from the left and only as far as needed, and that is what guards a test: to the left of every test stands
whatever makes it safe to evaluate.
"""

from typing import Literal as Choice

from knobsmith.expr.syntax import ContextName, Name, Variable
from knobsmith.expr.types import Kind, ValueType
from knobsmith.records import Record

Ref = Name | ContextName | Variable


class Constant(Record):
    """A value that is written down. A number is a float even where the expression had an integer to be widened."""

    value: bool | int | float | str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Constant) and type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


class Reference(Record):
    """What a name stands for, a word of its type included; evaluated only where it is neither unknown nor nothing."""

    ref: Ref
    type: ValueType


class Item(Record):
    """One item of a list, counted from 0; evaluated only where it is there."""

    base: "Term"
    index: "Term"
    type: ValueType


class Row(Record):
    """A list that is written down."""

    items: "tuple[Term, ...]"
    type: ValueType


class Negative(Record):
    """``-a``."""

    operand: "Term"
    kind: Kind


class Operation(Record):
    """``a + b`` and its kin on two operands of one kind: integers, exactly, or numbers, as IEEE doubles."""

    operator: Choice["+", "-", "*", "/", "%"]
    left: "Term"
    right: "Term"
    kind: Kind


class Extremum(Record):
    """The smallest or largest of operands of one kind."""

    which: Choice["min", "max"]
    operands: "tuple[Term, ...]"
    kind: Kind


class Widened(Record):
    """An integer as a number."""

    operand: "Term"


class Count(Record):
    """The items of a list, or the code points of a string."""

    operand: "Term"
    of: Kind


class Truth(Record):
    """A formula as a boolean value."""

    formula: "Formula"


Term = Constant | Reference | Item | Row | Negative | Operation | Extremum | Widened | Count | Truth


class Fixed(Record):
    """Always true, or always false."""

    value: bool


class Conjunction(Record):
    """All parts hold. Two parts or more."""

    parts: "tuple[Formula, ...]"


class Disjunction(Record):
    """At least one part holds. Two parts or more."""

    parts: "tuple[Formula, ...]"


class Negation(Record):
    """The part does not hold. Stands only before what has no opposite of its own."""

    part: "Formula"


class IsUnknown(Record):
    """The parameter failed or may be ignored, or the fact was not given."""

    ref: Ref


class IsNothing(Record):
    """The parameter is unset or ignored."""

    ref: Ref


class IsWord(Record):
    """The value is one of the words of its type, which is not that of a string."""

    term: Term


class IsTrue(Record):
    """A boolean value that is no word."""

    term: Term


class Compared(Record):
    """``a < b``. For ``==`` and ``!=`` either side may be a word, a boolean, a string or a list as well."""

    operator: Choice["==", "!=", "<", "<=", ">", ">="]
    left: Term
    right: Term


class Contains(Record):
    """A list has an item that equals a value, which may be a word; integers and numbers compare as numbers."""

    container: Term
    item: Term


class Found(Record):
    """A regular expression matches somewhere in a string."""

    pattern: str
    subject: Term


class InList(Record):
    """An index is one of a list's: from 0 and below its length."""

    base: Term
    index: Term


class Fits(Record):
    """The result of an integer operation lies within ±(2^53 - 1)."""

    term: Operation


class IsFinite(Record):
    """The result of an operation on numbers is neither infinite nor NaN."""

    term: Operation


class ForItems(Record):
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
    kept = tuple(dict.fromkeys(part for part in _flat(parts, Disjunction) if part != FALSE))
    if TRUE in kept:
        return TRUE
    return FALSE if not kept else kept[0] if len(kept) == 1 else Disjunction(kept)


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
