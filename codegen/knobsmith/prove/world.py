"""One configuration with its context, as SMT variables: what is given, what is used, what each parameter is worth.

A world leaves out failed values: proofs speak of configurations whose every value is of its type.
"""

from collections.abc import Iterator
from typing import Any, Literal

import z3

from knobsmith.expr import syntax
from knobsmith.model.catalog import Algorithm, Case, ContextFact, Default, Parameter
from knobsmith.prove.cells import FALSE, TRUE, AnyCell, ListCell, choose, constant, fitted, variable
from knobsmith.prove.domains import Domains
from knobsmith.prove.outcomes import Outcome, truth
from knobsmith.prove.terms import Encoder
from knobsmith.prove.texts import Texts
from knobsmith.records import Record

# What a case may state; for each the first case that holds and states it counts.
Stated = Literal["domain", "default", "recommended", "tuning"]


class Effect(Record):
    """The state of a parameter.

    Attributes:
        given: Whether the configuration gives it, and ``raw`` the value it gives.
        forbidden, ignored, doubtful: Known to be forbidden; known not to be used; may be ignored.
        defaulted: Whether a default supplies the value; ``doubtful_default`` where which one is unknown.
        value: Given or default value; means something only where ``has_value``.
    """

    given: Any
    raw: AnyCell
    forbidden: Any
    ignored: Any
    doubtful: Any
    defaulted: Any
    doubtful_default: Any
    value: AnyCell

    @property
    def has_value(self) -> Any:
        """That there is a value, used or not."""
        return z3.Or(self.given, self.defaulted)

    @property
    def in_use(self) -> Any:
        """That it is known to be used."""
        return z3.Not(z3.Or(self.forbidden, self.ignored, self.doubtful))

    @property
    def unset(self) -> Any:
        """That it is known to have no value."""
        return z3.Not(z3.Or(self.has_value, self.doubtful_default))

    @property
    def judged(self) -> Any:
        """That it is used and its value known, so that cases and named ends are judged."""
        return z3.And(self.in_use, self.has_value, z3.Not(self.doubtful_default))


