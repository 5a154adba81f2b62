"""No value is listed twice."""

from collections.abc import Iterable, Iterator

from knobsmith.checks.domains import domains
from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm
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
    """Each repeated value, alias or word, and each value that is tuned twice."""
    for domain, path in domains(algorithm):
        choices = list(enumerate(domain.values or ()))
        listed = [(value, index) for index, choice in choices for value in (choice.value, *choice.aliases)]
        yield from _repeated(listed, (*path, "values"))
        special = [(s.word if s.word is not None else s.value, index) for index, s in enumerate(domain.special)]
        yield from _repeated(special, (*path, "special"))
    for _, tuning, path, _ in tunings(algorithm):
        numbered = [(value, index) for index, value in enumerate(tuning.values or ())]
        yield from _repeated(numbered, (*path, "values"))


def _repeated(values: Iterable[tuple[PlainValue | None, int]], path: Path) -> Iterator[Finding]:
    seen: list[PlainValue] = []
    for value, index in values:
        if value is None:
            continue
        if any(same(value, other) for other in seen):
            yield RULE.at((*path, index), f"but {in_words(value)} is listed twice", "remove one of them")
        seen.append(value)
