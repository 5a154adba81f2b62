"""What a YAML file says, with the place of everything: scalars, sequences and mappings, and nothing else of YAML."""

from collections.abc import Iterator

from knobsmith.records import Record
from knobsmith.source import Span

# What a plain scalar may mean. Everything that is not one of the other four is a string.
ScalarValue = bool | int | float | str | None


class Scalar(Record):
    """A leaf.

    Attributes:
        value: Its meaning by the scalar rules of the language.
        text: Its characters after unquoting.
        quoted: Whether it stood in quotes or in a block, and so is a string whatever it looks like.
    """

    value: ScalarValue
    text: str
    quoted: bool
    span: Span


class Sequence(Record):
    """A list of nodes."""

    items: "tuple[Node, ...]"
    span: Span

    def __iter__(self) -> "Iterator[Node]":
        return iter(self.items)


class Entry(Record):
    """One ``key: value`` of a mapping. ``origin`` names the fragment entry it was inherited from, if any."""

    key: Scalar
    value: "Node"
    origin: str | None = None


class Mapping(Record):
    """Keys in the order of the file; no key stands twice (by its text)."""

    entries: tuple[Entry, ...]
    span: Span

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def entry(self, key: str) -> Entry | None:
        """The entry with this key, or None."""
        return next((entry for entry in self.entries if entry.key.text == key), None)

    def get(self, key: str) -> "Node | None":
        """The value under this key, or None."""
        entry = self.entry(key)
        return entry.value if entry else None


Node = Scalar | Sequence | Mapping


def span_at(node: Node, path: tuple[str | int, ...]) -> Span:
    """The place of what ``path`` leads to below ``node``; where the path ends early, the nearest that exists.

    A last step that names a key which is absent falls back to the mapping that lacks it.
    """
    for step in path:
        child = _child(node, step)
        if child is None:
            break
        node = child
    return node.span


def text_span(node: Node, start: int, end: int) -> Span:
    """The place of a part of a scalar's text, given as offsets into ``text``.

    Where the characters of the file are not those of the text one by one (escapes, folded lines), the whole scalar.
    """
    span = node.span
    if not isinstance(node, Scalar) or span.line != span.end_line:
        return span
    quotes = span.end_column - span.column - len(node.text)
    if quotes != (2 if node.quoted else 0):
        return span
    shift = quotes // 2
    return span.within(start + shift, end + shift)


def _child(node: Node, step: str | int) -> Node | None:
    match node, step:
        case Mapping(), str():
            return node.get(step)
        case Mapping(), int() if 0 <= step < len(node.entries):
            # Of a list that may be written as a map of value to text, the value is the key.
            return node.entries[step].key
        case Sequence(), int() if 0 <= step < len(node.items):
            return node.items[step]
        case _:
            return None
