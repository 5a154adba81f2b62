"""The search space of an algorithm: what is tuned, what that hangs on, and its branches."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property

from knobsmith.expr import UNKNOWN, Expr, Missing, names_read
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm
from knobsmith.views.tuning.axes import Axis, Choices, Numbers
from knobsmith.views.tuning.branch import Branch, branch_of, representative
from knobsmith.views.tuning.branching import Judgement, split
from knobsmith.views.tuning.effects import Consequences, Effects
from knobsmith.views.tuning.pieces import Cut, cuts, pieces
from knobsmith.views.tuning.runs import Part, runs
from knobsmith.views.tuning.tuned import Tuned, axes_of, effect_of, narrowing

Given = Mapping[str, PlainValue | Missing]
Facts = Mapping[str, PlainValue]


def space_of(algorithm: Algorithm) -> "Space":
    """The search space of an algorithm: the same one for all who ask, as it is worked out bit by bit."""
    found = _KNOWN.get(id(algorithm))
    if found is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        found = _KNOWN[id(algorithm)] = Space(algorithm)
    return found


class Space:
    """The search space of one algorithm."""

    def __init__(self, algorithm: Algorithm) -> None:
        self.algorithm = algorithm
        self._parameters = {parameter.name: parameter for parameter in algorithm.parameters}
        self._consequences = Consequences(algorithm)
        self._pieces: dict[tuple[str, Numbers], tuple[Numbers, ...]] = {}
        self._branches: dict[Hashable, tuple[Branch, ...]] = {}

    @cached_property
    def tuned(self) -> Mapping[str, Tuned]:
        """What is tuned, by its name, in the order of the spec."""
        found = (Tuned(parameter, tuple(axes_of(parameter))) for parameter in self.algorithm.parameters)
        return {tuned.name: tuned for tuned in found if any(guarded.axis is not None for guarded in tuned.axes)}

    @cached_property
    def order(self) -> tuple[Tuned, ...]:
        """What is tuned, each after all that decides about it; within a circle of guards as in the effect order."""
        placed: list[Tuned] = []
        waiting = [self.tuned[name] for name in self.algorithm.effect_order if name in self.tuned]
        while waiting:
            names = {tuned.name for tuned in waiting}
            ready = next((t for t in waiting if not (self.deciders(t.name) - {t.name}) & names), waiting[0])
            placed.append(ready)
            waiting.remove(ready)
        return tuple(placed)

    def deciders(self, name: str) -> frozenset[str]:
        """The tuned hyperparameters on which it hangs whether another one is tuned, and over what."""
        read = {name for condition in self.tuned[name].conditions for name in names_read(condition)}
        return frozenset(self._behind(read) & self.tuned.keys())

    def hangs_on(self, names: Iterable[str]) -> frozenset[str]:
        """The tuned hyperparameters on which the values of these hang; those among them belong to it."""
        return frozenset(self._behind(set(names)) & self.tuned.keys())

    @cached_property
    def tangled(self) -> frozenset[str]:
        """The tuned hyperparameters that hang on a tuned range otherwise than by comparison with constants."""
        unclear = {name for name, places in self._cuts.items() if places is None and name not in self._listed}
        return frozenset(name for name in self.tuned if self.deciders(name) & unclear)

    @cached_property
    def switches(self) -> Mapping[str, tuple[Part, ...]]:
        """What decides about others: its values, or the pieces of its range between the constants that matter."""
        decisive = self._cuts.keys() | self.ruled
        found = {t.name: tuple(dict.fromkeys(self._parts(t))) for t in self.order if t.name in decisive}
        return {name: parts for name, parts in found.items() if name in self._listed or len(parts) > 1}

    def pieces(self, name: str, axis: Numbers) -> tuple[Numbers, ...]:
        """The parts of a tuned range within which no condition on it changes."""
        if (name, axis) not in self._pieces:
            self._pieces[name, axis] = tuple(pieces(axis, self._cuts.get(name) or ()))
        return self._pieces[name, axis]

    def branches(self, given: Given, facts: Facts | None = None) -> tuple[Branch, ...]:
        """The branches of the space around what is given; a value that will be given later is ``UNKNOWN``.

        What is given is not tuned.

        Raises:
            TooManyBranches: The switches multiply to more combinations than are looked at.
        """
        key = (*given.items(), None, *(facts or {}).items())
        if key not in self._branches:
            self._branches[key] = self._split(given, facts)
        return self._branches[key]

    def _split(self, given: Given, facts: Facts | None) -> tuple[Branch, ...]:
        switches = {name: parts for name, parts in self.switches.items() if name not in given}

        def judge(combination: Mapping[str, Part]) -> Judgement | None:
            drawn = self._drawn(combination, given, facts)
            if drawn is None:
                return None
            effects = self._consequences.of({**given, **drawn}, facts)
            if effects.is_refused:
                return None
            axes = {name: self.tuned[name].axis(effects) for name in drawn}
            statics = tuple(name for name in given if name in effects.used)
            plain = tuple((name, axes[name]) for name in self.tuned if name in axes)
            return Judgement(frozenset(axes), (plain, statics))

        found = split(switches, judge)
        return tuple(branch_of(kept, outcome) for parts, outcome in found for kept in runs(parts))

    def effects(self, given: Given, facts: Facts | None = None) -> Effects:
        """What a configuration comes to."""
        return self._consequences.of(given, facts)

    def _drawn(
        self, combination: Mapping[str, Part], given: Given, facts: Facts | None
    ) -> dict[str, PlainValue] | None:
        """A point of a combination: a value for everything that is tuned in it; None if it has no point."""
        drawn: dict[str, PlainValue] = {}
        effects, since = self._consequences.of(given, facts), frozenset(given)
        for tuned in self.order:
            if tuned.name in given or tuned.name in self.tangled:
                continue
            deciders = self.deciders(tuned.name)
            if deciders & (drawn.keys() - since):
                effects, since = self._consequences.of({**given, **drawn}, facts), frozenset(drawn)
            # What hangs on its own value is not known before it is drawn.
            is_own = tuned.name in deciders
            axis = tuned.axis(self._with_unknown(tuned.name, {**given, **drawn}, facts) if is_own else effects)
            if axis is None:
                continue
            part = combination.get(tuned.name)
            if part is not None and part not in self._parts_of(tuned.name, axis):
                return None
            drawn[tuned.name] = representative(axis if part is None else part)
        return drawn

    def _with_unknown(self, name: str, given: Given, facts: Facts | None) -> Effects:
        return self._consequences.of({**given, name: UNKNOWN}, facts)

    def _parts(self, tuned: Tuned) -> Iterator[Part]:
        for guarded in tuned.axes:
            if guarded.axis is not None:
                yield from self._parts_of(tuned.name, guarded.axis)

    def _parts_of(self, name: str, axis: Axis) -> tuple[Part, ...]:
        """Those of one axis: others may overlap them."""
        return axis.values if isinstance(axis, Choices) else self.pieces(name, axis)

    @cached_property
    def _cuts(self) -> Mapping[str, frozenset[Cut] | None]:
        """Where the conditions on each decider change; None where that is not known."""
        names = {name for tuned in self.tuned for name in self.deciders(tuned)}
        conditions = [condition for tuned in self.tuned.values() for condition in self._conditions_behind(tuned)]
        return {name: cuts(name, conditions) for name in self.tuned if name in names}

    def _conditions_behind(self, tuned: Tuned) -> Iterator[Expr]:
        yield from tuned.conditions
        read = {name for condition in tuned.conditions for name in names_read(condition)}
        for name in sorted(self._behind(read)):
            yield from effect_of(self._parameters[name])

    def _behind(self, names: set[str]) -> set[str]:
        """These names, and all that their use and their defaults hang on."""
        found: set[str] = set()
        waiting = [name for name in names if name in self._parameters]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [read for expr in effect_of(self._parameters[name]) for read in names_read(expr)]
        return found

    @cached_property
    def ruled(self) -> frozenset[str]:
        """The listed values of these may be refused in some branches: a rule, a case or an end of a range says so."""
        read: set[str] = set()
        for rule in self.algorithm.rules:
            if rule.severity == "error":
                read.update(names_read(rule.require), names_read(rule.when) if rule.when is not None else ())
        for parameter in self.algorithm.parameters:
            read_there = list(narrowing(parameter))
            read.update([parameter.name] if read_there else [], *(names_read(expr) for expr in read_there))
        return frozenset(self._behind(read) & self._listed)

    @cached_property
    def _listed(self) -> frozenset[str]:
        """What is tuned over listed values, at least in a case."""
        return frozenset(n for n, t in self.tuned.items() if any(isinstance(g.axis, Choices) for g in t.axes))


# By identity: to compare algorithms would take longer than to work a space out. Each space keeps its algorithm.
_KNOWN: dict[int, Space] = {}
_MOST_KNOWN = 1000
