"""How names, texts and numbers are spelled in an expression; reading and printing share it."""

import json
import re

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# What a parameter, a context fact or a field may be called at all.
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}")
NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
LARGEST_INTEGER = 2**53 - 1

FUNCTIONS = ("has", "size", "min", "max")
METHODS = ("matches", "all", "exists")
# Keywords and reserved words of CEL.
KEYWORDS = frozenset(
    {
        "as",
        "break",
        "const",
        "continue",
        "else",
        "false",
        "for",
        "function",
        "if",
        "import",
        "in",
        "let",
        "loop",
        "namespace",
        "null",
        "package",
        "return",
        "true",
        "var",
        "void",
        "while",
    }
)
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")


def spell_name(name: str, force_quotes: bool = False) -> str:
    """A name as it stands in an expression: in backquotes unless it is a plain identifier."""
    is_plain = IDENTIFIER.fullmatch(name) and name not in KEYWORDS and name != "context"
    return name if is_plain and not force_quotes else f"`{name}`"


def spell_text(text: str) -> str:
    """A text in double quotes, with the escapes of JSON; what cannot be seen is written as an escape."""
    return _UNPRINTABLE.sub(_escape_invisible, json.dumps(text, ensure_ascii=False))


def _escape_invisible(match: re.Match[str]) -> str:
    character = match.group()
    return character if character.isprintable() else json.dumps(character)[1:-1]


def spell_number(value: int | float) -> str:
    """A number in JSON's grammar; one with fraction or exponent keeps either, so that it stays a number."""
    if isinstance(value, int):
        return str(value)
    digits, mark, exponent = repr(value).partition("e")
    return f"{digits}e{int(exponent)}" if mark else digits
