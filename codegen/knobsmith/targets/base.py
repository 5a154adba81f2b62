"""What a target is: a pure function from the catalog to files, and an honest word on what it carries.

A target neither reads nor writes; `write` puts its files on disk. Third parties name theirs in the entry-point group
``knobsmith.targets``.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Protocol

from knobsmith.model.catalog import Catalog
from knobsmith.records import Record

# The options of a target in the project file, `targets: {NAME: {OPTION: ...}}`.
Options = Mapping[str, object]


class OutputFile(Record):
    """A file below the generated folder: its path with forward slashes, and its text with LF line ends."""

    path: str
    text: str


class Fidelity(Enum):
    """How well a target carries a construct of the language."""

    EXACT = "exact"
    PARTIAL = "partial"
    DROPPED = "dropped"


class Carried(Record):
    """How well a target carries one construct; ``note`` says what is lost, unless nothing is."""

    fidelity: Fidelity
    note: str = ""


EXACT = Carried(Fidelity.EXACT)

# Everything that a target may carry or lose, with the words by which tables speak of it.
CONSTRUCTS: Mapping[str, str] = {
    "type": "types",
    "values": "closed lists of values",
    "open": "open lists of values",
    "range": "ranges with constant ends, open or closed",
    "named_range": "ranges that end at another parameter or a context fact",
    "multiple_of": "multiples",
    "precision": "float formats",
    "pattern": "patterns",
    "length": "lengths",
    "items": "domains of items",
    "fields": "names of items",
    "unique": "lists without repetition",
    "increasing": "lists that ascend",
    "special": "special values",
    "wire": "wire forms",
    "default": "constant defaults",
    "computed_default": "computed defaults",
    "if_unset": "what happens without a value",
    "required": "required parameters",
    "required_when": "requirement by condition",
    "used_when": "use by condition",
    "forbidden_when": "prohibition by condition",
    "cases": "facts that differ by case",
    "recommended": "recommended values",
    "examples": "examples",
    "tuning": "tuning",
    "unit": "units",
    "group": "groups",
    "aliases": "aliases",
    "deprecated": "deprecation",
    "context": "context facts",
    "rules": "rules over several parameters",
    "metrics": "metrics",
    "provenance": "sources and errata",
}


class Target(Protocol):
    """A back end of the compiler.

    Attributes:
        name: Its key in the project file and under ``generated/``.
        fidelity: How well it carries each construct; every key of ``CONSTRUCTS`` is present.
    """

    @property
    def name(self) -> str:
        """Its key in the project file."""

    @property
    def fidelity(self) -> Mapping[str, Carried]:
        """How well it carries each construct."""

    def render(self, catalog: Catalog, options: Options) -> Iterable[OutputFile]:
        """The files, their paths relative to the generated folder; the same for the same input."""


def carried(**losses: Carried) -> Mapping[str, Carried]:
    """A fidelity that is exact but for these constructs."""
    return {construct: losses.get(construct, EXACT) for construct in CONSTRUCTS}


def partial(note: str) -> Carried:
    """Carried in part; ``note`` says what is lost."""
    return Carried(Fidelity.PARTIAL, note)


def dropped(note: str) -> Carried:
    """Not carried; ``note`` says why."""
    return Carried(Fidelity.DROPPED, note)
