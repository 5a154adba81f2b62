# Part of every package that `knobsmith generate` writes; do not edit.
"""The search space of an algorithm around what is set, as the branches of a request."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from ._branching import Branch as Part
from ._branching import Judgement, split
from ._codes import EFFECT, PRESENCE
from ._deciding import deciders, read_together
from ._floats import next_above, next_below
from ._grammar import is_number
from ._ranges import Override, range_of
from ._reading import read_wire_config
from ._sagemaker_request import PLACEHOLDER, Branch, Objective, Range
from ._state import UNKNOWN, Laws, State
from ._writing import number_text
from .facts import Parameter


class _Piece(NamedTuple):
    """A part of a range within which no condition changes, both ends included."""

    low: float
    high: float


class Search:
    """What is tuned and what is set.

    Attributes:
        ranges: What is tuned, by name, in the order of the documentation.
        statics: What is set, in wire form; what is required and not told is a placeholder.
    """

    def __init__(
        self, laws: Laws, statics: Mapping[str, str], overrides: Mapping[str, Override], context: Mapping[str, str]
    ) -> None:
        self._laws = laws
        self._context = context
        self._cases: dict[str, dict[int | None, Range | None]] = {}
        parameters = laws.facts.parameters
        self.ranges = {name: range for name, range in self._all_ranges(overrides) if name not in statics}
        needed = [p.name for p in parameters.values() if p.required and p.name not in {**statics, **self.ranges}]
        self.statics = {name: f"<{name}>" for name in needed} | dict(statics)
        order = list(parameters)
        self.statics = {
            name: self.statics[name]
            for name in sorted(self.statics, key=lambda name: order.index(name) if name in order else len(order))
        }

    def branches(self, objective: Objective | None) -> list[Branch]:
        """A branch for each set of hyperparameters that are in use together.

        Raises:
            TooManyBranches: What decides multiplies to more combinations than are looked at.
        """
        switches = {name: parts for name in self._in_order() if (parts := self._parts(name))}
        found = split(switches, self._judge)
        telling = {name for name in switches if len({part.switches.get(name) for part in found}) > 1}
        return [
            Branch(
                self._label(part, telling),
                tuple(_rest(range, part.switches.get(name)) for name, range in part.outcome[0]),
                {name: self.statics[name] for name in part.outcome[1]},
                objective,
            )
            for part in found
        ]

    def _all_ranges(self, overrides: Mapping[str, Override]) -> Iterator[tuple[str, Range]]:
        for parameter in self._laws.facts.parameters.values():
            own = _by_case(parameter) if parameter.name not in overrides else {}
            override = overrides.get(parameter.name, parameter.tuning)
            if any(range is not None for range in own.values()):
                self._cases[parameter.name] = own
                yield parameter.name, next(range for range in own.values() if range is not None)
            elif override is not None:
                yield parameter.name, range_of(parameter, override)
        for name, override in overrides.items():
            if name not in self._laws.facts.parameters and override is not None:
                yield name, range_of(None, override, name)

    def _judge(self, combination: Mapping[str, Any]) -> Judgement | None:
        """What a combination comes to; None if validation refuses it, whatever else is chosen."""
        drawn = {name: _sample(range, combination.get(name)) for name, range in self.ranges.items()}
        fixed = {name: text for name, text in self.statics.items() if not PLACEHOLDER.search(text)}
        state = self._state({**fixed, **drawn})
        ranges = {name: range for name in drawn if (range := self._range(name, state)) is not None}
        for name in self._cases.keys() & ranges.keys():
            if name in combination and combination[name] not in ranges[name].values:
                return None
            drawn[name] = _sample(ranges[name], combination.get(name))
        unused = {name for name in drawn if name in state.unused and not _may_be_used(state, name)}
        unused |= drawn.keys() - ranges.keys()
        state = self._state({**fixed, **{name: text for name, text in drawn.items() if name not in unused}})
        if any(self._refuses(found, fixed, drawn) for found in state.found):
            return None
        tuned = tuple((name, ranges[name]) for name in self.ranges if name not in unused)
        statics = tuple(name for name in self.statics if name not in state.unused or _may_be_used(state, name))
        return Judgement(frozenset(name for name, _ in tuned), (tuned, statics))

    def _range(self, name: str, state: State) -> Range | None:
        """What a hyperparameter is tuned over in a configuration; None if it is not, or that is unknown."""
        if name not in self._cases:
            return self.ranges[name]
        own = self._cases[name]
        return own[state.cases[name]] if name in state.cases else None

    def _state(self, config: Mapping[str, str]) -> State:
        state = read_wire_config(self._laws, config, self._context)
        self._laws.judge(state)
        if self._laws.tune is not None:
            self._laws.tune(state)
        return state

    def _refuses(self, found: Any, fixed: Mapping[str, str], drawn: Mapping[str, str]) -> bool:
        """Whether a finding tells branches apart; what is wrong anywhere is left to the preflight."""
        if found.severity != "error" or found.code == "required" or found.place[0] < EFFECT:
            return False
        if found.code.startswith("rule:"):
            rule = self._laws.facts.rules[found.subject]
            reads = {*rule.require.reads, *(rule.when.reads if rule.when is not None else ())}
            listed = {name for name in reads if name in self.ranges and self.ranges[name].values}
            return bool(listed) and not reads & (self.statics.keys() - fixed.keys())
        return found.place[0] > PRESENCE and found.subject in drawn and bool(self.ranges[found.subject].values)

    def _in_order(self) -> list[str]:
        """What is tuned, each after what decides whether it is in use."""
        placed: list[str] = []
        waiting = list(self.ranges)
        while waiting:
            ready = next((name for name in waiting if not self._behind(name) & set(waiting) - {name}), waiting[0])
            placed.append(ready)
            waiting.remove(ready)
        return placed

    def _behind(self, name: str) -> set[str]:
        parameter = self._laws.facts.parameters.get(name)
        conditions = [parameter.used_when, parameter.forbidden_when] if parameter is not None else []
        conditions += [case.when for case in parameter.cases] if parameter is not None else []
        return {read for condition in conditions if condition is not None for read in condition.reads}

    def _parts(self, name: str) -> tuple[Any, ...]:
        """The values of a switch, or the pieces of its range; nothing of what decides nothing."""
        range, decisive = self.ranges[name], deciders(self._laws.facts)
        if range.kind == "Categorical":
            ruled = {read for group in read_together(self._laws.facts) for read in group}
            ranges = self._cases.get(name, {None: range}).values()
            values = [value for own in ranges if own is not None for value in own.values]
            return tuple(dict.fromkeys(values)) if name in decisive or name in ruled else ()
        if name not in decisive or not is_number(range.low) or not is_number(range.high):
            return ()
        low, high = _number(range.low), _number(range.high)
        cuts = sorted(cut for cut in decisive[name] if low <= cut <= high)
        pieces = list(_pieces(low, high, cuts, 1 if range.kind == "Integer" else None))
        return tuple(pieces) if len(pieces) > 1 else ()

    def _label(self, part: Part, telling: set[str]) -> str:
        words: list[str] = []
        for name, parts in part.switches.items():
            parameter = self._laws.facts.parameters.get(name)
            if name in telling:
                words += [name] if parameter is None or parameter.domain.kind != "string" else []
                words += [text if isinstance(text, str) else f"{text.low}-to-{text.high}" for text in parts]
        return "-".join(words)


def _by_case(parameter: Parameter) -> dict[int | None, Range | None]:
    """What a hyperparameter is tuned over in each of the cases that decide about that, and in none of them."""
    own: dict[int | None, Range | None] = {
        index: None if case.tuning is None else range_of(parameter, case.tuning)
        for index, case in enumerate(parameter.cases)
        if case.tuning is not None or case.not_tunable
    }
    general = None if parameter.tuning is None else range_of(parameter, parameter.tuning)
    return {None: general, **own} if own else {}


def _rest(range: Range, parts: tuple[Any, ...] | None) -> Range:
    """What is left of a range in a branch."""
    if parts is None:
        return range
    if range.kind == "Categorical":
        return range._replace(values=parts)
    return range._replace(low=number_text(_whole(parts[0].low)), high=number_text(_whole(parts[-1].high)))


def _pieces(low: float, high: float, cuts: Sequence[float], unit: int | None) -> Iterator[_Piece]:
    """A range cut at constants: each of them is a piece of its own, and so is what lies between."""
    for cut in cuts:
        below = cut - unit if unit is not None else next_below(cut, "float64")
        if low <= below:
            yield _Piece(low, below)
        yield _Piece(cut, cut)
        low = cut + unit if unit is not None else next_above(cut, "float64")
    if low <= high:
        yield _Piece(low, high)


def _sample(range: Range, part: Any) -> str:
    """A value of a range, or of a part of it."""
    if isinstance(part, str):
        return part
    if range.kind == "Categorical":
        return range.values[0] if range.values else ""
    low, high = (part.low, part.high) if part is not None else (_number(range.low), _number(range.high))
    if range.kind == "Integer" or low == high:
        return number_text(_whole(low))
    return number_text(low + (high - low) / 2)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if isfinite(value) else 0.0


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def _may_be_used(state: State, name: str) -> bool:
    return state.unused[name] is UNKNOWN
