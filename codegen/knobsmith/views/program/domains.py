"""Whether a known value lies in a domain or among what is recommended, as formulas."""

from collections.abc import Iterator, Sequence

from knobsmith.expr import Expr, ValueType
from knobsmith.expr.formula import (
    FALSE,
    TRUE,
    Compared,
    Constant,
    Contains,
    Count,
    Formula,
    Found,
    IsTrue,
    IsWord,
    Operation,
    Reference,
    Row,
    Term,
    conjunction,
    disjunction,
    opposite,
)
from knobsmith.expr.outcomes import when_false
from knobsmith.expr.syntax import Comparison, Name
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Advice, Parameter
from knobsmith.model.domain import Bound, Domain, Interval, Range
from knobsmith.resolve.scope import value_type
from knobsmith.views.statics import Statics


class Values:
    """Questions about the value of one hyperparameter, which is neither unknown nor nothing where they are asked."""

    def __init__(self, parameter: Parameter, statics: Statics) -> None:
        self._kind = parameter.domain.kind
        self._statics = statics
        self._subject = Name(parameter.name)
        self._type = value_type(parameter.domain)
        self._value = Reference(self._subject, self._type)
        self._word = IsWord(self._value) if parameter.domain.words and self._kind != "string" else FALSE

    def outside(self, domain: Domain) -> Formula:
        """Whether the value is outside the domain of a case."""
        special = self._special(domain)
        return conjunction(opposite(special), disjunction(self._word, opposite(self._ordinary(domain))))

    def beyond(self, domain: Domain) -> Formula:
        """Whether the value is beyond an end of the range that is a name."""
        ends = list(self._beyond(domain.range))
        if not ends:
            return FALSE
        return conjunction(opposite(self._word), opposite(self._special(domain)), disjunction(*ends))

    def unlike(self, advice: Advice, domain: Domain) -> Formula:
        """Whether the value is not among the recommended ones; a special one is never outside a range."""
        if advice.values is not None:
            return opposite(self._among(advice.values))
        if advice.range is None:
            return FALSE
        within = conjunction(self._in_range(advice.range), *map(opposite, self._beyond(advice.range)))
        return conjunction(opposite(self._word), opposite(self._special(domain)), opposite(within))

    def _ordinary(self, domain: Domain) -> Formula:
        """Whether the value, which is no word, keeps all facts of a domain but the special ones."""
        parts: list[Formula] = []
        if domain.values is not None and not domain.open:
            parts.append(self._among([choice.value for choice in domain.values]))
        if domain.range is not None:
            parts += [self._in_range(domain.range), *map(opposite, self._beyond(domain.range))]
        if domain.multiple_of is not None:
            rest = Operation("%", self._value, Constant(domain.multiple_of), "integer")
            parts.append(Compared("==", rest, Constant(0)))
        if domain.pattern is not None:
            parts.append(Found(domain.pattern, self._value))
        if domain.length is not None and self._kind in ("string", "list"):
            parts.append(_in_range(Count(self._value, self._kind), domain.length))
        return conjunction(*parts)

    def _special(self, domain: Domain) -> Formula:
        """Whether the value has a meaning of its own."""
        points: list[PlainValue] = [*domain.words]
        points += [special.value for special in domain.special if special.value is not None]
        intervals = [special.interval for special in domain.special if special.interval is not None]
        inside = [self._in_special(interval) for interval in intervals]
        return disjunction(*(self._same(point) for point in points), *inside)

    def _in_special(self, interval: Interval) -> Formula:
        stated = Range(intervals=(interval,))
        return conjunction(opposite(self._word), self._in_range(stated), *map(opposite, self._beyond(stated)))

    def _beyond(self, stated: Range | None) -> Iterator[Formula]:
        for end in _named_ends(self._subject, stated):
            yield when_false(end, self._statics)

    def _in_range(self, stated: Range) -> Formula:
        return _in_range(self._value, stated)

    def _among(self, values: Sequence[PlainValue]) -> Formula:
        plain = [value for value in values if isinstance(value, (str, int, float)) and not isinstance(value, bool)]
        if len(plain) < len(values) or len(plain) < 2 or self._mixes(plain):
            return disjunction(*map(self._same, values))
        return Contains(Row(tuple(map(self._constant, plain)), ValueType("list", item=self._type)), self._value)

    def _mixes(self, values: Sequence[PlainValue]) -> bool:
        """Whether words stand beside values of the kind."""
        return self._kind != "string" and any(isinstance(value, str) for value in values)

    def _same(self, value: PlainValue) -> Formula:
        if isinstance(value, bool) and self._kind == "boolean":
            is_true = IsTrue(self._value)
            return conjunction(opposite(self._word), is_true if value else opposite(is_true))
        return Compared("==", self._value, self._constant(value))

    def _constant(self, value: PlainValue) -> Term:
        if isinstance(value, tuple):
            return Row(tuple(map(self._constant, value)), self._type)
        is_number = isinstance(value, int) and not isinstance(value, bool) and self._kind == "number"
        return Constant(float(value) if is_number else value)


def _in_range(term: Term, stated: Range) -> Formula:
    return disjunction(*(_in_interval(term, interval) for interval in stated.intervals))


def _in_interval(term: Term, interval: Interval) -> Formula:
    low, high = _end(interval.lower), _end(interval.upper)
    if low is not None and low == high:
        return Compared("==", term, low)
    above = Compared(">=" if interval.lower.closed else ">", term, low) if low is not None else TRUE
    below = Compared("<=" if interval.upper.closed else "<", term, high) if high is not None else TRUE
    return conjunction(above, below)


def _end(bound: Bound) -> Constant | None:
    return Constant(bound.value) if isinstance(bound.value, (int, float)) else None


def _named_ends(subject: Name, stated: Range | None) -> Iterator[Expr]:
    for interval in stated.intervals if stated is not None else ():
        if interval.lower.name is not None:
            yield Comparison(">=" if interval.lower.closed else ">", subject, interval.lower.name)
        if interval.upper.name is not None:
            yield Comparison("<=" if interval.upper.closed else "<", subject, interval.upper.name)
