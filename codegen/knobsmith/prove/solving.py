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
_FIRST_EFFORT = _EFFORT // 100

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


class Prover:
    """Decides the obligations of one algorithm one after the other, and keeps the configurations that it comes across.

    Most claims that something can be so are shown by a configuration that was found for another claim.
    """

    def __init__(self) -> None:
        self._witnesses: list[_Witness] = []

    def prove(self, obligation: Obligation) -> Proof:
        """Decide one obligation."""
        if obligation.refute and _contradict(obligation.formulas):
            return Proof(obligation, "proven")
        if not obligation.refute and any(witness.shows(obligation) for witness in self._witnesses):
            return Proof(obligation, "proven")
        solver = _solver(_EFFORT)
        solver.add(*obligation.premises, *obligation.formulas)
        answer = solver.check()
        if answer == z3.unsat:
            return Proof(obligation, "proven" if obligation.refute else "refuted")
        if answer == z3.unknown:
            return Proof(obligation, "unknown", cause=_cause(solver.reason_unknown()))
        return self._confirmed(solver, obligation)

    def _confirmed(self, solver: z3.Solver, obligation: Obligation) -> Proof:
        """A model counts only if it does not rest on what was not looked at, nor on what no float can be."""
        solver.add(*(formula for world in obligation.worlds for formula in world.seen_whole))
        if solver.check() != z3.sat:
            return Proof(obligation, "unknown", cause="it hangs on lists longer than are looked at")
        if any(_is_irrational(solver.model(), world) for world in obligation.worlds):
            return Proof(obligation, "unknown", cause="it hangs on a number that is no fraction")
        if not obligation.refute:
            self._witnesses.append(_Witness(solver.model(), obligation))
            return Proof(obligation, "proven")
        return Proof(obligation, "refuted", settings(Shown(solver), obligation))


def prove(obligation: Obligation) -> Proof:
    """Decide one obligation for itself."""
    return Prover().prove(obligation)


class _Witness:
    """A configuration, looked at whole, and the premises that it is known to keep."""

    def __init__(self, model: z3.ModelRef, obligation: Obligation) -> None:
        self._model = model
        # The formulas themselves are kept as well: an id is free again once its formula is gone.
        self._kept = {formula.get_id(): formula for formula in obligation.premises}

    def shows(self, obligation: Obligation) -> bool:
        """Whether it is one of those that the obligation asks for."""
        return all(map(self._holds, obligation.formulas)) and all(map(self._keeps, obligation.premises))

    def _keeps(self, premise: Any) -> bool:
        if premise.get_id() not in self._kept:
            if not self._holds(premise):
                return False
            self._kept[premise.get_id()] = premise
        return True

    def _holds(self, formula: Any) -> bool:
        return bool(z3.is_true(self._model.eval(formula, model_completion=True)))


def _contradict(formulas: tuple[Any, ...]) -> bool:
    """Whether formulas have no model even without premises, which is soon said of most claims that hold."""
    solver = _solver(_FIRST_EFFORT)
    solver.add(*formulas)
    return bool(solver.check() == z3.unsat)


def _solver(effort: int) -> z3.Solver:
    solver = z3.SimpleSolver()
    solver.set("rlimit", effort)
    return solver


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
