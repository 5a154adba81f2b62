"""From parser events to a tree, with an explicit stack: neither depth nor size of a file can exhaust anything.

What the language takes away from YAML is refused here. Reading goes on after it, so that all of it is reported at
once; but a tree whose meaning would be a guess is not handed out.
"""

import re

from knobsmith.diagnostics import Diagnostic, Rule
from knobsmith.load.events import Event, Events, Mark
from knobsmith.load.laws import (
    DUPLICATE_KEY,
    FOREIGN_YAML,
    MAX_DEPTH,
    MAX_NODES,
    NOT_ONE_MAP,
    NOT_TEXT,
    TOO_DEEP,
    TOO_LARGE,
)
from knobsmith.load.scalars import plain_value
from knobsmith.load.tree import Entry, Mapping, Node, Scalar, Sequence
from knobsmith.source import SourceFile, Span

_HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")


class _Open:
    """A map or list whose end has not been read. In a map ``key`` waits for its value."""

    def __init__(self, start: Mark, is_map: bool, is_flow: bool) -> None:
        self.start = start
        self.is_map = is_map
        self.is_flow = is_flow
        self.items: list[Node] = []
        self.entries: dict[str, Entry] = {}
        self.key: Node | None = None


class _StopError(Exception):
    """Reading on would say nothing new."""


