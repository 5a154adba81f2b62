"""What is to be proved of an algorithm, apart from its tuning: see ``tuned`` for that.

Each obligation is a formula whose models are counterexamples, or witnesses.
"""

from collections.abc import Iterator
from typing import Any, get_args

import z3

from knobsmith.diagnostics import Path
from knobsmith.expr.syntax import Expr
from knobsmith.model.catalog import Algorithm, CrossRule, Group, Parameter
from knobsmith.prove.texts import Texts
from knobsmith.prove.validity import Validity
from knobsmith.prove.world import Stated, World, states
from knobsmith.records import Record


class Obligation(Record):
    """One thing to prove.

    Attributes:
        law: Id of the law, "KS201".
        path: The fact that owes the proof.
        claim: What is claimed, in words.
        objection: What a report says if it is refuted; of a counterexample, the settings stand before and after it.
        formulas: What is asked, as conjuncts; see ``refute``.
        refute: Whether a model speaks against the claim (else the lack of one does).
        worlds: The worlds that a model describes, the one to show last.
        subjects: The parameters that the claim is about.
        after: Claims without which this one is not asked: what breaks them breaks it too.
        premises: Conjuncts too: that all else is in order.
    """

    law: str
    path: Path
    claim: str
    objection: str
    formulas: tuple[Any, ...]
    refute: bool
    worlds: tuple[World, ...]
    subjects: tuple[str, ...] = ()
    after: tuple[tuple[Path, str], ...] = ()
    premises: tuple[Any, ...] = ()


CAN_BE_TRUE, CAN_BE_OTHERWISE = "it can be true", "it can be other than true"


class Proving(Record):
    """What all obligations of an algorithm share: any one configuration, and who objects to it."""

    algorithm: Algorithm
    texts: Texts
    world: World
    valid: Validity


def general_obligations(proving: Proving) -> Iterator[Obligation]:
    """That some configuration is valid, and what is owed by conditions, defaults and rules."""
    yield _some_configuration(proving)
    for group in proving.algorithm.groups:
        yield from _group(proving, group)
    for parameter in proving.algorithm.parameters:
        yield from _conditions(proving, parameter)
        yield from _defaults(proving, parameter)
    for rule in proving.algorithm.rules:
        yield from _rule(proving, rule)
    for metric in proving.algorithm.metrics:
        if metric.reported_when is not None:
            yield from _both_ways(proving, metric.reported_when, ("metrics", metric.name, "reported_when"))


def condition_places(algorithm: Algorithm, parameter: Parameter, key: str) -> tuple[Path, ...]:
    """Where the condition of a parameter stands: beside it, in its group, or in both."""
    stated = getattr(parameter, key)
    group = next((group for group in algorithm.groups if group.name == parameter.group), None)
    shared = None if group is None else getattr(group, key)
    own: tuple[Path, ...] = (("parameters", parameter.name, key),)
    if stated is None:
        return ()
    if shared is None or stated == shared:
        return own if shared is None else (("groups", str(parameter.group), key),)
    return (("groups", str(parameter.group), key), *own)


def _some_configuration(proving: Proving) -> Obligation:
    claim, objection = "some configuration is valid", "but here none is"
    return Obligation("KS206", (), claim, objection, (), False, (proving.world,), premises=proving.valid.whole)


def _group(proving: Proving, group: Group) -> Iterator[Obligation]:
    for key in ("used_when", "forbidden_when"):
        condition = getattr(group, key)
        if condition is not None:
            yield from _both_ways(proving, condition, ("groups", group.name, key))


def _conditions(proving: Proving, parameter: Parameter) -> Iterator[Obligation]:
    for key in ("used_when", "forbidden_when", "required_when"):
        places = condition_places(proving.algorithm, parameter, key) if key != "required_when" else ()
        path: Path = ("parameters", parameter.name, key)
        condition = getattr(parameter, key)
        if condition is not None and (path in places or key == "required_when"):
            yield from _both_ways(proving, condition, path, after=places[:-1])
    for index, case in enumerate(parameter.cases):
        path = ("parameters", parameter.name, "cases", index, "when")
        yield from _both_ways(proving, case.when, path, _counts(proving, parameter, index))


def _counts(proving: Proving, parameter: Parameter, index: int) -> Any:
    """That something a case states is stated by no case above it that holds."""
    stated = [fact for fact in get_args(Stated) if states(parameter.cases[index], fact)]
    if not stated:
        return z3.BoolVal(True)
    return z3.Or(*(proving.world.decides(parameter, fact, index) for fact in stated))


def _both_ways(
    proving: Proving, condition: Expr, path: Path, beside: Any = None, after: tuple[Path, ...] = ()
) -> Iterator[Obligation]:
    true = proving.world.encoder.true(condition)
    other = z3.Not(z3.Or(true, proving.world.encoder.unknown(condition)))
    before = tuple((place, CAN_BE_TRUE) for place in after)
    whole, worlds = proving.valid.whole, (proving.world,)
    acts = true if beside is None else z3.And(true, beside)
    yield Obligation(
        "KS203", path, CAN_BE_TRUE, "but this one never is", (acts,), False, worlds, after=before, premises=whole
    )
    objection = "but this one always is"
    yield Obligation("KS203", path, CAN_BE_OTHERWISE, objection, (other,), False, worlds, premises=whole)


def _defaults(proving: Proving, parameter: Parameter) -> Iterator[Obligation]:
    path: Path = ("parameters", parameter.name)
    if parameter.default is not None:
        yield _default(proving, parameter, None, (*path, "default"))
    for index, case in enumerate(parameter.cases):
        if case.default is not None:
            yield _default(proving, parameter, index, (*path, "cases", index, "default"))


def _default(proving: Proving, parameter: Parameter, index: int | None, path: Path) -> Obligation:
    """Wherever the default counts and everything else is in order, it is a valid value."""
    world, valid, name = proving.world, proving.valid, parameter.name
    effect = world.effects[name]
    formulas = (
        effect.judged,
        z3.Not(effect.given),
        world.decides(parameter, "default", index),
        z3.Not(valid.takes_value(parameter)),
    )
    claim, objection = f"the default of `{name}` is valid wherever it applies", "is the default and refused"
    others = valid.others(name)
    return Obligation("KS202", path, claim, objection, formulas, True, (world,), (name,), premises=others)


def _rule(proving: Proving, rule: CrossRule) -> Iterator[Obligation]:
    path: Path = ("rules", rule.name)
    valid, worlds = proving.valid, (proving.world,)
    after = () if rule.when is None else (((*path, "when"), CAN_BE_TRUE),)
    if rule.when is not None:
        yield from _both_ways(proving, rule.when, (*path, "when"))
    premises = valid.parameters()
    holds, breaks = (valid.applies(rule), proving.world.encoder.true(rule.require)), (valid.broken(rule),)
    path = (*path, "require")
    claim, objection = "it can hold", "but this one never holds"
    yield Obligation("KS204", path, claim, objection, holds, False, worlds, after=after, premises=premises)
    claim, objection = "it can be broken", "but this one is never broken"
    yield Obligation("KS204", path, claim, objection, breaks, False, worlds, after=after, premises=premises)
