"""Logarithms need numbers above 0."""

from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.intervals import ends
from knobsmith.views.wording import number_in_words

RULE = Rule(
    "KS120",
    Severity.ERROR,
    "a log scale needs a range above 0",
    "The logarithm of 0 is no number, and a tuner that starts at the smallest one above it spends nearly all its "
    "trials on values that the training code rounds to 0.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each range on a log scale that reaches 0 or below, even with an open end."""
    for _, tuning, path, _ in tunings(algorithm):
        if tuning.scale != "log" or tuning.range is None:
            continue
        lowest, _ = ends(tuning.range)
        if lowest is not None and lowest <= 0:
            start = "" if tuning.range.intervals[0].lower.closed else "an open "
            said = f"this one starts at {start}{number_in_words(lowest)}"
            help = "raise the lower end, or choose another scale than `log`"
            yield Finding(RULE, (*path, "range"), said, help, beside=(*path, "scale"))
