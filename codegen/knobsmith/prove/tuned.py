"""What is to be proved of a tuning space: every point of it is valid, in every branch.

A branch is what the tuner does not move through: whatever is given and not tuned, and the tuned values that are
listed one by one. Within a branch the tuned ranges are moved through, and all or no points must be valid.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import z3

from knobsmith.diagnostics import Path
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import CrossRule, Parameter, Tuning
from knobsmith.model.domain import Bound
from knobsmith.model.intervals import first_integer
from knobsmith.prove.cells import FALSE, TRUE, Cell, rational, scalar
from knobsmith.prove.influence import Influence
from knobsmith.prove.obligations import CAN_BE_TRUE, Obligation, Proving, condition_places
from knobsmith.prove.validity import Validity
from knobsmith.prove.world import World
from knobsmith.records import Record
from knobsmith.resolve.values import shown


class Tuned(Record):
    """What is tuned of a parameter, by itself or (``index``) in a case."""

    parameter: Parameter
    tuning: Tuning
    index: int | None

    @property
    def path(self) -> Path:
        """Where it is stated."""
        where: Path = () if self.index is None else ("cases", self.index)
        return ("parameters", self.parameter.name, *where, "tuning")


def tuning_obligations(proving: Proving) -> Iterator[Obligation]:
    """The law of tuning, for each parameter that is tuned and for everything that tuned numbers may upset."""
    found = list(_tuned(proving))
    influence = Influence(proving.algorithm)
    read = {name for rule in proving.algorithm.rules if rule.severity == "error" for name in influence.on_rule(rule)}
    for tuned in found:
        claim = _is_valid(proving, tuned)
        yield claim
        if tuned.parameter.name in read:
            yield from _can_be_chosen(proving, tuned, claim)
    moving = {tuned.parameter.name: tuned.parameter for tuned in found if tuned.tuning.range is not None}
    moved = cache(lambda *names: _Moved(proving, [moving[name] for name in names]))

    for parameter in proving.algorithm.parameters:
        names = influence.on_parameter(parameter) & moving.keys()
        if names and not any(parameter is tuned.parameter for tuned in found):
            yield moved(*sorted(names)).keeps_parameter(parameter)
    for rule in proving.algorithm.rules:
        names = influence.on_rule(rule) & moving.keys()
        if names and rule.severity == "error":
            yield moved(*sorted(names)).keeps_rule(rule)


def _tuned(proving: Proving) -> Iterator[Tuned]:
    for parameter in proving.algorithm.parameters:
        if parameter.tuning is not None:
            yield Tuned(parameter, parameter.tuning, None)
        for index, case in enumerate(parameter.cases):
            if case.tuning is not None:
                yield Tuned(parameter, case.tuning, index)


def _is_valid(proving: Proving, tuned: Tuned) -> Obligation:
    """No point of a tuning space breaks the parameter's own domain in a branch where it is tuned."""
    name, valid = tuned.parameter.name, proving.valid
    formulas = (
        _is_tuned(proving.world, tuned),
        z3.Not(valid.holds(name)),
    )
    claim = f"every tuned value of `{name}` is valid in every branch"
    objection = "is tuned and refused"
    others = valid.others(name)
    return Obligation("KS201", tuned.path, claim, objection, formulas, True, (proving.world,), (name,), premises=others)


def _can_be_chosen(proving: Proving, tuned: Tuned, valid: Obligation) -> Iterator[Obligation]:
    """Of a tuning space no listed value, and not all of a range, is refused in every branch."""
    parameter, world = tuned.parameter, proving.world
    places = condition_places(proving.algorithm, parameter, "used_when")
    places += (("parameters", parameter.name, "cases", tuned.index, "when"),) if tuned.index is not None else ()
    after = ((valid.path, valid.claim), *((place, CAN_BE_TRUE) for place in places))
    whole, base = proving.valid.whole, (_is_tuned(world, tuned),)
    if tuned.tuning.values is None:
        claim, objection = f"some tuned value of `{parameter.name}` is valid", "but here none is"
        yield Obligation("KS201", tuned.path, claim, objection, base, False, (world,), after=after, premises=whole)
    for index, value in enumerate(tuned.tuning.values or ()):
        formulas = (*base, _is_value(world, parameter, value))
        claim = f"{shown(value)} is valid in some branch"
        objection, path = f"but {shown(value)} is valid in none", (*tuned.path, "values", index)
        yield Obligation("KS201", path, claim, objection, formulas, False, (world,), after=after, premises=whole)


