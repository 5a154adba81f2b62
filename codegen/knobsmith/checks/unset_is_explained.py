"""What happens when an optional parameter is left out is written down."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm

RULE = Rule(
    "KS103",
    Severity.ERROR,
    "an optional parameter says what happens when it is left out",
    "Either there is a `default`, or `if_unset` says in words what the service does then: "
    "`if_unset: no layer is frozen`. A default stated only by a case leaves the other cases open.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each optional parameter with neither a default of its own nor `if_unset`."""
    for parameter in algorithm.parameters:
        if not parameter.required and parameter.default is None and parameter.if_unset is None:
            said = f"`{parameter.name}` does not"
            yield RULE.at(
                ("parameters", parameter.name), said, "add `default`, or `if_unset` with the consequence in words"
            )
