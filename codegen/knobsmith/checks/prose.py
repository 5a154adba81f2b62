"""Prose is there, and reads as sentences."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Domain

RULE = Rule(
    "KS303",
    Severity.WARNING,
    "a `doc` is a sentence, and every value of a choice of texts has one",
    "The first sentence is the summary that lists, hovers and docstrings show: it starts with a capital and ends with "
    "a full stop. The values of a string say what they mean.",
)
_ENDS = (".", "!", "?", "。")


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each description that is missing or no sentence."""
    yield from _sentence(algorithm.doc, ("doc",))
    for fact in algorithm.context:
        yield from _sentence(fact.doc, ("context", fact.name, "doc"))
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        yield from _sentence(parameter.doc, (*path, "doc"))
        yield from _choices(parameter.domain, path)
    for metric in algorithm.metrics:
        yield from _sentence(metric.doc, ("metrics", metric.name, "doc"))


def _sentence(doc: str, path: Path) -> Iterator[Finding]:
    text = doc.strip()
    if not text:
        yield RULE.at(path, "this one is empty", "write one")
    elif text[0].islower() or not text.endswith(_ENDS):
        yield RULE.at(path, "this one is not", "start with a capital, end with a full stop")


def _choices(domain: Domain, path: Path) -> Iterator[Finding]:
    if domain.kind != "string":
        return
    silent = [choice.value for choice in domain.values or () if not (choice.doc or "").strip()]
    if silent and len(domain.values or ()) > 1:
        yield RULE.at((*path, "values"), f"`{silent[0]}` has none", "write `values` as a map of value to description")
