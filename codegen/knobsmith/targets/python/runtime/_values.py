"""Text and native input as values of a domain's kind, slowly and with an explanation where it is none."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from ._grammar import is_number
from ._wording import listed, quoted
from .facts import Domain, Tokens, Wire

LARGEST_INTEGER = 2**53 - 1
_LONGEST_NUMBER = 64
_is_integer = re.compile(r"-?(?:0|[1-9][0-9]*+)").fullmatch

_KINDS = {
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "string": "a string",
    "list": "a list",
}
_HELP = {
    "integer": "write digits only, such as `32`, at most 2^53 - 1",
    "number": "write it as JSON does, such as `0.5` or `1e-7`",
}


class Unreadable(Exception):
    """Input that is no value of the wanted kind."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def read_text(subject: str, domain: Domain, wire: Wire, text: object) -> Any:
    """The value that a text in wire form stands for.

    Raises:
        Unreadable: the text stands for none.
    """
    if not isinstance(text, str) or not _is_unicode(text):
        raise Unreadable(f"{subject} must be given as text, but is {_described(text)}", "write it in quotes")
    if any(special.word == text for special in domain.special):
        return text
    if domain.kind == "list":
        return _read_list(subject, domain, wire, text)
    value = _read_scalar(domain, wire, text)
    if value is None:
        _refuse(subject, domain, wire, text)
    return value


def _read_scalar(domain: Domain, wire: Wire, text: str) -> Any:
    if domain.kind == "string":
        return text
    if domain.kind == "boolean":
        tokens = wire if isinstance(wire, Tokens) else Tokens()
        return {tokens.true: True, tokens.false: False}.get(text)
    fits_grammar = _is_integer if domain.kind == "integer" else is_number
    if len(text) > _LONGEST_NUMBER or not fits_grammar(text):
        return None
    return as_kind(domain, int(text) if domain.kind == "integer" else float(text))


def _refuse(subject: str, domain: Domain, wire: Wire, text: str) -> NoReturn:
    if domain.kind == "boolean":
        tokens = wire if isinstance(wire, Tokens) else Tokens()
        wanted = _or_words(domain, f"`{tokens.true}` or `{tokens.false}`")
        raise Unreadable(f"{subject} must be {wanted}, but the text is {quoted(text)}")
    wanted = _or_words(domain, _KINDS[domain.kind])
    raise Unreadable(f"{subject} must be {wanted}, but the text is {quoted(text)}", _HELP.get(domain.kind))


def _read_list(subject: str, domain: Domain, wire: Wire, text: str) -> tuple[Any, ...]:
    if wire in (None, "json"):
        items: tuple[Any, ...] = read_native(subject, domain, _parsed(subject, text))
        return items
    parts = _parts(str(wire), text)
    wanted = {"comma": "`1,2`", "space": "`1 2`", "tuple": "`(1, 2)`"}[str(wire)]
    if parts is None:
        raise Unreadable(f"{subject} must be a list, but the text is {quoted(text)}", f"write it like {wanted}")
    return tuple(_read_item(subject, place, domain, part) for place, part in enumerate(parts, 1))


def _read_item(subject: str, place: int, domain: Domain, text: str) -> Any:
    if domain.items is None:
        return text
    return read_text(f"item {place} of {subject}", domain.items, None, text)


def _parts(form: str, text: str) -> list[str] | None:
    """The texts of the items; None if the text is no list in this form."""
    if form == "space":
        return [part for part in text.split(" ") if part]
    if form == "tuple":
        if len(text) < 2 or text[0] != "(" or text[-1] != ")":
            return None
        text = text[1:-1]
    if not text:
        return []
    parts = [part.strip(" ") for part in text.split(",")]
    return parts if all(parts) else None


def _parsed(subject: str, text: str) -> list[object]:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        parsed = None
    if isinstance(parsed, list):
        return parsed
    message = f"{subject} must be a list, but the text is {quoted(text)}"
    raise Unreadable(message, "write it as JSON does, such as `[1, 2]`")


def read_native(subject: str, domain: Domain, value: object) -> Any:
    """A native value as one of the domain's kind: integers as int, numbers as float, lists as tuples.

    Raises:
        Unreadable: the value is not of that kind.
    """
    if isinstance(value, str) and any(special.word == value for special in domain.special):
        return str(value)
    if domain.kind == "list" and isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        items = domain.items
        if items is not None:
            return tuple(read_native(f"item {n} of {subject}", items, item) for n, item in enumerate(value, 1))
    known = as_kind(domain, value)
    if known is None:
        wanted = _or_words(domain, _KINDS[domain.kind])
        raise Unreadable(f"{subject} must be {wanted}, but is {_described(value)}")
    return known


def as_kind(domain: Domain, value: object) -> Any:
    """A scalar as a value of the domain's kind, or None."""
    if isinstance(value, bool):
        return value if domain.kind == "boolean" else None
    if isinstance(value, str):
        return str(value) if domain.kind == "string" and _is_unicode(value) else None
    if not isinstance(value, (int, float)):
        return None
    if domain.kind == "integer" and abs(value) <= LARGEST_INTEGER and value == math.floor(value):
        return int(value)
    return _finite(value) if domain.kind == "number" else None


def _finite(value: float) -> float | None:
    try:
        number = float(value) + 0.0  # -0 is read as 0
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _is_unicode(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _or_words(domain: Domain, wanted: str) -> str:
    return listed([wanted, *(quoted(special.word) for special in domain.special if special.word is not None)])


def _described(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return f"the boolean {quoted(value)}"
        case str() if not _is_unicode(value):
            return "a text with half a character (a lone surrogate)"
        case str():
            return f"the text {quoted(value)}"
        case int() if abs(value) > LARGEST_INTEGER:
            return "an integer beyond 2^53 - 1"
        case int() | float():
            return f"{value}"
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case _:
            return f"of type {type(value).__name__}"
