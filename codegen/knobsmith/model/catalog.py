"""What the specs mean once fragments, families, groups and defaults are resolved: the input of every target.

Its JSON form is published under ``generated/catalog/``; ``CATALOG_VERSION`` counts its breaking changes.
Nothing here knows where a fact stood in a file: see ``resolve.Resolved`` for places.
"""

from typing import Literal

from knobsmith.model.base import Expr, Record, Value
from knobsmith.model.domain import Deprecated, Domain, Range, Wire
from knobsmith.model.kernels import Dispatch, KernelFunction

CATALOG_VERSION = 1

Scale = Literal["auto", "linear", "log", "reverse-log"]
Impact = Literal["high", "medium", "low"] | int


class Default(Record):
    """The value when none is given: a value or an expression, never both."""

    value: Value | None = None
    expr: Expr | None = None


class Tuning(Record):
    """What a tuner searches: a constant, finite range or a list of values."""

    range: Range | None = None
    values: tuple[Value, ...] | None = None
    scale: Scale = "auto"
    step: Value | None = None
    impact: Impact | None = None


class Advice(Record):
    """Recommended values: a range or a list."""

    range: Range | None = None
    values: tuple[Value, ...] | None = None


class Case(Record):
    """Facts that differ while ``when`` is true. A fact that is absent is not stated by the case."""

    when: Expr
    doc: str | None = None
    domain: Domain | None = None
    default: Default | None = None
    recommended: Advice | None = None
    tuning: Tuning | None = None
    not_tunable: bool = False


class Erratum(Record):
    """Something a source says wrongly; the right fact is the key itself."""

    source: str
    about: tuple[str, ...]
    says: str
    because: str


class Provenance(Record):
    """Where an entry comes from.

    Attributes:
        sources: Pairs of a key ("" for the whole entry) and the name of a source.
        implied: Keys that the source suggests without stating them.
        origins: Pairs of a key and the fragment entry ("optimizers/momentum") it was inherited from.
    """

    sources: tuple[tuple[str, str], ...] = ()
    implied: tuple[str, ...] = ()
    errata: tuple[Erratum, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()


class ContextFact(Record):
    """A fact about the job that decides validity but is no hyperparameter."""

    name: str
    doc: str
    domain: Domain
    wire: Wire = None
    default: Value | None = None
    unit: str | None = None
    notes: tuple[str, ...] = ()
    provenance: Provenance = Provenance()


class Parameter(Record):
    """A hyperparameter, by its name on the wire. Group conditions are part of ``used_when`` and ``forbidden_when``."""

    name: str
    doc: str
    domain: Domain
    wire: Wire = None
    default: Default | None = None
    if_unset: str | None = None
    required: bool = False
    required_when: Expr | None = None
    used_when: Expr | None = None
    forbidden_when: Expr | None = None
    cases: tuple[Case, ...] = ()
    recommended: Advice | None = None
    examples: tuple[Value, ...] = ()
    tuning: Tuning | None = None
    unit: str | None = None
    group: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    identifier: str | None = None
    aliases: tuple[str, ...] = ()
    deprecated: Deprecated | None = None
    provenance: Provenance = Provenance()


class Group(Record):
    """A heading; its conditions are already part of its members."""

    name: str
    title: str
    doc: str | None = None
    used_when: Expr | None = None
    forbidden_when: Expr | None = None
    notes: tuple[str, ...] = ()
    provenance: Provenance = Provenance()


class CrossRule(Record):
    """A constraint over several parameters; broken only if known to be false."""

    name: str
    require: Expr
    message: str
    when: Expr | None = None
    severity: Literal["error", "warning", "info"] = "error"
    notes: tuple[str, ...] = ()
    provenance: Provenance = Provenance()


class Metric(Record):
    """What training reports; ``pattern`` has one group, the number in a log line."""

    name: str
    direction: Literal["maximize", "minimize"]
    doc: str
    objective: bool = True
    reported_when: Expr | None = None
    pattern: str | None = None
    example: str | None = None
    unit: str | None = None
    provenance: Provenance = Provenance()


class Source(Record):
    """A page or program that facts come from."""

    name: str
    title: str
    language: str | None = None
    url: str | None = None
    date: str | None = None
    covers: tuple[str, ...] = ()


class Algorithm(Record):
    """Everything known of one algorithm, in the order of its spec.

    ``effect_order`` lists the parameters so that each comes after those its use and its default hang on.
    """

    name: str
    title: str
    doc: str
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    context: tuple[ContextFact, ...] = ()
    groups: tuple[Group, ...] = ()
    parameters: tuple[Parameter, ...]
    effect_order: tuple[str, ...]
    rules: tuple[CrossRule, ...] = ()
    metrics: tuple[Metric, ...] = ()
    errata: tuple[Erratum, ...] = ()

    def parameter(self, name: str) -> Parameter | None:
        """The parameter with this wire name, or None."""
        return next((p for p in self.parameters if p.name == name), None)

    def fact(self, name: str) -> ContextFact | None:
        """The context fact with this name, or None."""
        return next((c for c in self.context if c.name == name), None)


class Packages(Record):
    """Names of the generated packages; each has a default derived from the project's name."""

    python: str
    npm: str
    cmake: str
    kernels: str = "kernels"


class Project(Record):
    """The project file: names, version, locales, and the targets with their options."""

    name: str
    version: str
    locales: tuple[str, ...] = ("en",)
    packages: Packages
    targets: tuple[tuple[str, dict[str, object]], ...] = ()
    severity: tuple[tuple[str, Literal["error", "warning", "info", "off"]], ...] = ()


class Catalog(Record):
    """All algorithms and kernels of a project, sorted by name."""

    version: int = CATALOG_VERSION
    project: Project
    algorithms: tuple[Algorithm, ...]
    kernels: tuple[KernelFunction, ...] = ()
    dispatch: tuple[Dispatch, ...] = ()

    def algorithm(self, name: str) -> Algorithm | None:
        """The algorithm with this name, or None."""
        return next((a for a in self.algorithms if a.name == name), None)
