"""Searches for small configurations in which something holds."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, islice, product
from typing import NamedTuple

from knobsmith.expr import Expr, Missing, context_read, holds, names_read
from knobsmith.expr.syntax import Literal, walk
from knobsmith.judging import Judge, World
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.model.domain import Domain
from knobsmith.model.membership import contains
from knobsmith.targets.vectors.points import neighbours, samples

_TRIED = 3000
_POSSIBLE_OUTCOMES = 4
_PER_NAME = 14


class Scenario(NamedTuple):
    """What is given, and what is known of the job: native values by name."""

    config: Mapping[str, PlainValue]
    context: Mapping[str, PlainValue] = {}

    def with_value(self, name: str, value: PlainValue) -> "Scenario":
        """The same with one more hyperparameter."""
        return Scenario({**self.config, name: value}, self.context)

    def joined(self, other: "Scenario") -> "Scenario | None":
        """Both at once; None if they contradict."""
        for own, others in ((self.config, other.config), (self.context, other.context)):
            if any(own[name] != others[name] for name in own.keys() & others.keys()):
                return None
        return Scenario({**self.config, **other.config}, {**self.context, **other.context})


Goal = Callable[[World], bool]
# A name of a hyperparameter, or of a fact as `context.NAME`, with what may be tried under it.
Tried = tuple[str, list[PlainValue]]


class Scenarios:
    """Searches around one algorithm."""

    def __init__(self, algorithm: Algorithm) -> None:
        self.algorithm = algorithm
        self.judge = Judge(algorithm)
        self._parameters = {parameter.name: parameter for parameter in algorithm.parameters}
        self._facts = {fact.name: fact for fact in algorithm.context}
        self._outcomes: dict[Expr, Mapping[bool | Missing, Scenario]] = {}
        self.base = self._base()

    def find(self, goal: Goal, exprs: Iterable[Expr]) -> Scenario | None:
        """The base with as few changes as it takes to reach a goal that hangs on what some expressions read."""
        tried = list(self._tried(list(exprs)))
        for scenario in islice(self._candidates(tried), _TRIED):
            if goal(self._world(scenario)):
                return scenario
        return None

    def outcomes(self, condition: Expr) -> Mapping[bool | Missing, Scenario]:
        """The outcomes that a condition can have, and where."""
        if condition not in self._outcomes:
            found: dict[bool | Missing, Scenario] = {}
            for scenario in islice(self._candidates(list(self._tried([condition]))), _TRIED):
                found.setdefault(holds(condition, self._world(scenario)), scenario)
                if len(found) == _POSSIBLE_OUTCOMES:
                    break
            self._outcomes[condition] = found
        return self._outcomes[condition]

    def in_use(self, parameter: Parameter, *, used: bool) -> Scenario | None:
        """Where a hyperparameter is used, or is not."""
        conditions = [expr for expr in (parameter.used_when, parameter.forbidden_when) if expr is not None]
        return self.find(lambda world: world.knobs[parameter.name].use is used, conditions)

    def _world(self, scenario: Scenario) -> World:
        return self.judge.follow(scenario.config, scenario.context, "native")

    def _base(self) -> Scenario:
        """What every configuration needs: the hyperparameters that are always required, so that nothing is found."""
        required = {
            one.name: list(samples(one.domain))[:_PER_NAME] or [""] for one in self.algorithm.parameters if one.required
        }
        configs = [dict(zip(required, values, strict=True)) for values in islice(product(*required.values()), _TRIED)]
        quiet = (config for config in configs if not self.judge.verdict(config, {}, "native").findings)
        return Scenario(next(quiet, configs[0]))

    def _candidates(self, tried: list[Tried]) -> Iterator[Scenario]:
        yield self.base
        for count in range(1, min(len(tried), 4) + 1):
            for chosen in combinations(tried, count):
                for values in product(*(values for _, values in chosen)):
                    yield self._changed(dict(zip((name for name, _ in chosen), values, strict=True)))

    def _changed(self, values: Mapping[str, PlainValue]) -> Scenario:
        config = {name: value for name, value in values.items() if name in self._parameters}
        context = {
            name.removeprefix("context."): value for name, value in values.items() if name not in self._parameters
        }
        return Scenario({**self.base.config, **config}, context)

    def _tried(self, exprs: list[Expr]) -> Iterator[Tried]:
        """What the expressions read, directly first, and values of it that may make a difference."""
        found: dict[str, None] = {}
        waiting = list(exprs)
        while waiting:
            expr = waiting.pop(0)
            found.update(dict.fromkeys(f"context.{name}" for name in context_read(expr)))
            for name in names_read(expr):
                if name not in found:
                    found[name] = None
                    waiting += _effect_of(self._parameters[name])
        constants = {node.value for expr in exprs for node in walk(expr) if isinstance(node, Literal)}
        for name in found:
            fact = self._facts.get(name.removeprefix("context.")) if name not in self._parameters else None
            domain = fact.domain if fact is not None else self._parameters[name].domain
            yield name, _values(domain, constants)


def _values(domain: Domain, constants: set[bool | int | float | str]) -> list[PlainValue]:
    near: list[PlainValue] = []
    for constant in sorted((c for c in constants if not isinstance(c, bool)), key=str):
        if isinstance(constant, str):
            near.append(constant)
        elif domain.kind == "integer":
            near += [math.floor(constant), *neighbours(constant, "integer")]
        elif domain.kind == "number":
            near += [float(constant), *neighbours(float(constant), "number"), constant + 1.0, constant / 2]
    fitting = [value for value in near if _is_of_kind(domain, value) and contains(domain, value)]
    return list(dict.fromkeys((*fitting, *samples(domain))))[:_PER_NAME]


def _is_of_kind(domain: Domain, value: PlainValue) -> bool:
    return isinstance(value, str) == (domain.kind == "string" or value in domain.words)


def _effect_of(parameter: Parameter) -> list[Expr]:
    stated = [parameter.used_when, parameter.forbidden_when]
    stated += [case.when for case in parameter.cases if case.default is not None]
    if parameter.default is not None:
        stated.append(parameter.default.expr)
    return [expr for expr in stated if expr is not None]
