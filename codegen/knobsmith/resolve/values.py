"""Values in a spec, read as values of a hyperparameter's type: the native form of the language."""

import math
from collections.abc import Mapping as Lookup

from knobsmith.expr.spelling import LARGEST_INTEGER, spell_number
from knobsmith.model import forms
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Domain, Kind

_WANTED: Lookup[Kind, str] = {
    "integer": "an integer within ±(2^53 - 1)",
    "number": "a finite number",
    "boolean": "`true` or `false`",
    "string": "a string",
    "list": "a list",
}


class WrongType(Exception):
    """A value that is not of the wanted type; ``fact`` says what it is, ``help`` what to write."""

    def __init__(self, fact: str, help: str) -> None:
        super().__init__(fact)
        self.fact = fact
        self.help = help


def read_native(raw: object, domain: Domain) -> PlainValue:
    """A raw YAML value as a value of the domain's kind.

    Raises:
        WrongType: it is neither of that kind nor one of its words.
    """
    if isinstance(raw, str) and raw in domain.words:
        return raw
    if domain.kind == "list" and isinstance(raw, tuple) and domain.items is not None:
        return tuple(read_native(item, domain.items) for item in raw)
    value = read_kind(raw, domain.kind)
    if value is None:
        is_too_large = isinstance(raw, float) and not math.isfinite(raw)
        fact = "this one is larger than any float" if is_too_large else f"{shown(raw)} is {_described(raw)}"
        raise WrongType(fact, f"write {_WANTED[domain.kind]}")
    return value


def read_kind(raw: object, kind: Kind) -> PlainValue | None:
    """A raw scalar as a value of a kind, or None; words take no part."""
    if (kind == "boolean" and isinstance(raw, bool)) or (kind == "string" and isinstance(raw, str)):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return None
    if kind == "integer" and abs(raw) <= LARGEST_INTEGER and float(raw).is_integer():
        return int(raw)
    if kind == "number" and abs(raw) < 2**1024 and math.isfinite(raw):
        return float(raw) + 0.0
    return None


def shown(value: object) -> str:
    """A value as an author would write it, in backquotes; a long one is cut."""
    return forms.shown(plain(value))


def plain(value: object) -> str:
    """A value as an author would write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(plain(item) for item in value)}]"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else spell_number(value)
    return str(value)


def _described(raw: object) -> str:
    match raw:
        case None:
            return "no value"
        case bool():
            return "a boolean"
        case int():
            return "an integer"
        case float():
            return "a number"
        case str():
            return "a string"
        case _:
            return "a list"
