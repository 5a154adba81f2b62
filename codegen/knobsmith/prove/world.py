"""One configuration with its context, as SMT variables: what is given, what is used, what each parameter is worth.

A world leaves out failed values: proofs speak of configurations whose every value is of its type.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import z3

from knobsmith.expr import syntax
from knobsmith.model.catalog import Algorithm, ContextFact, Default, Parameter
from knobsmith.model.domain import Domain
from knobsmith.prove.cells import AnyCell, Cell, ListCell, Texts, choose, constant, literal, variable
from knobsmith.prove.domains import Domains
from knobsmith.prove.terms import FALSE, TRUE, Encoder, Outcome


@dataclass(frozen=True, slots=True)
class Effect:
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
        """Whether there is a value, used or not."""
        return z3.Or(self.given, self.defaulted)

    @property
    def in_use(self) -> Any:
        """Known to be used."""
        return z3.Not(z3.Or(self.forbidden, self.ignored, self.doubtful))


class World:
    """All parameters of an algorithm in one configuration.

    ``name`` keeps the variables of two worlds apart; the parameters in ``shared`` and the context are taken from
    another world.
    """

    def __init__(
        self,
        algorithm: Algorithm,
        texts: Texts,
        name: str,
        other: "World | None" = None,
        own: frozenset[str] = frozenset(),
    ) -> None:
        self.algorithm = algorithm
        self.texts = texts
        self.cut: set[str] = set()
        self.effects: dict[str, Effect] = {}
        self.encoder = Encoder(self)
        self.domains = Domains(self.encoder, texts, self.cut)
        self._parameters = {p.name: p for p in algorithm.parameters}
        self._facts = {f.name: f for f in algorithm.context}
        self.context_given: dict[str, Any] = {}
        self.context_values: dict[str, AnyCell] = {}
        for fact in algorithm.context:
            self._add_fact(fact, name, other)
        for key in algorithm.effect_order:
            source = None if other is None or key in own else other.effects[key]
            self.effects[key] = self._effect(self._parameters[key], name, source)

    @property
    def seen_whole(self) -> list[Any]:
        """That no list is longer than is looked at."""
        cells = [*(effect.raw for effect in self.effects.values()), *self.context_values.values()]
        return [cell.length <= len(cell.items) for cell in cells if isinstance(cell, ListCell) and cell.cut]

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
            known = z3.Not(self.context(target.name).unknown)
            return Outcome(Cell("boolean", known, literal(0).word), FALSE, FALSE)
        outcome = self.parameter(target.name)
        return Outcome(Cell("boolean", z3.Not(outcome.nothing), literal(0).word), FALSE, outcome.unknown)

    def field_index(self, base: syntax.Expr, field: str) -> int:
        """The position of a named field of a list."""
        return self._domain(base).fields.index(field)

    def closed_texts(self, expr: syntax.Expr) -> Sequence[str]:
        """The texts that a closed string can be."""
        domain = self._domain(expr)
        texts = [choice.value for choice in domain.values or () if isinstance(choice.value, str)]
        return [*texts, *domain.words]

    def tuning_case(self, parameter: Parameter, index: int | None) -> Any:
        """That a parameter's own tuning (None) or that of a case is the one that counts."""
        earlier = [c.when for c in parameter.cases[:index] if c.tuning is not None or c.not_tunable]
        passed = [z3.Not(z3.Or(self.encoder.true(when), self.encoder.unknown(when))) for when in earlier]
        holds = TRUE if index is None else self.encoder.true(parameter.cases[index].when)
        return z3.And(holds, *passed)

    def _domain(self, expr: syntax.Expr) -> Domain:
        match expr:
            case syntax.Name():
                return self._parameters[expr.name].domain
            case syntax.ContextName():
                return self._facts[expr.name].domain
            case syntax.FieldOf() | syntax.ItemAt():
                return self._domain(expr.base).items or Domain(kind="string")
            case _:
                return Domain(kind="string")

    def _add_fact(self, fact: ContextFact, name: str, other: "World | None") -> None:
        if other is not None:
            self.context_given, self.context_values = other.context_given, other.context_values
            return
        given = z3.Bool(f"{name}context.{fact.name}.given")
        value = variable(f"{name}context.{fact.name}", fact.domain, self.texts)
        if fact.default is not None:
            value = choose(given, value, constant(fact.default, fact.domain, self.texts))
        self.context_given[fact.name] = given
        self.context_values[fact.name] = value

    def _effect(self, parameter: Parameter, name: str, source: Effect | None) -> Effect:
        given = source.given if source else z3.Bool(f"{name}{parameter.name}.given")
        raw = source.raw if source else variable(f"{name}{parameter.name}", parameter.domain, self.texts)
        when, unless = parameter.used_when, parameter.forbidden_when
        forbidden = self.encoder.true(unless) if unless is not None else FALSE
        used = self.encoder.true(when) if when is not None else TRUE
        used_unknown = self.encoder.unknown(when) if when is not None else FALSE
        forbidden_unknown = self.encoder.unknown(unless) if unless is not None else FALSE
        ignored = z3.And(z3.Not(forbidden), z3.Not(used), z3.Not(used_unknown))
        doubtful = z3.And(z3.Not(forbidden), z3.Not(ignored), z3.Or(used_unknown, forbidden_unknown))
        exists, doubt, default = self._default(parameter)
        defaulted = z3.And(z3.Not(given), z3.Not(forbidden), exists)
        value = raw if default is None else choose(given, raw, default)
        return Effect(given, raw, forbidden, ignored, doubtful, defaulted, z3.And(z3.Not(given), doubt), value)

    def _default(self, parameter: Parameter) -> tuple[Any, Any, AnyCell | None]:
        """Whether some default yields a value, whether that hangs on the unknown, and the value."""
        exists, doubt, value = self._supplied(parameter, parameter.default)
        for case in reversed(parameter.cases):
            if case.default is None:
                continue
            holds, unknown = self.encoder.true(case.when), self.encoder.unknown(case.when)
            case_exists, case_doubt, case_value = self._supplied(parameter, case.default)
            exists = z3.If(holds, case_exists, exists)
            doubt = z3.Or(unknown, z3.If(holds, case_doubt, doubt))
            if value is None or case_value is None:
                value = case_value if value is None else value
            else:
                value = choose(holds, case_value, value)
        return exists, doubt, value

    def _supplied(self, parameter: Parameter, default: Default | None) -> tuple[Any, Any, AnyCell | None]:
        if default is None:
            return FALSE, FALSE, None
        if default.expr is not None:
            outcome = self.encoder.outcome(default.expr, {})
            return outcome.known, outcome.unknown, self._as_domain(outcome.cell, parameter.domain)
        return TRUE, FALSE, constant(default.value, parameter.domain, self.texts) if default.value is not None else None

    def _as_domain(self, cell: AnyCell, domain: Domain) -> AnyCell:
        """A computed value in the form in which the parameter holds its own."""
        if isinstance(cell, Cell) and cell.kind == "literal":
            return constant(cell.plain, domain, self.texts)
        if isinstance(cell, Cell) and cell.kind == "integer" and domain.kind == "number":
            return Cell("number", z3.ToReal(cell.plain), cell.word)
        return cell


Worlds = Mapping[str, World]
