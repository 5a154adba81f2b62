# Part of every package that `knobsmith generate` writes; do not edit.
"""Texts of JSON that nest deeper than Python's own reader follows, read without recursion."""

import re
from collections.abc import Callable, Iterator

# Deeper than the lists of any domain; below that, only the form of the text matters.
_KEPT = 16
_next_part = re.compile(r'[ \t\n\r]*([][{},:]|"(?:[^"\\\x00-\x1f]|\\.)*+"|[^][{},:"\s]++)').match
_CLOSING = {"[": "]", "{": "}"}
# What may come next; no part of a text is one of those in words.
_VALUE, _KEY, _COLON, _COMMA, _END = "a value", "a name", ":", ",", "the end"


def read_deep(text: str, scalar: Callable[[str], object]) -> object:
    """The value that a text stands for. Objects come out empty, and so do lists far inside.

    Args:
        text: The text.
        scalar: Reads a text that is neither a list nor an object.

    Raises:
        ValueError: It is no JSON.
    """
    around: list[object] = []
    inside: list[tuple[str, list[object]]] = []
    wanted, may_close = _VALUE, False
    for part in _parts(text):
        bracket, items = inside[-1] if inside else ("", around)
        if inside and part == _CLOSING[bracket] and (may_close or wanted == _COMMA):
            inside.pop()
            wanted, may_close = _COMMA if inside else _END, False
        elif wanted == _VALUE and part in _CLOSING:
            nested: list[object] = []
            if len(inside) < _KEPT:
                items.append(nested if part == "[" else {})
            inside.append((part, nested))
            wanted, may_close = _VALUE if part == "[" else _KEY, True
        elif wanted == _VALUE:
            items.append(scalar(part))
            wanted, may_close = _COMMA if inside else _END, False
        elif wanted == _KEY and isinstance(scalar(part), str):
            wanted, may_close = _COLON, False
        elif part == wanted:
            wanted = _KEY if part == _COMMA and bracket == "{" else _VALUE
        else:
            raise ValueError(f"{part!r} is out of place")
    if wanted != _END:
        raise ValueError("the text ends too early")
    return around[0]


def _parts(text: str) -> Iterator[str]:
    at, end = 0, len(text.rstrip(" \t\n\r"))
    while at < end:
        found = _next_part(text, at)
        if found is None:
            raise ValueError(f"no JSON from {at} on")
        yield found[1]
        at = found.end()
