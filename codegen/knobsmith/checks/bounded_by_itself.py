"""No parameter bounds itself."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.expr.syntax import names_read
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Range

RULE = Rule(
    "KS104",
    Severity.ERROR,
    "a range ends at a constant or at another parameter",
    "A parameter that is its own bound allows everything or nothing. Usually the name of another parameter was meant.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each range, own or of a case, that reads its own parameter."""
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        ranges = [((*path, "range"), parameter.domain.range)]
        for index, case in enumerate(parameter.cases):
            if case.domain is not None:
                ranges.append(((*path, "cases", index, "range"), case.domain.range))
        for place, range in ranges:
            if range is not None and parameter.name in _names(range):
                yield RULE.at(place, f"this one ends at `{parameter.name}` itself", "name the parameter that was meant")


def _names(range: Range) -> list[str]:
    bounds = [bound for interval in range.intervals for bound in (interval.lower, interval.upper)]
    return [name for bound in bounds if bound.name is not None for name in names_read(bound.name)]
