"""A tuner needs two constant ends."""

import math
from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Range
from knobsmith.model.intervals import ends, is_empty, is_finite

RULE = Rule(
    "KS114",
    Severity.ERROR,
    "a tuning range is one interval with constant, finite ends",
    "Tuners take numbers, not names and infinities. Where the range depends on other parameters, state it by case.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each tuning range that is unbounded, named, of several pieces, empty, or too wide to reckon with."""
    for parameter, tuning, path, _ in tunings(algorithm):
        if tuning.range is None:
            continue
        if not is_finite(tuning.range):
            yield RULE.at((*path, "range"), "this one has another end", "write both ends as numbers")
        elif len(tuning.range.intervals) > 1:
            yield RULE.at((*path, "range"), "this one has several pieces", "tune one of them, or list `values`")
        elif is_empty(tuning.range.intervals[0], parameter.domain.kind == "integer"):
            yield RULE.at((*path, "range"), "this one is empty", "check the ends and their brackets")
        elif not _has_width(tuning.range):
            yield RULE.at((*path, "range"), "this one is wider than the largest number", "move the ends together")


def _has_width(range: Range) -> bool:
    """Whether the distance of the ends is a number, as every tuner reckons with it."""
    lowest, highest = ends(range)
    return lowest is None or highest is None or math.isfinite(float(highest) - float(lowest))
