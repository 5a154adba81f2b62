"""The nodes of a regular expression. A set of characters is a node of its own: classes, `.`, and single characters."""

from collections.abc import Iterable
from typing import Literal

from knobsmith.records import Record

# An inclusive range of code points.
Span = tuple[int, int]
LAST_CODE_POINT = 0x10FFFF


class Characters(Record):
    """One character of a set: inclusive ranges of code points, ascending, apart from each other."""

    spans: tuple[Span, ...]


class Anchor(Record):
    """The very start or the very end of the text; never that of a line, nor the place before a last line end."""

    place: Literal["start", "end"]


class Concatenation(Record):
    """One after the other; empty for the empty text."""

    parts: "tuple[Node, ...]"


class Alternation(Record):
    """One of several, the first that fits preferred."""

    branches: "tuple[Node, ...]"


class Repetition(Record):
    """``least`` to ``most`` times; ``most`` is None for without end.

    ``lazy`` prefers fewer: it changes what a group captures, never whether a pattern is found.
    """

    body: "Node"
    least: int
    most: int | None
    lazy: bool = False


class Group(Record):
    """A pair of parentheses; ``captures`` unless it was written ``(?:...)``."""

    body: "Node"
    captures: bool


Node = Characters | Anchor | Concatenation | Alternation | Repetition | Group


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans sorted, those that overlap or touch made one."""
    result: list[Span] = []
    for first, last in sorted(spans):
        if result and first <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return tuple(result)


def complement(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """All other code points."""
    gaps: list[Span] = []
    after = 0
    for first, last in spans:
        if first > after:
            gaps.append((after, first - 1))
        after = last + 1
    if after <= LAST_CODE_POINT:
        gaps.append((after, LAST_CODE_POINT))
    return tuple(gaps)


DIGITS: tuple[Span, ...] = ((0x30, 0x39),)
WORD: tuple[Span, ...] = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
# RE2's five: the vertical tab is no space there.
SPACES: tuple[Span, ...] = ((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20))
NOT_NEWLINE = complement(((0x0A, 0x0A),))
