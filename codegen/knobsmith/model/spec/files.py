"""The four kinds of files: how each opens, and what stands at its top."""

from pathlib import PurePosixPath
from typing import Any, NamedTuple

from knobsmith.load.tree import Mapping, Node, Scalar
from knobsmith.model.forms import Key, ListOf, MapOf, Member, Name, Named, Options, Place, RecordOf, Text, Word
from knobsmith.model.forms.form import Json, described, refuse_kind, shown
from knobsmith.model.forms.laws import FILE_NAME, VERSION
from knobsmith.model.spec.kernels import DISPATCH, FUNCTION, LETTERS
from knobsmith.model.spec.provenance import FILE_ERRATA, NOTES, SOURCE_ENTRY
from knobsmith.model.spec.records import AlgorithmHeader, FragmentSpec, PackagesSpec, ProjectSpec
from knobsmith.model.spec.sections import SECTION_NAMES, SECTIONS, Section

LANGUAGE_VERSION = 1
FILE_KINDS = ("algorithm", "fragment", "kernels", "project")


class EntryMap(NamedTuple):
    """A section whose entries are read one by one later, once fragments and families are applied."""

    section: Section
    wanted: str = "a map from names to entries"

    def read(self, node: Node, place: Place) -> tuple[str, ...] | None:
        """The names of the entries, each of which is a map."""
        if not isinstance(node, Mapping):
            refuse_kind(node, place, self.wanted, "write `NAME: {...}` for each entry")
            return None
        is_whole = True
        for entry in node.entries:
            inside = place.inside(entry.key.text)
            if "{" not in entry.key.text:
                is_whole &= self._named().check_name(entry.key, entry.key.text, inside)
            if not isinstance(entry.value, Mapping):
                help = "write `{...}` behind the name, or keys on the lines below, further in"
                refuse_kind(entry.value, inside, "a map", help)
                is_whole = False
        return tuple(entry.key.text for entry in node.entries) if is_whole else None

    def write(self, value: Any) -> Any:
        """Entries are written by the form of the section."""
        return self._named().write(value)

    def schema(self, defs: Json) -> Json:
        """Entries of the section, whose names may hold placeholders, and which may start from a fragment."""
        name = self.section.form.title.lower().replace(" ", "-")
        if name not in defs:
            defs[name] = {}
            defs[name] = {**self.section.form.with_key(USE).inline_schema(defs, is_entry=True)}
            defs[name].pop("required", None)
        # A family may stand anywhere in a name, so only the characters are checked.
        entries = {"^[A-Za-z_{][A-Za-z0-9_.:/@{}-]*$": {"$ref": f"#/$defs/{name}"}}
        return {"type": "object", "patternProperties": entries, "additionalProperties": False}

    def _named(self) -> Named[Any]:
        return Named(self.section.form, self.section.name_pattern)


