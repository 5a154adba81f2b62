"""Values in wire form."""

import json

from knobsmith.judging.numbers import number_text
from knobsmith.judging.reading import split_list
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import BooleanTokens, Wire


class Unwritable(ValueError):
    """An item of a list holds the separator, is empty, or would lose the spaces around it."""


def write_wire(wire: Wire, value: PlainValue) -> str:
    """The one text of a value.

    Raises:
        Unwritable: A list in this form cannot hold one of the items.
    """
    if isinstance(value, bool):
        tokens = wire if isinstance(wire, BooleanTokens) else BooleanTokens()
        return tokens.true if value else tokens.false
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return _json_text(value) if not isinstance(wire, str) or wire == "json" else _separated(wire, value)
    return number_text(value)


def _separated(form: str, items: tuple[PlainValue, ...]) -> str:
    texts = [write_wire(None, item) for item in items]
    joined = {"comma": ",", "space": " ", "tuple": ", "}[form].join(texts)
    text = f"({joined})" if form == "tuple" else joined
    if "" in texts or split_list(form, text) != texts:
        raise Unwritable(text)
    return text


def _json_text(value: PlainValue) -> str:
    if isinstance(value, tuple):
        return f"[{','.join(map(_json_text, value))}]"
    if isinstance(value, (str, bool)):
        return json.dumps(value, ensure_ascii=False)
    return number_text(value)
