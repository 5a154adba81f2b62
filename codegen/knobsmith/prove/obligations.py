"""What is to be proved of an algorithm: each obligation is a formula whose models are counterexamples, or witnesses.

An obligation to *refute* holds if its formula has no model: a model is a counterexample. One to *witness* holds if
its formula has a model: a condition that is true in none is never true.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import z3

from knobsmith.diagnostics import Path
from knobsmith.expr import syntax
from knobsmith.expr.syntax import names_read
from knobsmith.model.catalog import Algorithm, CrossRule, Parameter, Tuning
from knobsmith.model.domain import Range
from knobsmith.prove.cells import AnyCell, Cell, ListCell, Texts, constant
from knobsmith.prove.terms import TRUE
from knobsmith.prove.validity import Validity, broken, parameter_holds, validity
from knobsmith.prove.world import World


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing to prove.

    Attributes:
        law: Id of the law, "KS201".
        path: The fact that owes the proof.
        claim: What is claimed, in words.
        formulas: Conjuncts; see ``refute``.
        refute: Whether a model speaks against the claim (else the lack of one does).
        worlds: The worlds that a model describes, the one to show last.
        subjects: The parameters that a counterexample should mention whatever else it leaves out.
    """

    law: str
    path: Path
    claim: str
    formulas: tuple[Any, ...]
    refute: bool
    worlds: tuple[World, ...]
    subjects: tuple[str, ...] = ()


Tuned = tuple[Parameter, Tuning, int | None]


