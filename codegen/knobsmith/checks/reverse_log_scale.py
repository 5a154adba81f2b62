"""A reverse-log scale lives in [0, 1)."""

from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.intervals import ends, holds

RULE = Rule(
    "KS121",
    Severity.ERROR,
    "a reverse-log scale needs a range within [0, 1)",
    "It is the logarithm of the distance to 1: good for rates such as 0.9, 0.99, 0.999, and undefined from 1 on.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each range on a reverse-log scale that leaves [0, 1)."""
    for _, tuning, path, _ in tunings(algorithm):
        if tuning.scale != "reverse-log" or tuning.range is None:
            continue
        lowest, highest = ends(tuning.range)
        if lowest is not None and lowest < 0:
            yield _finding(path, "this one starts below 0", "raise the lower end, or choose another scale")
        if highest is not None and (highest > 1 or holds(tuning.range, 1)):
            yield _finding(path, "this one reaches 1", "lower the upper end, or choose another scale")


def _finding(path: Path, said: str, help: str) -> Finding:
    return Finding(RULE, (*path, "range"), said, help, beside=(*path, "scale"))
