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

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(_INTEGER.pattern + r"(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each word that the type's own grammar reads, in parameters, their cases and context."""
    for fact in algorithm.context:
        yield from _check(fact.domain, fact.wire, ("context", fact.name))
    for parameter in algorithm.parameters:
        # A word of a case is one of its parameter.
        yield from _check(parameter.domain, parameter.wire, ("parameters", parameter.name))


def _check(domain: Domain, wire: Wire, path: Path) -> Iterator[Finding]:
    for index, special in enumerate(domain.special):
        if special.word is not None and _reads_as_value(special.word, domain, wire):
            said = f"but `{special.word}` reads as {_article(domain.kind)}"
            yield RULE.at((*path, "special", index), said, "choose another word, or a value")
    if domain.items is not None:
        yield from _check(domain.items, None, (*path, "items"))


def _reads_as_value(word: str, domain: Domain, wire: Wire) -> bool:
    match domain.kind:
        case "integer":
            return _INTEGER.fullmatch(word) is not None
        case "number":
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
        return word.strip().startswith("[")
    if wire == "tuple":
        return word.startswith("(") and word.endswith(")")
    inner = domain.items or Domain(kind="string")
    if wire == "space" or word == "":
        return all(_reads_as_item(item, inner) for item in word.split(" ") if item)
    return all(item.strip(" ") and _reads_as_item(item.strip(" "), inner) for item in word.split(","))


def _reads_as_item(item: str, domain: Domain) -> bool:
    return domain.kind == "string" or item in domain.words or _reads_as_value(item, domain, None)


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
