"""What a configuration comes to before any client is there: what is in use, and whether a rule refuses it.

Phases 4, 6 and 7 of a verdict, by the reference evaluator, for a configuration whose single values are valid.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knobsmith.expr import NOTHING, UNKNOWN, Expr, Missing, Names, Outcome, evaluate, holds
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Case, Parameter
from knobsmith.model.domain import Bound, Interval, Range
from knobsmith.model.membership import contains, in_range
from knobsmith.resolve.scope import scope_of

Given = Mapping[str, PlainValue | Missing]


@dataclass(slots=True)
class Effects:
    """What each hyperparameter of one configuration comes to; an environment for expressions.

    Attributes:
        algorithm: The algorithm.
        scope: The types of its names.
        facts: What is known of the job.
        values: What expressions read, for every hyperparameter.
        used: Those in use; one that may be ignored counts as used, as in a verdict.
        forbidden: Those that are given and must not be.
    """

    algorithm: Algorithm
    scope: Names
    facts: Mapping[str, PlainValue]
    values: dict[str, Outcome] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    forbidden: set[str] = field(default_factory=set)

    def parameter(self, name: str) -> Outcome:
        """What an expression reads of a hyperparameter."""
        return self.values.get(name, NOTHING)

    def context(self, name: str) -> Outcome:
        """What an expression reads of a fact about the job."""
        return self.facts.get(name, UNKNOWN)

    def holds(self, condition: Expr) -> bool | Missing:
        """The outcome of a condition."""
        return holds(condition, self)

    @property
    def is_refused(self) -> bool:
        """Whether an error is known: something forbidden is given, or a case, an end of a range or a rule is broken."""
        return bool(self.forbidden) or any(self._is_outside(p) for p in self.algorithm.parameters) or self._breaks_rule

    @property
    def _breaks_rule(self) -> bool:
        for rule in self.algorithm.rules:
            acts = rule.when is None or self.holds(rule.when) is True
            if rule.severity == "error" and acts and self.holds(rule.require) is False:
                return True
        return False

    def _is_outside(self, parameter: Parameter) -> bool:
        value = self.values[parameter.name]
        if isinstance(value, Missing):
            return False
        case = self._case(parameter)
        if case is not None and case.domain is not None:
            return not contains(case.domain, value) or self._beyond(case.domain.range, value)
        return self._beyond(parameter.domain.range, value)

    def _case(self, parameter: Parameter) -> Case | None:
        """The case whose domain counts, if it is known."""
        for case in parameter.cases:
            outcome = self.holds(case.when) if case.domain is not None else False
            if outcome is True:
                return case
            if outcome is UNKNOWN:
                return None
        return None

    def _beyond(self, range: Range | None, value: PlainValue) -> bool:
        if range is None or isinstance(value, (bool, str, tuple)):
            return False
        if all(bound.name is None for i in range.intervals for bound in (i.lower, i.upper)):
            return False
        bound = Range(intervals=tuple(self._bound(interval) for interval in range.intervals))
        return not in_range(bound, value)

    def _bound(self, interval: Interval) -> Interval:
        return Interval(lower=self._end(interval.lower), upper=self._end(interval.upper))

    def _end(self, bound: Bound) -> Bound:
        if bound.name is None:
            return bound
        outcome = evaluate(bound.name, self)
        if isinstance(outcome, (int, float)) and not isinstance(outcome, bool):
            return Bound(value=outcome, closed=bound.closed)
        return Bound()


class Consequences:
    """Follows configurations of one algorithm to their effects."""

    def __init__(self, algorithm: Algorithm) -> None:
        self.algorithm = algorithm
        self._by_name = {parameter.name: parameter for parameter in algorithm.parameters}
        self._scope = scope_of(
            {parameter.name: parameter.domain for parameter in algorithm.parameters},
            {fact.name: fact.domain for fact in algorithm.context},
        )
        self._assumed = {fact.name: fact.default for fact in algorithm.context if fact.default is not None}

    def of(self, given: Given, facts: Mapping[str, PlainValue] | None = None) -> Effects:
        """What a configuration comes to; a value that is given but not known is ``UNKNOWN``."""
        effects = Effects(self.algorithm, self._scope, {**self._assumed, **(facts or {})})
        for name in self.algorithm.effect_order:
            effects.values[name] = self._value(self._by_name[name], given, effects)
        return effects

    def _value(self, parameter: Parameter, given: Given, effects: Effects) -> Outcome:
        name = parameter.name
        prohibited = effects.holds(parameter.forbidden_when) if parameter.forbidden_when is not None else False
        if prohibited is True:
            effects.forbidden.update([name] if name in given else [])
            return NOTHING
        used = effects.holds(parameter.used_when) if parameter.used_when is not None else True
        if used is False or used is NOTHING:
            return NOTHING
        effects.used.add(name)
        if used is UNKNOWN or prohibited is UNKNOWN:
            return UNKNOWN
        return given[name] if name in given else self._default(parameter, effects)

    def _default(self, parameter: Parameter, effects: Effects) -> Outcome:
        if parameter.required:
            return UNKNOWN
        stated = parameter.default
        for case in parameter.cases:
            outcome = effects.holds(case.when) if case.default is not None else False
            if outcome is True:
                stated = case.default
                break
            if outcome is UNKNOWN:
                return UNKNOWN
        if stated is None:
            return NOTHING
        if stated.expr is None:
            return NOTHING if stated.value is None else stated.value
        computed = evaluate(stated.expr, effects)
        if isinstance(computed, int) and not isinstance(computed, bool) and parameter.domain.kind == "number":
            return float(computed)
        return computed
