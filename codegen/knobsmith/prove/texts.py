"""Texts as the solver has them: positions in a table, or strings of its own theory.

A string whose values are closed is the position of its value in a table, which keeps the solver out of the theory of
strings; so is a word of ``special``. Any other string is a string.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import z3

from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Domain

# The highest code point that the solver's strings know; those above it are beyond what a spec names.
LAST_CODE_POINT = 0x2FFFF

_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\u([0-9a-fA-F]{4})")


class Texts:
    """The table of all texts that an algorithm's facts mention, each at one position."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._positions = {text: position for position, text in enumerate(dict.fromkeys(texts))}

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Each position with its text."""
        return iter([(position, text) for text, position in self._positions.items()])

    def position(self, text: str) -> int:
        """The place of a text in the table; one that no fact mentions is added, and is equal to none that is."""
        return self._positions.setdefault(text, len(self._positions))

    def text(self, position: int) -> str:
        """The text at a place."""
        return list(self._positions)[position]


def texts_of(algorithm: Algorithm) -> Texts:
    """Every text that a closed string or a word of an algorithm can be."""
    domains = [fact.domain for fact in algorithm.context]
    for parameter in algorithm.parameters:
        domains.append(parameter.domain)
        domains.extend(case.domain for case in parameter.cases if case.domain is not None)
    return Texts(text for domain in domains for text in _texts_in(domain))


def string_value(text: str) -> Any:
    """A text as a string of the solver, which takes some backslashes in it for escapes."""
    plain = (32 <= ord(c) < 127 and c != "\\" for c in text)
    return z3.StringVal("".join(c if is_plain else _escaped(c) for c, is_plain in zip(text, plain, strict=True)))


def string_text(value: Any) -> str:
    """The text of a string that the solver gives."""
    return _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), value.as_string())


def _escaped(character: str) -> str:
    return f"\\u{{{min(ord(character), LAST_CODE_POINT):x}}}"


def _texts_in(domain: Domain) -> Iterator[str]:
    yield from domain.words
    for choice in domain.values or ():
        yield from _texts_of(choice.value)
    for special in domain.special:
        yield from _texts_of(special.value)
    if domain.items is not None:
        yield from _texts_in(domain.items)


def _texts_of(value: PlainValue | None) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value if isinstance(value, tuple) else ():
        yield from _texts_of(item)
