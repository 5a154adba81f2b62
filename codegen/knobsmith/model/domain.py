"""Which values a hyperparameter may take, as meanings: intervals, choices, words.

A domain is ``values``, or ``range`` with the other facets, plus ``special``.
"""

from typing import Literal

from knobsmith.model.base import Expr, Number, Record, Value

Kind = Literal["integer", "number", "boolean", "string", "list"]
Precision = Literal["float64", "float32"]


class Bound(Record):
    """One end of an interval.

    ``value`` and ``name`` exclude each other; neither means infinite, and an infinite end is open.
    ``name`` is a Name, a ContextName or a FieldOf; if it has no value, the end binds nothing.
    """

    value: Number | None = None
    name: Expr | None = None
    closed: bool = False


class Interval(Record):
    """The values between two ends. A single point is closed at both ends, with the same value."""

    lower: Bound
    upper: Bound


class Range(Record):
    """A union of intervals, ascending and disjoint."""

    intervals: tuple[Interval, ...]


class Deprecated(Record):
    """Still accepted, with a warning."""

    since: str | None = None
    use_instead: str | None = None
    reason: str | None = None


class Choice(Record):
    """One of the ``values`` of a domain."""

    value: Value
    doc: str | None = None
    aliases: tuple[Value, ...] = ()
    deprecated: Deprecated | None = None
    identifier: str | None = None


class Special(Record):
    """A value with a meaning of its own: exactly one of a word, a number (or boolean, or list), an interval."""

    word: str | None = None
    value: Value | None = None
    interval: Interval | None = None
    doc: str


class Domain(Record):
    """All values that constant facts and named ends allow."""

    kind: Kind
    values: tuple[Choice, ...] | None = None
    open: bool = False
    range: Range | None = None
    multiple_of: int | None = None
    precision: Precision = "float64"
    pattern: str | None = None
    length: Range | None = None
    items: "Domain | None" = None
    fields: tuple[str, ...] = ()
    unique: bool = False
    increasing: bool = False
    special: tuple[Special, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words of ``special``: strings that stand for something that is no string (or no ordinary one)."""
        return tuple(special.word for special in self.special if special.word is not None)


class BooleanTokens(Record):
    """The two texts of a boolean on the wire."""

    true: str = "true"
    false: str = "false"


ListForm = Literal["comma", "space", "json", "tuple"]
# How a value is written as text; None for what has only one form (integers, numbers, strings).
Wire = BooleanTokens | ListForm | None
