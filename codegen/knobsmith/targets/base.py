"""What a target is: a pure function from the catalog to files, and an honest word on what it carries.

A target neither reads nor writes; `write` puts its files on disk. Third parties name theirs in the entry-point group
``knobsmith.targets``.
"""

from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import Protocol, runtime_checkable

from knobsmith.diagnostics import Finding
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

# What a definition for a tuner may carry or lose instead: it describes where to search, not what is valid.
SEARCHES: Mapping[str, str] = {
    "statics": "settings that are not tuned",
    "closed_end": "closed ends of tuned ranges",
    "open_end": "open ends of tuned ranges",
    "integer_range": "ranges of integers",
    "log": "logarithmic scales",
    "reverse_log": "reverse-logarithmic scales",
    "step": "steps",
    "choices": "listed values",
    "number_choices": "numbers as categories",
    "list_choices": "lists as categories",
    "conditions": "conditions on listed values",
    "range_conditions": "conditions on tuned ranges",
    "computed_conditions": "conditions that compute with tuned ranges",
    "guards": "tuning that differs by case",
    "refusals": "combinations that a rule refuses",
    "objective": "objective metrics",
    "impact": "impact on the objective",
}

# What a target of kernels may carry or lose: it describes functions over tensors, not algorithms.
FUNCTIONS: Mapping[str, str] = {
    "variants": "dtypes that differ by variant",
    "shapes": "shapes by symbols",
    "any_shape": "tensors of any shape",
    "many": "lists of tensors",
    "omission": "tensors that may be left out",
    "scalars": "domains of scalars",
    "list_scalars": "lists as scalars",
    "function_rules": "rules over scalars and sizes",
    "dispatch": "dispatch by a hyperparameter",
}


class Target(Protocol):
    """A back end of the compiler.

    Attributes:
        name: Its key in the project file and under ``generated/``.
        fidelity: How well it carries each construct; every key of ``CONSTRUCTS`` is present, or, if it writes
            definitions for a tuner, every key of ``SEARCHES``, or, if it is about kernels, of ``FUNCTIONS``.
    """

    @property
    def name(self) -> str:
        """Its key in the project file."""

    @property
    def fidelity(self) -> Mapping[str, Carried]:
        """How well it carries each construct."""

    def render(self, catalog: Catalog, options: Options) -> Iterable[OutputFile]:
        """The files, their paths relative to the generated folder; the same for the same input."""


@runtime_checkable
class Examining(Protocol):
    """A target that may find the catalog to be more than it can bear."""

    def examine(self, catalog: Catalog, options: Options) -> Iterable[tuple[str, Finding]]:
        """What is wrong, each with the name of the algorithm; nothing is written if there is an error."""


@runtime_checkable
class Costly(Protocol):
    """A target some of whose files cost much to make."""

    def keys(self, catalog: Catalog, options: Options) -> Mapping[str, str]:
        """For each of these files, by path, a text that changes whenever the file may."""

    def render_others(self, catalog: Catalog, options: Options, kept: Collection[str]) -> Iterable[OutputFile]:
        """All files but those that are kept."""


@runtime_checkable
class Ending(Protocol):
    """A target of a tuner that tells which ends of a range the tuner's own distributions draw.

    Attributes:
        ends: For each kind of range, whether its low end is drawn, and whether its high end is.
    """

    @property
    def ends(self) -> Mapping[str, tuple[bool, bool]]:
        """The ends, by kind of range."""


def carried(**losses: Carried) -> Mapping[str, Carried]:
    """A fidelity that is exact but for these constructs."""
    return {construct: losses.get(construct, EXACT) for construct in CONSTRUCTS}


def searched(**losses: Carried) -> Mapping[str, Carried]:
    """The fidelity of a tuner's definitions, exact but for these constructs."""
    return {construct: losses.get(construct, EXACT) for construct in SEARCHES}


def carried_by_kernels(**losses: Carried) -> Mapping[str, Carried]:
    """The fidelity of what is generated around kernels, exact but for these constructs."""
    return {construct: losses.get(construct, EXACT) for construct in FUNCTIONS}


def vocabulary(target: Target) -> Mapping[str, str]:
    """The constructs that a target's fidelity speaks of."""
    spoken = target.fidelity.keys()
    return next((known for known in (SEARCHES, FUNCTIONS) if spoken and spoken <= known.keys()), CONSTRUCTS)


def partial(note: str) -> Carried:
    """Carried in part; ``note`` says what is lost."""
    return Carried(Fidelity.PARTIAL, note)


def dropped(note: str) -> Carried:
    """Not carried; ``note`` says why."""
    return Carried(Fidelity.DROPPED, note)
