"""Membership in a domain as a formula; ends that are names bind only where they have a value."""

from collections.abc import Iterator
from typing import Any

import z3

from knobsmith.model.domain import Bound, Domain, Interval, Range, Special
from knobsmith.prove.cells import AnyCell, Cell, ListCell, Texts, aligned, constant, rational
from knobsmith.prove.languages import in_language
from knobsmith.prove.terms import FALSE, TRUE, Encoder
from knobsmith.regex import search


class Domains:
    """Formulas for the domains of one world."""

    def __init__(self, encoder: Encoder, texts: Texts, cut: set[str]) -> None:
        self._encoder = encoder
        self._texts = texts
        self._cut = cut

    def constant_facts(self, domain: Domain, cell: AnyCell) -> Any:
        """That a value satisfies the constant facts of a domain, or has a special meaning."""
        special = [self._is_special(entry, domain, cell) for entry in domain.special]
        ordinary = z3.And(self._is_ordinary(cell), *self._facts(domain, cell))
        return z3.Or(ordinary, *special)

    def named_ends(self, domain: Domain, cell: AnyCell) -> Any:
        """That a value lies on the right side of every end that is a name and has a value."""
        if domain.range is None or not isinstance(cell, Cell) or cell.kind not in ("integer", "number"):
            return TRUE
        special = [self._is_special(entry, domain, cell) for entry in domain.special]
        limits = []
        for interval in domain.range.intervals:
            limits.extend((self._lower(interval.lower, cell, True), self._upper(interval.upper, cell, True)))
        return z3.Or(z3.And(*limits), *special)

    def whole(self, domain: Domain, cell: AnyCell) -> Any:
        """Constant facts and named ends together: what a case demands."""
        return z3.And(self.constant_facts(domain, cell), self.named_ends(domain, cell))

    def in_range(self, range: Range, cell: Cell) -> Any:
        """That a number lies in a range; named ends bind nothing."""
        return z3.Or(*(self._in_interval(interval, cell) for interval in range.intervals))

    def _facts(self, domain: Domain, cell: AnyCell) -> Iterator[Any]:
        if domain.values is not None and not domain.open:
            yield z3.Or(*(self._same(cell, choice.value, domain) for choice in domain.values))
        if isinstance(cell, ListCell):
            yield from self._list_facts(domain, cell)
            return
        if cell.kind == "integer":
            yield z3.And(cell.plain <= 2**53 - 1, cell.plain >= -(2**53) + 1)
        if domain.range is not None:
            yield self.in_range(domain.range, cell)
        if domain.multiple_of is not None:
            yield cell.plain % domain.multiple_of == 0
        if domain.pattern is not None:
            yield self._matches(domain, cell)
        if domain.length is not None and cell.kind == "string":
            yield self.in_range(domain.length, Cell("integer", z3.Length(cell.plain), cell.word))

    def _list_facts(self, domain: Domain, cell: ListCell) -> Iterator[Any]:
        # Of the items of a longer list nothing is known.
        seen = cell.length <= len(cell.items)
        yield z3.And(cell.length >= 0, z3.Or(seen, z3.FreshBool("unseen")) if cell.cut else seen)
        if domain.fields:
            yield cell.length == len(domain.fields)
        if domain.length is not None:
            yield self.in_range(domain.length, Cell("integer", cell.length, cell.word))
        for index, item in enumerate(cell.items):
            if domain.items is not None:
                yield z3.Or(cell.length <= index, self.constant_facts(domain.items, item))
            for other in cell.items[:index] if domain.unique else ():
                yield z3.Or(cell.length <= index, z3.Not(self._encoder.equal(item, other)))
            if domain.increasing and index:
                yield z3.Or(cell.length <= index, self._ascends(cell.items[index - 1], item))

    def _ascends(self, left: AnyCell, right: AnyCell) -> Any:
        if isinstance(left, ListCell) or isinstance(right, ListCell):
            return FALSE
        return z3.And(left.word == -1, right.word == -1, left.plain < right.plain)

    def _matches(self, domain: Domain, cell: Cell) -> Any:
        if domain.pattern is None or cell.kind == "string":
            return in_language(cell.plain, domain.pattern or "", self._cut)
        texts = [choice.value for choice in domain.values or () if isinstance(choice.value, str)]
        return z3.Or(*(cell.plain == self._texts.position(t) for t in texts if search(domain.pattern, t)))

    def _is_ordinary(self, cell: AnyCell) -> Any:
        return cell.word == -1

    def _is_special(self, special: Special, domain: Domain, cell: AnyCell) -> Any:
        if special.interval is not None and isinstance(cell, Cell):
            return z3.And(self._is_ordinary(cell), self._in_interval(special.interval, cell))
        value = special.word if special.word is not None else special.value
        return FALSE if value is None else self._same(cell, value, domain)

    def _same(self, cell: AnyCell, value: Any, domain: Domain) -> Any:
        return self._encoder.equal(cell, constant(value, domain, self._texts))

    def _in_interval(self, interval: Interval, cell: Cell) -> Any:
        return z3.And(self._lower(interval.lower, cell, False), self._upper(interval.upper, cell, False))

    def _lower(self, bound: Bound, cell: Cell, named: bool) -> Any:
        return self._side(bound, cell, named, lambda value, end, closed: value >= end if closed else value > end)

    def _upper(self, bound: Bound, cell: Cell, named: bool) -> Any:
        return self._side(bound, cell, named, lambda value, end, closed: value <= end if closed else value < end)

    def _side(self, bound: Bound, cell: Cell, named: bool, holds: Any) -> Any:
        if bound.name is not None and named:
            outcome = self._encoder.outcome(bound.name, {})
            if isinstance(outcome.cell, ListCell):
                return TRUE
            value, end = aligned(cell, outcome.cell)
            binds = z3.And(outcome.known, outcome.cell.word == -1)
            return z3.Implies(binds, holds(value.plain, end.plain, bound.closed))
        if bound.value is None or named:
            return TRUE
        if cell.kind == "integer" and isinstance(bound.value, int):
            return holds(cell.plain, z3.IntVal(bound.value), bound.closed)
        plain = z3.ToReal(cell.plain) if cell.kind == "integer" else cell.plain
        return holds(plain, rational(bound.value), bound.closed)  # type: ignore[arg-type]
