"""Python source from values: literals, docstrings and comments that no text from a spec can leave, and line breaks."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from knobsmith.expr import render_python
from knobsmith.records import Record

WIDTH = 120
INDENT = "    "


class Code(Record):
    """Source text that stands for itself among values: a name, a call."""

    code: str


class _Piece(Record):
    """A value as source on one line, and what it consists of if that line is to be broken."""

    line: str
    parts: "tuple[tuple[str, _Piece], ...]" = ()
    opening: str = ""
    closing: str = ""
    text: str | None = None


def literal(value: Any) -> str:
    """A value as source on one line; named tuples as calls with keywords, without what is the default."""
    return _piece(value).line


def source(value: Any, margin: str = "", taken: int = 0) -> str:
    """A value as source, broken into lines where it is too long for one.

    Args:
        value: As for `literal`.
        margin: The indentation of the line that it starts on.
        taken: How many characters of that line are used already, before and after it.
    """
    return _laid_out(_piece(value), margin, taken)


def quoted(text: str) -> str:
    """A text as a literal on one line, in double quotes unless single ones save escapes."""
    if text.isprintable() and "\\" not in text and ('"' not in text or "'" not in text):
        return f"'{text}'" if '"' in text else f'"{text}"'
    return render_python.quoted(text)


def docstring(text: str, margin: str = "") -> str:
    """A text as docstring. Its lines stay apart; those that are too long are wrapped, and hang in a list."""
    room = WIDTH - len(margin)
    head, *tail = _inside_docstring(text).split("\n")
    # Three characters stand for the quotes.
    first, *rest = _wrapped(f"***{head}", room) or ["***"]
    rest += [part for line in tail for part in (_wrapped(line, room) or [""])]
    if not rest and len(first) + 3 <= room:
        return f'{margin}"""{first[3:]}"""'
    body = "".join(f"\n{margin}{line}".rstrip(" ") for line in rest)
    return f'{margin}"""{first[3:]}{body}\n{margin}"""'


def finished(notice: str, text: str) -> str:
    """A module with its notice; lines that cannot be broken are admitted to linters."""
    is_wide = any(len(line) > WIDTH for line in text.splitlines())
    return "\n".join([notice, *(["# ruff: noqa: E501"] if is_wide else []), text])


def docstring_line(text: str) -> str:
    """A text as one line inside a docstring."""
    return _inside_docstring(" ".join(text.split()))


def _wrapped(line: str, room: int) -> list[str]:
    if len(line) <= room and line.isprintable():
        return [line.rstrip(" ")] if line.strip() else []
    hanging = "  " if line.startswith("- ") else ""
    return wrap(line, room, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


def _inside_docstring(text: str) -> str:
    stripped = text.strip()
    body = stripped.rstrip('"')
    # Quotes at the end would lengthen the closing ones, three in a row would be them.
    shown = body.replace("\\", "\\\\").replace('"""', '\\"\\"\\"') + '\\"' * (len(stripped) - len(body))
    if shown.replace("\n", " ").isprintable():
        return shown
    return "".join(char if char.isprintable() or char == "\n" else repr(char)[1:-1] for char in shown)


def _piece(value: Any) -> _Piece:
    if isinstance(value, str):
        return _Piece(quoted(value), (), "", "", value)
    if isinstance(value, Code):
        return _Piece(value.code)
    if fields := getattr(value, "_fields", None):
        defaults = value._field_defaults
        pairs = zip(fields, value, strict=True)
        stated = [(f"{name}=", part) for name, part in pairs if name not in defaults or not _same(part, defaults[name])]
        return _composite(f"{type(value).__name__}(", stated, ")")
    if isinstance(value, Mapping):
        return _composite("{", [(f"{literal(key)}: ", part) for key, part in value.items()], "}")
    if isinstance(value, tuple):
        return _composite("(", [("", part) for part in value], ",)" if len(value) == 1 else ")")
    if isinstance(value, Sequence):
        return _composite("[", [("", part) for part in value], "]")
    return _Piece(repr(value))


def _composite(opening: str, stated: list[tuple[str, Any]], closing: str) -> _Piece:
    parts = tuple([(key, _piece(part)) for key, part in stated])
    line = f"{opening}{', '.join([key + part.line for key, part in parts])}{closing}"
    return _Piece(line, parts, opening, closing.removeprefix(","))


def _laid_out(piece: _Piece, margin: str, taken: int) -> str:
    if len(margin) + taken + len(piece.line) <= WIDTH:
        return piece.line
    inner = margin + INDENT
    if piece.text is not None:
        return _long_text(piece.text, margin, inner)
    if not piece.parts:
        return piece.line
    lines = [f"{inner}{key}{_laid_out(part, inner, len(key) + 1)},\n" for key, part in piece.parts]
    return f"{piece.opening}\n{''.join(lines)}{margin}{piece.closing}"


def _long_text(text: str, margin: str, inner: str) -> str:
    lines = [""]
    *words, last = [f"{word} " for word in text.split(" ")]
    for word in [*words, last[:-1]]:
        if lines[-1] and len(quoted(lines[-1] + word)) > WIDTH - len(inner):
            lines.append("")
        lines[-1] += word
    return "(\n" + "".join(f"{inner}{quoted(line)}\n" for line in lines if line) + f"{margin})"


def _same(left: Any, right: Any) -> bool:
    return left is right or (type(left) is type(right) and bool(left == right))
