"""Native values at the edges of a domain, and just beside them."""

import math
from collections.abc import Iterator

from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Bound, Domain, Interval
from knobsmith.model.membership import contains

# What stands under a name, in JSON; a label says what it is meant to try.
Point = tuple[str, object]
_BESIDE = {"integer": "one", "number": "an ulp"}


def points(domain: Domain) -> Iterator[Point]:
    """Values in the domain and near misses, each with a label."""
    yield from _numbers(domain)
    yield from _choices(domain)
    yield from _specials(domain)
    yield from _texts(domain)
    yield from _lists(domain)
    yield from _misfits(domain)


def samples(domain: Domain) -> Iterator[PlainValue]:
    """Valid values, the plainest first."""
    if domain.values is not None:
        yield from (choice.value for choice in domain.values)
    yield from domain.words
    yield from (special.value for special in domain.special if special.value is not None)
    for value in (*_plain_samples(domain), *(point for _, point in _numbers(domain))):
        if isinstance(value, (bool, int, float, str, tuple)) and contains(domain, value):
            yield value


def neighbours(value: int | float, kind: str) -> tuple[int | float, int | float]:
    """The numbers just below and just above."""
    if kind == "integer":
        return int(value) - 1, int(value) + 1
    return math.nextafter(value, -math.inf), math.nextafter(value, math.inf)


def _plain_samples(domain: Domain) -> Iterator[object]:
    match domain.kind:
        case "boolean":
            yield from (True, False)
        case "integer":
            yield from (1, 2, 10, 1000, 0)
        case "number":
            yield from (0.5, 1.0, 0.0, 2.0)
        case "string":
            yield from ("a", "ab", "abc", "")
        case "list":
            items = list(samples(domain.items))[:3] if domain.items is not None else []
            count = len(domain.fields)
            yield from [(items * count)[:count]] if count else []
            yield from (tuple(items[:1]), (), tuple(sorted(items, key=str)))


def _numbers(domain: Domain) -> Iterator[Point]:
    if domain.kind not in ("integer", "number") or (domain.values is not None and not domain.open):
        return
    for interval in domain.range.intervals if domain.range is not None else (Interval(lower=Bound(), upper=Bound()),):
        yield from _interval(interval, domain.kind, "range")
    if domain.multiple_of is not None:
        yield from ((f"multiple/{k}", k * domain.multiple_of) for k in (1, 2))
        yield "multiple/beside", domain.multiple_of + 1


def _interval(interval: Interval, kind: str, label: str) -> Iterator[Point]:
    lower, upper = interval.lower.value, interval.upper.value
    if lower is not None and upper is not None and lower != upper:
        middle = lower + (upper - lower) / 2
        yield f"{label}/inside", int(middle) if kind == "integer" else middle
    largest = LARGEST_INTEGER if kind == "integer" else 1.7976931348623157e308
    for side, end, limit in (("lower", lower, -largest), ("upper", upper, largest)):
        if end is None:
            yield f"{label}/{side}/far", limit
        else:
            below, above = neighbours(end, kind)
            yield f"{label}/{side}/end", end if kind == "integer" else float(end)
            yield f"{label}/{side}/{_BESIDE[kind]} below", below
            yield f"{label}/{side}/{_BESIDE[kind]} above", above


def _choices(domain: Domain) -> Iterator[Point]:
    for place, choice in enumerate(domain.values or ()):
        yield f"values/{place}", choice.value
        yield from ((f"values/{place}/alias/{n}", alias) for n, alias in enumerate(choice.aliases))
        yield from _near(choice.value, f"values/{place}")


def _near(value: PlainValue, label: str) -> Iterator[Point]:
    """What one might write instead of a value."""
    if isinstance(value, str):
        yield from ((f"{label}/{way}", text) for way, text in misspellings(value))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield f"{label}/beside", value + 1


def misspellings(text: str) -> Iterator[tuple[str, str]]:
    """Near misses of a spelling."""
    yield "capitals", text.swapcase()
    yield "blank behind", f"{text} "
    yield "cut", text[:-1]
    yield "longer", f"{text}x"


def _specials(domain: Domain) -> Iterator[Point]:
    for place, special in enumerate(domain.special):
        label = f"special/{place}"
        if special.word is not None:
            yield label, special.word
            yield from _near(special.word, label)
        elif special.value is not None:
            yield label, special.value
            if isinstance(special.value, (int, float)) and domain.kind in _BESIDE:
                yield from zip(
                    (f"{label}/below", f"{label}/above"), neighbours(special.value, domain.kind), strict=True
                )
        elif special.interval is not None and domain.kind in _BESIDE:
            yield from _interval(special.interval, domain.kind, label)


def _texts(domain: Domain) -> Iterator[Point]:
    if domain.kind != "string" or domain.values is not None:
        return
    lengths = {0, 1}
    for interval in domain.length.intervals if domain.length is not None else ():
        for end in (interval.lower.value, interval.upper.value):
            lengths |= {int(end) - 1, int(end), int(end) + 1} if end is not None else set()
    yield from ((f"length/{length}", "a" * length) for length in sorted(lengths) if 0 <= length <= 300)
    yield "text/beyond ASCII", "é\U0001f600"
    yield "text/line end", "a\n"


def _lists(domain: Domain) -> Iterator[Point]:
    if domain.kind != "list" or domain.items is None:
        return
    valid = list(samples(domain.items))[:4] or [""]
    whole = next((value for value in samples(domain) if isinstance(value, tuple) and value), (valid[0],))
    yield "list/whole", whole
    yield "list/empty", ()
    yield "list/shorter", whole[:-1]
    yield "list/longer", (*whole, whole[-1])
    yield "list/reversed", tuple(reversed((*whole, valid[-1])))
    yield "list/twice", (valid[0], valid[0])
    for label, point in points(domain.items):
        yield f"items/{label}", (*whole[:-1], point)


def _misfits(domain: Domain) -> Iterator[Point]:
    """Values of other types."""
    kinds: dict[str, tuple[object, ...]] = {
        "boolean": (True,),
        "number": (0.5, -0.0),
        "integer": (1, 1e300, 9007199254740992),
        "string": ("1", "true", "", "\ud800"),
        "list": ((), ((),)),
    }
    yield "type/null", None
    for kind, values in kinds.items():
        yield from ((f"type/{kind}/{place}", value) for place, value in enumerate(values))
