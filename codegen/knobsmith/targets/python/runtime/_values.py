"""Text and native input as values of a domain's kind, with care; input that is none comes back as a refusal."""

import json
import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from ._deep_json import read_deep
from ._grammar import is_number
from .facts import Domain, Tokens, Wire

LARGEST_INTEGER = 2**53 - 1
_LONGEST_NUMBER = 64


def _refuse_constant(word: str) -> None:
    raise ValueError(f"JSON has no {word}")


def _integer(digits: str) -> int | float:
    """An integer of JSON; an infinite number for more digits than any has, which Python reads only if it is told to."""
    nearest = float(digits)
    return int(digits) if math.isfinite(nearest) else nearest


# JSON as its standard has it, without the words for numbers that the library would read as well.
_JSON = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=_integer)
_is_integer = re.compile(r"-?(?:0|[1-9][0-9]*+)").fullmatch


class Refusal(NamedTuple):
    """Input that is no value of the wanted kind.

    Attributes:
        domain: What it is not: a value of this domain.
        wire: The wire form that it is not, of a boolean or a list; None for native input.
        raw: The input; of a list, the item at fault.
        places: Where that item stands, counted from 1, from the outer list inwards.
        is_wire: Whether a text was wanted that stands for a value, and not the value.
    """

    domain: Domain
    wire: Wire
    raw: object
    places: tuple[int, ...] = ()
    is_wire: bool = False


def read_text(domain: Domain, wire: Wire, text: object) -> Any:
    """The value that a text in wire form stands for, or a refusal."""
    if not isinstance(text, str) or not is_unicode(text):
        return Refusal(domain, wire, text, is_wire=True)
    if domain.special and text in [special.word for special in domain.special]:
        return text
    if domain.kind == "string":
        return text
    value = _read_list(domain, wire, text) if domain.kind == "list" else _read_scalar(domain, wire, text)
    return Refusal(domain, wire, text, is_wire=True) if value is None else value


def _read_scalar(domain: Domain, wire: Wire, text: str) -> Any:
    if domain.kind == "boolean":
        tokens = wire if isinstance(wire, Tokens) else Tokens()
        return {tokens.true: True, tokens.false: False}.get(text)
    if domain.kind == "integer":
        return as_kind(domain, int(text)) if len(text) <= _LONGEST_NUMBER and _is_integer(text) else None
    return as_kind(domain, float(text)) if len(text) <= _LONGEST_NUMBER and is_number(text) else None


def _read_list(domain: Domain, wire: Wire, text: str) -> Any:
    if wire == "json":
        parsed = _parsed(text)
        return None if parsed is None else read_native(domain, parsed)
    parts = _parts(str(wire), text)
    if parts is None or domain.items is None:
        return None
    return _gathered([read_text(domain.items, Tokens(), part) for part in parts])


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


def _parsed(text: str) -> list[object] | None:
    try:
        parsed = _JSON.decode(text)
    except RecursionError:
        parsed = _parsed_deep(text)
    except ValueError:
        return None
    return parsed if isinstance(parsed, list) else None


def _parsed_deep(text: str) -> object:
    try:
        return read_deep(text, _JSON.decode)
    except ValueError:
        return None


def read_native(domain: Domain, value: object) -> Any:
    """A native value as one of the domain's kind, or a refusal: int, float, bool, str, or a tuple of these."""
    if isinstance(value, str) and domain.special and value in [special.word for special in domain.special]:
        return str(value)
    if domain.kind == "list" and isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        return _gathered([read_native(domain.items, item) for item in value]) if domain.items is not None else value
    known = as_kind(domain, value)
    return Refusal(domain, None, value) if known is None else known


def _gathered(items: list[Any]) -> tuple[Any, ...] | Refusal:
    """The items as a tuple, or the first refusal among them."""
    for place, item in enumerate(items, 1):
        if isinstance(item, Refusal):
            return item._replace(places=(place, *item.places))
    return tuple(items)


def as_kind(domain: Domain, value: object) -> Any:
    """A scalar as a value of the domain's kind, or None."""
    if isinstance(value, bool):
        return value if domain.kind == "boolean" else None
    if isinstance(value, str):
        return str(value) if domain.kind == "string" and is_unicode(value) else None
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


def is_unicode(text: str) -> bool:
    """Whether a text holds no lone surrogate."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
