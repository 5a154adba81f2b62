"""A tree as the text of one language's dialect, meaning the same in each: sets are spelled out, so no dialect's idea
of `\\d`, `.` or `$` takes part."""

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
)

_SPECIAL = set("^$\\.*+?()[]{}|/")
# A hyphen means something only in a set, and only there may JavaScript see it escaped.
_SPECIAL_IN_SET = _SPECIAL | {"-"}
_NOT_NEWLINE = ((0, 0x09), (0x0B, LAST_CODE_POINT))


class Dialect:
    """How one language writes the few things in which they differ."""

    def __init__(self, start: str, end: str, code_point: str, code_point_beyond: str) -> None:
        self.start = start
        self.end = end
        self._short = code_point
        self._long = code_point_beyond

    def character(self, code: int, in_set: bool = False) -> str:
        """One character, escaped where it must be or cannot be seen."""
        if chr(code) in (_SPECIAL_IN_SET if in_set else _SPECIAL):
            return f"\\{chr(code)}"
        if 0x20 <= code < 0x7F or (code > 0xA0 and chr(code).isprintable()):
            return chr(code)
        return self._short.format(code) if code <= 0xFFFF else self._long.format(code)


PYTHON = Dialect(r"\A", r"\Z", "\\u{:04x}", "\\U{:08x}")
# With the flag `u`, and never `m`.
ECMA = Dialect("^", "$", "\\u{:04x}", "\\u{{{:x}}}")


def render(node: Node, dialect: Dialect) -> str:
    """The text of a tree in a dialect."""
    match node:
        case Characters():
            return _characters(node.spans, dialect)
        case Anchor():
            return dialect.start if node.place == "start" else dialect.end
        case Concatenation():
            return "".join(_tight(part, dialect) for part in node.parts)
        case Alternation():
            return "|".join(render(branch, dialect) for branch in node.branches)
        case Repetition():
            return f"{_atom(node.body, dialect)}{_quantifier(node)}"
        case Group():
            return f"({'' if node.captures else '?:'}{render(node.body, dialect)})"


def _tight(node: Node, dialect: Dialect) -> str:
    text = render(node, dialect)
    return f"(?:{text})" if isinstance(node, Alternation) else text


def _atom(node: Node, dialect: Dialect) -> str:
    text = render(node, dialect)
    return text if isinstance(node, (Characters, Group)) else f"(?:{text})"


def _quantifier(node: Repetition) -> str:
    match node.least, node.most:
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case 0, 1:
            return "?"
        case least, None:
            return f"{{{least},}}"
        case least, most if least == most:
            return f"{{{least}}}"
        case least, most:
            return f"{{{least},{most}}}"


def _characters(spans: tuple[Span, ...], dialect: Dialect) -> str:
    if len(spans) == 1 and spans[0][0] == spans[0][1]:
        return dialect.character(spans[0][0])
    if spans == _NOT_NEWLINE:
        return r"[^\n]"
    return f"[{''.join(_span(span, dialect) for span in spans)}]"


def _span(span: Span, dialect: Dialect) -> str:
    first, last = span
    if first == last:
        return dialect.character(first, in_set=True)
    return f"{dialect.character(first, in_set=True)}-{dialect.character(last, in_set=True)}"
