"""Comments that silence a finding in place: `# knobsmith: ignore KS120 (reason)`.

YAML parsers drop comments, so they are found in the text: a `#` that no scalar covers starts one.
"""

import re
from collections.abc import Iterator

from knobsmith.load.tree import Mapping, Node, Scalar, Sequence
from knobsmith.records import Record
from knobsmith.source import SourceFile, Span

_SUPPRESSION = re.compile(r"#[ \t]*knobsmith[ \t]*:[ \t]*ignore\b(?P<rest>.*)")
_PARTS = re.compile(
    r"\s*(?P<codes>[^\s(,]+(?:\s*,\s*[^\s(,]+)*)?"
    r"\s*(?:until\s+(?P<until>[^\s(]+))?"
    r"\s*(?:\((?P<reason>.*)\))?(?P<beyond>.*)"
)


class Suppression(Record):
    """One such comment.

    Attributes:
        span: The comment.
        line: The line whose findings it covers: its own, or the next that is no comment if it stands alone.
        codes: Codes as written; none if the comment names none.
        until: Last day on which it acts, as written.
        reason: What stands in the brackets; None if there are no brackets or nothing in them.
        beyond: What follows or stands between and is none of these; empty in a well-formed comment.
    """

    span: Span
    line: int
    codes: tuple[str, ...]
    until: str | None
    reason: str | None
    beyond: str = ""


def suppressions(source: SourceFile, tree: Mapping) -> tuple[Suppression, ...]:
    """The suppressions of a file, in the order of its lines."""
    if _SUPPRESSION.search(source.text) is None:
        return ()
    lines = source.text.splitlines()
    targets = _targets(lines)
    found = (_suppression(source.path, lines, targets, *place) for place in _comments(lines, tree))
    return tuple(suppression for suppression in found if suppression is not None)


def _targets(lines: list[str]) -> list[int]:
    """For each line, counted from 0, the line, counted from 1, that a comment on it speaks of."""
    targets = [0] * len(lines)
    target = len(lines) + 1
    for index in range(len(lines) - 1, -1, -1):
        if not lines[index].lstrip().startswith("#"):
            target = index + 1
        targets[index] = target
    return targets


def _suppression(file: str, lines: list[str], targets: list[int], line: int, column: int) -> Suppression | None:
    text = lines[line][column:].rstrip()
    match = _SUPPRESSION.match(text)
    if match is None:
        return None
    parts = _PARTS.fullmatch(match["rest"])
    if parts is None:
        return None
    codes = tuple(code.strip() for code in (parts["codes"] or "").split(",") if code.strip())
    span = Span.from_marks(file, line, column, line, column + len(text))
    reason = (parts["reason"] or "").strip() or None
    return Suppression(span, targets[line], codes, parts["until"], reason, parts["beyond"].strip())


def _comments(lines: list[str], tree: Mapping) -> Iterator[tuple[int, int]]:
    """The places, counted from 0, at which comments start."""
    covered = _covered(lines, tree)
    for number, text in enumerate(lines):
        if "#" not in text:
            continue
        inside = covered.get(number, [])
        for match in re.finditer("#", text):
            at = match.start()
            if not any(start <= at < end for start, end in inside):
                yield number, at
                break


def _covered(lines: list[str], tree: Mapping) -> dict[int, list[tuple[int, int]]]:
    """For each line that a scalar touches, the stretches that belong to scalars."""
    covered: dict[int, list[tuple[int, int]]] = {}
    for scalar in _scalars(tree):
        span = scalar.span
        for line in range(span.line - 1, span.end_line):
            start = span.column - 1 if line == span.line - 1 else 0
            end = span.end_column - 1 if line == span.end_line - 1 else len(lines[line])
            covered.setdefault(line, []).append((start, end))
        if _is_block(lines, scalar):
            # Behind the `|` or `>` of a block a comment may stand.
            covered[span.line - 1][-1] = (span.column - 1, span.column)
    return covered


def _is_block(lines: list[str], scalar: Scalar) -> bool:
    return scalar.quoted and lines[scalar.span.line - 1][scalar.span.column - 1 :][:1] in ("|", ">")


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from _scalars(item)
        case Mapping():
            for entry in node.entries:
                yield entry.key
                yield from _scalars(entry.value)
