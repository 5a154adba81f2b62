"""Expressions as SMT terms with their three outcomes: a value, nothing, unknown.

The laws are those of the language page, section 6, and the shape follows ``expr/evaluate.py`` case by case, so
that the two can be read side by side.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import z3

from knobsmith.expr import syntax
from knobsmith.prove.cells import NO_WORD, AnyCell, Cell, ListCell, Texts, aligned, choose, literal
from knobsmith.prove.languages import in_language
from knobsmith.regex import search

LARGEST_INTEGER = 2**53 - 1
LARGEST_NUMBER = z3.RealVal(int(1.7976931348623157e308))
TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an expression comes to; ``cell`` means something only where it is neither nothing nor unknown."""

    cell: AnyCell
    nothing: Any
    unknown: Any

    @property
    def known(self) -> Any:
        """Whether there is a value."""
        return z3.Not(z3.Or(self.nothing, self.unknown))


class Surroundings(Protocol):
    """What an expression reads."""

    texts: Texts
    cut: set[str]

    def parameter(self, name: str) -> Outcome:
        """The outcome of reading a parameter."""

    def context(self, name: str) -> Outcome:
        """The outcome of reading a fact about the job."""

    def has(self, target: syntax.Name | syntax.ContextName) -> Outcome:
        """The outcome of ``has(...)``."""

    def field_index(self, base: syntax.Expr, field: str) -> int:
        """The position of a named field of a list."""

    def closed_texts(self, expr: syntax.Expr) -> Sequence[str]:
        """The texts that a closed string can be."""


Bound = dict[str, Outcome]


