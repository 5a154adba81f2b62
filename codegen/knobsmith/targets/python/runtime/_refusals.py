"""The wording of findings about single values: what must hold, what does not, and what to do."""

from collections.abc import Mapping, Sequence
from typing import Any

from ._domains import broken_facts, fall, repeated
from ._values import LARGEST_INTEGER, Refusal, is_unicode
from ._wording import domain_in_words, listed, nearest, plain, quoted
from .facts import Domain, Tokens

Message = tuple[str, str | None]

_KINDS = {
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "string": "a string",
    "list": "a list",
}
_SPELLINGS = {
    "integer": "write digits only, such as `32`, at most 2^53 - 1",
    "number": "write it as JSON does, such as `0.5` or `1e-7`",
    "comma": "write it like `1,2`",
    "space": "write it like `1 2`",
    "tuple": "write it like `(1, 2)`",
    "json": "write it as JSON does, such as `[1, 2]`",
}
_UNQUOTED = {
    "integer": "write an integer without quotes, such as `32`",
    "number": "write a number without quotes, such as `0.5`",
    "boolean": "write true or false without quotes",
    "list": "write a list without quotes, such as `[1, 2]`",
}


def refused(subject: str, refusal: Refusal) -> Message:
    """Why input is no value of the wanted kind."""
    for place in refusal.places:
        subject = f"item {place} of {subject}"
    domain, wire, raw = refusal.domain, refusal.wire, refusal.raw
    if refusal.is_wire and not isinstance(raw, str):
        return f"{subject} must be a text, but is {described(raw)}", _as_text(refusal)
    wanted = _KINDS[domain.kind]
    if isinstance(wire, Tokens) and domain.kind == "boolean":
        wanted = f"`{wire.true}` or `{wire.false}`"
    words = [quoted(special.word) for special in domain.special if special.word is not None]
    help = _spelling(refusal) if isinstance(raw, str) and is_unicode(raw) else None
    return f"{subject} must be {listed([wanted, *words])}, but is {described(raw)}", help


def _spelling(refusal: Refusal) -> str | None:
    """How to write what a text does not stand for, or is instead."""
    wire, kind = refusal.wire, refusal.domain.kind
    if refusal.is_wire:
        return _SPELLINGS.get(wire if isinstance(wire, str) else kind)
    help = _UNQUOTED.get(kind)
    # A list of values may itself stand in a text.
    return help if help is None or refusal.places else f"{help}; texts are judged in wire form"


def _as_text(refusal: Refusal) -> str:
    """What to do about a value where only texts are taken."""
    if refusal.raw is None:
        return "leave it out"
    wire, help = refusal.wire, "write it in quotes"
    if isinstance(wire, str):
        help = f"{_SPELLINGS[wire]}, in quotes"
    elif isinstance(wire, Tokens) and refusal.domain.kind == "boolean":
        help = f"write `{wire.true}` or `{wire.false}`, in quotes"
    return f"{help}; other values are judged in native form"


def described(value: object) -> str:
    """What a value of any kind is called."""
    match value:
        case None:
            return "null"
        case bool():
            return f"the boolean {quoted(value)}"
        case str() if not is_unicode(value):
            return "a text with half a character (a lone surrogate)"
        case str():
            return f"the text {quoted(value)}"
        case int() if abs(value) > LARGEST_INTEGER:
            return "an integer beyond 2^53 - 1"
        case float() if value - value != 0:
            return "no finite number"
        case int() | float():
            return f"{value}"
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case _:
            return f"of type {type(value).__name__}"


def broken(subject: str, domain: Domain, code: str, value: Any) -> Message:
    """How a value breaks the fact with this key."""
    match code:
        case "length":
            return _wrong_length(subject, domain, value), None
        case "items":
            return _wrong_item(subject, domain, value)
        case "unique":
            return f"the items of {subject} must differ, but {quoted(repeated(value))} stands twice", None
        case "increasing":
            before, after = fall(value) or (None, None)
            return f"the items of {subject} must increase, but {quoted(before)} is followed by {quoted(after)}", None
    message = f"{subject} must be {domain_in_words(domain)}, but is {quoted(value)}"
    if code == "multiple_of" and domain.multiple_of is not None:
        below = value - value % domain.multiple_of
        return message, f"the nearest are {below} and {below + domain.multiple_of}"
    if code == "values" and isinstance(value, str):
        return message, nearest(value, [plain(choice.value) for choice in domain.values or ()])
    return message, None


def _wrong_length(subject: str, domain: Domain, value: str | tuple[Any, ...]) -> str:
    unit = "characters" if isinstance(value, str) else "items"
    if domain.fields and len(value) != len(domain.fields):
        return f"{subject} must have {len(domain.fields)} {unit} ({', '.join(domain.fields)}), but has {len(value)}"
    wanted = domain.length.text if domain.length is not None else "[0, inf)"
    return f"the number of {unit} of {subject} must be in {wanted}, but is {len(value)}"


def _wrong_item(subject: str, domain: Domain, items: tuple[Any, ...]) -> Message:
    for place, item in enumerate(items, 1):
        if domain.items is not None and (codes := broken_facts(domain.items, item)):
            return broken(f"item {place} of {subject}", domain.items, codes[0], item)
    return f"the items of {subject} are not valid", None