class Obligations:
    """Everything to prove of one algorithm."""

    def __init__(self, algorithm: Algorithm) -> None:
        self._algorithm = algorithm
        self._texts = Texts()
        self._world = World(algorithm, self._texts, "")
        self._valid: Validity = validity(self._world)

    def __iter__(self) -> Iterator[Obligation]:
        yield self._some_configuration()
        for parameter in self._algorithm.parameters:
            yield from self._default(parameter)
            yield from self._conditions(parameter)
        for tuned in self._tuned():
            yield self._tuned_is_valid(tuned)
        for rule in self._algorithm.rules:
            yield from self._tuned_keeps(rule)
            yield from self._rule(rule)
        for metric in self._algorithm.metrics:
            if metric.reported_when is not None:
                yield from self._both_ways(metric.reported_when, ("metrics", metric.name, "reported_when"))

    def _some_configuration(self) -> Obligation:
        formulas = (*self._valid.parameters(), *self._valid.rules.values())
        return Obligation("KS206", (), "some configuration is valid", formulas, False, (self._world,))

    def _default(self, parameter: Parameter) -> Iterator[Obligation]:
        stated = [("default",)] if parameter.default is not None else []
        stated += [("cases", i, "default") for i, case in enumerate(parameter.cases) if case.default is not None]  # type: ignore[misc]
        if not stated:
            return
        effect, name = self._world.effects[parameter.name], parameter.name
        valid = z3.And(self._world.domains.constant_facts(parameter.domain, effect.value), self._valid.own[name])
        applies = (effect.defaulted, effect.in_use, z3.Not(effect.doubtful_default), z3.Not(valid))
        others = self._valid.parameters(but=frozenset({name}))
        rules = [self._valid.rules[rule.name] for rule in self._errors() if name not in names_read(rule.require)]
        yield Obligation(
            "KS202",
            ("parameters", name, *stated[0]),
            f"the default of `{name}` is valid wherever it applies",
            (*applies, *others, *rules),
            True,
            (self._world,),
            (name,),
        )

    def _conditions(self, parameter: Parameter) -> Iterator[Obligation]:
        path: Path = ("parameters", parameter.name)
        for key in ("used_when", "forbidden_when", "required_when"):
            condition = getattr(parameter, key)
            if condition is not None:
                yield from self._both_ways(condition, (*path, key))
        for index, case in enumerate(parameter.cases):
            earlier = [z3.Not(self._world.encoder.true(other.when)) for other in parameter.cases[:index]]
            yield from self._both_ways(case.when, (*path, "cases", index, "when"), earlier)

    def _both_ways(self, condition: syntax.Expr, path: Path, beside: list[Any] | None = None) -> Iterator[Obligation]:
        valid = (*self._valid.parameters(), *self._valid.rules.values())
        true = self._world.encoder.true(condition)
        other = z3.Not(z3.Or(true, self._world.encoder.unknown(condition)))
        yield Obligation("KS203", path, "it can be true", (*valid, true, *(beside or ())), False, (self._world,))
        yield Obligation("KS203", path, "it can be other than true", (*valid, other), False, (self._world,))

    def _rule(self, rule: CrossRule) -> Iterator[Obligation]:
        path: Path = ("rules", rule.name)
        if rule.when is not None:
            yield from self._both_ways(rule.when, (*path, "when"))
        valid = self._valid.parameters()
        applies = self._world.encoder.true(rule.when) if rule.when is not None else TRUE
        holds = z3.And(applies, self._world.encoder.true(rule.require))
        breaks = broken(self._world, rule)
        yield Obligation("KS204", (*path, "require"), "it can hold", (*valid, holds), False, (self._world,))
        yield Obligation("KS204", (*path, "require"), "it can be broken", (*valid, breaks), False, (self._world,))

    def _tuned(self) -> list[Tuned]:
        found: list[Tuned] = []
        for parameter in self._algorithm.parameters:
            if parameter.tuning is not None:
                found.append((parameter, parameter.tuning, None))
            found.extend((parameter, c.tuning, i) for i, c in enumerate(parameter.cases) if c.tuning is not None)
        return found

    def _tuned_is_valid(self, tuned: Tuned) -> Obligation:
        """No point of a tuning space breaks the parameter's own domain in a branch where it is tuned."""
        parameter, _, index = tuned
        name = parameter.name
        where = () if index is None else ("cases", index)
        formulas = (
            *self._is_tuned(self._world, tuned),
            *self._valid.parameters(but=frozenset({name})),
            z3.Not(parameter_holds(self._world, parameter)),
        )
        claim = f"every tuned value of `{name}` is valid in every branch"
        return Obligation(
            "KS201", ("parameters", name, *where, "tuning"), claim, formulas, True, (self._world,), (name,)
        )

    def _tuned_keeps(self, rule: CrossRule) -> Iterator[Obligation]:
        """If one point of a branch keeps a rule, so do all: the same statics and categories, other tuned numbers."""
        tuned = [t for t in self._tuned() if t[0].name in names_read(rule.require) and t[1].range is not None]
        if rule.severity != "error" or not tuned:
            return
        names = frozenset(parameter.name for parameter, _, _ in tuned)
        second = World(self._algorithm, self._texts, "other ", self._world, names)
        formulas: list[Any] = [*self._valid.parameters(), *self._valid.rules.values()]
        for entry in tuned:
            formulas += [*self._is_tuned(self._world, entry), *self._is_tuned(second, entry)]
        formulas.append(broken(second, rule))
        claim = f"no tuned value breaks the rule `{rule.name}`"
        path: Path = ("rules", rule.name, "require")
        yield Obligation("KS201", path, claim, tuple(formulas), True, (self._world, second), tuple(sorted(names)))

    def _is_tuned(self, world: World, tuned: Tuned) -> tuple[Any, ...]:
        parameter, tuning, index = tuned
        effect = world.effects[parameter.name]
        return (
            effect.given,
            effect.in_use,
            world.tuning_case(parameter, index),
            self._in_space(world, parameter, tuning),
        )

    def _in_space(self, world: World, parameter: Parameter, tuning: Tuning) -> Any:
        cell = world.effects[parameter.name].raw
        if tuning.values is not None:
            same = [world.encoder.equal(cell, constant(v, parameter.domain, self._texts)) for v in tuning.values]
            return z3.Or(*same)
        return _in_range(world, tuning.range, cell)

    def _errors(self) -> list[CrossRule]:
        return [rule for rule in self._algorithm.rules if rule.severity == "error"]


def _in_range(world: World, range: Range | None, cell: AnyCell) -> Any:
    if range is None or isinstance(cell, ListCell):
        return TRUE
    return z3.And(cell.word == -1, world.domains.in_range(range, Cell(cell.kind, cell.plain, cell.word)))
