"""JSON as people read it: what fits on a line stands on one, the rest is indented."""

import json
from collections.abc import Callable
from typing import Any

_WIDTH = 120
_INDENT = "  "
_string = json.encoder.encode_basestring


def json_text(value: Any) -> str:
    """A document of plain JSON values, keys in their order, with a line end."""
    return _text(value, "", 0) + "\n"


def _text(value: Any, margin: str, taken: int) -> str:
    """``taken`` characters of the line are used up before the value, and one may follow it."""
    leaf = _LEAVES.get(type(value))
    if leaf is not None:
        return leaf(value)
    inner = margin + _INDENT
    if isinstance(value, dict):
        width = len(inner) + 4
        keys = map(_string, value)
        parts = [
            f"{key}: {_text(item, inner, width + len(key))}" for key, item in zip(keys, value.values(), strict=True)
        ]
        return _joined(parts, "{", "}", inner, taken)
    return _joined([_text(item, inner, len(inner)) for item in value], "[", "]", inner, taken)


def _number(value: float) -> str:
    """A number with its exponent as JavaScript writes it, without a zero."""
    digits, mark, exponent = json.dumps(value, allow_nan=False).partition("e")
    return f"{digits}e{int(exponent)}" if mark else digits


_LEAVES: dict[type, Callable[[Any], str]] = {
    str: _string,
    type(None): {None: "null"}.__getitem__,
    bool: {True: "true", False: "false"}.__getitem__,
    int: int.__repr__,
    float: _number,
}


def _joined(parts: list[str], opening: str, closing: str, inner: str, taken: int) -> str:
    line = f"{opening}{', '.join(parts)}{closing}"
    if taken + len(line) < _WIDTH and "\n" not in line:
        return line
    margin = inner[: -len(_INDENT)]
    between = f",\n{inner}"
    return f"{opening}\n{inner}{between.join(parts)}\n{margin}{closing}"
