"""Every domain holds at least one value."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Domain, Range
from knobsmith.model.intervals import is_empty
from knobsmith.model.membership import contains

RULE = Rule(
    "KS105",
    Severity.ERROR,
    "a range holds at least one value",
    "Every interval of a range must hold a value (`(0, 1)` holds no integer), they stand in ascending order without "
    "touching each other twice, and a list of `values` is not empty.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each empty interval, or domain whose facts leave nothing."""
    for fact in algorithm.context:
        yield from _check_domain(fact.domain, ("context", fact.name))
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        yield from _check_domain(parameter.domain, path)
        for index, case in enumerate(parameter.cases):
            if case.domain is not None:
                yield from _check_domain(case.domain, (*path, "cases", index))


def _check_domain(domain: Domain, path: Path) -> Iterator[Finding]:
    if domain.range is not None:
        yield from _check_range(domain.range, domain.kind == "integer", (*path, "range"))
    if domain.length is not None:
        yield from _check_range(domain.length, True, (*path, "length"))
    if domain.values is not None and not domain.open and not any(contains(domain, c.value) for c in domain.values):
        said = "but no value is left by the facts beside it"
        yield RULE.at((*path, "values"), said, "add a value, or widen the other facts")
    if domain.items is not None:
        yield from _check_domain(domain.items, (*path, "items"))


def _check_range(range: Range, integers: bool, path: Path) -> Iterator[Finding]:
    for interval in range.intervals:
        if is_empty(interval, integers):
            kind = "integer" if integers else "number"
            yield RULE.at(path, f"but no {kind} lies in this one", "check the ends and their brackets")
