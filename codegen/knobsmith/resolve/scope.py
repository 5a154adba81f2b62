"""What expressions of an algorithm may read, as the types that the checker of expressions knows."""

import math
from collections.abc import Callable, Mapping

from knobsmith.expr import Names, ValueType
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Bound, Domain, Range
from knobsmith.regex import search


def scope_of(parameters: Mapping[str, Domain], context: Mapping[str, Domain]) -> Names:
    """The names with their types."""
    return Names(
        {name: value_type(domain) for name, domain in parameters.items()},
        {name: value_type(domain) for name, domain in context.items()},
    )


def value_type(domain: Domain) -> ValueType:
    """What constant facts tell of a value."""
    lowest, highest = _bounds(domain)
    return ValueType(
        domain.kind,
        words=domain.words,
        values=_closed_values(domain),
        lowest=lowest,
        highest=highest,
        item=value_type(domain.items) if domain.items is not None else None,
        fields=domain.fields,
        shortest=len(domain.fields),
        admits=_admits(domain),
    )


def _closed_values(domain: Domain) -> tuple[PlainValue, ...] | None:
    if domain.values is None or domain.open:
        return None
    stated = [choice.value for choice in domain.values]
    return (*stated, *(special.value for special in domain.special if special.value is not None))


def _admits(domain: Domain) -> Callable[[str], bool] | None:
    pattern = domain.pattern
    if domain.kind != "string" or pattern is None:
        return None
    return lambda text: search(pattern, text)


def _bounds(domain: Domain) -> tuple[int | float, int | float]:
    """The least and the greatest number that a domain may hold, special values included."""
    if domain.values is not None and not domain.open:
        numbers = [choice.value for choice in domain.values if isinstance(choice.value, (int, float))]
        lows, highs = list(numbers), list(numbers)
    else:
        lows, highs = _ends(domain.range)
    for special in domain.special:
        if special.interval is not None:
            low, high = _ends(Range(intervals=(special.interval,)))
            lows, highs = [*lows, *low], [*highs, *high]
        elif isinstance(special.value, (int, float)):
            lows, highs = [*lows, special.value], [*highs, special.value]
    return min(lows, default=-math.inf), max(highs, default=math.inf)


def _ends(range: Range | None) -> tuple[list[int | float], list[int | float]]:
    if range is None:
        return [-math.inf], [math.inf]
    return [_lowest(range.intervals[0].lower)], [_highest(range.intervals[-1].upper)]


def _lowest(bound: Bound) -> int | float:
    return bound.value if isinstance(bound.value, (int, float)) else -math.inf


def _highest(bound: Bound) -> int | float:
    return bound.value if isinstance(bound.value, (int, float)) else math.inf
