"""Membership in a domain as a formula; ends that are names bind only where they have a value."""

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from typing import Any

import z3

from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Bound, Domain, Interval, Range, Special
from knobsmith.prove.cells import FALSE, TRUE, AnyCell, Cell, ListCell, aligned, constant, rational
from knobsmith.prove.terms import LARGEST_NUMBER, Encoder, found_in, length_of_choice
from knobsmith.prove.texts import Texts


class Domains:
    """Formulas for the domains of one world."""

    def __init__(self, encoder: Encoder, texts: Texts) -> None:
        self._encoder = encoder
        self._texts = texts

    def contains(self, domain: Domain, cell: AnyCell, named: bool = False) -> Any:
        """That a value satisfies the facts of a domain, or has a special meaning.

        Args:
            domain: The domain.
            cell: A value of its kind.
            named: Whether ends that are names bind, where they have a value.
        """
        ordinary = z3.And(cell.word == -1, *self._facts(domain, cell, named))
        return z3.Or(ordinary, *(self._is_special(entry, domain, cell, named) for entry in domain.special))

    def keeps_named_ends(self, domain: Domain, cell: AnyCell) -> Any:
        """What is left to say of a value that satisfies the constant facts: that the ends that are names allow it."""
        if any(_is_named(special.interval) for special in domain.special if special.interval is not None):
            # Without its names the interval let values pass that no fact allows.
            return self.contains(domain, cell, named=True)
        if domain.range is None or not any(map(_is_named, domain.range.intervals)):
            return TRUE
        special = [self._is_special(entry, domain, cell, True) for entry in domain.special]
        return z3.Or(cell.word != -1, self.in_range(domain.range, cell, True, constants=False), *special)

    def in_range(self, range: Range, cell: AnyCell, named: bool = False, constants: bool = True) -> Any:
        """That a number lies in a range; ``named`` and ``constants`` say which of its ends bind."""
        return z3.Or(*(self._in_interval(interval, cell, named, constants) for interval in range.intervals))

    def same(self, cell: AnyCell, value: PlainValue, domain: Domain) -> Any:
        """That a value is a given one."""
        return self._encoder.same(cell, constant(value, domain, self._texts))

    def _facts(self, domain: Domain, cell: AnyCell, named: bool) -> Iterator[Any]:
        if domain.values is not None and not domain.open:
            yield z3.Or(*(self.same(cell, choice.value, domain) for choice in domain.values))
        if isinstance(cell, ListCell):
            yield from self._list_facts(domain, cell, named)
        elif cell.is_text:
            yield from self._text_facts(domain, cell)
        else:
            yield from self._number_facts(domain, cell, named)

    def _number_facts(self, domain: Domain, cell: Cell, named: bool) -> Iterator[Any]:
        limits = {"integer": LARGEST_INTEGER, "number": LARGEST_NUMBER}
        if cell.kind in limits:
            yield z3.And(cell.plain <= limits[cell.kind], cell.plain >= -limits[cell.kind])
        if domain.range is not None:
            yield self.in_range(domain.range, cell, named)
        if domain.multiple_of is not None:
            yield cell.plain % domain.multiple_of == 0

    def _text_facts(self, domain: Domain, cell: Cell) -> Iterator[Any]:
        if domain.pattern is not None:
            yield found_in(cell, domain.pattern, self._texts)
        if domain.length is not None:
            is_open = cell.kind == "string"
            length = z3.Length(cell.plain) if is_open else length_of_choice(cell, self._texts)
            yield self.in_range(domain.length, Cell("integer", length))

    def _list_facts(self, domain: Domain, cell: ListCell, named: bool) -> Iterator[Any]:
        # Of the items of a longer list nothing is known.
        seen = cell.length <= len(cell.items)
        yield z3.And(cell.length >= 0, z3.Or(seen, z3.FreshBool("unseen")) if cell.cut else seen)
        if domain.fields:
            yield cell.length == len(domain.fields)
        if domain.length is not None:
            yield self.in_range(domain.length, Cell("integer", cell.length))
        for place, item in enumerate(cell.items if domain.items is not None else ()):
            yield z3.Or(cell.length <= place, self.contains(domain.items, item, named))  # type: ignore[arg-type]
        for (_, left), (place, right) in combinations(enumerate(cell.items), 2) if domain.unique else ():
            yield z3.Or(cell.length <= place, z3.Not(self._encoder.same(left, right)))
        for place, (left, right) in enumerate(pairwise(cell.items), 1) if domain.increasing else ():
            yield z3.Or(cell.length <= place, _ascends(left, right))

    def _is_special(self, special: Special, domain: Domain, cell: AnyCell, named: bool) -> Any:
        if special.interval is not None:
            return z3.And(cell.word == -1, self._in_interval(special.interval, cell, named))
        value = special.word if special.word is not None else special.value
        return FALSE if value is None else self.same(cell, value, domain)

    def _in_interval(self, interval: Interval, cell: AnyCell, named: bool, constants: bool = True) -> Any:
        if isinstance(cell, ListCell):
            return FALSE
        lower = self._keeps(interval.lower, cell, named, constants, _is_above)
        return z3.And(lower, self._keeps(interval.upper, cell, named, constants, _is_below))

    def _keeps(self, bound: Bound, cell: Cell, named: bool, constants: bool, holds: "_Side") -> Any:
        """That a number is on the right side of an end."""
        if bound.name is not None:
            return self._keeps_name(bound, cell, holds) if named else TRUE
        if not isinstance(bound.value, (int, float)) or not constants:
            return TRUE
        whole = cell.kind == "integer" and float(bound.value).is_integer()
        end = Cell("integer", z3.IntVal(int(bound.value))) if whole else Cell("number", rational(bound.value))
        return holds(*aligned(cell, end), bound.closed)

    def _keeps_name(self, bound: Bound, cell: Cell, holds: "_Side") -> Any:
        end = self._encoder.outcome(bound.name)  # type: ignore[arg-type]
        if isinstance(end.cell, ListCell):
            return TRUE
        return z3.Implies(z3.And(end.known, end.cell.word == -1), holds(*aligned(cell, end.cell), bound.closed))


_Side = Callable[[Cell, Cell, bool], Any]


def _is_above(value: Cell, end: Cell, closed: bool) -> Any:
    return value.plain >= end.plain if closed else value.plain > end.plain


def _is_below(value: Cell, end: Cell, closed: bool) -> Any:
    return value.plain <= end.plain if closed else value.plain < end.plain


def _is_named(interval: Interval) -> bool:
    return interval.lower.name is not None or interval.upper.name is not None


def _ascends(left: AnyCell, right: AnyCell) -> Any:
    """That two neighbours of a list stand in ascending order; words do not."""
    if isinstance(left, ListCell) or isinstance(right, ListCell):
        return FALSE
    return z3.And(left.word == -1, right.word == -1, left.plain < right.plain)
