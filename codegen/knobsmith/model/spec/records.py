"""What an author wrote, once fragments and families are applied: nothing is derived, no type is applied yet.

Values stay as YAML has them (a list as a tuple), so that a later stage can say what is wrong with them. Maps with
keys of an author's own are tuples of pairs: `1`, `true` and `1.0` are different keys, and Python's dict would not
tell them apart.
"""

from typing import Literal

from knobsmith.model.base import Expr, PlainValue, Record, Value
from knobsmith.model.catalog import Impact, Scale
from knobsmith.model.domain import Deprecated, Kind, Precision, Range, Wire

# A value of a type that is stated elsewhere.
RawValue = PlainValue
# Pairs of a key of the entry ("" for the whole) and the name of a source.
Sources = tuple[tuple[str, str], ...]
NOT_TUNABLE: Literal["not tunable"] = "not tunable"


class ChoiceSpec(Record):
    """One of `values`."""

    value: Value
    doc: str | None = None
    aliases: tuple[Value, ...] = ()
    deprecated: Deprecated | None = None
    identifier: str | None = None


class SpecialSpec(Record):
    """An entry of `special`: the key as written, which may be a word, a value or the text of an interval."""

    key: Value
    doc: str


class DomainFacts(Record):
    """The keys from `type` to `special`. In a case `type` is absent."""

    type: Kind | None = None
    values: tuple[ChoiceSpec, ...] | None = None
    open: bool = False
    range: Range | None = None
    multiple_of: int | None = None
    precision: Precision | None = None
    pattern: str | None = None
    length: Range | None = None
    items: "DomainFacts | None" = None
    fields: tuple[str, ...] = ()
    unique: bool = False
    increasing: bool = False
    special: tuple[SpecialSpec, ...] = ()


class DefaultSpec(Record):
    """A value or an expression, never both."""

    value: Value | None = None
    expr: Expr | None = None


class AdviceSpec(Record):
    """`recommended`: a range or a list of values."""

    range: Range | None = None
    values: tuple[Value, ...] | None = None


class TuningSpec(Record):
    """What a tuner searches: a range or a list of values."""

    range: Range | None = None
    values: tuple[Value, ...] | None = None
    scale: Scale = "auto"
    step: Value | None = None
    impact: Impact | None = None


class CaseSpec(Record):
    """Facts that differ while `when` is true; what is absent is not stated by the case."""

    when: Expr
    doc: str | None = None
    domain: DomainFacts | None = None
    default: DefaultSpec | None = None
    recommended: AdviceSpec | None = None
    tuning: TuningSpec | Literal["not tunable"] | None = None

    @property
    def not_tunable(self) -> bool:
        """Whether the case takes the tuning away: `tuning: null`."""
        return self.tuning == NOT_TUNABLE


class ErratumSpec(Record):
    """What a source says wrongly. Within an entry ``about`` names keys of it, at the top of a file whole paths."""

    source: str
    about: tuple[str, ...]
    says: str
    because: str


class SourceSpec(Record):
    """An entry of `sources`."""

    name: str
    title: str
    language: str | None = None
    url: str | None = None
    date: str | None = None
    covers: tuple[str, ...] = ()


class ContextSpec(Record):
    """An entry of `context`."""

    name: str
    doc: str
    domain: DomainFacts
    wire: Wire = None
    default: Value | None = None
    unit: str | None = None
    source: Sources = ()
    notes: tuple[str, ...] = ()


class ParameterSpec(Record):
    """An entry of `parameters`."""

    name: str
    doc: str
    domain: DomainFacts
    wire: Wire = None
    default: DefaultSpec | None = None
    if_unset: str | None = None
    required: bool = False
    required_when: Expr | None = None
    used_when: Expr | None = None
    forbidden_when: Expr | None = None
    cases: tuple[CaseSpec, ...] = ()
    recommended: AdviceSpec | None = None
    examples: tuple[Value, ...] = ()
    tuning: TuningSpec | None = None
    unit: str | None = None
    group: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    identifier: str | None = None
    aliases: tuple[str, ...] = ()
    deprecated: Deprecated | None = None
    source: Sources = ()
    implied: tuple[str, ...] = ()
    errata: tuple[ErratumSpec, ...] = ()


class GroupSpec(Record):
    """An entry of `groups`."""

    name: str
    title: str
    doc: str | None = None
    used_when: Expr | None = None
    forbidden_when: Expr | None = None
    implied: tuple[str, ...] = ()
    source: Sources = ()
    notes: tuple[str, ...] = ()


class RuleSpec(Record):
    """An entry of `rules`."""

    name: str
    require: Expr
    message: str
    when: Expr | None = None
    severity: Literal["error", "warning", "info"] = "error"
    source: Sources = ()
    notes: tuple[str, ...] = ()


class MetricSpec(Record):
    """An entry of `metrics`."""

    name: str
    direction: Literal["maximize", "minimize"]
    doc: str
    objective: bool = True
    reported_when: Expr | None = None
    pattern: str | None = None
    example: str | None = None
    unit: str | None = None
    source: Sources = ()
    implied: tuple[str, ...] = ()
    errata: tuple[ErratumSpec, ...] = ()


class AlgorithmHeader(Record):
    """The keys of an algorithm file that are no sections of entries."""

    name: str
    title: str
    doc: str
    tags: tuple[str, ...] = ()
    sources: tuple[SourceSpec, ...] = ()
    families: tuple[tuple[str, tuple[str, ...]], ...] = ()
    errata: tuple[ErratumSpec, ...] = ()
    notes: tuple[str, ...] = ()


class AlgorithmSpec(Record):
    """A whole algorithm file."""

    header: AlgorithmHeader
    context: tuple[ContextSpec, ...] = ()
    groups: tuple[GroupSpec, ...] = ()
    parameters: tuple[ParameterSpec, ...] = ()
    rules: tuple[RuleSpec, ...] = ()
    metrics: tuple[MetricSpec, ...] = ()


class FragmentSpec(Record):
    """A fragment file: its name, and the names of the entries in each of its sections."""

    name: str
    entries: tuple[tuple[str, tuple[str, ...]], ...] = ()


class PackagesSpec(Record):
    """Names of the generated packages."""

    python: str | None = None
    npm: str | None = None
    cmake: str | None = None
    kernels: str | None = None


class ProjectSpec(Record):
    """The project file."""

    name: str
    version: str
    locales: tuple[str, ...] = ()
    packages: PackagesSpec | None = None
    targets: tuple[tuple[str, dict[str, object]], ...] = ()
    severity: tuple[tuple[str, Literal["error", "warning", "info", "off"]], ...] = ()
