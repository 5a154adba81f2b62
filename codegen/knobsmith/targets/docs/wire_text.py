"""How a value is written on the wire, for examples on pages."""

import json

from knobsmith.model.base import PlainValue
from knobsmith.model.domain import BooleanTokens, Domain, Wire

_SEPARATORS = {"comma": ",", "space": " "}


def wire_text(value: PlainValue, domain: Domain, wire: Wire) -> str:
    """The one text that a client writes for a value."""
    if isinstance(value, bool):
        tokens = wire if isinstance(wire, BooleanTokens) else BooleanTokens()
        return tokens.true if value else tokens.false
    if isinstance(value, tuple):
        return _list_text(value, domain.items or domain, wire)
    return value if isinstance(value, str) else number_text(value)


def number_text(value: int | float) -> str:
    """The shortest digits that read back as the same number, laid out as in RFC 8785: `32`, `0.000001`, `1e-7`."""
    if isinstance(value, int) or value == 0:
        return str(int(value))
    sign, digits, point = _decimal(value)
    if len(digits) <= point <= 21:
        return f"{sign}{digits:0<{point}}"
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{point - 1:+d}"


def _decimal(value: float) -> tuple[str, str, int]:
    """Sign, shortest digits, and how many of them stand before the point."""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    leading = len(whole + fraction) - len(digits)
    return "-" if value < 0 else "", digits.rstrip("0"), len(whole) - leading + int(exponent or 0)


def json_text(value: PlainValue) -> str:
    """A native value as compact JSON."""
    if isinstance(value, tuple):
        return f"[{','.join(map(json_text, value))}]"
    if isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    return number_text(value)


def _list_text(items: tuple[PlainValue, ...], domain: Domain, wire: Wire) -> str:
    if wire in (None, "json") or isinstance(wire, BooleanTokens):
        return json_text(items)
    texts = [wire_text(item, domain, None) for item in items]
    if wire == "tuple":
        return f"({', '.join(texts)})"
    return _SEPARATORS[str(wire)].join(texts)
