"""Deciding obligations, and making what the solver shows fit for people: few settings, round numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import z3

from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Domain
from knobsmith.prove.cells import AnyCell, Cell, ListCell
from knobsmith.prove.obligations import Obligation
from knobsmith.prove.world import World
from knobsmith.resolve.values import plain

# Steps of the solver, not seconds: the same answer on every machine.
_EFFORT = 4_000_000
_ROUND = (0, 1, 2, 10, 100, Fraction(1, 2), Fraction(1, 10), Fraction(1, 100))

Status = Literal["proven", "refuted", "unknown"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of an obligation; ``shown`` is the counterexample of a refutation, ``cause`` why it is open."""

    obligation: Obligation
    status: Status
    shown: str = ""
    cause: str = ""


def prove(obligation: Obligation) -> Proof:
    """Decide one obligation."""
    solver = z3.Solver()
    solver.set("rlimit", _EFFORT)
    solver.add(*obligation.formulas)
    answer = solver.check()
    if answer == z3.unsat:
        return Proof(obligation, "proven" if obligation.refute else "refuted")
    if answer == z3.unknown:
        return Proof(obligation, "unknown", cause=_cause(solver.reason_unknown()))
    return _confirmed(solver, obligation)


def _confirmed(solver: z3.Solver, obligation: Obligation) -> Proof:
    """A model counts only if it does not rest on what was not looked at."""
    cut = sorted({text for world in obligation.worlds for text in world.cut})
    if cut:
        return Proof(obligation, "unknown", cause=f"the pattern `{cut[0]}` has an anchor inside")
    solver.add(*(formula for world in obligation.worlds for formula in world.seen_whole))
    if solver.check() != z3.sat:
        return Proof(obligation, "unknown", cause="it hangs on lists longer than are looked at")
    if not obligation.refute:
        return Proof(obligation, "proven")
    return Proof(obligation, "refuted", shown=_shown(solver, obligation))


def _cause(reason: str) -> str:
    return "the solver gave up" if "resource" in reason or "max" in reason else f"the solver says: {reason}"


def _shown(solver: z3.Solver, obligation: Obligation) -> str:
    """The counterexample with as few settings as can be, and numbers as round as can be."""
    world = obligation.worlds[-1]
    for given in _avoidable(obligation):
        _prefer(solver, z3.Not(given))
    model = _model(solver)
    for name in world.algorithm.effect_order:
        effect = world.effects[name]
        if z3.is_true(model.eval(effect.given, model_completion=True)):
            model = _rounded(solver, effect.raw, model)
    return ", ".join(_settings(world, model, obligation))


def _avoidable(obligation: Obligation) -> Iterator[Any]:
    world = obligation.worlds[0]
    for name, effect in world.effects.items():
        if name not in obligation.subjects:
            yield effect.given
    yield from world.context_given.values()


def _prefer(solver: z3.Solver, wish: Any) -> bool:
    """Add a wish if it can be granted."""
    if solver.check(wish) == z3.sat:
        solver.add(wish)
        return True
    return False


def _rounded(solver: z3.Solver, cell: AnyCell, model: z3.ModelRef) -> z3.ModelRef:
    if isinstance(cell, ListCell) or cell.kind not in ("integer", "number"):
        return model
    for candidate in _ROUND:
        if cell.kind == "integer" and Fraction(candidate).denominator != 1:
            continue
        value = z3.RealVal(str(candidate)) if cell.kind == "number" else z3.IntVal(int(candidate))
        if _prefer(solver, cell.plain == value):
            break
    else:
        return model
    return _model(solver)


def _model(solver: z3.Solver) -> z3.ModelRef:
    solver.check()
    return solver.model()


def _settings(world: World, model: z3.ModelRef, obligation: Obligation) -> Iterator[str]:
    for parameter in world.algorithm.parameters:
        effect = world.effects[parameter.name]
        given = z3.is_true(model.eval(effect.given, model_completion=True))
        if given or parameter.name in obligation.subjects:
            cell = effect.raw if given else effect.value
            yield f"{parameter.name} = {plain(_value(cell, parameter.domain, model, world))}"
    for fact in world.algorithm.context:
        if z3.is_true(model.eval(world.context_given[fact.name], model_completion=True)):
            value = _value(world.context_values[fact.name], fact.domain, model, world)
            yield f"context.{fact.name} = {plain(value)}"


def _value(cell: AnyCell, domain: Domain, model: z3.ModelRef, world: World) -> PlainValue:
    word = model.eval(cell.word, model_completion=True).as_long()
    if word >= 0:
        return world.texts.text(word)
    if isinstance(cell, ListCell):
        length = model.eval(cell.length, model_completion=True).as_long()
        items = domain.items or Domain(kind="string")
        return tuple(_value(item, items, model, world) for item in cell.items[:length])
    return _scalar(cell, model.eval(cell.plain, model_completion=True), world)


def _scalar(cell: Cell, value: Any, world: World) -> PlainValue:
    match cell.kind:
        case "boolean":
            return z3.is_true(value)
        case "integer":
            return int(value.as_long())
        case "choice":
            position = value.as_long()
            return world.texts.text(position) if 0 <= position < len(world.texts.all()) else "?"
        case "string":
            return str(value.as_string())
        case _:
            return _double(value)


def _double(value: Any) -> float:
    exact = value.as_fraction() if z3.is_rational_value(value) else value.approx(20).as_fraction()
    return float(exact)
