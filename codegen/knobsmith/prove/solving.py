"""Deciding obligations."""

from collections.abc import Iterator
from typing import Any, Literal

import z3

from knobsmith.prove.cells import AnyCell, ListCell
from knobsmith.prove.obligations import Obligation
from knobsmith.prove.showing import Setting, Shown, settings
from knobsmith.prove.world import World
from knobsmith.records import Record

# Steps of the solver, not seconds: the same answer on every machine.
_EFFORT = 4_000_000

Status = Literal["proven", "refuted", "unknown"]


class Proof(Record):
    """What became of an obligation.

    Attributes:
        obligation: What was to be proved.
        status: Whether it holds.
        shown: The counterexample of a refuted claim about all configurations, else nothing.
        cause: Why the question is open, if it is.
    """

    obligation: Obligation
    status: Status
    shown: tuple[Setting, ...] = ()
    cause: str = ""


def prove(obligation: Obligation) -> Proof:
    """Decide one obligation."""
    solver = z3.SimpleSolver()
    solver.set("rlimit", _EFFORT)
    solver.add(*obligation.formulas)
    answer = solver.check()
    if answer == z3.unsat:
        return Proof(obligation, "proven" if obligation.refute else "refuted")
    if answer == z3.unknown:
        return Proof(obligation, "unknown", cause=_cause(solver.reason_unknown()))
    return _confirmed(solver, obligation)


def _confirmed(solver: z3.Solver, obligation: Obligation) -> Proof:
    """A model counts only if it does not rest on what was not looked at, nor on what no float can be."""
    solver.add(*(formula for world in obligation.worlds for formula in world.seen_whole))
    if solver.check() != z3.sat:
        return Proof(obligation, "unknown", cause="it hangs on lists longer than are looked at")
    if any(_is_irrational(solver.model(), world) for world in obligation.worlds):
        return Proof(obligation, "unknown", cause="it hangs on a number that is no fraction")
    if not obligation.refute:
        return Proof(obligation, "proven")
    return Proof(obligation, "refuted", settings(Shown(solver), obligation))


def _cause(reason: str) -> str:
    gave_up = any(word in reason for word in ("resource", "max", "incomplete", "canceled"))
    return "the solver gave up" if gave_up else f"the solver says: {reason}"


def _is_irrational(model: z3.ModelRef, world: World) -> bool:
    cells = (*(effect.raw for effect in world.effects.values()), *world.context_values.values())
    numbers = (model.eval(term, model_completion=True) for cell in cells for term in _numbers(cell))
    return any(map(z3.is_algebraic_value, numbers))


def _numbers(cell: AnyCell) -> Iterator[Any]:
    if isinstance(cell, ListCell):
        for item in cell.items:
            yield from _numbers(item)
    elif cell.kind == "number":
        yield cell.plain