USE = Key("use", Text(), "Shared definition that the entry starts from: `FILE/NAME`.", "early-stopping/patience")
HEADER_KEYS = (
    Key("title", Text(), "Name of the algorithm for readers.", "Object Detection", required=True),
    Key("doc", Text(), "What the algorithm does, in a paragraph.", "Finds objects in images.", required=True),
    Key("tags", ListOf(Text()), "Free words for readers and tools.", ["mxnet", "images"]),
    Key("sources", Named(SOURCE_ENTRY), "Where facts come from."),
    Key("families", MapOf(Name(), ListOf(Member()), Name().pattern), "Name templates.", {"side": ["left", "right"]}),
    FILE_ERRATA,
    NOTES,
)
SECTION_KEYS = tuple(
    Key(section.name, EntryMap(section), section.meaning, required=section.name == "parameters") for section in SECTIONS
)
FRAGMENT_KEYS = tuple(Key(section.name, EntryMap(section), section.meaning) for section in SECTIONS)
HEADER = RecordOf(AlgorithmHeader, HEADER_KEYS, "Algorithm header")
_PACKAGES = RecordOf(
    PackagesSpec,
    (
        Key("python", Text(), "Import name of the Python package.", "vision_hyperparameters"),
        Key("npm", Text(), "Name of the npm package.", "vision-hyperparameters"),
        Key("cmake", Text(), "Name of the CMake package.", "vision_hyperparameters"),
        Key("kernels", Text(), "Import name of the package of kernels.", "vision_kernels"),
    ),
    "Packages",
)
PROJECT = RecordOf(
    ProjectSpec,
    (
        Key("version", Text(), "Version of the generated packages.", "0.1.0", required=True),
        Key("locales", ListOf(Text()), "Languages of the prose; the first is that of the specs.", ["en", "fr"]),
        Key("packages", _PACKAGES, "Names of the generated packages."),
        Key("targets", MapOf(Text(), Options()), "What is generated, with the options of each.", {"python": {}}),
        Key(
            "severity",
            MapOf(Text(), Word(("error", "warning", "info", "off"))),
            "Severities other than the usual.",
            {"KS305": "off"},
        ),
    ),
    "Project",
)
KERNELS_KEYS = (
    LETTERS,
    Key("functions", Named(FUNCTION), "The functions, by name."),
    Key("dispatch", Named(DISPATCH), "Which function serves which value of a hyperparameter."),
)


def header_of(**values: Any) -> AlgorithmHeader:
    """The header without the sections, of which reading only checks that they are maps of maps."""
    return AlgorithmHeader(**{key: value for key, value in values.items() if key not in SECTION_NAMES})


def fragment_of(name: str, **entries: tuple[str, ...]) -> FragmentSpec:
    """A fragment file from the names of the entries in each section."""
    return FragmentSpec(name=name, entries=tuple(entries.items()))


def file_kind(tree: Mapping) -> str | None:
    """What a file says it is; None if it does not say so with its second key."""
    second = tree.entries[1].key.text if len(tree.entries) > 1 else ""
    return second if second in FILE_KINDS else None


class Opening(NamedTuple):
    """The first two keys of a file: the name that it gives itself, None if that is wrong, and what follows them."""

    name: str | None
    rest: Mapping


def read_opening(tree: Mapping, kind: str, place: Place) -> Opening | None:
    """The opening of a file; None if the file is of another version or kind, so that its keys mean something else."""
    if not _check_version(tree, place):
        return None
    second = tree.entries[1] if len(tree.entries) > 1 else None
    if second is None or second.key.text != kind:
        fact = "it says nothing else" if second is None else f"the second key is {shown(second.key.text)}"
        span = tree.entries[0].key.span if second is None else second.key.span
        place.refuse(VERSION, span, fact, f"write `{kind}: NAME` next")
        return None
    rest = Mapping(tree.entries[2:], tree.span)
    inside = place.inside(kind)
    name = Name().read(second.value, inside)
    stem = PurePosixPath(second.value.span.file).stem
    if name is None or kind == "project" or name == stem:
        return Opening(name, rest)
    inside.refuse(
        FILE_NAME, second.value.span, f"this one says {shown(name)}", f"write `{kind}: {stem}`, or rename the file"
    )
    return Opening(None, rest)


def _check_version(tree: Mapping, place: Place) -> bool:
    if not tree.entries:
        place.refuse(VERSION, tree.span, "this one has no key", "write `knobsmith: 1` first")
        return False
    first = tree.entries[0]
    if first.key.text != "knobsmith":
        fact = f"the first key is {shown(first.key.text)}"
        place.refuse(VERSION, first.key.span, fact, "write `knobsmith: 1` first")
        return False
    value = first.value
    if isinstance(value, Scalar) and type(value.value) is int and value.value == LANGUAGE_VERSION:
        return True
    help = f"write `{LANGUAGE_VERSION}`; this compiler knows no other version"
    place.inside("knobsmith").refuse(VERSION, value.span, f"this one says {described(value)}", help)
    return False
