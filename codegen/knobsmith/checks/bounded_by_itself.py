"""No parameter bounds itself."""

from collections.abc import Iterator

from knobsmith.checks.domains import domains, intervals
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.expr.syntax import names_read
from knobsmith.model.catalog import Algorithm

RULE = Rule(
    "KS104",
    Severity.ERROR,
    "a range ends at a constant or at another parameter",
    "A parameter that is its own bound allows everything or nothing. Usually the name of another parameter was meant.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each interval of a parameter, its cases included, that ends at the parameter."""
    for domain, path in domains(algorithm):
        section, name, *_ = path
        for interval, place in intervals(domain, path):
            ends = (interval.lower.name, interval.upper.name)
            if section == "parameters" and any(end is not None and name in names_read(end) for end in ends):
                yield RULE.at(place, f"this one ends at `{name}` itself", "name the parameter that was meant")
