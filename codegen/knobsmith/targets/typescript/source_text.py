"""TypeScript source from values: literals and comments that no text from a spec can leave, and line breaks."""

import re
from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from knobsmith.expr.typescript_text import constant_text, quoted
from knobsmith.records import Record
from knobsmith.views.typescript_names import is_identifier

WIDTH = 120
INDENT = "  "
_END = re.compile(r"\*/")


def key_text(name: str) -> str:
    """A name as key of a type or of an object."""
    return name if is_identifier(name) else quoted(name)


class _Piece(Record):
    """A value as source on one line, and what it consists of if that line is to be broken."""

    line: str
    parts: "tuple[tuple[str, _Piece], ...]" = ()
    brackets: str = ""


def literal(value: Any) -> str:
    """A value as source on one line."""
    return _piece(value).line


def source(value: Any, margin: str = "", taken: int = 0) -> str:
    """A value as source, broken into lines where it is too long for one.

    Args:
        value: Booleans, numbers, texts, null, sequences and mappings of these.
        margin: The indentation of the line that it starts on.
        taken: How many characters of that line are used already, before and after it.
    """
    return _laid_out(_piece(value), margin, taken)


def _piece(value: Any) -> _Piece:
    if value is None:
        return _Piece("null")
    if isinstance(value, (bool, int, float, str)):
        return _Piece(constant_text(value))
    if isinstance(value, Mapping):
        parts = tuple([(f"{_key(key)}: ", _piece(part)) for key, part in value.items()])
        return _Piece(f"{{ {_joined(parts)} }}" if parts else "{}", parts, "{}")
    parts = tuple([("", _piece(part)) for part in value])
    return _Piece(f"[{_joined(parts)}]", parts, "[]")


def _joined(parts: tuple[tuple[str, _Piece], ...]) -> str:
    return ", ".join([key + part.line for key, part in parts])


def _laid_out(piece: _Piece, margin: str, taken: int) -> str:
    if len(margin) + taken + len(piece.line) <= WIDTH or not piece.parts:
        return piece.line
    inner = margin + INDENT
    lines = [f"{inner}{key}{_laid_out(part, inner, len(key) + 1)},\n" for key, part in piece.parts]
    return "".join([piece.brackets[0], "\n", *lines, margin, piece.brackets[1]])


def _key(name: str) -> str:
    """A key of an object; the one that would set its prototype is computed."""
    return '["__proto__"]' if name == "__proto__" else key_text(name)


def doc_comment(text: str, margin: str = "") -> str:
    """A text as comment for tools. Its lines stay apart; those that are too long are wrapped, and hang in a list."""
    lines = [part for line in _END.sub("*\\/", text).strip().split("\n") for part in _wrapped(line, margin) or [""]]
    if len(lines) == 1 and len(margin) + len(lines[0]) + 7 <= WIDTH:
        return f"{margin}/** {lines[0]} */\n"
    body = "".join(f"{margin} *{f' {line}' if line else ''}\n" for line in lines)
    return f"{margin}/**\n{body}{margin} */\n"


def _wrapped(line: str, margin: str) -> list[str]:
    hanging = "  " if line.startswith("- ") else ""
    room = WIDTH - len(margin) - 3
    visible = "".join(character if character.isprintable() else " " for character in line)
    return wrap(visible, room, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


def broken(head: str, condition: str, tail: str, margin: str) -> list[str]:
    """A line with a condition, broken where the condition's loosest operators stand if it is too long."""
    line = f"{margin}{head}{condition}{tail}"
    if len(line) <= WIDTH:
        return [line]
    operator, parts = operands(condition)
    if len(parts) == 1:
        return [line]
    inner = margin + INDENT
    body = [f"{inner}{part}{f' {operator}' if part is not parts[-1] else ''}" for part in parts]
    return [f"{margin}{head}".rstrip(), *body, f"{margin}{tail.lstrip()}"]


def operands(condition: str) -> tuple[str, list[str]]:
    """The parts of a condition between its loosest operators, and which these are."""
    for operator in ("||", "&&"):
        parts, depth = [""], 0
        for piece in re.split(rf'("(?:\\.|[^"\\])*"|[()\[\]]| {re.escape(operator)} )', condition):
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(piece, 0)
            if piece == f" {operator} " and depth == 0:
                parts.append("")
            else:
                parts[-1] += piece
        if len(parts) > 1:
            return operator, parts
    return "", [condition]
