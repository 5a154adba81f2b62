"""What is tuned is valid, as far as constant facts tell; `KS201` proves it in every branch."""

from collections.abc import Iterator

from knobsmith.checks.tunings import stepped_points, tunings
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Parameter, Tuning
from knobsmith.model.domain import Domain
from knobsmith.model.intervals import is_finite, point_outside
from knobsmith.model.membership import broken_facts
from knobsmith.resolve.values import plain
from knobsmith.views.wording import domain_in_words

RULE = Rule(
    "KS113",
    Severity.ERROR,
    "every tuned value is a valid value",
    "A tuner tries the ends of its range. A tuning range that leaves the valid range loses jobs minutes after launch: "
    "narrow it, opening its end where the valid range is open (`(0, 0.999]`).",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each tuning with a point that a constant fact of its parameter refuses."""
    for parameter, tuning, path, domain in tunings(algorithm):
        for index, value in enumerate(tuning.values or ()):
            if broken_facts(domain, value):
                said = f"but {_setting(parameter, value)} is tuned and the valid values are {domain_in_words(domain)}"
                yield RULE.at((*path, "values", index), said, "drop it from the tuning")
        outside = _outside(tuning, domain)
        if outside is not None:
            said = f"but {_setting(parameter, outside)} is tuned and the valid range is {domain_in_words(domain)}"
            yield RULE.at((*path, "range"), said, "narrow the tuning range")


def _outside(tuning: Tuning, domain: Domain) -> PlainValue | None:
    """A point of a tuning range that the domain refuses."""
    if tuning.range is None or domain.kind not in ("integer", "number") or not is_finite(tuning.range):
        return None
    points = stepped_points(tuning, domain.kind == "integer")
    if points is None:
        return point_outside(tuning.range, domain)
    return next((point for point in points if broken_facts(domain, point)), None)


def _setting(parameter: Parameter, value: PlainValue) -> str:
    return f"`{parameter.name} = {plain(value)}`"
