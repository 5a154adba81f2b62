"""Regular expressions that mean the same in every language that checks them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from knobsmith.regex.parsing import RegexSyntaxError, parse
from knobsmith.regex.rendering import ECMA, PYTHON, render
from knobsmith.regex.syntax import Alternation, Anchor, Characters, Concatenation, Group, Node, Repetition


def to_python(pattern: str) -> str:
    """A pattern for Python's ``re``, without flags."""
    return render(parse(pattern), PYTHON)


def to_ecma(pattern: str) -> str:
    """A pattern for JavaScript with the flag ``u``, and for JSON Schema."""
    return render(parse(pattern), ECMA)


def search(pattern: str, text: str) -> bool:
    """Whether a pattern is found anywhere in a text."""
    return _compiled(pattern).search(text) is not None


def groups(pattern: str) -> int:
    """How many groups capture."""
    return sum(isinstance(node, Group) and node.captures for node in _walk(parse(pattern)))


def anchored(pattern: str) -> bool:
    """Whether every alternative begins with ``^`` and ends with ``$``."""
    return _is_bound(parse(pattern), "start", 0) and _is_bound(parse(pattern), "end", -1)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(to_python(pattern))


def _is_bound(node: Node, place: str, at: int) -> bool:
    match node:
        case Anchor():
            return node.place == place
        case Alternation():
            return all(_is_bound(branch, place, at) for branch in node.branches)
        case Concatenation():
            return bool(node.parts) and _is_bound(node.parts[at], place, at)
        case Group():
            return _is_bound(node.body, place, at)
        case _:
            return False


def _walk(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Concatenation():
            below = node.parts
        case Alternation():
            below = node.branches
        case Group() | Repetition():
            below = (node.body,)
        case _:
            below = ()
    for part in below:
        yield from _walk(part)


__all__ = [
    "Alternation",
    "Anchor",
    "Characters",
    "Concatenation",
    "Group",
    "Node",
    "RegexSyntaxError",
    "Repetition",
    "anchored",
    "groups",
    "parse",
    "search",
    "to_ecma",
    "to_python",
]
