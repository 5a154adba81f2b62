"""A step goes with a linear scale."""

from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.intervals import ends

RULE = Rule(
    "KS115",
    Severity.ERROR,
    "a `step` fits the type and the range, and goes with a linear scale",
    "A logarithmic range has no equal steps; list `values` instead. The step of an integer is an integer, and one that "
    "is longer than the range leaves a single point.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each step that its range cannot take."""
    for parameter, tuning, path, _ in tunings(algorithm):
        step = tuning.step
        if not isinstance(step, (int, float)) or tuning.range is None:
            continue
        lowest, highest = ends(tuning.range)
        if tuning.scale not in ("linear", "auto"):
            yield RULE.at((*path, "step"), f"this scale is `{tuning.scale}`", "drop the step, or list `values`")
        elif parameter.domain.kind == "integer" and not float(step).is_integer():
            yield RULE.at((*path, "step"), f"`{parameter.name}` is an integer", "write an integer")
        elif lowest is not None and highest is not None and step > highest - lowest:
            yield RULE.at((*path, "step"), "this one is longer than the range", "shorten it, or drop it")
