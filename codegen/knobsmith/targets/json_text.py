"""JSON as people read it: what fits on a line stands on one, the rest is indented."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

_WIDTH = 120
_INDENT = "  "
_STRING = json.encoder.encode_basestring


def json_text(value: Any) -> str:
    """A document of plain JSON values, keys in their order, with a line end."""
    return _text(value, "", 0) + "\n"


def _text(value: Any, margin: str, taken: int) -> str:
    """``taken`` characters of the line are used up before the value."""
    if isinstance(value, str):
        return _STRING(value)
    if isinstance(value, Mapping):
        inner = margin + _INDENT
        parts = [_member(key, item, inner) for key, item in value.items()]
        return _joined(parts, "{", "}", margin, taken)
    if isinstance(value, Sequence):
        inner = margin + _INDENT
        parts = [_text(item, inner, len(inner)) for item in value]
        return _joined(parts, "[", "]", margin, taken)
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value)


def _number(value: float) -> str:
    digits, mark, exponent = json.dumps(value, allow_nan=False).partition("e")
    return f"{digits}e{int(exponent)}" if mark else digits


def _member(key: str, value: Any, margin: str) -> str:
    name = _STRING(key) + ": "
    return name + _text(value, margin, len(margin) + len(name))


def _joined(parts: list[str], opening: str, closing: str, margin: str, taken: int) -> str:
    width = taken + 2 + sum(map(len, parts)) + 2 * len(parts)
    if width <= _WIDTH and not any("\n" in part for part in parts):
        return opening + ", ".join(parts) + closing
    between = ",\n" + margin + _INDENT
    return f"{opening}\n{margin}{_INDENT}{between.join(parts)}\n{margin}{closing}"
