# Part of every package that `knobsmith generate` writes; do not edit.
"""Values as text: numbers as in RFC 8785, wire form, JSON."""

import json
from collections.abc import Iterator
from typing import Any

from ._state import UNKNOWN, State
from .facts import Tokens, Wire

_SEPARATORS = {"comma": ",", "space": " ", "tuple": ", "}
_EXACT = 2**53


def number_text(value: float) -> str:
    """The shortest digits that read back as the same number: `32`, `0.000001`, `1e-7`."""
    if isinstance(value, int):
        return integer_text(value)
    if value == 0:
        return "0"
    sign, digits, point = _decimal(value)
    count = len(digits)
    if count <= point <= 21:
        return f"{sign}{digits}{'0' * (point - count)}"
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if count > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{point - 1:+d}"


def integer_text(value: int) -> str:
    """All digits of an integer, however many."""
    try:
        return str(value)
    except ValueError:  # Python refuses to write more than some thousands of digits by itself
        from decimal import Decimal  # slow to load, and needed only here

        return f"{Decimal(value):f}"


def _decimal(value: float) -> tuple[str, str, int]:
    """Sign, shortest digits, and where the point stands: `0.012` is `12` with the point at -1."""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    zeros = len(whole + fraction) - len(digits)
    return "-" if value < 0 else "", digits.rstrip("0"), len(whole) - zeros + int(exponent or 0)


def json_text(value: Any) -> str:
    """A native value as compact JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, tuple):
        return f"[{','.join(map(json_text, value))}]"
    return number_text(value)


def json_ready(value: Any) -> Any:
    """A native value for `json.dumps`: a list for a tuple, and no fraction where there is none."""
    if isinstance(value, tuple):
        return [json_ready(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def wire_text(wire: Wire, value: Any) -> str:
    """A native value in wire form.

    Raises:
        ValueError: an item of a list cannot be written, as it holds the separator or would lose its spaces.
    """
    if isinstance(value, bool):
        tokens = wire if isinstance(wire, Tokens) else Tokens()
        return tokens.true if value else tokens.false
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return json_text(value) if wire == "json" else _separated(str(wire), value)
    return number_text(value)


def _separated(form: str, items: tuple[Any, ...]) -> str:
    separator = _SEPARATORS[form]
    texts = [wire_text(None, item) for item in items]
    for text in texts:
        if not text or text != text.strip(" ") or separator[0] in text:
            raise ValueError(f"a list in {form} form cannot hold the item {text!r}")
    joined = separator.join(texts)
    return f"({joined})" if form == "tuple" else joined


def wire_texts(state: State, defaults: bool) -> dict[str, str]:
    """The wire form of a valid configuration, in the order of the documentation."""
    parameters = state.laws.facts.parameters
    return {name: wire_text(parameters[name].wire, value) for name, value in _written(state, defaults)}


def _written(state: State, defaults: bool) -> Iterator[tuple[str, Any]]:
    for name in state.laws.facts.parameters:
        value = state.given.get(name)
        if value is None and defaults and name not in state.unused:
            value = state.default_of(name)
        if value is not None and value is not UNKNOWN:
            yield name, value
