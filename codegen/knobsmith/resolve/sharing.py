"""Fragments and families applied: the entries of a section as if each had been written in full."""

from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from knobsmith.diagnostics import Diagnostic, Rule, Severity, subject_of
from knobsmith.load.tree import Entry, Mapping, Scalar
from knobsmith.resolve.families import FAMILY, Families, is_template, members
from knobsmith.resolve.merge import marked, merge

UNKNOWN_USE = Rule(
    "KS017",
    Severity.ERROR,
    "`use` names an entry of the same section of a fragment",
    "`use: optimizers/momentum` starts an entry from `momentum` in the same section of `fragments/optimizers.yaml`.",
)
CIRCULAR_USE = Rule(
    "KS018",
    Severity.ERROR,
    "shared definitions do not use each other in a circle",
    "A fragment entry may start from another one, but following `use` must come to an end.",
)


@dataclass(slots=True)
class Fragments:
    """The fragment files of a project by name, and which of their entries were used."""

    files: Lookup[str, Mapping]
    used: set[tuple[str, str, str]] = field(default_factory=set)

    def entry(self, file: str, section: str, name: str) -> Mapping | None:
        """An entry of a section of a fragment file, or None."""
        entries = self.files[file].get(section) if file in self.files else None
        found = entries.get(name) if isinstance(entries, Mapping) else None
        return found if isinstance(found, Mapping) else None

    def names(self, section: str) -> list[str]:
        """All that ``use`` may name in a section, as FILE/NAME."""
        listed = []
        for file, tree in self.files.items():
            entries = tree.get(section)
            if isinstance(entries, Mapping):
                listed.extend(f"{file}/{entry.key.text}" for entry in entries)
        return listed


def expand_section(
    section: str, node: Mapping, families: Families, fragments: Fragments, problems: list[Diagnostic]
) -> Mapping:
    """A section with every template expanded and every ``use`` followed.

    The mapping of each entry gets the span of its name, which is where a reader looks for what an entry lacks.
    """
    expanded: dict[str, Entry] = {}
    for name, layers in _layers(node, families, problems).items():
        whole = _followed(section, layers[0], fragments, problems)
        for layer in layers[1:]:
            whole = _over(section, whole, _followed(section, layer, fragments, problems), problems)
        expanded[name] = whole
    return Mapping(tuple(expanded.values()), node.span)


def _layers(node: Mapping, families: Families, problems: list[Diagnostic]) -> dict[str, list[Entry]]:
    """For each name what states it: the member of a family first, then the row that has its full name."""
    layers: dict[str, list[Entry]] = {}
    templated: set[str] = set()
    for entry in node:
        template = is_template(entry.key.text)
        for member in members(entry, families, problems) if template else [entry]:
            name = member.key.text
            if template and name in templated:
                fact = f"but two templates produce `{name}`"
                problems.append(FAMILY.on(member.key.span, name, fact, "rename one of them"))
            elif template:
                templated.add(name)
                layers.setdefault(name, []).insert(0, member)
            else:
                layers.setdefault(name, []).append(member)
    return layers


def _over(section: str, member: Entry, row: Entry, problems: list[Diagnostic]) -> Entry:
    if isinstance(member.value, Mapping) and isinstance(row.value, Mapping):
        return replace(row, value=merge(member.value, row.value, (section, row.key.text), problems))
    return row


def _followed(section: str, entry: Entry, fragments: Fragments, problems: list[Diagnostic]) -> Entry:
    if not isinstance(entry.value, Mapping):
        return entry
    body = replace(entry.value, span=entry.key.span)
    return replace(entry, value=_follow(section, entry.key.text, body, fragments, problems, ()))


def _follow(
    section: str, name: str, body: Mapping, fragments: Fragments, problems: list[Diagnostic], trail: tuple[str, ...]
) -> Mapping:
    use = body.get("use")
    if not isinstance(use, Scalar) or not isinstance(use.value, str):
        return body
    own = replace(body, entries=tuple(entry for entry in body.entries if entry.key.text != "use"))
    target = use.value
    file, _, entry_name = target.rpartition("/")
    base = fragments.entry(file, section, entry_name)
    subject = subject_of((section, name, "use"))
    if target in trail:
        circle = " -> ".join((*trail[trail.index(target) :], target))
        problems.append(CIRCULAR_USE.on(use.span, subject, f"but {circle} does", "break the circle"))
        return own
    if base is None:
        near = get_close_matches(target, fragments.names(section), 1)
        help = (
            f"did you mean `{near[0]}`?"
            if near
            else f"write FILE/NAME; known: {', '.join(fragments.names(section)) or 'none'}"
        )
        problems.append(UNKNOWN_USE.on(use.span, subject, f"`{target}` is none under `{section}`", help))
        return own
    fragments.used.add((file, section, entry_name))
    inherited = _follow(section, entry_name, base, fragments, problems, (*trail, target))
    return merge(marked(inherited, target), own, (section, name), problems)
