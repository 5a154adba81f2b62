"""What makes a world valid, as one formula for each party that can object: a parameter, the context, a rule."""

from dataclasses import dataclass
from typing import Any

import z3

from knobsmith.model.catalog import CrossRule, Parameter
from knobsmith.prove.terms import FALSE, TRUE
from knobsmith.prove.world import World


@dataclass(frozen=True, slots=True)
class Validity:
    """Formulas of one world; ``own`` covers phases 3 to 6 of a verdict for each parameter, ``rules`` phase 7."""

    own: dict[str, Any]
    context: Any
    rules: dict[str, Any]

    def parameters(self, *, but: frozenset[str] = frozenset()) -> list[Any]:
        """That no parameter objects, those in ``but`` aside."""
        return [self.context, *(formula for name, formula in self.own.items() if name not in but)]


def validity(world: World) -> Validity:
    """All objections that a world can meet."""
    algorithm = world.algorithm
    own = {parameter.name: parameter_holds(world, parameter) for parameter in algorithm.parameters}
    facts = [
        z3.Implies(
            world.context_given[fact.name], world.domains.constant_facts(fact.domain, world.context_values[fact.name])
        )
        for fact in algorithm.context
    ]
    rules = {rule.name: z3.Not(broken(world, rule)) for rule in algorithm.rules if rule.severity == "error"}
    return Validity(own, z3.And(*facts), rules)


def broken(world: World, rule: CrossRule) -> Any:
    """That a rule is known to be broken."""
    applies = world.encoder.true(rule.when) if rule.when is not None else TRUE
    return z3.And(applies, world.encoder.false(rule.require))


def parameter_holds(world: World, parameter: Parameter) -> Any:
    """That one parameter passes phases 3 to 6."""
    effect = world.effects[parameter.name]
    unset = z3.And(z3.Not(effect.has_value), effect.in_use)
    demanded = FALSE
    if parameter.required:
        demanded = TRUE
    elif parameter.required_when is not None:
        demanded = world.encoder.true(parameter.required_when)
    return z3.And(
        z3.Implies(effect.given, world.domains.constant_facts(parameter.domain, effect.raw)),
        z3.Not(z3.And(effect.given, effect.forbidden)),
        z3.Not(z3.And(unset, demanded)),
        z3.Implies(
            z3.And(effect.in_use, effect.has_value, z3.Not(effect.doubtful_default)), narrowed(world, parameter)
        ),
    )


def narrowed(world: World, parameter: Parameter) -> Any:
    """Phase 6: that the value lies in the domain of the case that holds, and within ends that are names."""
    effect = world.effects[parameter.name]
    cases: Any = TRUE
    for case in reversed(parameter.cases):
        if case.domain is None:
            continue
        holds, unknown = world.encoder.true(case.when), world.encoder.unknown(case.when)
        inside = world.domains.whole(case.domain, effect.value)
        cases = z3.If(unknown, TRUE, z3.If(holds, inside, cases))
    return z3.And(cases, world.domains.named_ends(parameter.domain, effect.value))
