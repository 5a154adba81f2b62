"""Advice stays within what is valid."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.catalog import Advice, Algorithm
from knobsmith.model.domain import Domain
from knobsmith.model.intervals import point_outside
from knobsmith.model.membership import broken_facts
from knobsmith.views.wording import domain_in_words, in_words

RULE = Rule(
    "KS107",
    Severity.ERROR,
    "recommended values are valid values",
    "`recommended` is advice within the valid values: who follows it must not be refused.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each recommendation, own or of a case, that leaves the domain."""
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        yield from _check(parameter.recommended, parameter.domain, path)
        for index, case in enumerate(parameter.cases):
            yield from _check(case.recommended, case.domain or parameter.domain, (*path, "cases", index))


def _check(advice: Advice | None, domain: Domain, path: Path) -> Iterator[Finding]:
    if advice is None:
        return
    for index, value in enumerate(advice.values or ()):
        if broken_facts(domain, value):
            said = f"but {in_words(value)} is outside {domain_in_words(domain)}"
            yield RULE.at((*path, "recommended", index), said, "drop it, or widen the domain")
    if advice.range is not None and domain.kind in ("integer", "number"):
        outside = point_outside(advice.range, domain)
        if outside is not None:
            said = f"but {in_words(outside)} is outside {domain_in_words(domain)}"
            yield RULE.at((*path, "recommended"), said, "narrow the advice, or widen the domain")
