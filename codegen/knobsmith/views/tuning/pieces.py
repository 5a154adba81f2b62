"""Where the conditions on a tuned range change: the constants that it is compared with."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from knobsmith.expr import Expr, names_read
from knobsmith.expr.syntax import Comparison, Has, ListLiteral, Literal, Membership, Name, Negate, children
from knobsmith.model.domain import Bound
from knobsmith.views.tuning.axes import Number, Numbers

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


class Cut(NamedTuple):
    """A place between two numbers: just below ``value``, or just above it."""

    value: Number
    is_above: bool


def cuts(name: str, conditions: Iterable[Expr]) -> frozenset[Cut] | None:
    """Where the outcome of one of the conditions may change as a number grows.

    None if that is not known, because the number is read otherwise than in a comparison with a constant.
    """
    found: set[Cut] = set()
    for condition in conditions:
        if name in names_read(condition):
            own = _cuts(name, condition)
            if own is None:
                return None
            found.update(own)
    return frozenset(found)


def pieces(axis: Numbers, places: Iterable[Cut]) -> Iterator[Numbers]:
    """The parts of an axis between cuts, ascending; those without a value are left out."""
    lower = axis.lower
    for place in sorted(places):
        yield from _between(axis, lower, Bound(value=place.value, closed=place.is_above))
        lower = Bound(value=place.value, closed=not place.is_above)
    yield from _between(axis, lower, axis.upper)


def _between(axis: Numbers, lower: Bound, upper: Bound) -> Iterator[Numbers]:
    lower = max(lower, axis.lower, key=lambda bound: (bound.value or 0, not bound.closed))
    upper = min(upper, axis.upper, key=lambda bound: (bound.value or 0, bound.closed))
    if (lower.value or 0) <= (upper.value or 0):
        piece = axis.between(lower, upper)
        if piece.low <= piece.high:
            yield piece


def _cuts(name: str, expr: Expr) -> set[Cut] | None:
    match expr:
        case Comparison(operator=operator, left=Name(name=read), right=right) if read == name:
            return _at(operator, right)
        case Comparison(operator=operator, left=left, right=Name(name=read)) if read == name:
            return _at(_FLIPPED.get(operator, operator), left)
        case Membership(item=Name(name=read), container=ListLiteral(items=items)) if read == name:
            found: set[Cut] = set()
            for item in items:
                value = _constant(item)
                if value is None:
                    return None
                found |= {Cut(value, False), Cut(value, True)}
            return found
        case Name(name=read) if read == name:
            return None
        case Has():
            return set()
        case _:
            parts = [_cuts(name, child) for child in children(expr)]
            known = [part for part in parts if part is not None]
            return set().union(*known) if len(known) == len(parts) else None


def _at(operator: str, other: Expr) -> set[Cut] | None:
    """Where a comparison with another side changes; a number is never equal to a word."""
    if isinstance(other, Literal) and isinstance(other.value, str):
        return set()
    value = _constant(other)
    if value is None:
        return None
    match operator:
        case "<" | ">=":
            return {Cut(value, False)}
        case "<=" | ">":
            return {Cut(value, True)}
        case _:
            return {Cut(value, False), Cut(value, True)}


def _constant(expr: Expr) -> Number | None:
    match expr:
        case Negate(operand=operand):
            value = _constant(operand)
            return None if value is None else -value
        case Literal(value=int() | float() as value) if not isinstance(value, bool):
            return value
        case _:
            return None
