"""Regular expressions as RE2, JavaScript and C++ read them too, spelled for Python.

Differences that matter: ``$`` is the very end, ``.`` is anything but a line feed, classes are ASCII.
"""

import re
from functools import cache


def is_found(pattern: str, text: str) -> bool:
    """Whether the pattern is found anywhere in the text."""
    return _compiled(pattern).search(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_for_python(pattern), re.ASCII)


def _for_python(pattern: str) -> str:
    parts: list[str] = []
    is_in_class = False
    position = 0
    while position < len(pattern):
        character = pattern[position]
        if character == "\\":
            parts.append(_escape(pattern[position + 1]))
            position += 2
            continue
        if is_in_class:
            # Python warns of these inside a class, where they are ordinary characters.
            parts.append("\\" + character if character in "[&~|" else character)
            is_in_class = character != "]"
        else:
            parts.append({"$": r"\Z", ".": r"[^\n]"}.get(character, character))
            is_in_class = character == "["
        position += 1
    return "".join(parts)


def _escape(letter: str) -> str:
    """An escaped character: letters and digits keep their meaning, anything else is itself."""
    return "\\" + letter if letter.isalnum() else re.escape(letter)
