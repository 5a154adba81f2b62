"""JSON as people read it: what fits on a line stands on one, the rest is indented."""

import json
from typing import Any

_WIDTH = 120
_INDENT = "  "
_WORDS = {None: "null", True: "true", False: "false"}
_string = json.encoder.encode_basestring


def json_text(value: Any) -> str:
    """A document of plain JSON values, keys in their order, with a line end."""
    return _text(value, "", 0) + "\n"


def _text(value: Any, margin: str, taken: int) -> str:
    """``taken`` characters of the line are used up before the value, and one may follow it."""
    if isinstance(value, str):
        return _string(value)
    if value is None or value is True or value is False:
        return _WORDS[value]
    if isinstance(value, dict):
        inner = margin + _INDENT
        width = len(inner) + 4
        parts = [
            f"{name}: {_text(item, inner, width + len(name))}"
            for name, item in zip(map(_string, value), value.values(), strict=True)
        ]
        return _joined(parts, "{", "}", inner, taken)
    if isinstance(value, list):
        inner = margin + _INDENT
        return _joined([_text(item, inner, len(inner)) for item in value], "[", "]", inner, taken)
    return _scalar(value)


def _scalar(value: Any) -> str:
    digits, mark, exponent = json.dumps(value, allow_nan=False).partition("e")
    return f"{digits}e{int(exponent)}" if mark and isinstance(value, float) else f"{digits}{mark}{exponent}"


def _joined(parts: list[str], opening: str, closing: str, inner: str, taken: int) -> str:
    line = f"{opening}{', '.join(parts)}{closing}"
    if taken + len(line) < _WIDTH and "\n" not in line:
        return line
    margin = inner[: -len(_INDENT)]
    between = f",\n{inner}"
    return f"{opening}\n{inner}{between.join(parts)}\n{margin}{closing}"
