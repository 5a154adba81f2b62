"""No value is listed twice."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Domain
from knobsmith.model.membership import same
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
        yield from _repeated(parameter.tuning.values if parameter.tuning else None, (*path, "tuning", "values"))


def _check(domain: Domain, path: Path) -> Iterator[Finding]:
    listed: list[PlainValue] = []
    for choice in domain.values or ():
        listed.extend((choice.value, *choice.aliases))
    yield from _repeated(listed, (*path, "values"))
    special = [s.word if s.word is not None else s.value for s in domain.special if s.interval is None]
    yield from _repeated([value for value in special if value is not None], (*path, "special"))


def _repeated(values: "list[PlainValue] | tuple[PlainValue, ...] | None", path: Path) -> Iterator[Finding]:
    seen: list[PlainValue] = []
    for value in values or ():
        if any(same(value, other) for other in seen):
            yield RULE.at(path, f"but {in_words(value)} is listed twice", "remove one of them")
        seen.append(value)