class Encoder:
    """Turns expressions into outcomes within given surroundings."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._world = surroundings
        self._texts = surroundings.texts

    def true(self, expr: syntax.Expr) -> Any:
        """That an expression is known to be true."""
        outcome = self.outcome(expr, {})
        return z3.And(outcome.known, _plain(outcome))

    def false(self, expr: syntax.Expr) -> Any:
        """That an expression is known to be false."""
        outcome = self.outcome(expr, {})
        return z3.And(outcome.known, z3.Not(_plain(outcome)))

    def unknown(self, expr: syntax.Expr) -> Any:
        """That an expression hangs on what is not known."""
        return self.outcome(expr, {}).unknown

    def outcome(self, expr: syntax.Expr, bound: Bound) -> Outcome:
        """The outcome of an expression; ``bound`` holds the items that quantifiers speak of."""
        match expr:
            case syntax.Literal(value=str() as text):
                return _certain(Cell("literal", text, NO_WORD))
            case syntax.Literal(value=bool() | int() | float() as value):
                return _certain(literal(value))
            case syntax.Name():
                return self._world.parameter(expr.name)
            case syntax.ContextName():
                return self._world.context(expr.name)
            case syntax.Variable():
                return bound[expr.name]
            case syntax.Has():
                return self._world.has(expr.target)
            case syntax.Both():
                return self._junction(expr.left, expr.right, bound, absorbing=False)
            case syntax.Either():
                return self._junction(expr.left, expr.right, bound, absorbing=True)
            case syntax.Not():
                return self._logical([expr.operand], bound, lambda values: z3.Not(values[0]))
            case syntax.Comparison():
                return self._comparison(expr, bound)
            case syntax.Membership():
                return self._membership(expr, bound)
            case syntax.Quantifier():
                return self._quantifier(expr, bound)
            case _:
                return self._scalar(expr, bound)

    def _scalar(self, expr: syntax.Expr, bound: Bound) -> Outcome:
        match expr:
            case syntax.FieldOf():
                index = self._world.field_index(expr.base, expr.field)
                return self._item(expr.base, _certain(literal(index)), bound)
            case syntax.ItemAt():
                return self._item(expr.base, self.outcome(expr.index, bound), bound)
            case syntax.ListLiteral():
                items = [self.outcome(item, bound) for item in expr.items]
                cell = ListCell(z3.IntVal(len(items)), tuple(item.cell for item in items), NO_WORD)
                return _strict(cell, items)
            case syntax.Negate():
                return self._arithmetic("-", _certain(literal(0)), self.outcome(expr.operand, bound))
            case syntax.Arithmetic():
                return self._arithmetic(expr.operator, self.outcome(expr.left, bound), self.outcome(expr.right, bound))
            case syntax.Extreme():
                return self._extreme(expr, bound)
            case syntax.Size():
                return self._size(expr, bound)
            case syntax.Matches():
                return self._matches(expr, bound)
            case _:
                raise TypeError(f"no term for {type(expr).__name__}")

    def _junction(self, left: syntax.Expr, right: syntax.Expr, bound: Bound, absorbing: bool) -> Outcome:
        """``&&`` is absorbed by false, ``||`` by true, whatever the other side is."""
        sides = [_no_word(self.outcome(side, bound)) for side in (left, right)]
        return _absorbed(sides, absorbing)

    def _logical(self, operands: Sequence[syntax.Expr], bound: Bound, operation: Callable[[list[Any]], Any]) -> Outcome:
        outcomes = [_no_word(self.outcome(operand, bound)) for operand in operands]
        return _strict(Cell("boolean", operation([_plain(outcome) for outcome in outcomes]), NO_WORD), outcomes)

    def _comparison(self, expr: syntax.Comparison, bound: Bound) -> Outcome:
        left, right = self.outcome(expr.left, bound), self.outcome(expr.right, bound)
        if expr.operator in ("==", "!="):
            equal = self.equal(left.cell, right.cell)
            return _strict(Cell("boolean", equal if expr.operator == "==" else z3.Not(equal), NO_WORD), [left, right])
        left, right = _no_word(left), _no_word(right)
        a, b = aligned(_scalar_cell(left), _scalar_cell(right))
        holds = {"<": a.plain < b.plain, "<=": a.plain <= b.plain, ">": a.plain > b.plain, ">=": a.plain >= b.plain}
        return _strict(Cell("boolean", holds[expr.operator], NO_WORD), [left, right])

    def _membership(self, expr: syntax.Membership, bound: Bound) -> Outcome:
        item, container = self.outcome(expr.item, bound), _no_word(self.outcome(expr.container, bound))
        listed = _list_cell(container)
        found = [
            z3.And(listed.length > index, self.equal(item.cell, other)) for index, other in enumerate(listed.items)
        ]
        return _strict(Cell("boolean", _beyond(listed, z3.Or(*found)), NO_WORD), [item, container])

    def _quantifier(self, expr: syntax.Quantifier, bound: Bound) -> Outcome:
        container = _no_word(self.outcome(expr.container, bound))
        listed = _list_cell(container)
        neutral = expr.kind == "all"
        steps = []
        for index, item in enumerate(listed.items):
            step = _no_word(self.outcome(expr.predicate, {**bound, expr.variable: _certain(item)}))
            beyond = listed.length <= index
            plain = z3.If(beyond, z3.BoolVal(neutral), _plain(step))
            inside = z3.Not(beyond)
            steps.append(
                Outcome(Cell("boolean", plain, NO_WORD), z3.And(inside, step.nothing), z3.And(inside, step.unknown))
            )
        result = _absorbed(steps, absorbing=not neutral) if steps else _certain(literal(neutral))
        plain = _beyond(listed, _plain(result))
        return _strict(Cell("boolean", plain, NO_WORD), [container], result)

    def _item(self, base: syntax.Expr, index: Outcome, bound: Bound) -> Outcome:
        container, index = _no_word(self.outcome(base, bound)), _no_word(index)
        listed, position = _list_cell(container), _scalar_cell(index).plain
        outside = z3.Or(position < 0, position >= listed.length)
        if not listed.items:
            return Outcome(
                literal(0), z3.Not(z3.Or(container.unknown, index.unknown)), z3.Or(container.unknown, index.unknown)
            )
        cell: AnyCell = listed.items[-1]
        for place in range(len(listed.items) - 2, -1, -1):
            cell = choose(position == place, listed.items[place], cell)
        if listed.cut and isinstance(cell, Cell):
            unseen = Cell(cell.kind, z3.FreshConst(cell.plain.sort()), NO_WORD)
            cell = choose(position >= len(listed.items), unseen, cell)
        return _strict(cell, [container, index], extra_nothing=outside)

    def _arithmetic(self, operator: str, left: Outcome, right: Outcome) -> Outcome:
        left, right = _no_word(left), _no_word(right)
        a, b = aligned(_scalar_cell(left), _scalar_cell(right))
        undefined = b.plain == 0 if operator in ("/", "%") else FALSE
        divisor = z3.If(b.plain == 0, _one(b), b.plain) if operator in ("/", "%") else b.plain
        results: dict[str, Callable[[], Any]] = {
            "+": lambda: a.plain + b.plain,
            "-": lambda: a.plain - b.plain,
            "*": lambda: a.plain * b.plain,
            "/": lambda: a.plain / divisor,
            "%": lambda: a.plain % divisor,
        }
        result = results[operator]()
        limit: Any = LARGEST_INTEGER if a.kind == "integer" else LARGEST_NUMBER
        beyond = z3.Or(result > limit, result < -limit)
        return _strict(Cell(a.kind, result, NO_WORD), [left, right], extra_nothing=z3.Or(undefined, beyond))

    def _extreme(self, expr: syntax.Extreme, bound: Bound) -> Outcome:
        outcomes = [_no_word(self.outcome(operand, bound)) for operand in expr.operands]
        best = _scalar_cell(outcomes[0])
        for outcome in outcomes[1:]:
            a, b = aligned(best, _scalar_cell(outcome))
            first = a.plain <= b.plain if expr.kind == "min" else a.plain >= b.plain
            best = Cell(a.kind, z3.If(first, a.plain, b.plain), NO_WORD)
        return _strict(best, outcomes)

    def _size(self, expr: syntax.Size, bound: Bound) -> Outcome:
        operand = _no_word(self.outcome(expr.operand, bound))
        cell = operand.cell
        if isinstance(cell, ListCell):
            return _strict(Cell("integer", cell.length, NO_WORD), [operand])
        if cell.kind == "literal":
            return _certain(literal(len(cell.plain)))
        if cell.kind == "string":
            return _strict(Cell("integer", z3.Length(cell.plain), NO_WORD), [operand])
        length: Any = z3.IntVal(0)
        for text in self._world.closed_texts(expr.operand):
            length = z3.If(cell.plain == self._texts.position(text), z3.IntVal(len(text)), length)
        return _strict(Cell("integer", length, NO_WORD), [operand])

    def _matches(self, expr: syntax.Matches, bound: Bound) -> Outcome:
        subject = self.outcome(expr.subject, bound)
        cell = _scalar_cell(subject)
        if cell.kind == "string":
            return _strict(Cell("boolean", in_language(cell.plain, expr.pattern, self._world.cut), NO_WORD), [subject])
        texts = [cell.plain] if cell.kind == "literal" else self._world.closed_texts(expr.subject)
        hits = [self.equal(cell, Cell("literal", text, NO_WORD)) for text in texts if search(expr.pattern, text)]
        return _strict(Cell("boolean", z3.Or(*hits), NO_WORD), [subject])

    def equal(self, left: AnyCell, right: AnyCell) -> Any:
        """Equality of two values of comparable kinds; a literal text stands for a word where the other has words."""
        if isinstance(left, Cell) and left.kind == "literal":
            left, right = right, left
        if isinstance(right, Cell) and right.kind == "literal":
            return self._equals_text(left, right.plain)
        if isinstance(left, ListCell) and isinstance(right, ListCell):
            return self._equal_lists(left, right)
        a, b = aligned(_as_scalar(left), _as_scalar(right))
        if a.kind != b.kind:
            return self._equal_texts(a, b)
        ordinary = z3.And(a.word == -1, b.word == -1, a.plain == b.plain)
        return z3.Or(ordinary, z3.And(a.word != -1, a.word == b.word))

    def _equals_text(self, cell: AnyCell, text: str) -> Any:
        if isinstance(cell, Cell) and cell.kind == "literal":
            return z3.BoolVal(cell.plain == text)
        if isinstance(cell, Cell) and cell.kind == "choice":
            return cell.plain == self._texts.position(text)
        if isinstance(cell, Cell) and cell.kind == "string":
            return cell.plain == z3.StringVal(text)
        return cell.word == self._texts.position(text)

    def _equal_lists(self, left: ListCell, right: ListCell) -> Any:
        shared = min(len(left.items), len(right.items))
        same = [z3.Or(left.length <= i, self.equal(left.items[i], right.items[i])) for i in range(shared)]
        ordinary = z3.And(left.word == -1, right.word == -1, left.length == right.length, left.length <= shared, *same)
        return z3.Or(ordinary, z3.And(left.word != -1, left.word == right.word))

    def _equal_texts(self, left: Cell, right: Cell) -> Any:
        """A closed string beside an open one: equal if both are the same text of the table."""
        choice, string = (left, right) if left.kind == "choice" else (right, left)
        pairs = [
            z3.And(choice.plain == position, string.plain == z3.StringVal(text))
            for position, text in enumerate(self._texts.all())
        ]
        return z3.Or(*pairs)


def _beyond(listed: ListCell, truth: Any) -> Any:
    """A truth about all items; of a list longer than is looked at, anything may be true."""
    return z3.If(listed.length > len(listed.items), z3.FreshBool("unseen"), truth) if listed.cut else truth


def _certain(cell: AnyCell) -> Outcome:
    return Outcome(cell, FALSE, FALSE)


def _strict(
    cell: AnyCell, operands: Sequence[Outcome], inner: Outcome | None = None, extra_nothing: Any = FALSE
) -> Outcome:
    """The outcome of an operation that passes on what its operands lack, unknown first."""
    unknown = z3.Or(*(operand.unknown for operand in operands), inner.unknown if inner else FALSE)
    nothing = z3.Or(*(operand.nothing for operand in operands), inner.nothing if inner else FALSE, extra_nothing)
    return Outcome(cell, z3.And(nothing, z3.Not(unknown)), unknown)


def _absorbed(sides: Sequence[Outcome], absorbing: bool) -> Outcome:
    wins = z3.Or(*(z3.And(s.known, _plain(s) if absorbing else z3.Not(_plain(s))) for s in sides))
    unknown = z3.And(z3.Not(wins), z3.Or(*(s.unknown for s in sides)))
    nothing = z3.And(z3.Not(wins), z3.Not(unknown), z3.Or(*(s.nothing for s in sides)))
    return Outcome(Cell("boolean", wins if absorbing else z3.Not(wins), NO_WORD), nothing, unknown)


def _no_word(outcome: Outcome) -> Outcome:
    """A word has no place in arithmetic, order, logic and lists: there it makes nothing."""
    word = outcome.cell.word
    if word is NO_WORD:
        return outcome
    return Outcome(outcome.cell, z3.Or(outcome.nothing, z3.And(z3.Not(outcome.unknown), word != -1)), outcome.unknown)


def _plain(outcome: Outcome) -> Any:
    return _scalar_cell(outcome).plain


def _scalar_cell(outcome: Outcome) -> Cell:
    return _as_scalar(outcome.cell)


def _as_scalar(cell: AnyCell) -> Cell:
    if isinstance(cell, ListCell):
        raise TypeError("a list where a scalar was meant")
    return cell


def _list_cell(outcome: Outcome) -> ListCell:
    if not isinstance(outcome.cell, ListCell):
        raise TypeError("a scalar where a list was meant")
    return outcome.cell


def _one(cell: Cell) -> Any:
    return z3.IntVal(1) if cell.kind == "integer" else z3.RealVal(1)
