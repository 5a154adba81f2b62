"""A pattern says where it begins and ends."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Domain
from knobsmith.regex import anchored

RULE = Rule(
    "KS302",
    Severity.WARNING,
    "a pattern begins with `^` and ends with `$`",
    "Patterns are searched, so `[a-z]+` accepts `42x!`. If any place in the text will do, say so: `^.*[a-z].*$`.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each pattern of a domain that is open at either side."""
    for fact in algorithm.context:
        yield from _check(fact.domain, ("context", fact.name))
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        yield from _check(parameter.domain, path)
        for index, case in enumerate(parameter.cases):
            if case.domain is not None:
                yield from _check(case.domain, (*path, "cases", index))


def _check(domain: Domain, path: Path) -> Iterator[Finding]:
    if domain.pattern is not None and not anchored(domain.pattern):
        yield RULE.at((*path, "pattern"), "this one is open", "add `^` and `$`")
    if domain.items is not None:
        yield from _check(domain.items, (*path, "items"))