class World:
    """All parameters of an algorithm in one configuration.

    ``name`` keeps the variables of two worlds apart. What the configuration gives, and the context, are those of
    ``other``, except for the parameters in ``own``.
    """

    def __init__(
        self,
        algorithm: Algorithm,
        texts: Texts,
        name: str = "",
        other: "World | None" = None,
        own: frozenset[str] = frozenset(),
    ) -> None:
        self.algorithm = algorithm
        self.texts = texts
        self.effects: dict[str, Effect] = {}
        self.encoder = Encoder(self, texts)
        self.domains = Domains(self.encoder, texts)
        self.context_given: dict[str, Any] = {} if other is None else other.context_given
        self.context_values: dict[str, AnyCell] = {} if other is None else other.context_values
        self._facts = {fact.name: fact for fact in algorithm.context}
        parameters = {parameter.name: parameter for parameter in algorithm.parameters}
        for fact in algorithm.context if other is None else ():
            self._add_fact(fact, name)
        for key in algorithm.effect_order:
            source = None if other is None or key in own else other.effects[key]
            self.effects[key] = self._effect(parameters[key], name, source)

    @property
    def seen_whole(self) -> Iterator[Any]:
        """That no list is longer than is looked at."""
        for cell in (*(effect.raw for effect in self.effects.values()), *self.context_values.values()):
            yield from _seen_whole(cell)

    def parameter(self, name: str) -> Outcome:
        """The outcome of reading a parameter: nothing if ignored or without value, unknown if that is not known."""
        effect = self.effects[name]
        lost = z3.Or(effect.forbidden, effect.ignored)
        unknown = z3.And(z3.Not(lost), z3.Or(effect.doubtful, effect.doubtful_default))
        return Outcome(effect.value, z3.And(z3.Not(unknown), z3.Or(lost, z3.Not(effect.has_value))), unknown)

    def context(self, name: str) -> Outcome:
        """The outcome of reading a fact about the job: unknown if it is neither given nor defaulted."""
        fact = self._facts[name]
        unknown = FALSE if fact.default is not None else z3.Not(self.context_given[name])
        return Outcome(self.context_values[name], FALSE, unknown)

    def has(self, target: syntax.Name | syntax.ContextName) -> Outcome:
        """The outcome of ``has(...)``."""
        if isinstance(target, syntax.ContextName):
            return Outcome(truth(z3.Not(self.context(target.name).unknown)))
        outcome = self.parameter(target.name)
        return Outcome(truth(z3.Not(outcome.nothing)), FALSE, outcome.unknown)

    def decides(self, parameter: Parameter, fact: Stated, index: int | None) -> Any:
        """That what a case states of a fact counts; None for what the parameter itself states."""
        above = [case.when for case in parameter.cases[:index] if states(case, fact)]
        passed = [z3.Not(z3.Or(self.encoder.true(when), self.encoder.unknown(when))) for when in above]
        return z3.And(TRUE if index is None else self.encoder.true(parameter.cases[index].when), *passed)

    def _add_fact(self, fact: ContextFact, name: str) -> None:
        given = z3.Bool(f"{name}context?{fact.name}?given")
        value = variable(f"{name}context?{fact.name}", fact.domain)
        if fact.default is not None:
            value = choose(given, value, constant(fact.default, fact.domain, self.texts), self.texts)
        self.context_given[fact.name] = given
        self.context_values[fact.name] = value

    def _effect(self, parameter: Parameter, name: str, source: Effect | None) -> Effect:
        given = source.given if source else z3.Bool(f"{name}{parameter.name}?given")
        raw = source.raw if source else variable(f"{name}{parameter.name}", parameter.domain)
        when, unless = parameter.used_when, parameter.forbidden_when
        used, used_unknown = self._condition(when) if when is not None else (TRUE, FALSE)
        forbidden, forbidden_unknown = self._condition(unless) if unless is not None else (FALSE, FALSE)
        ignored = z3.And(z3.Not(forbidden), z3.Not(used), z3.Not(used_unknown))
        doubtful = z3.And(z3.Not(forbidden), z3.Not(ignored), z3.Or(used_unknown, forbidden_unknown))
        exists, doubt, default = self._default(parameter)
        applies = z3.And(z3.Not(given), z3.Not(forbidden))
        value = raw if default is None else choose(given, raw, default, self.texts)
        defaulted, doubtful_default = z3.And(applies, exists), z3.And(applies, doubt)
        return Effect(given, raw, forbidden, ignored, doubtful, defaulted, doubtful_default, value)

    def _condition(self, condition: syntax.Expr) -> tuple[Any, Any]:
        return self.encoder.true(condition), self.encoder.unknown(condition)

    def _default(self, parameter: Parameter) -> tuple[Any, Any, AnyCell | None]:
        """That some default yields a value, that it is unknown whether one does, and the value."""
        exists, doubt, value = self._supplied(parameter, parameter.default)
        for case in reversed(parameter.cases):
            if case.default is None:
                continue
            holds, unknown = self._condition(case.when)
            case_exists, case_doubt, case_value = self._supplied(parameter, case.default)
            exists = z3.And(z3.Not(unknown), z3.If(holds, case_exists, exists))
            doubt = z3.Or(unknown, z3.If(holds, case_doubt, doubt))
            if value is None or case_value is None:
                value = case_value if value is None else value
            else:
                value = choose(holds, case_value, value, self.texts)
        return exists, doubt, value

    def _supplied(self, parameter: Parameter, default: Default | None) -> tuple[Any, Any, AnyCell | None]:
        if default is None:
            return FALSE, FALSE, None
        if default.expr is not None:
            outcome = self.encoder.outcome(default.expr)
            return outcome.known, outcome.unknown, fitted(outcome.cell, parameter.domain, self.texts)
        return TRUE, FALSE, None if default.value is None else constant(default.value, parameter.domain, self.texts)


def states(case: Case, fact: Stated) -> bool:
    """Whether a case says something of a fact; `tuning: null` does."""
    return getattr(case, fact) is not None or (fact == "tuning" and case.not_tunable)


def _seen_whole(cell: AnyCell) -> Iterator[Any]:
    if isinstance(cell, ListCell):
        if cell.cut:
            yield cell.length <= len(cell.items)
        for item in cell.items:
            yield from _seen_whole(item)
