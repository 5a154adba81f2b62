"""From a path to a tree, or to what is wrong with the file."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from knobsmith.diagnostics import Diagnostic
from knobsmith.load.building import Builder
from knobsmith.load.events import Events, events
from knobsmith.load.laws import NOT_YAML
from knobsmith.load.reading import read_source
from knobsmith.load.syntax_errors import explain
from knobsmith.load.tree import Mapping, Node
from knobsmith.records import Record
from knobsmith.source import SourceFile, Span

_Built = TypeVar("_Built")


class Loaded(Record):
    """What became of a file.

    Attributes:
        source: Its text; None if it could not be read as text.
        tree: Its content; None if it is no YAML map, or if something in it that a spec must not use leaves its
            meaning open. A key that stands twice keeps its first value.
        diagnostics: What is wrong, in the order of the file.
    """

    source: SourceFile | None
    tree: Mapping | None
    diagnostics: tuple[Diagnostic, ...]


def load_file(root: Path, path: str) -> Loaded:
    """Read a spec file; ``path`` is relative to ``root`` and has forward slashes, as in every place reported."""
    source = read_source(root, path)
    return load_text(source) if isinstance(source, SourceFile) else Loaded(None, None, (source,))


def load_text(source: SourceFile) -> Loaded:
    """Read the text of a spec file."""
    return load_events(source, events(source.text))


def load_events(source: SourceFile, found: Events) -> Loaded:
    """Read the events of a spec file's text."""
    builder = Builder(source, source.text.splitlines())
    tree = _guarded(builder, source, lambda: builder.tree(found))
    return Loaded(source, tree, tuple(sorted(builder.problems, key=lambda problem: problem.span)))


def load_document(source: SourceFile) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read a text that is no spec: what it holds, be it a map or not, and what is wrong with it."""
    builder = Builder(source, source.text.splitlines())
    root = _guarded(builder, source, lambda: builder.root(events(source.text)))
    return root, tuple(sorted(builder.problems, key=lambda problem: problem.span))


def _guarded(builder: Builder, source: SourceFile, build: Callable[[], _Built]) -> _Built | None:
    """What is built of a text; None if it is no YAML, which is noted."""
    try:
        return build()
    except MarkedYAMLError as problem:
        mark, fact, help = explain(problem, source.text.splitlines())
        builder.problems.append(NOT_YAML.on(builder.place(mark, mark), source.path, fact, help))
    except YAMLError:
        fact, help = "this one cannot be read as YAML", "remove what was added last"
        builder.problems.append(NOT_YAML.on(Span.whole(source.path), source.path, fact, help))
    return None
