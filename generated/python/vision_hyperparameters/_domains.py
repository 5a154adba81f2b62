# Part of every package that `knobsmith generate` writes; do not edit.
"""Which facts of a domain a value breaks."""

import re
from itertools import pairwise
from typing import Any

from .facts import Choice, Domain, Interval, Range, Special


def broken_facts(domain: Domain, value: Any) -> list[str]:
    """The keys of the constant facts that a value breaks, in their order.

    Args:
        domain: What is valid.
        value: A native value of the domain's kind, or one of its words.
    """
    if has_meaning(domain, value):
        return []
    if isinstance(value, str) and domain.kind != "string":
        return ["values"]  # a word that only the general facts know, not the case
    broken = []
    if domain.values is not None and not domain.open and choice_of(domain, value) is None:
        broken.append("values")
    if domain.range is not None and not in_range(domain.range, value):
        broken.append("range")
    if domain.multiple_of is not None and value % domain.multiple_of:
        broken.append("multiple_of")
    if domain.pattern is not None and not re.search(domain.pattern, value):
        broken.append("pattern")
    if isinstance(value, (str, tuple)) and not has_right_length(domain, value):
        broken.append("length")
    return [*broken, *_broken_by_items(domain, value)] if isinstance(value, tuple) else broken


def _broken_by_items(domain: Domain, items: tuple[Any, ...]) -> list[str]:
    broken = []
    if domain.items is not None and any(broken_facts(domain.items, item) for item in items):
        broken.append("items")
    if domain.unique and repeated(items) is not None:
        broken.append("unique")
    if domain.increasing and fall(items) is not None:
        broken.append("increasing")
    return broken


def has_right_length(domain: Domain, value: str | tuple[Any, ...]) -> bool:
    """Whether a string or list is neither too short nor too long."""
    if domain.fields and len(value) != len(domain.fields):
        return False
    return domain.length is None or in_range(domain.length, len(value))


def repeated(items: tuple[Any, ...]) -> Any:
    """The first item that stands in a list twice, or None."""
    return next((item for place, item in enumerate(items) if item in items[:place]), None)


def fall(items: tuple[Any, ...]) -> tuple[Any, Any] | None:
    """The first number of a list that is not above the one before, after that one; or None."""
    numbers = [item for item in items if not isinstance(item, str)]
    return next(((left, right) for left, right in pairwise(numbers) if left >= right), None)


def has_meaning(domain: Domain, value: Any) -> bool:
    """Whether a value is one of the special ones."""
    return bool(domain.special) and any(is_special(special, value) for special in domain.special)


def is_special(special: Special, value: Any) -> bool:
    """Whether a value is the one, or one of those, that have this meaning."""
    if special.interval is not None:
        # An interval that ends at another hyperparameter is no constant fact, and says nothing here.
        named = isinstance(special.interval.lower, str) or isinstance(special.interval.upper, str)
        return not named and is_number(value) and in_interval(special.interval, value)
    meant = special.value if special.word is None else special.word
    return isinstance(meant, bool) == isinstance(value, bool) and bool(value == meant)


def choice_of(domain: Domain, value: Any) -> Choice | None:
    """The choice that a value of the domain's kind is, if it is one."""
    for choice in domain.values or ():
        if choice.value == value:
            return choice
    return None


def in_range(range: Range, value: Any) -> bool:
    """Whether a number lies in a range; ends that are names bind nothing here."""
    first, *others = range.intervals
    return in_interval(first, value) or (bool(others) and any(in_interval(other, value) for other in others))


def in_interval(interval: Interval, value: float) -> bool:
    """Whether a number lies between two ends."""
    low, high = interval.lower, interval.upper
    if isinstance(low, (int, float)) and (value < low or (value == low and not interval.lower_closed)):
        return False
    return not isinstance(high, (int, float)) or value < high or (value == high and interval.upper_closed)


def is_number(value: Any) -> bool:
    """Whether a value is an integer or a number, and no boolean."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)
