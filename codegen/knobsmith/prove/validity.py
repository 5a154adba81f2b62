"""What makes a world valid, as one formula for each party that can object: a parameter, the context, a rule."""

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Any

import z3

from knobsmith.model.catalog import CrossRule, Parameter
from knobsmith.prove.cells import FALSE, TRUE
from knobsmith.prove.influence import rule_reads
from knobsmith.prove.world import World


class Validity:
    """Formulas of one world: ``parameter_holds`` covers phases 3 to 6 of a verdict, ``broken`` phase 7."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rules = [rule for rule in world.algorithm.rules if rule.severity == "error"]

    @cached_property
    def whole(self) -> tuple[Any, ...]:
        """That nobody objects."""
        return (*self.parameters(), *self.rules())

    def parameters(self, but: Collection[str] = ()) -> tuple[Any, ...]:
        """That neither the context nor any parameter objects, those in ``but`` aside."""
        return (self._context, *(formula for name, formula in self._parameters.items() if name not in but))

    def rules(self, but: Collection[str] = ()) -> tuple[Any, ...]:
        """That no rule objects, those in ``but`` aside."""
        return tuple(z3.Not(self.broken(rule)) for rule in self._rules if rule.name not in but)

    def others(self, name: str) -> tuple[Any, ...]:
        """That nobody but one parameter objects, rules that speak of it aside: its value may be what breaks them."""
        about = [rule.name for rule in self._rules if name in rule_reads(rule)]
        return (*self.parameters(but=(name,)), *self.rules(but=about))

    def broken(self, rule: CrossRule) -> Any:
        """That a rule is known to be broken."""
        return z3.And(self.applies(rule), self._world.encoder.false(rule.require))

    def applies(self, rule: CrossRule) -> Any:
        """That a rule is known to act."""
        return TRUE if rule.when is None else self._world.encoder.true(rule.when)

    def holds(self, name: str) -> Any:
        """That one parameter does not object."""
        return self._parameters[name]

    def takes_value(self, parameter: Parameter) -> Any:
        """That a parameter's value is valid where it is used and known: own domain, cases, named ends."""
        value = self._world.effects[parameter.name].value
        return z3.And(self._world.domains.contains(parameter.domain, value), self._narrowed(parameter))

    @cached_property
    def _parameters(self) -> dict[str, Any]:
        return {parameter.name: z3.And(*self._demands(parameter)) for parameter in self._world.algorithm.parameters}

    @cached_property
    def _context(self) -> Any:
        given, values, contains = self._world.context_given, self._world.context_values, self._world.domains.contains
        facts = self._world.algorithm.context
        return z3.And(*(z3.Implies(given[fact.name], contains(fact.domain, values[fact.name])) for fact in facts))

    def _demands(self, parameter: Parameter) -> Iterator[Any]:
        effect = self._world.effects[parameter.name]
        yield z3.Implies(effect.given, self._world.domains.contains(parameter.domain, effect.raw))
        yield z3.Not(z3.And(effect.given, effect.forbidden))
        yield z3.Not(z3.And(effect.in_use, effect.unset, self._required(parameter)))
        yield z3.Implies(effect.judged, self._narrowed(parameter))

    def _required(self, parameter: Parameter) -> Any:
        if parameter.required:
            return TRUE
        return FALSE if parameter.required_when is None else self._world.encoder.true(parameter.required_when)

    def _narrowed(self, parameter: Parameter) -> Any:
        """Phase 6: that the value lies in the domain of the case that holds, and within ends that are names."""
        world, value = self._world, self._world.effects[parameter.name].value
        inside: Any = TRUE
        for case in reversed(parameter.cases):
            if case.domain is not None:
                narrow = world.domains.contains(case.domain, value, named=True)
                holds, unknown = world.encoder.true(case.when), world.encoder.unknown(case.when)
                inside = z3.If(unknown, TRUE, z3.If(holds, narrow, inside))
        return z3.And(inside, world.domains.keeps_named_ends(parameter.domain, value))
