"""Tuning needs a goal."""

from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm

RULE = Rule(
    "KS132",
    Severity.WARNING,
    "an algorithm with tunable parameters has a metric to tune for",
    "A tuning job maximizes or minimizes one metric. Declare it under `metrics`, or drop the "
    "`tuning` of the parameters.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """An algorithm that can be tuned for nothing."""
    if any(True for _ in tunings(algorithm)) and not any(metric.objective for metric in algorithm.metrics):
        place = ("metrics",) if algorithm.metrics else ()
        yield RULE.at(place, f"`{algorithm.name}` has none", "add a metric, or mark one with `objective: true`")
