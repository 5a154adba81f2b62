"""Breaks lines of C++ that are too long, where a space stands outside of texts and comments."""

import re
from collections.abc import Iterator

_WIDTH = 120
# A literal with its suffix, or a stretch without a space.
_PIECE = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^ "])+')
_JOINTS = ("&&", "||")


def laid_out(line: str) -> Iterator[str]:
    """A line as one or several; what hangs is indented twice."""
    text = line.lstrip(" ")
    if len(line) <= _WIDTH or text.startswith(("//", "#")):
        yield line
        return
    margin = " " * (len(line) - len(text))
    current, hanging = margin, f"{margin}        "
    for unit in _units(text):
        if current.strip() and len(current) + len(unit) > _WIDTH:
            yield current.rstrip(" ")
            current = hanging
        current += f"{unit} "
    yield current.rstrip(" ")


def _units(text: str) -> Iterator[str]:
    """What stays on one line: the pieces up to a comma, a bracket or an operator that joins."""
    unit: list[str] = []
    for piece in _PIECE.findall(text):
        unit.append(piece)
        if piece.endswith((",", "{")) or piece in _JOINTS:
            yield " ".join(unit)
            unit = []
    yield " ".join(unit)
