"""The numbers and texts that the conditions of a published algorithm compare with."""

from collections.abc import Iterator
from typing import Any

from tests.independent.parsing import parse

Json = Any


def literals_of(algorithm: Json) -> list[Json]:
    """The literals of all expressions, each once, in their order."""
    found = [literal for text in _texts(algorithm) for literal in _literals(parse(text))]
    return list({repr(literal): literal for literal in found}.values())


def _texts(part: Json) -> Iterator[str]:
    """The text of every expression below a part: of each map of exactly ``text`` and ``tree``."""
    if isinstance(part, dict):
        if part.keys() == {"text", "tree"}:
            yield part["text"]
            return
        part = list(part.values())
    if isinstance(part, list):
        for child in part:
            yield from _texts(child)


def _literals(tree: Any) -> Iterator[Json]:
    if isinstance(tree, tuple) and tree[0] == "literal":
        yield tree[1]
    elif isinstance(tree, (tuple, list)):
        for part in tree:
            yield from _literals(part)
