"""The training code must be able to hold a number of a tuning range."""

from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.intervals import is_empty, is_finite
from knobsmith.views.tuning.axes import Numbers, axis_of

RULE = Rule(
    "KS116",
    Severity.ERROR,
    "a tuning range holds a number of the parameter's `precision`",
    "An open end is lowered to the next number that the training code can hold. If that lies beyond the other end, "
    "there is nothing to try.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each tuning range with a number inside, but none of the declared float format."""
    for parameter, tuning, path, _ in tunings(algorithm):
        domain = parameter.domain
        if tuning.range is None or domain.kind != "number" or not is_finite(tuning.range):
            continue
        if len(tuning.range.intervals) > 1 or is_empty(tuning.range.intervals[0], integers=False):
            continue
        axis = axis_of(tuning, domain)
        if isinstance(axis, Numbers) and axis.low > axis.high:
            said = f"this one lies between two neighbours of {domain.precision}"
            yield RULE.at((*path, "range"), said, "close an end, widen the range, or correct `precision`")
