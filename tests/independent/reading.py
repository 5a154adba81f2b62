"""Phase 2: from native JSON or wire text to a value of the type (section 5), and back to text."""

import json
from typing import NoReturn

from tests.independent.numbers import LARGEST, finite, integer_of_text, number_of_int, number_of_text, print_number
from tests.independent.values import Json, Row, Value, Word, native, same


class UnreadableError(Exception):
    """What was given is no value of the type."""


class UnwritableError(ValueError):
    """A list holds an item that its form cannot: with a separator inside, spaces around it, or empty."""


def read_native(domain: Json, raw: Json) -> Value:
    """A value of the domain's type from JSON."""
    if isinstance(raw, str) and raw in words_of(domain):
        return _word(domain, raw)
    kind = domain["kind"]
    if kind == "list":
        return Row(tuple(read_native(domain["items"], item) for item in _a(list, raw)), tuple(domain["fields"]))
    if kind == "string":
        return _text(_a(str, raw))
    if kind == "boolean":
        return bool(_a(bool, raw))
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise UnreadableError
    return _integer(raw) if kind == "integer" else _known(number_of_int(raw) if isinstance(raw, int) else finite(raw))


def _integer(raw: int | float) -> Value:
    if isinstance(raw, float) and (finite(raw) is None or not raw.is_integer()):
        raise UnreadableError
    value = int(raw)
    return _known(value if -LARGEST <= value <= LARGEST else None)


def read_wire(domain: Json, wire: Json, text: Json) -> Value:
    """A value of the domain's type from text."""
    _text(_a(str, text))
    if text in words_of(domain):
        return _word(domain, text)
    kind = domain["kind"]
    if kind == "string":
        return str(text)
    if kind == "integer":
        return _known(integer_of_text(text))
    if kind == "number":
        return _known(number_of_text(text))
    if kind == "boolean":
        true, false = _tokens(wire)
        return _known({true: True, false: False}.get(text))
    if wire in (None, "json"):
        return read_native(domain, _json_array(text))
    pieces = _pieces(text, wire)
    return Row(tuple(read_wire(domain["items"], None, piece) for piece in pieces), tuple(domain["fields"]))


def _pieces(text: str, wire: str) -> list[str]:
    """The items of a list as texts, without the spaces around them."""
    if wire == "tuple":
        if not (text.startswith("(") and text.endswith(")") and len(text) >= 2):
            raise UnreadableError
        text = text[1:-1]
    if text == "":
        return []
    if wire == "space":
        return [piece for piece in text.split(" ") if piece]
    pieces = [piece.strip(" ") for piece in text.split(",")]
    if "" in pieces:
        raise UnreadableError
    return pieces


def _json_array(text: str) -> Json:
    try:
        return _a(list, json.loads(text, parse_constant=_refused))
    except (ValueError, RecursionError):
        raise UnreadableError from None


def _refused(constant: str) -> NoReturn:
    raise UnreadableError


def words_of(domain: Json) -> list[str]:
    return [special["word"] for special in domain["special"] if special["word"] is not None]


def _word(domain: Json, text: str) -> Value:
    return text if domain["kind"] == "string" else Word(text)


def _text(text: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UnreadableError
    return text


def _a(kind: type, raw: Json) -> Json:
    if not isinstance(raw, kind):
        raise UnreadableError
    return raw


def _known(value: Value | None) -> Value:
    if value is None:
        raise UnreadableError
    return value


def _tokens(wire: Json) -> tuple[str, str]:
    return (wire["true"], wire["false"]) if wire else ("true", "false")


def without_aliases(domain: Json, value: Value) -> Value:
    """The value with aliases of values, also those of items, replaced."""
    if isinstance(value, Row) and domain["items"]:
        value = Row(tuple(without_aliases(domain["items"], item) for item in value.items), value.fields)
    for choice in domain["values"] or []:
        if any(same(value, read_native(domain, alias)) for alias in choice["aliases"]):
            return read_native(domain, choice["value"])
    return value


def write_wire(domain: Json, wire: Json, value: Value) -> str:
    """The one text of a value."""
    if isinstance(value, Word):
        return value.text
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        true, false = _tokens(wire)
        return true if value else false
    if isinstance(value, Row):
        if wire in (None, "json"):
            return _json_text(native(value))
        texts = [write_wire(domain["items"], None, item) for item in value.items]
        text = {"comma": ",".join(texts), "space": " ".join(texts), "tuple": f"({', '.join(texts)})"}[wire]
        if "" in texts or _pieces(text, wire) != texts:
            raise UnwritableError
        return text
    return print_number(value)


def _json_text(raw: Json) -> str:
    if isinstance(raw, list):
        return "[" + ",".join(_json_text(item) for item in raw) + "]"
    if isinstance(raw, (str, bool)):
        return json.dumps(raw, ensure_ascii=False)
    return print_number(raw)
