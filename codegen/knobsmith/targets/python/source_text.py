"""Python source from values: literals, docstrings and comments that no text from a spec can leave, and line breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Protocol, runtime_checkable

from knobsmith.expr.render_python import quoted

WIDTH = 120
INDENT = "    "


@dataclass(frozen=True, slots=True)
class Code:
    """Source text that stands for itself among values: a name, a call."""

    code: str


@runtime_checkable
class _Row(Protocol):
    """A named tuple."""

    @property
    def _fields(self) -> tuple[str, ...]: ...

    @property
    def _field_defaults(self) -> dict[str, Any]: ...


def literal(value: Any) -> str:
    """A value as source on one line; named tuples as calls with keywords, without what is the default."""
    if isinstance(value, Code):
        return value.code
    if isinstance(value, str):
        return quoted(value)
    opening, parts, closing = _parts(value)
    if not opening:
        return repr(value)
    single = "," if opening == "(" and len(parts) == 1 else ""
    return f"{opening}{', '.join(key + literal(part) for key, part in parts)}{single}{closing}"


def source(value: Any, margin: str = "", taken: int = 0) -> str:
    """A value as source, broken into lines where it is too long for one.

    Args:
        value: As for `literal`.
        margin: The indentation of the line that it starts on.
        taken: How many characters of that line are used already, before and after it.
    """
    line = literal(value)
    if len(margin) + taken + len(line) <= WIDTH:
        return line
    inner = margin + INDENT
    if isinstance(value, str):
        return _long_text(value, margin, inner)
    opening, parts, closing = _parts(value)
    if not opening:
        return line
    lines = [f"{inner}{key}{source(part, inner, len(key) + 1)},\n" for key, part in parts]
    return f"{opening}\n{''.join(lines)}{margin}{closing}"


def docstring(text: str, margin: str = "") -> str:
    """A text as docstring: its first paragraph on the first line if it fits, the rest wrapped below."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    lines: list[str] = []
    for paragraph in filter(None, paragraphs):
        lines += ["", *_wrapped(_inside_docstring(paragraph), WIDTH - len(margin))]
    first, *rest = lines[1:] or [""]
    if not rest and len(margin) + len(first) + 6 <= WIDTH:
        return f'{margin}"""{first}"""'
    if len(margin) + len(first) + 3 > WIDTH:
        first, *more = _wrapped(first, WIDTH - len(margin) - 3)
        rest = [*more, *rest]
    body = "".join(f"\n{margin}{line}".rstrip(" ") for line in rest)
    return f'{margin}"""{first}{body}\n{margin}"""'


def comment(text: str, margin: str = "") -> str:
    """A text as comment lines."""
    words = "".join(character if character.isprintable() else " " for character in text)
    return "\n".join(f"{margin}# {line}" for line in _wrapped(words, WIDTH - len(margin) - 2))


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, break_on_hyphens=False, break_long_words=False)


def _inside_docstring(text: str) -> str:
    shown = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text.replace("\\", "\\\\"))
    shown = shown.replace('"""', '\\"\\"\\"')
    return f'{shown[:-1]}\\"' if shown.endswith('"') else shown


def _long_text(text: str, margin: str, inner: str) -> str:
    room = WIDTH - len(inner) - 2
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(quoted(f"{line}{word} ")) > room:
            lines.append(line)
            line = ""
        line += f"{word} "
    lines.append(line[:-1])
    return "(\n" + "".join(f"{inner}{quoted(part)}\n" for part in lines) + f"{margin})"


def _parts(value: Any) -> tuple[str, list[tuple[str, Any]], str]:
    """What a composite value opens with, its parts with what stands before each, and what it closes with."""
    if isinstance(value, _Row):
        defaults = value._field_defaults
        pairs = [(name, getattr(value, name)) for name in value._fields]
        parts = [(f"{name}=", part) for name, part in pairs if name not in defaults or not _same(part, defaults[name])]
        return f"{type(value).__name__}(", parts, ")"
    if isinstance(value, Mapping):
        return "{", [(f"{literal(key)}: ", part) for key, part in value.items()], "}"
    if isinstance(value, tuple):
        return "(", [("", part) for part in value], ")"
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return "[", [("", part) for part in value], "]"
    return "", [], ""


def _same(left: Any, right: Any) -> bool:
    return type(left) is type(right) and bool(left == right)
