"""What formulas and terms mean, said once more and independently of every renderer.

A term that is evaluated where its guards should have stopped it raises, so a missing guard cannot pass unseen.
"""

import math
import operator
from typing import Any

from knobsmith.expr import Missing, Values
from knobsmith.expr.evaluate import NOTHING, UNKNOWN, Outcome, same
from knobsmith.expr.formula import (
    Compared,
    Conjunction,
    Constant,
    Contains,
    Count,
    Disjunction,
    Extremum,
    Fits,
    Fixed,
    ForItems,
    Formula,
    Found,
    InList,
    IsFinite,
    IsNothing,
    IsTrue,
    IsUnknown,
    IsWord,
    Item,
    Negation,
    Negative,
    Operation,
    Ref,
    Reference,
    Row,
    Term,
    Truth,
    Widened,
)
from knobsmith.expr.syntax import Name, Variable
from knobsmith.expr.terms import kind_of
from knobsmith.regex import search

LARGEST = 2**53 - 1
_OPERATORS = {
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


class Meaning:
    """The meaning of formulas in an environment, below quantifiers whose variables have values."""

    def __init__(self, env: Values, variables: dict[str, Any] | None = None) -> None:
        self.env = env
        self.variables = variables or {}

    def outcome(self, ref: Ref) -> Outcome:
        if isinstance(ref, Variable):
            return self.variables[ref.name]
        return self.env.parameter(ref.name) if isinstance(ref, Name) else self.env.context(ref.name)

    def holds(self, formula: Formula) -> bool:
        match formula:
            case Fixed(value=value):
                return value
            case Conjunction(parts=parts):
                assert len(parts) > 1
                return all(self.holds(part) for part in parts)
            case Disjunction(parts=parts):
                assert len(parts) > 1
                return any(self.holds(part) for part in parts)
            case Negation(part=part):
                assert not isinstance(part, (Fixed, Conjunction, Disjunction, Negation, Compared, ForItems))
                return not self.holds(part)
            case IsUnknown(ref=ref):
                return self.outcome(ref) is UNKNOWN
            case IsNothing(ref=ref):
                return self.outcome(ref) is NOTHING
            case IsWord(term=term):
                assert kind_of(term) != "string"
                return isinstance(self.value(term), str)
            case IsTrue(term=term):
                truth = self.value(term)
                assert isinstance(truth, bool)
                return truth
            case ForItems(which=which, variable=variable, container=container, body=body):
                items = self.items(container)
                truths = [Meaning(self.env, {**self.variables, variable: item}).holds(body) for item in items]
                return all(truths) if which == "all" else any(truths)
            case _:
                return self.test(formula)

    def test(self, formula: Formula) -> bool:
        match formula:
            case Compared(operator="==" | "!=" as symbol, left=left, right=right):
                return same(self.value(left), self.value(right)) == (symbol == "==")
            case Compared(operator=symbol, left=left, right=right):
                return _OPERATORS[symbol](self.number(left), self.number(right))
            case Contains(container=container, item=item):
                value = self.value(item)
                return any(same(value, other) for other in self.items(container))
            case Found(pattern=pattern, subject=subject):
                text = self.value(subject)
                assert isinstance(text, str)
                return search(pattern, text)
            case InList(base=base, index=index):
                return 0 <= self.integer(index) < len(self.items(base))
            case Fits(term=term):
                assert term.kind == "integer"
                return abs(self.value(term, checked=False)) <= LARGEST
            case IsFinite(term=term):
                assert term.kind == "number"
                return math.isfinite(self.value(term, checked=False))
            case _:
                raise AssertionError(formula)

    def value(self, term: Term, checked: bool = True) -> Any:
        match term:
            case Constant(value=value):
                return value
            case Reference(ref=ref):
                outcome = self.outcome(ref)
                assert not isinstance(outcome, Missing), f"{ref} is read without a guard"
                return outcome
            case Item(base=base, index=index):
                position = self.integer(index)
                assert 0 <= position < len(self.items(base)), "an index is used without a guard"
                return self.items(base)[position]
            case Row(items=items):
                return tuple(map(self.value, items))
            case Negative(operand=operand, kind=kind):
                return -self.of_kind(operand, kind)
            case Operation(kind=kind):
                left, right = self.of_kind(term.left, kind), self.of_kind(term.right, kind)
                assert term.operator not in ("/", "%") or right != 0, "a division without a guard"
                result = _OPERATORS[term.operator](left, right)
                limit = LARGEST if kind == "integer" else float("1.7976931348623157e308")
                assert not checked or abs(result) <= limit, "an operation without a guard"
                return result
            case Extremum(which=which, operands=operands, kind=kind):
                return (min if which == "min" else max)(self.of_kind(operand, kind) for operand in operands)
            case Widened(operand=operand):
                return float(self.integer(operand))
            case Count(operand=operand, of=of):
                assert isinstance(self.value(operand), str if of == "string" else tuple)
                return len(self.value(operand))
            case Truth(formula=formula):
                return self.holds(formula)

    def of_kind(self, term: Term, kind: str) -> Any:
        return self.integer(term) if kind == "integer" else self.real(term)

    def integer(self, term: Term) -> int:
        value = self.value(term)
        assert type(value) is int
        return value

    def real(self, term: Term) -> float:
        value = self.value(term)
        assert type(value) is float, f"{term} is no number"
        return value

    def number(self, term: Term) -> int | float:
        value = self.value(term)
        assert type(value) in (int, float)
        return value

    def items(self, term: Term) -> tuple[Any, ...]:
        value = self.value(term)
        assert isinstance(value, tuple)
        return value
