"""A rule need not repeat the condition under which its parameter is used."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.expr import names_read
from knobsmith.model.catalog import Algorithm

RULE = Rule(
    "KS306",
    Severity.INFO,
    "a rule about a parameter that is used under a condition applies under that condition",
    "A rule that reads an ignored parameter is skipped, so `when` need not repeat the `used_when` "
    "of what `require` reads.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each rule whose condition is that of a parameter it requires something of."""
    for rule in algorithm.rules:
        if rule.when is None:
            continue
        for name in names_read(rule.require):
            parameter = algorithm.parameter(name)
            if parameter is not None and parameter.used_when == rule.when:
                yield RULE.at(("rules", rule.name, "when"), f"this one says it again for `{name}`", "drop `when`")
                break
