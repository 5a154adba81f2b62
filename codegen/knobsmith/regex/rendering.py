"""A regular expression in the dialects of Python and of ECMAScript, with the very same meaning in both.

Sets are spelled out, so no dialect's idea of `.`, `$` or a digit takes part.
"""

from collections.abc import Callable

from knobsmith.records import Record
from knobsmith.regex.parsing import parse
from knobsmith.regex.syntax import (
    LAST_CODE_POINT,
    Alternation,
    Anchor,
    Characters,
    Concatenation,
    Group,
    Node,
    Repetition,
    Span,
    complement,
)

_SPECIAL = frozenset("\\^$.|?*+()[]{}/")
_SPECIAL_IN_CLASS = frozenset("\\^-[]/")
_CONTROLS = {"\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r"}


class _Dialect(Record):
    """Where languages differ: the end of a text, and how a code point is escaped."""

    end: str
    escape: Callable[[int], str]


def to_python(pattern: str) -> str:
    """For `re.search` on `str`, without flags."""
    return _render(parse(pattern), _Dialect("\\Z", _python_escape))


def to_ecma(pattern: str) -> str:
    """For `new RegExp(..., "u")`, and for `pattern` of JSON Schema."""
    return _render(parse(pattern), _Dialect("$", lambda code: f"\\u{{{code:x}}}"))


def _render(node: Node, dialect: _Dialect) -> str:
    match node:
        case Characters():
            return _characters(node.spans, dialect)
        case Anchor():
            return "^" if node.place == "start" else dialect.end
        case Concatenation():
            return "".join(_render(part, dialect) for part in node.parts)
        case Alternation():
            return "|".join(_render(branch, dialect) for branch in node.branches)
        case Group():
            return f"({'' if node.captures else '?:'}{_render(node.body, dialect)})"
        case Repetition():
            return f"{_render(node.body, dialect)}{_counts(node)}{'?' if node.lazy else ''}"


def _counts(repetition: Repetition) -> str:
    match repetition.least, repetition.most:
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case 0, 1:
            return "?"
        case least, None:
            return f"{{{least},}}"
        case least, most:
            return f"{{{least}}}" if least == most else f"{{{least},{most}}}"


def _characters(spans: tuple[Span, ...], dialect: _Dialect) -> str:
    if len(spans) == 1 and spans[0][0] == spans[0][1]:
        character = chr(spans[0][0])
        return f"\\{character}" if character in _SPECIAL else _plain(character, dialect)
    is_negated = bool(spans) and spans[-1][1] == LAST_CODE_POINT
    listed = complement(spans) if is_negated else spans
    if not listed:
        return "[\\s\\S]" if is_negated else "[^\\s\\S]"
    return f"[{'^' if is_negated else ''}{''.join(_member(span, dialect) for span in listed)}]"


def _member(span: Span, dialect: _Dialect) -> str:
    first, last = span
    ends = [_in_class(chr(code), dialect) for code in dict.fromkeys(span)]
    return ("-" if last - first > 1 else "").join(ends)


def _in_class(character: str, dialect: _Dialect) -> str:
    return f"\\{character}" if character in _SPECIAL_IN_CLASS else _plain(character, dialect)


def _plain(character: str, dialect: _Dialect) -> str:
    if character in _CONTROLS:
        return _CONTROLS[character]
    return character if character.isprintable() else dialect.escape(ord(character))


def _python_escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
