"""A step goes with a linear scale."""

from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm

RULE = Rule(
    "KS115",
    Severity.ERROR,
    "a `step` is above 0, fits the type, and goes with a linear scale",
    "A logarithmic range has no equal steps; list `values` instead. The step of an integer is an integer.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each step that its range cannot take."""
    for parameter, tuning, path, _ in tunings(algorithm):
        step = tuning.step
        if step is None:
            continue
        if tuning.scale not in ("linear", "auto"):
            yield RULE.at((*path, "step"), f"this scale is `{tuning.scale}`", "drop the step, or list `values`")
        elif isinstance(step, bool) or not isinstance(step, (int, float)) or step <= 0:
            yield RULE.at((*path, "step"), "this one is not above 0", "write a number above 0")
        elif parameter.domain.kind == "integer" and not float(step).is_integer():
            yield RULE.at((*path, "step"), f"`{parameter.name}` is an integer", "write an integer")
