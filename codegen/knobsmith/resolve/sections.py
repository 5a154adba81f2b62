"""The sections of an algorithm file with every template and every ``use`` written out."""

from collections.abc import Iterator

from knobsmith.diagnostics import Diagnostic
from knobsmith.load.laws import MAX_NODES, TOO_LARGE
from knobsmith.load.tree import Entry, Mapping, Node, Scalar, Sequence
from knobsmith.model.spec import SECTION_NAMES
from knobsmith.records import Record, replace
from knobsmith.resolve.families import FAMILY, Families, members, placeholders
from knobsmith.resolve.merge import merge
from knobsmith.resolve.sharing import Fragments
from knobsmith.source import Span


class Expanded(Record):
    """An algorithm's tree with the entries of all its sections written in full.

    The mapping of each entry has the span of its name, which is where a reader looks for what an entry lacks.

    Attributes:
        tree: The tree, without the entries that could not be written.
        is_whole: Whether all could.
        problems: Why not, unless a file that could not be read is the reason.
    """

    tree: Mapping
    is_whole: bool
    problems: tuple[Diagnostic, ...]


def expand(tree: Mapping, families: Families, fragments: Fragments) -> Expanded:
    """Write an algorithm's sections in full."""
    entries = []
    writing = _Writing(families, fragments)
    for entry in tree.entries:
        if entry.key.text in SECTION_NAMES and isinstance(entry.value, Mapping):
            entries.append(replace(entry, value=writing.section(entry.key.text, entry.value)))
        else:
            entries.append(entry)
    if writing.is_spent:
        fact = "with what it shares written in full, this one has more"
        help = "use fewer members or smaller entries"
        writing.problems.append(TOO_LARGE.on(Span.whole(tree.span.file), tree.span.file, fact, help))
    is_whole = writing.is_whole and not writing.problems
    return Expanded(replace(tree, entries=tuple(entries)), is_whole, tuple(writing.problems))


def families_used(tree: Mapping) -> set[str]:
    """The families that names in an algorithm's tree speak of."""
    sections = [section for section in map(tree.get, SECTION_NAMES) if isinstance(section, Mapping)]
    return {name for section in sections for entry in section for name in placeholders(entry.key.text)}


class _Writing:
    """Writes sections in full, up to a limit: a few lines of templates can stand for more than any memory holds."""

    def __init__(self, families: Families, fragments: Fragments) -> None:
        self.problems: list[Diagnostic] = []
        self.is_whole = True
        self._families = families
        self._fragments = fragments
        self._left = MAX_NODES

    @property
    def is_spent(self) -> bool:
        """Whether the limit was reached."""
        return self._left <= 0

    def section(self, name: str, node: Mapping) -> Mapping:
        """All entries of a section that could be written in full."""
        written = [self._written(name, layers) for layers in self._layers(node).values()]
        self.is_whole = self.is_whole and None not in written
        return Mapping(tuple(entry for entry in written if entry is not None), node.span)

    def _layers(self, node: Mapping) -> dict[str, list[Entry]]:
        """For each name what states it: the member of a family first, then the row that has its full name."""
        layers: dict[str, list[Entry]] = {}
        templated: set[str] = set()
        for entry in node:
            if not placeholders(entry.key.text):
                layers.setdefault(entry.key.text, []).append(entry)
                continue
            for member in self._members(entry):
                name = member.key.text
                if name in templated:
                    fact = f"but two templates produce `{name}`"
                    self.problems.append(FAMILY.on(member.key.span, name, fact, "rename one of them"))
                else:
                    templated.add(name)
                    layers.setdefault(name, []).insert(0, member)
        return layers

    def _members(self, entry: Entry) -> Iterator[Entry]:
        for member in members(entry, self._families, self.problems):
            self._spend(member.value)
            if self.is_spent:
                return
            yield member

    def _written(self, section: str, layers: list[Entry]) -> Entry | None:
        """One entry from all that states it; None if something that it starts from is not there."""
        whole: Entry | None = None
        for layer in layers:
            entry = self._full(section, layer)
            if entry is None or self.is_spent:
                return None
            whole = entry if whole is None else self._over(section, whole, entry)
        return whole

    def _full(self, section: str, entry: Entry) -> Entry | None:
        if not isinstance(entry.value, Mapping):
            # Whoever reads the section says what is wrong with it.
            return entry
        body = replace(entry.value, span=entry.key.span)
        found = self._fragments.written_in_full(section, entry.key.text, body)
        self.problems.extend(found.problems)
        if found.mapping is None:
            return None
        self._spend(found.mapping)
        return replace(entry, value=found.mapping)

    def _over(self, section: str, member: Entry, row: Entry) -> Entry:
        if isinstance(member.value, Mapping) and isinstance(row.value, Mapping):
            path = (section, row.key.text)
            return replace(row, value=merge(member.value, row.value, path, self.problems))
        return row

    def _spend(self, node: Node) -> None:
        waiting = [node]
        while waiting and not self.is_spent:
            self._left -= 1
            waiting.extend(_below(waiting.pop()))


def _below(node: Node) -> tuple[Node, ...]:
    match node:
        case Scalar():
            return ()
        case Sequence():
            return node.items
        case Mapping():
            return tuple(entry.value for entry in node.entries)
