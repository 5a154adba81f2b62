# Part of every package that `knobsmith generate` writes; do not edit.
"""What the readers of an algorithm are made of.

They accept the usual spellings and raise for all others; whatever is raised at is read again with care.
"""

import re
from typing import Any, NoReturn

is_number = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+").fullmatch


def boolean(value: Any) -> bool:
    """A native boolean."""
    if value is True or value is False:
        return bool(value)
    raise ValueError(value)


def plain_text(value: Any) -> str:
    """A string of plain characters."""
    if value.__class__ is str and value.isascii():
        return str(value)
    raise ValueError(value)


def look_closer(value: Any) -> NoReturn:
    """For what no reader decides at a glance."""
    raise ValueError(value)
