"""Requests and tables in files: YAML and JSON, or the text of a table, with the place of everything."""

import math
import re
from pathlib import Path
from typing import Any

from knobsmith.diagnostics import Diagnostic
from knobsmith.load import Mapping, Node, Scalar, Sequence, load_document
from knobsmith.load.laws import FOREIGN_YAML, TOO_LARGE
from knobsmith.load.reading import read_source
from knobsmith.load.scalars import plain_value
from knobsmith.records import Record, replace
from knobsmith.source import SourceFile, Span

_STRUCTURED = (".yaml", ".yml", ".json")
_KIND = re.compile(r"(?:Integer|Continuous|Categorical)(?:ParameterRanges?)?", re.IGNORECASE)
# What to do about a file that is no spec, where a spec has means of its own.
_HELP = {
    TOO_LARGE.code: "leave out what is no part of the job",
    FOREIGN_YAML.code: "write out what is meant, and put a text that starts with `!`, `&` or `*` in quotes",
}
_CELL = re.compile(r"[^|\t\n]*[^|\t\n\s][^|\t\n]*")


class _Beyond(float):
    """A number beyond the doubles, which is shown as it was written."""

    def __new__(cls, text: str) -> "_Beyond":
        number = super().__new__(cls, text)
        number._text = text
        return number

    def __str__(self) -> str:
        return self._text

    _text: str


class Document(Record):
    """What became of a file.

    Attributes:
        name: The file, as it was named.
        source: Its text; None if it could not be read.
        tree: What it holds; None if that has no meaning.
        diagnostics: What is wrong with it as a file.
    """

    name: str
    source: SourceFile | None
    tree: Node | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def plain(self) -> Any:
        """What it holds, as plain data."""
        return None if self.tree is None else _plain(self.tree)


def read_document(file: str) -> Document:
    """Read a file; one that is named neither as YAML nor as JSON is the text of a table."""
    source = read_source(Path(), file)
    if not isinstance(source, SourceFile):
        return Document(file, None, None, (_of_no_spec(source),))
    if Path(file).suffix.casefold() not in _STRUCTURED and not source.text.lstrip().startswith(("{", "[{", "- ")):
        return Document(file, source, _table(source), ())
    tree, problems = load_document(source)
    return Document(file, source, tree, tuple(map(_of_no_spec, problems)))


def _of_no_spec(found: Diagnostic) -> Diagnostic:
    """A problem of the file that was given, where the laws speak of specs."""
    law = found.law.replace("a spec file", "the file given").replace("a spec ", "the file given ")
    return replace(found, law=law, help=_HELP.get(found.code, found.help))


def _plain(node: Node) -> Any:
    match node:
        case Scalar(value=float() as value) if not math.isfinite(value):
            return _Beyond(node.text)
        case Scalar():
            return node.value
        case Sequence():
            return [_plain(item) for item in node]
        case Mapping():
            return {entry.key.text: _plain(entry.value) for entry in node}


def _table(source: SourceFile) -> Sequence:
    """A table as text: wherever a cell is a kind of range, the one before is the name, and the one after the range.

    Cells stand between bars or tabs, or on lines of their own.
    """
    cells = [
        _cell(source.path, number, match)
        for number, line in enumerate(source.text.splitlines(), 1)
        for match in _CELL.finditer(line)
    ]
    rows = [
        Sequence(tuple(cells[place - 1 : place + 2]), cell.span)
        for place, cell in enumerate(cells)
        if place and _KIND.fullmatch(cell.text)
    ]
    return Sequence(tuple(rows), Span.whole(source.path))


def _cell(path: str, line: int, match: re.Match[str]) -> Scalar:
    text = match.group().strip()
    start = match.start() + match.group().index(text) + 1
    return Scalar(plain_value(text), text, False, Span(path, line, start, line, start + len(text)))