class _Moved:
    """A valid point, and another one of the same branch that differs in tuned numbers only.

    Attributes:
        names: What is tuned.
        formulas: That the two are such points.
        worlds: The worlds of the two.
        valid: Who objects to the other one.
    """

    def __init__(self, proving: Proving, moving: Sequence[Parameter]) -> None:
        first = proving.world
        self.names = tuple(parameter.name for parameter in moving)
        second = World(proving.algorithm, proving.texts, "other ", first, frozenset(self.names))
        formulas = list(proving.valid.whole)
        for parameter in moving:
            one, other = first.effects[parameter.name], second.effects[parameter.name]
            tuned = z3.And(_moves(first, parameter), _moves(second, parameter))
            formulas += [one.given == other.given, z3.Or(first.encoder.same(one.raw, other.raw), tuned)]
        self.formulas = tuple(formulas)
        self.worlds, self.valid = (first, second), Validity(second)

    def keeps_rule(self, rule: CrossRule) -> Obligation:
        """If one point of a branch keeps a rule, so do all."""
        claim, objection = (
            f"no tuned value breaks the rule `{rule.name}`",
            f"is tuned and breaks the rule `{rule.name}`",
        )
        path: Path = ("rules", rule.name, "require")
        return self._obligation(path, claim, objection, self.valid.broken(rule))

    def keeps_parameter(self, parameter: Parameter) -> Obligation:
        """If one point of a branch keeps a parameter valid that is not tuned itself, so do all."""
        name = parameter.name
        claim, objection = f"no tuned value upsets `{name}`", f"is tuned, and `{name}` is refused"
        return self._obligation(("parameters", name), claim, objection, z3.Not(self.valid.holds(name)))

    def _obligation(self, path: Path, claim: str, objection: str, upset: Any) -> Obligation:
        return Obligation(
            "KS201", path, claim, objection, (upset,), True, self.worlds, self.names, premises=self.formulas
        )


def _moves(world: World, parameter: Parameter) -> Any:
    """That a parameter is tuned over a range."""
    spaces = [Tuned(parameter, parameter.tuning, None)] if parameter.tuning is not None else []
    spaces += [Tuned(parameter, c.tuning, index) for index, c in enumerate(parameter.cases) if c.tuning is not None]
    return z3.Or(*(_is_tuned(world, space) for space in spaces if space.tuning.range is not None))


def _is_tuned(world: World, tuned: Tuned) -> Any:
    """That a parameter is given a point of this space where the space counts."""
    parameter, effect = tuned.parameter, world.effects[tuned.parameter.name]
    counts = world.decides(parameter, "tuning", tuned.index)
    return z3.And(effect.given, effect.in_use, counts, _in_space(world, tuned))


def _in_space(world: World, tuned: Tuned) -> Any:
    raw = world.effects[tuned.parameter.name].raw
    if tuned.tuning.values is not None:
        return z3.Or(*(_is_value(world, tuned.parameter, value) for value in tuned.tuning.values))
    if tuned.tuning.range is None:
        return FALSE
    inside = world.domains.in_range(tuned.tuning.range, raw)
    return z3.And(raw.word == -1, inside, _on_step(scalar(raw), tuned.tuning))


def _on_step(cell: Cell, tuning: Tuning) -> Any:
    """That a number is a whole number of steps above the lower end."""
    lower = tuning.range.intervals[0].lower if tuning.range is not None else Bound()
    if not isinstance(tuning.step, (int, float)) or not isinstance(lower.value, (int, float)):
        return TRUE
    if cell.kind == "integer":
        return (cell.plain - first_integer(lower)) % int(tuning.step) == 0
    return z3.IsInt((cell.plain - rational(lower.value)) / rational(tuning.step))


def _is_value(world: World, parameter: Parameter, value: PlainValue) -> Any:
    return world.domains.same(world.effects[parameter.name].raw, value, parameter.domain)
