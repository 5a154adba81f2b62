"""Every domain holds at least one value."""

from collections.abc import Iterator

from knobsmith.checks.domains import domains, intervals
from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Domain
from knobsmith.model.intervals import first_integer, is_empty, last_integer
from knobsmith.model.membership import contains, in_range

RULE = Rule(
    "KS105",
    Severity.ERROR,
    "a range holds at least one value, and so does a domain",
    "Every interval of a range must hold a value (`(0, 1)` holds no integer), a list of `values` is not empty, and the "
    "facts of a domain leave something.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each empty interval, and each domain whose facts leave nothing."""
    for domain, path in domains(algorithm):
        found = list(_empty_intervals(domain, path))
        # Of what an empty interval leaves nothing more is said.
        yield from found or _nothing_left(domain, path)


def _empty_intervals(domain: Domain, path: Path) -> Iterator[Finding]:
    lengths = [(interval, (*path, "length")) for interval in (domain.length.intervals if domain.length else ())]
    for interval, place in (*intervals(domain, path), *lengths):
        integers = domain.kind != "number"
        if is_empty(interval, integers):
            kind = "integer" if integers else "number"
            yield RULE.at(place, f"but no {kind} lies in this one", "check the ends and their brackets")


def _nothing_left(domain: Domain, path: Path) -> Iterator[Finding]:
    said, help = "but no value is left by the facts beside it", "widen one of them"
    is_closed = domain.values is not None and not domain.open
    if is_closed and not any(contains(domain, choice.value) for choice in domain.values or ()):
        yield RULE.at((*path, "values"), said, help)
    elif not is_closed and not _holds_multiple(domain):
        yield RULE.at((*path, "multiple_of"), said, help)
    elif not _holds_length(domain):
        yield RULE.at((*path, "length"), said, help)


def _holds_multiple(domain: Domain) -> bool:
    """Whether some interval holds a multiple of the divisor; one without an end on either side does."""
    if domain.multiple_of is None or domain.range is None:
        return True
    for interval in domain.range.intervals:
        if interval.lower.value is None or interval.upper.value is None:
            return True
        first = first_integer(interval.lower)
        if first + -first % domain.multiple_of <= last_integer(interval.upper):
            return True
    return False


def _holds_length(domain: Domain) -> bool:
    if domain.length is None:
        return True
    if domain.fields:
        return in_range(domain.length, len(domain.fields))
    upper = domain.length.intervals[-1].upper
    return upper.value is None or last_integer(upper) >= 0
