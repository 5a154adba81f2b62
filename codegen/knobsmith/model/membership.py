"""Whether a value lies in a domain, and which fact it breaks if not: phase 3 of a verdict.

Ends that are names bind nothing here; what they stand for is known only inside a configuration.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeGuard

from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Bound, Domain, Interval, Range, Special
from knobsmith.regex import search


def contains(domain: Domain, value: PlainValue) -> bool:
    """Whether constant facts allow a value of the domain's kind."""
    return not any(broken_facts(domain, value))


def broken_facts(domain: Domain, value: PlainValue) -> tuple[str, ...]:
    """The keys of the facts that a value of the domain's kind breaks, in the order of the language's page."""
    if any(is_special(special, value) for special in domain.special):
        return ()
    if isinstance(value, str) and domain.kind != "string":
        return ("values",)
    return tuple(_broken(domain, value))


def is_special(special: Special, value: PlainValue) -> bool:
    """Whether a special meaning is attached to this value."""
    if special.word is not None:
        return same(value, special.word)
    if special.value is not None:
        return same(value, special.value)
    return special.interval is not None and _is_number(value) and in_interval(special.interval, value)


def same(left: PlainValue, right: PlainValue) -> bool:
    """Equality of native values: ``1`` and ``1.0`` are equal, ``1`` and ``true`` are not."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def in_range(range: Range, value: int | float) -> bool:
    """Whether one of the intervals holds the value."""
    return any(in_interval(interval, value) for interval in range.intervals)


def in_interval(interval: Interval, value: int | float) -> bool:
    """Whether a value is on the right side of both ends."""
    return above(interval.lower, value) and below(interval.upper, value)


def above(lower: Bound, value: int | float) -> bool:
    """Whether a value satisfies a lower end; one that is infinite or a name is satisfied by all."""
    if lower.value is None:
        return True
    return value >= lower.value if lower.closed else value > lower.value


def below(upper: Bound, value: int | float) -> bool:
    """Whether a value satisfies an upper end; one that is infinite or a name is satisfied by all."""
    if upper.value is None:
        return True
    return value <= upper.value if upper.closed else value < upper.value


def _broken(domain: Domain, value: PlainValue) -> Iterator[str]:
    if domain.values is not None and not domain.open and not any(same(value, choice.value) for choice in domain.values):
        yield "values"
    if domain.range is not None and _is_number(value) and not in_range(domain.range, value):
        yield "range"
    if domain.multiple_of is not None and _is_number(value) and value % domain.multiple_of != 0:
        yield "multiple_of"
    if domain.pattern is not None and isinstance(value, str) and not search(domain.pattern, value):
        yield "pattern"
    if isinstance(value, (str, tuple)) and not _right_length(domain, value):
        yield "length"
    if isinstance(value, tuple):
        yield from _broken_by_items(domain, value)


def _right_length(domain: Domain, value: str | tuple[PlainValue, ...]) -> bool:
    if domain.fields and len(value) != len(domain.fields):
        return False
    return domain.length is None or in_range(domain.length, len(value))


def _broken_by_items(domain: Domain, items: tuple[PlainValue, ...]) -> Iterator[str]:
    if domain.items is not None and not all(contains(domain.items, item) for item in items):
        yield "items"
    if domain.unique and any(same(item, other) for i, item in enumerate(items) for other in items[:i]):
        yield "unique"
    # A word stands outside the order of the numbers around it.
    if domain.increasing and not all(a < b for a, b in pairwise(filter(_is_number, items))):
        yield "increasing"


def _is_number(value: PlainValue) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
