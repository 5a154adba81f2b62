# Part of every package that `knobsmith generate` writes; do not edit.
"""What is known of an algorithm and its hyperparameters, as data: for user interfaces, docs and messages.

Each algorithm states its facts in its own module, as `FACTS` there.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Kind = Literal["integer", "number", "boolean", "string", "list"]
Severity = Literal["error", "warning", "info"]


class Interval(NamedTuple):
    """The values between two ends. An end is a number, the name of a hyperparameter, or None if there is none."""

    lower: float | str | None
    upper: float | str | None
    lower_closed: bool = False
    upper_closed: bool = False


class Range(NamedTuple):
    """One or several intervals, ascending; `text` is their usual notation, `[0, 1)`; `reads` the names in it."""

    text: str
    intervals: tuple[Interval, ...]
    reads: tuple[str, ...] = ()


class Deprecated(NamedTuple):
    """Still accepted, with a warning."""

    since: str | None = None
    use_instead: str | None = None
    reason: str | None = None


class Choice(NamedTuple):
    """One of the valid values."""

    value: Any
    doc: str | None = None
    aliases: tuple[Any, ...] = ()
    deprecated: Deprecated | None = None


class Special(NamedTuple):
    """A word, a number or an interval with a meaning of its own; the other two are None."""

    doc: str
    word: str | None = None
    value: Any = None
    interval: Interval | None = None


class Domain(NamedTuple):
    """Which values are valid: the listed ones, or those that meet all other facts; the special ones in any case."""

    kind: Kind
    values: tuple[Choice, ...] | None = None
    open: bool = False
    range: Range | None = None
    multiple_of: int | None = None
    precision: Literal["float64", "float32"] = "float64"
    pattern: str | None = None
    length: Range | None = None
    items: "Domain | None" = None
    fields: tuple[str, ...] = ()
    unique: bool = False
    increasing: bool = False
    special: tuple[Special, ...] = ()


class Tokens(NamedTuple):
    """The two texts of a boolean in wire form."""

    true: str = "true"
    false: str = "false"


Wire = Tokens | Literal["comma", "space", "json", "tuple"] | None


class Condition(NamedTuple):
    """An expression over hyperparameters.

    Attributes:
        text: As written in the spec.
        prose: In words.
        reads: The names that it reads, facts about the job as `context.NAME`.
        afterwards: In words that follow a sentence which has named what it reads, if that makes a difference.
    """

    text: str
    prose: str
    reads: tuple[str, ...] = ()
    afterwards: str | None = None


class Tuning(NamedTuple):
    """What a tuner searches: a range or a list of values."""

    range: Range | None = None
    values: tuple[Any, ...] | None = None
    scale: Literal["auto", "linear", "log", "reverse-log"] = "auto"
    step: float | None = None
    impact: Literal["high", "medium", "low"] | int | None = None


class Advice(NamedTuple):
    """The recommended values: a range or a list."""

    range: Range | None = None
    values: tuple[Any, ...] | None = None


class Case(NamedTuple):
    """Facts that hold instead of the general ones while `when` is true; what is None is not stated."""

    when: Condition
    doc: str | None = None
    domain: Domain | None = None
    default: Any = None
    computed: str | None = None
    recommended: Advice | None = None
    tuning: Tuning | None = None
    not_tunable: bool = False


class Parameter(NamedTuple):
    """A hyperparameter.

    `name` is the name of the training service, `field` that of the attribute in Python. `default` is a constant,
    `computed` the expression of a default that depends on others; without either, `if_unset` says what happens.
    `sources` names the source of single keys, and under the empty key that of all others.
    """

    name: str
    field: str
    doc: str
    domain: Domain
    wire: Wire = None
    default: Any = None
    computed: str | None = None
    if_unset: str | None = None
    required: bool = False
    required_when: Condition | None = None
    used_when: Condition | None = None
    forbidden_when: Condition | None = None
    cases: tuple[Case, ...] = ()
    recommended: Advice | None = None
    examples: tuple[Any, ...] = ()
    tuning: Tuning | None = None
    unit: str | None = None
    group: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    deprecated: Deprecated | None = None
    sources: Mapping[str, str] = {}


class ContextFact(NamedTuple):
    """A fact about the job that decides what is valid, but is no hyperparameter."""

    name: str
    doc: str
    domain: Domain
    wire: Wire = None
    default: Any = None
    unit: str | None = None
    notes: tuple[str, ...] = ()


class Group(NamedTuple):
    """A heading over hyperparameters."""

    name: str
    title: str
    doc: str | None = None


class Rule(NamedTuple):
    """A constraint over several hyperparameters; `subject` is the one that a breach is reported at."""

    name: str
    message: str
    require: Condition
    when: Condition | None = None
    severity: Severity = "error"
    subject: str | None = None


class Metric(NamedTuple):
    """What training reports; `pattern` finds the number in a line of the log."""

    name: str
    direction: Literal["maximize", "minimize"]
    doc: str
    objective: bool = True
    reported_when: Condition | None = None
    pattern: str | None = None
    unit: str | None = None


class Source(NamedTuple):
    """Where facts come from."""

    name: str
    title: str
    url: str | None = None
    language: str | None = None
    date: str | None = None


class Algorithm(NamedTuple):
    """All facts of one algorithm; the mappings are in the order of the documentation."""

    name: str
    title: str
    doc: str
    parameters: Mapping[str, Parameter]
    context: Mapping[str, ContextFact] = {}
    groups: Mapping[str, Group] = {}
    rules: Mapping[str, Rule] = {}
    metrics: Mapping[str, Metric] = {}
    sources: Mapping[str, Source] = {}
