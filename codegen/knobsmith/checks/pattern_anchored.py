"""A pattern says where it begins and ends."""

from collections.abc import Iterator

from knobsmith.checks.domains import domains
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.regex import anchored

RULE = Rule(
    "KS302",
    Severity.WARNING,
    "a pattern begins with `^` and ends with `$`",
    "Patterns are searched, so `[a-z]+` accepts `42x!`. If any place in the text will do, say so: `^.*[a-z].*$`.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each pattern of a domain that is open at either side."""
    for domain, path in domains(algorithm):
        if domain.pattern is not None and not anchored(domain.pattern):
            yield RULE.at((*path, "pattern"), "this one is open", "add `^` and `$`")
