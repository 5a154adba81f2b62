"""Domains as readers see them: without names, without infinity, and what to call them."""

from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Bound, Domain, Interval, Range
from knobsmith.records import replace
from knobsmith.targets.python.domain_tests import LARGEST_INTEGER, is_constant
from knobsmith.targets.python.runtime._writing import number_text


def constant_part(domain: Domain) -> Domain:
    """A domain without what hangs on other hyperparameters: while values are read, a named end binds nothing."""
    pieces = domain.range.intervals if domain.range is not None else ()
    constant = tuple(Interval(lower=_constant(piece.lower), upper=_constant(piece.upper)) for piece in pieces)
    special = tuple(filter(is_constant, domain.special))
    if constant == pieces and special == domain.special:
        return domain
    return replace(domain, range=Range(intervals=constant) if constant else None, special=special)


def _constant(bound: Bound) -> Bound:
    return bound if bound.name is None else Bound()


def what_matters(domain: Domain) -> tuple[object, ...]:
    """What two domains must have in common to share a reader."""
    values = None if domain.values is None else tuple(map(repr, plain_values(domain)))
    specials = tuple((special.word, repr(special.value), special.interval) for special in domain.special)
    facets = (domain.range, domain.multiple_of, domain.pattern, domain.length, domain.fields)
    order = (domain.unique, domain.increasing, domain.items and what_matters(domain.items))
    return (domain.kind, values, domain.open, specials, *facets, *order)


def plain_values(domain: Domain) -> list[PlainValue]:
    """The values of which nothing is to be said, words and single special values included."""
    stated = [choice.value for choice in domain.values or () if choice.deprecated is None]
    single = [special.value for special in domain.special if special.value is not None]
    return [*stated, *domain.words, *(value for value in single if value not in stated)]


def finite(domain: Domain) -> str:
    """What guards a number against infinity; "True" if its range does."""
    if domain.values is not None or (domain.range is not None and _is_bounded(domain)):
        return "True"
    return "isfinite(value)"


def _is_bounded(domain: Domain) -> bool:
    return all(piece.lower.value is not None and piece.upper.value is not None for piece in _pieces(domain))


def _pieces(domain: Domain) -> list[Interval]:
    """The intervals of a domain, special ones included."""
    specials = [special.interval for special in domain.special if special.interval is not None]
    return [*(domain.range.intervals if domain.range is not None else ()), *specials]


def bounded(domain: Domain) -> Domain:
    """A domain of integers whose infinite ends are those of all integers."""
    if domain.values is not None:
        return domain
    whole = domain.range or Range(intervals=(Interval(lower=Bound(), upper=Bound()),))
    specials = [
        special if special.interval is None else replace(special, interval=_bounded_interval(special.interval))
        for special in domain.special
    ]
    pieces = tuple(map(_bounded_interval, whole.intervals))
    return replace(domain, range=Range(intervals=pieces), special=tuple(specials))


def _bounded_interval(interval: Interval) -> Interval:
    low, high = interval.lower, interval.upper
    if low.value is None:
        low = Bound(value=-LARGEST_INTEGER, closed=True)
    if high.value is None:
        high = Bound(value=LARGEST_INTEGER, closed=True)
    return Interval(lower=low, upper=high)


def range_name(domain: Domain) -> str | None:
    """ "integer_from_1", "number_above_0_to_1": for a plain interval; None for any other domain."""
    plain = Domain(kind=domain.kind, range=domain.range, precision=domain.precision)
    if domain != plain:
        return None
    pieces = domain.range.intervals if domain.range is not None else ()
    if len(pieces) > 1:
        return None
    low = _end_name(pieces[0].lower, "from", "above") if pieces else ""
    high = _end_name(pieces[0].upper, "to", "below") if pieces else ""
    return f"{domain.kind}{low}{high}" if low or high else f"any_{domain.kind}"


def _end_name(bound: Bound, closed: str, open: str) -> str:
    if not isinstance(bound.value, (int, float)):
        return ""
    text = number_text(abs(bound.value)).replace("+", "").replace(".", "_").replace("-", "_minus_")
    return f"_{closed if bound.closed else open}_{'minus_' if bound.value < 0 else ''}{text}"
