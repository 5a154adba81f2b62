"""No value is listed twice."""

from collections.abc import Iterable, Iterator

from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Domain
from knobsmith.model.membership import same
from knobsmith.resolve.values import plain
from knobsmith.views.wording import in_words

RULE = Rule(
    "KS110",
    Severity.ERROR,
    "a value is listed once",
    "The values of a domain, their aliases and the words of `special` are all different; "
    "`1` and `1.0` are the same number.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each repeated value, alias or word."""
    for fact in algorithm.context:
        yield from _check(fact.domain, ("context", fact.name))
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        yield from _check(parameter.domain, path)
        for index, case in enumerate(parameter.cases):
            if case.domain is not None:
                yield from _check(case.domain, (*path, "cases", index))
        if parameter.tuning is not None and parameter.tuning.values is not None:
            numbered = [(value, index) for index, value in enumerate(parameter.tuning.values)]
            yield from _repeated(numbered, (*path, "tuning", "values"))


def _check(domain: Domain, path: Path) -> Iterator[Finding]:
    listed: list[tuple[PlainValue, str | int]] = []
    for index, choice in enumerate(domain.values or ()):
        listed.extend((value, index) for value in (choice.value, *choice.aliases))
    yield from _repeated(listed, (*path, "values"))
    special = [s.word if s.word is not None else s.value for s in domain.special if s.interval is None]
    yield from _repeated([(value, plain(value)) for value in special if value is not None], (*path, "special"))


def _repeated(values: Iterable[tuple[PlainValue, str | int]], path: Path) -> Iterator[Finding]:
    seen: list[PlainValue] = []
    for value, step in values:
        if any(same(value, other) for other in seen):
            yield RULE.at((*path, step), f"but {in_words(value)} is listed twice", "remove one of them")
        seen.append(value)
