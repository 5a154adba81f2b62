"""Patterns as regular languages of the solver."""

from typing import Any

import z3

from knobsmith.regex import Alternation, Anchor, Characters, Concatenation, Group, Node, Repetition, parse

# The highest code point that the solver's strings know.
_LAST = 0x2FFFF


class NotRegular(Exception):
    """An anchor stands where it cannot be turned into the start or the end of a language."""


def in_language(text: Any, pattern: str, cut: set[str]) -> Any:
    """That a pattern is found in a text; where that cannot be said, ``cut`` learns of the pattern."""
    try:
        return z3.InRe(text, _searched(parse(pattern)))
    except NotRegular:
        cut.add(pattern)
        return z3.FreshBool("matches")


def _searched(node: Node) -> Any:
    """All texts in which a pattern is found: anything may stand before and after it, unless an anchor forbids."""
    if isinstance(node, Group):
        return _searched(node.body)
    if isinstance(node, Alternation):
        return _union([_searched(branch) for branch in node.branches])
    parts = list(node.parts) if isinstance(node, Concatenation) else [node]
    at_start = bool(parts) and parts[0] == Anchor("start")
    parts = parts[1:] if at_start else parts
    at_end = bool(parts) and parts[-1] == Anchor("end")
    parts = parts[:-1] if at_end else parts
    pieces = [_language(part) for part in parts]
    anything = z3.Full(z3.ReSort(z3.StringSort()))
    return _sequence([*([] if at_start else [anything]), *pieces, *([] if at_end else [anything])])


def _language(node: Node) -> Any:
    match node:
        case Characters():
            return _union([_span(first, last) for first, last in node.spans if first <= _LAST])
        case Anchor():
            raise NotRegular
        case Concatenation():
            return _sequence([_language(part) for part in node.parts])
        case Alternation():
            return _union([_language(branch) for branch in node.branches])
        case Group():
            return _language(node.body)
        case Repetition():
            return _repeated(node)


def _repeated(node: Repetition) -> Any:
    body = _language(node.body)
    if node.most is None:
        return _sequence([*[body] * node.least, z3.Star(body)])
    return z3.Loop(body, node.least, node.most) if node.most > 0 else _sequence([])


def _span(first: int, last: int) -> Any:
    return z3.Range(_character(first), _character(min(last, _LAST)))


def _character(code: int) -> Any:
    return z3.StringVal(f"\\u{{{code:x}}}")


def _sequence(parts: list[Any]) -> Any:
    if not parts:
        return z3.Re(z3.StringVal(""))
    return parts[0] if len(parts) == 1 else z3.Concat(*parts)


def _union(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else z3.Union(*parts)
