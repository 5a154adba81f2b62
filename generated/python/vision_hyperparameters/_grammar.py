# Part of every package that `knobsmith generate` writes; do not edit.
"""What the readers of an algorithm are made of.

They give the value where all is as usual, else None, or they raise; whatever it is, it is read again with care then.
"""

import re
from typing import Any

is_number = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+").fullmatch


def boolean(value: Any) -> bool | None:
    """A native boolean."""
    return bool(value) if value is True or value is False else None


def plain_text(value: Any) -> str | None:
    """A string of plain characters."""
    return str(value) if value.__class__ is str and value.isascii() else None


def look_closer(value: Any) -> None:
    """For what no reader decides at a glance."""
