"""Numbers that a function computes with in single precision: what is finite there is all that they may be."""

from knobsmith.model.domain import Bound, Domain, Interval, Range
from knobsmith.model.spec import FunctionSpec
from knobsmith.records import replace

LARGEST_SINGLE = 3.4028234663852886e38
_NARROW = frozenset(("float32", "float16", "bfloat16"))
_ALL = Interval(lower=Bound(), upper=Bound())


def computes_in_single(spec: FunctionSpec) -> bool:
    """Whether a function takes its numbers in single precision: it does beside any tensor of at most that."""
    return any(dtype in _NARROW for tensor in spec.tensors for dtype in tensor.dtype)


def held_in_single(domain: Domain) -> Domain | None:
    """A domain without the numbers that are infinite in single precision; None if there are no others."""
    if domain.kind == "list" and domain.items is not None:
        items = held_in_single(domain.items)
        return None if items is None else replace(domain, items=items)
    if domain.kind != "number":
        return domain
    special = tuple(
        one if one.interval is None else replace(one, interval=interval)
        for one in domain.special
        for interval in (_finite(one.interval) if one.interval is not None else _ALL,)
        if interval is not None
    )
    held = replace(domain, precision="float32", special=special)
    if domain.values is not None and not domain.open:
        return held
    stated = domain.range.intervals if domain.range is not None else (_ALL,)
    kept = tuple(interval for interval in map(_finite, stated) if interval is not None)
    return replace(held, range=Range(intervals=kept)) if kept else None


def is_bounded_by_single(domain: Domain) -> bool:
    """Whether it is single precision that ends the range of a number."""
    ends = (
        [] if domain.range is None else [domain.range.intervals[0].lower.value, domain.range.intervals[-1].upper.value]
    )
    return domain.precision == "float32" and any(end in (-LARGEST_SINGLE, LARGEST_SINGLE) for end in ends)


def is_any_single(domain: Domain) -> bool:
    """Whether a number may be all that is finite in single precision, and nothing else is said of it."""
    return domain.kind == "number" and domain == held_in_single(Domain(kind="number"))


def _finite(interval: Interval) -> Interval | None:
    """The part of an interval that single precision can hold; None if there is none."""
    lower, upper = interval.lower, interval.upper
    if lower.value is not None and lower.value > LARGEST_SINGLE:
        return None
    if upper.value is not None and upper.value < -LARGEST_SINGLE:
        return None
    if lower.name is None and (lower.value is None or lower.value < -LARGEST_SINGLE):
        lower = Bound(value=-LARGEST_SINGLE, closed=True)
    if upper.name is None and (upper.value is None or upper.value > LARGEST_SINGLE):
        upper = Bound(value=LARGEST_SINGLE, closed=True)
    return Interval(lower=lower, upper=upper)
