"""The nodes of a regular expression: the common subset of RE2, Python, JavaScript and C++.

A subset, because a pattern must mean the same wherever it is checked: no look-around, no back reference, no flag, no
Unicode class, no lazy or possessive quantifier (a search that answers yes or no cannot tell them apart).
"""

from dataclasses import dataclass
from typing import Literal

# An inclusive range of code points.
Span = tuple[int, int]
LAST_CODE_POINT = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Characters:
    """One character of a set: inclusive ranges of code points, ascending, apart from each other."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The very start or the very end of the text."""

    place: Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Concatenation:
    """One after the other; empty for the empty text."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Alternation:
    """One of several."""

    branches: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Repetition:
    """``least`` to ``most`` times; ``most`` is None for without end."""

    body: "Node"
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A pair of parentheses; ``captures`` unless it was written ``(?:...)``."""

    body: "Node"
    captures: bool


Node = Characters | Anchor | Concatenation | Alternation | Repetition | Group


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """Spans sorted, those that touch made one."""
    result: list[Span] = []
    for first, last in sorted(spans):
        if result and first <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return tuple(result)


def complement(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """All other code points."""
    result = []
    start = 0
    for first, last in spans:
        if start < first:
            result.append((start, first - 1))
        start = last + 1
    if start <= LAST_CODE_POINT:
        result.append((start, LAST_CODE_POINT))
    return tuple(result)
