"""Phase 3 in C++: the constant facts of a domain, each as an expression that says whether a value keeps it."""

from collections.abc import Callable, Iterator

from knobsmith.expr.render_cpp import number, quoted
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Domain, Interval, Range
from knobsmith.targets.cpp.types import constant, items_of, scalar
from knobsmith.views.wording import facts_in_words

# The table of a regular expression.
Patterns = Callable[[str], str]


def is_special(domain: Domain, value: str) -> str:
    """Whether a value has a meaning of its own; nothing if there is none. Ends that are names bind nothing here."""
    parts: list[str] = []
    plain = plain_part(domain, value)
    if domain.words:
        texts = ", ".join(map(quoted, dict.fromkeys(domain.words)))
        parts.append(f"values::is_one_of({value}, {texts})" if domain.kind == "string" else f"{value}.is_word()")
    points = [special.value for special in domain.special if special.value is not None]
    if points:
        parts.append(among(domain, value, points))
    for special in domain.special:
        interval = special.interval
        if interval is not None and interval.lower.name is None and interval.upper.name is None:
            parts.append(in_interval(domain.kind, plain, interval))
    return " || ".join(parts)


def kept_facts(domain: Domain, value: str, patterns: Patterns, depth: int = 1) -> Iterator[tuple[str, str, str]]:
    """The keys of the facts, whether a value that is not special keeps them, and what is said if not."""
    for code, test in _kept(domain, value, patterns, depth):
        yield code, test, f"it breaks {facts_in_words(domain, [code])}"


def _kept(domain: Domain, value: str, patterns: Patterns, depth: int) -> Iterator[tuple[str, str]]:
    plain = plain_part(domain, value)
    if domain.values is not None and not domain.open:
        yield "values", among(domain, value, [choice.value for choice in domain.values])
    if domain.range is not None and domain.kind in ("integer", "number"):
        yield "range", in_range(domain.kind, plain, domain.range)
    if domain.multiple_of is not None:
        yield "multiple_of", f"{plain} % {domain.multiple_of} == 0"
    if domain.pattern is not None:
        yield "pattern", f"patterns::found({patterns(domain.pattern)}, {plain})"
    yield from _length(domain, plain)
    if domain.kind == "list":
        yield from _of_list(domain, plain, patterns, depth)


def _length(domain: Domain, plain: str) -> Iterator[tuple[str, str]]:
    counted = f"text::length({plain})" if domain.kind == "string" else f"values::count({plain})"
    parts = [f"{counted} == {len(domain.fields)}"] if domain.fields else []
    if domain.length is not None:
        parts.append(in_range("integer", counted, domain.length))
    if parts:
        yield "length", _all(parts)


def _of_list(domain: Domain, plain: str, patterns: Patterns, depth: int) -> Iterator[tuple[str, str]]:
    items = items_of(domain)
    kept = contains(items, f"item_{depth}", patterns, depth + 1)
    if kept:
        yield "items", f"values::all_of({plain}, [](const auto& item_{depth}) {{ return {kept}; }})"
    if domain.unique:
        yield "unique", f"values::is_unique({plain})"
    if domain.increasing:
        yield "increasing", f"values::is_increasing({plain})"


def contains(domain: Domain, value: str, patterns: Patterns, depth: int) -> str:
    """Whether constant facts allow a value; nothing if they allow all."""
    kept = [test for _, test in _kept(domain, value, patterns, depth)]
    special = is_special(domain, value)
    if not kept:
        return ""
    return f"({special}) || {_all(kept)}" if special else _all(kept)


def plain_part(domain: Domain, value: str) -> str:
    """What is no word of a value."""
    return f"{value}.value" if domain.words and domain.kind != "string" else value


def among(domain: Domain, value: str, values: list[PlainValue]) -> str:
    """Whether a value is one of these."""
    listed = [constant(domain, one) if isinstance(one, tuple) else scalar(domain, one) for one in values]
    return f"values::is_one_of({', '.join([value, *listed])})"


def in_range(kind: str, value: str, range: Range) -> str:
    """Whether a value lies in a range; ends that are names bind nothing."""
    parts = [in_interval(kind, value, interval) for interval in range.intervals]
    return parts[0] if len(parts) == 1 else f"({' || '.join(parts)})"


def in_interval(kind: str, value: str, interval: Interval) -> str:
    """Whether a value is on the right side of both ends."""
    low, high = interval.lower, interval.upper
    parts = []
    if low.value is not None:
        parts.append(f"{value} {'>=' if low.closed else '>'} {_end(kind, low.value)}")
    if high.value is not None:
        parts.append(f"{value} {'<=' if high.closed else '<'} {_end(kind, high.value)}")
    return _all(parts) if parts else "true"


def _end(kind: str, value: int | float) -> str:
    return number(int(value) if kind == "integer" and float(value).is_integer() else float(value))


def _all(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' && '.join(parts)})"
