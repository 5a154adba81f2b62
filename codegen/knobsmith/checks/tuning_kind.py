"""The kind of a tuning range fits the type of its parameter."""

from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm

RULE = Rule(
    "KS112",
    Severity.ERROR,
    "an interval is tuned for integers and numbers only, and `scale` and `step` with an interval only",
    "A choice is no interval: tune it with `values`. Integers and numbers take either form; "
    "`values: [16, 32, 64]` tunes an integer as a category.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each tuning whose form its parameter cannot have."""
    for parameter, tuning, path, _ in tunings(algorithm):
        if tuning.range is not None and parameter.domain.kind not in ("integer", "number"):
            said = f"`{parameter.name}` is a {parameter.domain.kind}"
            yield RULE.at((*path, "range"), said, "list the `values` to try")
        elif tuning.values is not None and (tuning.step is not None or tuning.scale != "auto"):
            key = "step" if tuning.step is not None else "scale"
            yield RULE.at((*path, key), "this one lists values", f"drop `{key}`, or tune a range")
