"""A case narrows: what it allows, the parameter itself allows."""

from collections.abc import Iterator

from knobsmith.checks.domains import intervals
from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Domain, Range
from knobsmith.model.intervals import point_outside
from knobsmith.model.membership import contains
from knobsmith.records import replace
from knobsmith.views.wording import domain_in_words, in_words

RULE = Rule(
    "KS106",
    Severity.ERROR,
    "a case lies inside the domain of its own parameter",
    "The outer fact always holds, and a case may only narrow it: a value that only the case allows is refused anyway. "
    "Widen the parameter's own domain, and narrow it in the other cases.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each value, word or stretch of a case that lies outside."""
    for parameter in algorithm.parameters:
        for index, case in enumerate(parameter.cases):
            if case.domain is not None:
                yield from _check(case.domain, parameter.domain, ("parameters", parameter.name, "cases", index))


def _check(inner: Domain, outer: Domain, path: Path) -> Iterator[Finding]:
    for value in _listed(inner):
        if not contains(outer, value):
            yield _finding(value, outer, (*path, "values" if inner.values is not None else "special"))
            return
    for interval, place in intervals(inner, path) if inner.values is None else ():
        # Beside the range of a case the parameter's own divisor goes on to hold: only the ends are compared.
        outside = point_outside(Range(intervals=(interval,)), replace(outer, multiple_of=None))
        if outside is not None:
            yield _finding(outside, outer, place)
    if inner.length is not None and outer.length is not None:
        beyond = point_outside(inner.length, Domain(kind="integer", range=outer.length))
        if beyond is not None:
            said = f"but a length of {beyond} is outside"
            yield RULE.at((*path, "length"), said, "narrow the case, or widen the parameter")


def _listed(domain: Domain) -> Iterator[PlainValue]:
    for choice in domain.values or ():
        yield choice.value
    for special in domain.special:
        value = special.word if special.word is not None else special.value
        if value is not None:
            yield value


def _finding(value: PlainValue, outer: Domain, path: Path) -> Finding:
    said = f"but {in_words(value)} is outside {domain_in_words(outer)}"
    return RULE.at(path, said, "narrow the case, or widen the parameter")
