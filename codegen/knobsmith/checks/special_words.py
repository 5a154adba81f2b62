"""A word of `special` cannot be mistaken for an ordinary value."""

import re
from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import BooleanTokens, Domain, Wire

RULE = Rule(
    "KS109",
    Severity.ERROR,
    "a word of `special` reads as no other value of its type",
    "On the wire everything is text. A word that also reads as a number, a boolean's token or a list would hide "
    "that value.",
)

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each word that the type's own grammar reads, in parameters, their cases and context."""
    for fact in algorithm.context:
        yield from _check(fact.domain, fact.wire, ("context", fact.name))
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        yield from _check(parameter.domain, parameter.wire, path)


def _check(domain: Domain, wire: Wire, path: Path) -> Iterator[Finding]:
    for word in domain.words:
        if _reads_as_value(word, domain, wire):
            yield RULE.at(
                (*path, "special"), f"but `{word}` reads as {_article(domain.kind)}", "choose another word, or a value"
            )


def _reads_as_value(word: str, domain: Domain, wire: Wire) -> bool:
    match domain.kind:
        case "integer" | "number":
            return _NUMBER.fullmatch(word) is not None
        case "boolean":
            tokens = wire if isinstance(wire, BooleanTokens) else BooleanTokens()
            return word in (tokens.true, tokens.false)
        case "list":
            return _reads_as_list(word, domain, wire)
        case _:
            return False


def _reads_as_list(word: str, domain: Domain, wire: Wire) -> bool:
    if wire == "json" or wire is None:
        return word.startswith("[")
    if wire == "tuple":
        return word.startswith("(")
    items = [] if word == "" else word.split("," if wire == "comma" else " ")
    inner = domain.items or Domain(kind="string")
    return all(inner.kind == "string" or _reads_as_value(item.strip(" "), inner, None) for item in items)


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
