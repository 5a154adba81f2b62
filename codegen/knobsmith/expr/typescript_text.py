"""Values, types and names as TypeScript."""

import json
import re

from knobsmith.expr.spelling import spell_number
from knobsmith.expr.types import ValueType

_string = json.encoder.encode_basestring
_INVISIBLE = re.compile(r"[^ -\U0010ffff]|[\u007f-\u009f\u2028\u2029\ufeff]")
_PLAIN = {"integer": "number", "number": "number", "boolean": "boolean", "string": "string"}


def constant_text(value: bool | int | float | str) -> str:
    """A value that is written down."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else spell_number(value).removesuffix(".0")


def quoted(text: str) -> str:
    """A string literal in double quotes; what cannot be seen is escaped, so it says what it shows."""
    shown = _string(text)
    return shown if shown.isascii() and shown.isprintable() else _INVISIBLE.sub(_escaped, shown)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def type_text(type: ValueType) -> str:
    """The type of a value, its words included."""
    if type.kind == "list":
        item = type_text(type.item) if type.item is not None else "unknown"
        own = f"readonly {f'({item})' if ' ' in item else item}[]"
    else:
        own = _PLAIN[type.kind]
    return f"{own} | string" if type.may_be_word else own


def distinct_names(variables: list[str], taken: set[str]) -> dict[str, str]:
    """A name for each variable, unlike all others and unlike any name that the text uses otherwise."""
    names: dict[str, str] = {}
    for variable in dict.fromkeys(variables):
        name = variable
        while name in taken or (name != variable and name in variables):
            name += "_"
        names[variable] = name
        taken = taken | {name}
    return names
