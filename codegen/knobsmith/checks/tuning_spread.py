"""A wide range is usually searched on a log scale."""

from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.intervals import ends

RULE = Rule(
    "KS305",
    Severity.WARNING,
    "a tuning range over three decades or more says its scale",
    "On a linear scale nine of ten trials fall into the highest decade. `scale: log` spreads them evenly; "
    "`scale: linear` says that the top is where to look. `auto` leaves the choice to the tuner.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each range that spans three decades above 0 on the scale `auto`."""
    for _, tuning, path, _ in tunings(algorithm):
        if tuning.range is None or tuning.scale != "auto":
            continue
        lowest, highest = ends(tuning.range)
        if lowest is not None and highest is not None and lowest > 0 and highest / lowest >= 1000:
            yield RULE.at((*path, "range"), "this one is silent", "add `scale: log`, or `scale: linear`")
