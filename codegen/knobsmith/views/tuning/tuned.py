"""A hyperparameter that is tuned, and the expressions that decide over a hyperparameter."""

from collections.abc import Iterator
from dataclasses import dataclass

from knobsmith.expr import UNKNOWN, Expr
from knobsmith.model.catalog import Parameter
from knobsmith.model.domain import Domain
from knobsmith.views.tuning.axes import Axis, axis_of
from knobsmith.views.tuning.effects import Effects


@dataclass(frozen=True, slots=True)
class Guarded:
    """What a hyperparameter is tuned over while a condition holds.

    Attributes:
        when: The condition of a case; None for what counts if no case does.
        axis: None if the hyperparameter is not tuned then.
    """

    when: Expr | None
    axis: Axis | None


@dataclass(frozen=True, slots=True)
class Tuned:
    """A hyperparameter that is tuned; the first of its axes counts whose condition holds."""

    parameter: Parameter
    axes: tuple[Guarded, ...]

    @property
    def name(self) -> str:
        """Its name on the wire."""
        return self.parameter.name

    @property
    def conditions(self) -> tuple[Expr, ...]:
        """All that decides whether it is tuned, and over what."""
        own = (self.parameter.used_when, self.parameter.forbidden_when, *(guarded.when for guarded in self.axes))
        return tuple(condition for condition in own if condition is not None)

    def axis(self, effects: Effects) -> Axis | None:
        """What it is tuned over in a configuration; None if it is not in use, not tuned there, or that is unknown."""
        if self.name not in effects.used:
            return None
        for guarded in self.axes:
            outcome = effects.holds(guarded.when) if guarded.when is not None else True
            if outcome is True:
                return guarded.axis
            if outcome is UNKNOWN:
                return None
        return None


def axes_of(parameter: Parameter) -> Iterator[Guarded]:
    """What a hyperparameter is tuned over in each of its cases, then in all others."""
    for case in parameter.cases:
        if case.tuning is not None or case.not_tunable:
            domain = case.domain or parameter.domain
            yield Guarded(case.when, None if case.tuning is None else axis_of(case.tuning, domain))
    yield Guarded(None, None if parameter.tuning is None else axis_of(parameter.tuning, parameter.domain))


def effect_of(parameter: Parameter) -> Iterator[Expr]:
    """The expressions by which it is decided whether a hyperparameter is used, and its default."""
    if parameter.used_when is not None:
        yield parameter.used_when
    if parameter.forbidden_when is not None:
        yield parameter.forbidden_when
    for case in parameter.cases:
        if case.default is not None:
            yield case.when
    for default in (parameter.default, *(case.default for case in parameter.cases)):
        if default is not None and default.expr is not None:
            yield default.expr


def narrowing(parameter: Parameter) -> Iterator[Expr]:
    """The expressions by which a valid value may be refused after all."""
    yield from _ends(parameter.domain)
    for case in parameter.cases:
        if case.domain is not None:
            yield case.when
            yield from _ends(case.domain)


def _ends(domain: Domain) -> Iterator[Expr]:
    for interval in domain.range.intervals if domain.range is not None else ():
        yield from (bound.name for bound in (interval.lower, interval.upper) if bound.name is not None)
