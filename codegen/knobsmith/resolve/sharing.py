"""Fragments applied: the entries of a section as if each had been written in full."""

from collections.abc import Mapping as Lookup

from knobsmith.diagnostics import Diagnostic, Rule, Severity, subject_of
from knobsmith.load.tree import Mapping, Scalar
from knobsmith.model.forms import nearest
from knobsmith.records import Record, replace
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


class Whole(Record):
    """An entry with everything that it starts from; no mapping if that is not there, mostly for a reason given."""

    mapping: Mapping | None
    problems: tuple[Diagnostic, ...] = ()


class Fragments:
    """The fragment files of a project by name, and which of their entries were used.

    Attributes:
        files: Those that could be read.
        lost: The names of those that could not: what they hold is not known.
        used: Each entry that something starts from: file, section, name.
    """

    def __init__(self, files: Lookup[str, Mapping], lost: frozenset[str] = frozenset()) -> None:
        self.files = files
        self.lost = lost
        self.used: set[tuple[str, str, str]] = set()
        self._wholes: dict[tuple[str, str], Whole] = {}

    def written_in_full(self, section: str, name: str, body: Mapping) -> Whole:
        """An entry of an algorithm with everything that it starts from."""
        use = _use(body)
        return Whole(body) if use is None else self._over(section, name, body, self._whole(section, name, use), use)

    def _whole(self, section: str, name: str, use: Scalar) -> Whole:
        """The entry that ``use`` names, with everything that it starts from; a long chain is no deep recursion."""
        trail: dict[str, Scalar] = {}
        steps: list[tuple[str, Mapping, Scalar]] = []
        found: Whole | None = None
        while found is None:
            target = use.text
            body = self._entry(section, target)
            if target in trail:
                found = Whole(None, (_circle(section, {**trail, target: use}, target),))
            elif body is None:
                is_lost = target.rpartition("/")[0] in self.lost
                found = Whole(None, () if is_lost else (self._unknown(section, name, use),))
            elif (section, target) in self._wholes:
                found = self._wholes[section, target]
            elif (below := _use(body)) is None:
                found = Whole(body)
            else:
                trail[target] = use
                steps.append((target, body, below))
                name, use = _name(target), below
        for target, body, below in reversed(steps):
            found = self._over(section, _name(target), body, found, below)
            self._wholes[section, target] = found
        return found

    def _over(self, section: str, name: str, body: Mapping, inherited: Whole, use: Scalar) -> Whole:
        """An entry merged over the one that its ``use`` names."""
        if inherited.mapping is None:
            return inherited
        own = replace(body, entries=tuple(entry for entry in body.entries if entry.key.text != "use"))
        problems = list(inherited.problems)
        return Whole(merge(marked(inherited.mapping, use.text), own, (section, name), problems), tuple(problems))

    def _entry(self, section: str, target: str) -> Mapping | None:
        file, _, name = target.rpartition("/")
        entries = self.files[file].get(section) if file in self.files else None
        found = entries.get(name) if isinstance(entries, Mapping) else None
        if not isinstance(found, Mapping):
            return None
        self.used.add((file, section, name))
        return found

    def _unknown(self, section: str, name: str, use: Scalar) -> Diagnostic:
        known: list[str] = []
        for file, tree in self.files.items():
            entries = tree.get(section)
            known.extend(f"{file}/{entry.key.text}" for entry in entries) if isinstance(entries, Mapping) else None
        help = nearest(use.text, known) if known else "write FILE/NAME; no fragment has any"
        fact = f"`{use.text}` is none under `{section}`"
        return UNKNOWN_USE.on(use.span, subject_of((section, name, "use")), fact, help)


def _use(body: Mapping) -> Scalar | None:
    """What an entry starts from; one that is no text is reported by whoever reads the entry."""
    use = body.get("use")
    return use if isinstance(use, Scalar) and isinstance(use.value, str) else None


def _circle(section: str, trail: Lookup[str, Scalar], target: str) -> Diagnostic:
    """One circle is reported once, wherever it is entered: from the first of its entries by name.

    ``trail`` holds what was used on the way, each with the place that names it.
    """
    names = list(trail)
    circle = names[names.index(target) :]
    start = circle.index(min(circle))
    shown = [*circle[start:], *circle[: start + 1]]
    # What is shown second is named in the entry that is shown first.
    place, subject = trail[shown[1]].span, subject_of((section, _name(shown[0]), "use"))
    return CIRCULAR_USE.on(place, subject, f"but {' -> '.join(shown)} does", "break the circle")


def _name(target: str) -> str:
    return target.rpartition("/")[2]
