"""Phase 2: what is given as a value of the type."""

import json
from typing import Any

from knobsmith.judging.numbers import integer_of, number_of
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import BooleanTokens, Domain, Wire
from knobsmith.model.membership import same
from knobsmith.resolve.values import read_kind


def read_native(domain: Domain, raw: object) -> PlainValue | None:
    """A JSON value as one of the domain's kind, or None. Numbers are exact, and lists are tuples."""
    if isinstance(raw, str):
        known = raw in domain.words or domain.kind == "string"
        return raw if known and is_unicode(raw) else None
    if domain.kind == "list":
        return _row([read_native(_items(domain), item) for item in raw]) if isinstance(raw, (list, tuple)) else None
    return read_kind(raw, domain.kind)


def read_wire(domain: Domain, wire: Wire, text: object) -> PlainValue | None:
    """A text as a value of the domain's kind, or None."""
    if not isinstance(text, str) or not is_unicode(text):
        return None
    if domain.kind == "string" or text in domain.words:
        return text
    match domain.kind:
        case "integer":
            return integer_of(text)
        case "number":
            return number_of(text)
        case "boolean":
            tokens = wire if isinstance(wire, BooleanTokens) else BooleanTokens()
            return {tokens.true: True, tokens.false: False}.get(text)
        case _:
            return _read_list(domain, wire, text)


def without_aliases(domain: Domain, value: PlainValue) -> PlainValue:
    """A value with aliases of values, its own and those of its items, replaced."""
    if isinstance(value, tuple) and domain.items is not None:
        items = domain.items
        value = tuple(without_aliases(items, item) for item in value)
    for choice in domain.values or ():
        if any(same(alias, value) for alias in choice.aliases):
            return choice.value
    return value


def split_list(form: str, text: str) -> list[str] | None:
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


def is_unicode(text: str) -> bool:
    """Whether a text holds no lone surrogate."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _read_list(domain: Domain, wire: Wire, text: str) -> PlainValue | None:
    if not isinstance(wire, str) or wire == "json":
        parsed = _parsed(text)
        return read_native(domain, parsed) if isinstance(parsed, list) else None
    parts = split_list(wire, text)
    return None if parts is None else _row([read_wire(_items(domain), None, part) for part in parts])


def _parsed(text: str) -> Any:
    """JSON; None for what is none. The constants that Python reads beside it become None, which no list may hold."""
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def _items(domain: Domain) -> Domain:
    return domain.items if domain.items is not None else Domain(kind="string")


def _row(items: list[PlainValue | None]) -> PlainValue | None:
    known = [item for item in items if item is not None]
    return tuple(known) if len(known) == len(items) else None
