"""Expressions as SMT terms with their three outcomes: a value, nothing, unknown.

The laws are those of the language page, section 6, and the shape follows ``expr/evaluate.py`` case by case, so
that the two can be read side by side.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import z3

from knobsmith.expr import syntax
from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.prove.cells import TRUE, AnyCell, Cell, ListCell, aligned, choose, listed, literal, scalar, unseen_like
from knobsmith.prove.equality import equal
from knobsmith.prove.languages import in_language
from knobsmith.prove.outcomes import Outcome, absorbed, strict, truth, without_words
from knobsmith.prove.texts import Texts
from knobsmith.regex import search

LARGEST_NUMBER = z3.RealVal(int(1.7976931348623157e308))


class Surroundings(Protocol):
    """What an expression reads."""

    def parameter(self, name: str) -> Outcome:
        """The outcome of reading a parameter."""

    def context(self, name: str) -> Outcome:
        """The outcome of reading a fact about the job."""

    def has(self, target: syntax.Name | syntax.ContextName) -> Outcome:
        """The outcome of ``has(...)``."""


Bound = Mapping[str, Outcome]


class Encoder:
    """Turns expressions into outcomes within given surroundings."""

    def __init__(self, surroundings: Surroundings, texts: Texts) -> None:
        self._world = surroundings
        self._texts = texts

    def true(self, condition: syntax.Expr) -> Any:
        """That a condition is known to be true; a word is neither true nor false."""
        outcome = without_words(self.outcome(condition))
        return z3.And(outcome.known, outcome.plain)

    def false(self, condition: syntax.Expr) -> Any:
        """That a condition is known to be false."""
        outcome = without_words(self.outcome(condition))
        return z3.And(outcome.known, z3.Not(outcome.plain))

    def unknown(self, condition: syntax.Expr) -> Any:
        """That a condition hangs on what is not known."""
        return self.outcome(condition).unknown

    def same(self, left: AnyCell, right: AnyCell) -> Any:
        """That two values are equal."""
        return equal(left, right, self._texts)

    def outcome(self, expr: syntax.Expr, bound: Bound | None = None) -> Outcome:
        """The outcome of an expression; ``bound`` holds the items that quantifiers speak of."""
        bound = bound or {}
        match expr:
            case syntax.Literal(value=value):
                return Outcome(Cell("literal", value) if isinstance(value, str) else literal(value))
            case syntax.Name():
                return self._world.parameter(expr.name)
            case syntax.ContextName():
                return self._world.context(expr.name)
            case syntax.Variable():
                return bound[expr.name]
            case syntax.Has():
                return self._world.has(expr.target)
            case syntax.Both() | syntax.Either():
                sides = [without_words(self.outcome(side, bound)) for side in (expr.left, expr.right)]
                return absorbed(sides, absorbing=isinstance(expr, syntax.Either))
            case syntax.Quantifier():
                return self._quantifier(expr, bound)
            case _:
                return self._strict(expr, [self.outcome(part, bound) for part in syntax.children(expr)])

    def _strict(self, expr: syntax.Expr, parts: list[Outcome]) -> Outcome:
        """The outcome of a node that needs the values of all its parts; only equality takes words."""
        match expr:
            case syntax.Comparison(operator="==" | "!="):
                same = self.same(parts[0].cell, parts[1].cell)
                return strict(truth(same if expr.operator == "==" else z3.Not(same)), parts)
            case syntax.ListLiteral():
                return strict(ListCell(z3.IntVal(len(parts)), tuple(part.cell for part in parts)), parts)
            case syntax.Membership():
                return self._membership(parts[0], without_words(parts[1]))
            case syntax.Matches():
                return strict(truth(self._is_found(expr.pattern, scalar(parts[0].cell))), parts)
            case _:
                return self._without_words(expr, [without_words(part) for part in parts])

    def _without_words(self, expr: syntax.Expr, parts: list[Outcome]) -> Outcome:
        match expr:
            case syntax.Not():
                return strict(truth(z3.Not(parts[0].plain)), parts)
            case syntax.Comparison():
                return strict(truth(_ordered(expr.operator, scalar(parts[0].cell), scalar(parts[1].cell))), parts)
            case syntax.Negate():
                return _arithmetic("-", Outcome(literal(0)), parts[0])
            case syntax.Arithmetic():
                return _arithmetic(expr.operator, *parts)
            case syntax.Extreme():
                return _extreme(expr.kind, parts)
            case syntax.Size():
                return strict(Cell("integer", self._length(parts[0].cell)), parts)
            case syntax.FieldOf():
                index = listed(parts[0].cell).fields.index(expr.field)
                return self._item(parts[0], Outcome(literal(index)))
            case _:
                return self._item(*parts)

    def _membership(self, item: Outcome, container: Outcome) -> Outcome:
        items = listed(container.cell)
        found = [z3.And(items.length > place, self.same(item.cell, one)) for place, one in enumerate(items.items)]
        if items.cut:
            found.append(z3.And(items.length > len(items.items), z3.FreshBool("unseen")))
        return strict(truth(z3.Or(*found)), [item, container])

    def _quantifier(self, expr: syntax.Quantifier, bound: Bound) -> Outcome:
        container = without_words(self.outcome(expr.container, bound))
        items = listed(container.cell)
        neutral = expr.kind == "all"
        steps = [Outcome(literal(neutral))]
        for place, item in enumerate(items.items):
            step = without_words(self.outcome(expr.predicate, {**bound, expr.variable: Outcome(item)}))
            steps.append(_where(items.length > place, step, neutral))
        if items.cut:
            steps.append(_where(items.length > len(items.items), _anything(), neutral))
        result = absorbed(steps, absorbing=not neutral)
        nothing = z3.Or(container.nothing, z3.And(container.known, result.nothing))
        return Outcome(result.cell, nothing, z3.Or(container.unknown, z3.And(container.known, result.unknown)))

    def _item(self, container: Outcome, index: Outcome) -> Outcome:
        items, position = listed(container.cell), index.plain
        if not items.items:
            return strict(literal(0), [container, index], TRUE)
        cell: AnyCell = unseen_like(items.items[-1]) if items.cut else items.items[-1]
        for place in range(len(items.items) - 1, -1, -1):
            cell = choose(position == place, items.items[place], cell, self._texts)
        return strict(cell, [container, index], z3.Or(position < 0, position >= items.length))

    def _length(self, cell: AnyCell) -> Any:
        if isinstance(cell, ListCell):
            return cell.length
        if cell.kind == "literal":
            return z3.IntVal(len(cell.plain))
        if cell.kind == "string":
            return z3.Length(cell.plain)
        return length_of_choice(cell, self._texts)

    def _is_found(self, pattern: str, cell: Cell) -> Any:
        if cell.kind == "literal":
            return z3.BoolVal(search(pattern, cell.plain))
        return found_in(cell, pattern, self._texts)


def found_in(cell: Cell, pattern: str, texts: Texts) -> Any:
    """That a pattern is found in a string."""
    if cell.kind == "string":
        return in_language(cell.plain, pattern)
    return z3.Or(*(cell.plain == place for place, text in texts if search(pattern, text)))


def length_of_choice(cell: Cell, texts: Texts) -> Any:
    """The length of a closed string."""
    length: Any = z3.IntVal(0)
    for place, text in texts:
        length = z3.If(cell.plain == place, len(text), length)
    return length


def _where(inside: Any, step: Outcome, neutral: bool) -> Outcome:
    """What a quantifier makes of one item: that of an item which is not there does not count."""
    plain = z3.If(inside, step.plain, neutral)
    return Outcome(truth(plain), z3.And(inside, step.nothing), z3.And(inside, step.unknown))


def _anything() -> Outcome:
    """The outcome of what is not looked at."""
    nothing, unknown = z3.FreshBool("unseen"), z3.FreshBool("unseen")
    return Outcome(truth(z3.FreshBool("unseen")), z3.And(nothing, z3.Not(unknown)), unknown)


def _ordered(operator: str, left: Cell, right: Cell) -> Any:
    a, b = aligned(left, right)
    match operator:
        case "<":
            return a.plain < b.plain
        case "<=":
            return a.plain <= b.plain
        case ">":
            return a.plain > b.plain
        case _:
            return a.plain >= b.plain


def _arithmetic(operator: str, left: Outcome, right: Outcome) -> Outcome:
    a, b = aligned(scalar(left.cell), scalar(right.cell))
    divides = operator in ("/", "%")
    divisor = z3.If(b.plain == 0, 1, b.plain) if divides else b.plain
    result = _OPERATIONS[operator](a.plain, divisor)
    limit: Any = LARGEST_INTEGER if a.kind == "integer" else LARGEST_NUMBER
    beyond = z3.Or(result > limit, result < -limit)
    return strict(Cell(a.kind, result), [left, right], z3.Or(b.plain == 0, beyond) if divides else beyond)


_OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b,
}


def _extreme(kind: str, operands: list[Outcome]) -> Outcome:
    best = scalar(operands[0].cell)
    for operand in operands[1:]:
        a, b = aligned(best, scalar(operand.cell))
        first = a.plain <= b.plain if kind == "min" else a.plain >= b.plain
        best = Cell(a.kind, z3.If(first, a.plain, b.plain))
    return strict(best, operands)