class Builder:
    """Takes events, gives a tree. ``problems`` holds what was refused so far."""

    def __init__(self, source: SourceFile, lines: list[str]) -> None:
        self.problems: list[Diagnostic] = []
        self._file = source.path
        self._lines = lines
        self._open: list[_Open] = []
        self._root: Node | None = None
        self._documents = 0
        self._nodes = 0
        self._is_whole = True
        self._sharing: list[tuple[Span, str]] = []

    def root(self, events: Events) -> Node | None:
        """What the only document holds; None if there is none, or if some of it has no meaning."""
        try:
            for name, event in events:
                self._take(name, event)
        except _StopError:
            self._is_whole = False
        self._report_sharing()
        return self._root if self._is_whole else None

    def tree(self, events: Events) -> Mapping | None:
        """The map at the top of the only document; None if there is none, or if some of it has no meaning."""
        root = self.root(events)
        if isinstance(root, Mapping) or not self._is_whole:
            return root if isinstance(root, Mapping) else None
        is_empty = self._root is None or (isinstance(self._root, Scalar) and not self._root.text)
        fact = "this one is empty" if is_empty else f"this one holds a {_kind(self._root)}"
        place = Span.whole(self._file) if self._root is None else self._root.span
        self._refuse(NOT_ONE_MAP, place, fact, "start it with `knobsmith: 1`")
        return None

    def place(self, start: Mark, end: Mark) -> Span:
        """The span between two marks, without the line ends that parsers count to the end of a block."""
        line, column = end.line, end.column
        if column and line < len(self._lines):
            return Span.from_marks(self._file, start.line, start.column, line, column)
        line, column = self._within(line, column)
        while column == 0 and line > start.line:
            line -= 1
            column = len(self._lines[line].rstrip())
        first_line, first_column = self._within(start.line, start.column)
        return Span.from_marks(self._file, first_line, first_column, *max((line, column), (first_line, first_column)))

    def _within(self, line: int, column: int) -> tuple[int, int]:
        """The nearest place that the file has: parsers put the end of a text on a line after the last."""
        if line < len(self._lines):
            return line, min(column, len(self._lines[line]))
        return (len(self._lines) - 1, len(self._lines[-1])) if self._lines else (0, 0)

    def _take(self, name: str, event: Event) -> None:
        match name:
            case "ScalarEvent":
                self._add(self._scalar(event))
            case "MappingStartEvent" | "SequenceStartEvent":
                self._start(event, is_map=name == "MappingStartEvent")
            case "MappingEndEvent" | "SequenceEndEvent":
                self._finish(event)
            case "AliasEvent":
                span = self.place(event.start_mark, event.end_mark)
                self._sharing.append((span, f"{_shown(f'*{event.anchor}')} is an alias"))
                self._is_whole = False
                self._add(Scalar(None, f"*{event.anchor}", False, span))
            case "DocumentStartEvent":
                self._document(event)

    def _document(self, event: Event) -> None:
        self._documents += 1
        span = self.place(event.start_mark, event.end_mark)
        if self._documents > 1:
            self._refuse(NOT_ONE_MAP, span, "a second one starts here", "move it to a file of its own")
            raise _StopError
        if event.version or event.tags:
            fact = "this is a directive"
            self._refuse(FOREIGN_YAML, span, fact, "remove it: `knobsmith: 1` states the version that counts")

    def _scalar(self, event: Event) -> Scalar:
        span = self.place(event.start_mark, event.end_mark)
        self._check_properties(event, span)
        text: str = event.value
        if not event.style and not event.tag:
            return Scalar(plain_value(text), text, False, span)
        if _HALF_OF_A_PAIR.search(text):
            fact = "an escape gives half a surrogate pair"
            self._refuse(NOT_TEXT, span, fact, "write the character itself, or `\\U` and its eight digits")
        return Scalar(text, text, bool(event.style), span)

    def _check_properties(self, event: Event, span: Span) -> None:
        if event.anchor:
            self._sharing.append((span, f"{_shown(f'&{event.anchor}')} is an anchor"))
        if event.tag:
            # No more of the line than is shown: one line may hold all tags of a file.
            words = self._lines[span.line - 1][span.column - 1 : span.column + 39].split()
            tag = words[0] if words and words[0].startswith("!") else "!"
            is_core = tag.startswith("!!")
            help = (
                "leave it out: `type` says what a value is" if is_core else "put a text that starts with `!` in quotes"
            )
            self._refuse(FOREIGN_YAML, span, f"{_shown(tag)} is a tag", help)

    def _start(self, event: Event, is_map: bool) -> None:
        span = self.place(event.start_mark, event.end_mark)
        self._check_properties(event, span)
        if len(self._open) == MAX_DEPTH:
            self._refuse(TOO_DEEP, span, "here one more level opens", "flatten it")
            raise _StopError
        self._open.append(_Open(event.start_mark, is_map, bool(event.flow_style)))

    def _finish(self, event: Event) -> None:
        done = self._open.pop()
        items: tuple[Node, ...] = tuple(entry.value for entry in done.entries.values()) if done.is_map else ()
        last = items[-1] if items else done.items[-1] if done.items else None
        span = self.place(done.start, event.end_mark)
        if not done.is_flow and last is not None:
            span = Span(span.file, span.line, span.column, last.span.end_line, last.span.end_column)
        self._add(Mapping(tuple(done.entries.values()), span) if done.is_map else Sequence(tuple(done.items), span))

    def _add(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._refuse(TOO_LARGE, node.span, "here it has one more", "split it into several files")
            raise _StopError
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if not parent.is_map:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node
        else:
            key, parent.key = parent.key, None
            self._pair(parent, key, node)

    def _pair(self, parent: _Open, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            fact = f"this key is a {_kind(key)}"
            self._refuse(FOREIGN_YAML, key.span, fact, 'quote it if it is a text, as in `"{side}_width"` or `"(0, 1]"`')
            raise _StopError
        if key.text == "<<" and not key.quoted:
            self._is_whole = False
            self._sharing.append((key.span, "`<<` is a merge key"))
        elif key.text in parent.entries:
            first = parent.entries[key.text].key.span
            fact = f"{_shown(key.text)} already stands at {first.line}:{first.column}"
            self._refuse(DUPLICATE_KEY, key.span, fact, "keep one of the two")
        else:
            parent.entries[key.text] = Entry(key, value)

    def _report_sharing(self) -> None:
        """One finding for all of a file: who removes the first sees what to do with the rest."""
        if self._sharing:
            span, fact = self._sharing[0]
            more = len(self._sharing) - 1
            fact = f"{fact} ({more} more of these follow)" if more else fact
            self._refuse(FOREIGN_YAML, span, fact, "share by `use: FILE/NAME`, or put a text that starts so in quotes")

    def _refuse(self, rule: Rule, span: Span, fact: str, help: str) -> None:
        self.problems.append(rule.on(span, self._file, fact, help))


def _shown(text: str) -> str:
    return f"`{text if len(text) <= 40 else text[:37] + '...'}`"


def _kind(node: Node | None) -> str:
    match node:
        case Mapping():
            return "map"
        case Sequence():
            return "list"
        case _:
            return "single value"
