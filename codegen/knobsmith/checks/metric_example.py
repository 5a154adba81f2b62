"""A metric's pattern finds the number in its own sample line."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.regex import search

RULE = Rule(
    "KS130",
    Severity.ERROR,
    "the pattern of a metric matches its `example` line",
    "The example is a line of a real log. A pattern that misses it reports nothing, and a tuning job "
    "without its metric fails.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each metric whose pattern is not found in its example."""
    for metric in algorithm.metrics:
        if metric.pattern is not None and metric.example is not None and not search(metric.pattern, metric.example):
            yield RULE.at(
                ("metrics", metric.name, "pattern"), "this one does not", "correct the pattern or the example"
            )
