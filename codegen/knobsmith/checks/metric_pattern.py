"""A pattern that extracts a metric has one group."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.regex import groups

RULE = Rule(
    "KS131",
    Severity.ERROR,
    "the pattern of a metric has exactly one group, around the number",
    'Training services take the number from the group: `pattern: "accuracy=([0-9.]+)"`. '
    "Other groups are written `(?:...)`.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each metric pattern with no group or several."""
    for metric in algorithm.metrics:
        if metric.pattern is not None and (count := groups(metric.pattern)) != 1:
            said = f"this one has {count or 'none'}"
            yield RULE.at(("metrics", metric.name, "pattern"), said, "put one pair of parentheses around the number")
