"""Which facts of a domain a value breaks, said in words."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from ._wording import domain_in_words, nearest, plain, quoted
from .facts import Domain, Interval, Range, Special


class Breach(NamedTuple):
    """A fact that a value breaks: its key, the whole sentence, and what to do."""

    code: str
    message: str
    help: str | None


def breaches(subject: str, domain: Domain, value: Any) -> Iterator[Breach]:
    """The constant facts of a domain that a value of its kind breaks, in their order.

    Args:
        subject: What the value belongs to, as it starts a sentence.
        domain: What is valid.
        value: A native value of the domain's kind, or one of its words.
    """
    if any(is_special(special, value) for special in domain.special):
        return
    if isinstance(value, str) and domain.kind != "string":  # a word that only the general facts know
        yield Breach("values", f"{subject} must be {domain_in_words(domain)}, but is {quoted(value)}", None)
        return
    yield from _scalar_breaches(subject, domain, value)
    if isinstance(value, (str, tuple)):
        yield from _length_breaches(subject, domain, value)
    if isinstance(value, tuple):
        yield from _item_breaches(subject, domain, value)


def _scalar_breaches(subject: str, domain: Domain, value: Any) -> Iterator[Breach]:
    must = f"{subject} must be {domain_in_words(domain)}, but is {quoted(value)}"
    if domain.values is not None and not domain.open and not is_listed(domain, value):
        known = [plain(choice.value) for choice in domain.values]
        yield Breach("values", must, nearest(plain(value), known) if isinstance(value, str) else None)
    if domain.range is not None and not in_range(domain.range, value):
        yield Breach("range", must, None)
    if domain.multiple_of is not None and value % domain.multiple_of:
        below = value - value % domain.multiple_of
        yield Breach("multiple_of", must, f"the nearest are {below} and {below + domain.multiple_of}")
    if domain.pattern is not None and not re.search(domain.pattern, value):
        yield Breach("pattern", must, None)


def _length_breaches(subject: str, domain: Domain, value: str | tuple[Any, ...]) -> Iterator[Breach]:
    unit = "characters" if isinstance(value, str) else "items"
    if domain.fields and len(value) != len(domain.fields):
        wanted = f"{len(domain.fields)} items ({', '.join(domain.fields)})"
        yield Breach("length", f"{subject} must have {wanted}, but has {len(value)}", None)
    elif domain.length is not None and not in_range(domain.length, len(value)):
        message = f"the number of {unit} of {subject} must be in {domain.length.text}, but is {len(value)}"
        yield Breach("length", message, None)


def _item_breaches(subject: str, domain: Domain, items: tuple[Any, ...]) -> Iterator[Breach]:
    for place, item in enumerate(items, 1):
        inner = domain.items and next(breaches(f"item {place} of {subject}", domain.items, item), None)
        if inner:
            yield Breach("items", inner.message, inner.help)
            break
    if domain.unique:
        twice = next((item for place, item in enumerate(items) if item in items[:place]), None)
        if twice is not None:
            yield Breach("unique", f"the items of {subject} must differ, but {quoted(twice)} stands twice", None)
    if domain.increasing:
        numbers = [item for item in items if not isinstance(item, str)]
        fall = next(((a, b) for a, b in pairwise(numbers) if a >= b), None)
        if fall:
            message = f"the items of {subject} must increase, but {quoted(fall[0])} is followed by {quoted(fall[1])}"
            yield Breach("increasing", message, None)


def is_special(special: Special, value: Any) -> bool:
    """Whether a value is the one, or one of those, that have this meaning."""
    if special.interval is not None:
        # An interval that ends at another hyperparameter is no constant fact, and says nothing here.
        named = isinstance(special.interval.lower, str) or isinstance(special.interval.upper, str)
        return not named and is_number(value) and in_interval(special.interval, value)
    meant = special.value if special.word is None else special.word
    return isinstance(meant, bool) == isinstance(value, bool) and bool(value == meant)


def is_listed(domain: Domain, value: Any) -> bool:
    """Whether a value of the domain's kind is among its values."""
    return any(value == choice.value for choice in domain.values or ())


def in_range(range: Range, value: Any) -> bool:
    """Whether a number lies in a range; ends that are names bind nothing here."""
    return any(in_interval(interval, value) for interval in range.intervals)


def in_interval(interval: Interval, value: float) -> bool:
    """Whether a number lies between two ends."""
    low, high = interval.lower, interval.upper
    if isinstance(low, (int, float)) and (value < low or (value == low and not interval.lower_closed)):
        return False
    return not isinstance(high, (int, float)) or value < high or (value == high and interval.upper_closed)


def is_number(value: Any) -> bool:
    """Whether a value is an integer or a number, and no boolean."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)
