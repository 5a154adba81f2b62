"""The branches of a search space as parts of a request, and all of them in one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import product

from knobsmith.expr import NOTHING, UNKNOWN, Missing, Outcome, names_read
from knobsmith.judging import write_wire
from knobsmith.judging.numbers import number_text
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Metric, Parameter
from knobsmith.targets.sagemaker.lowering import lowered
from knobsmith.views.tuning import branch as spaces
from knobsmith.views.tuning.axes import Axis, Choices, Numbers
from knobsmith.views.tuning.branching import MOST_COMBINATIONS
from knobsmith.views.tuning.effects import Effects
from knobsmith.views.tuning.runs import Part
from knobsmith.views.tuning.sagemaker_request import Branch, Objective
from knobsmith.views.tuning.space import Given, space_of


class Branches:
    """The search space of one algorithm as the service can be asked for it."""

    def __init__(self, algorithm: Algorithm) -> None:
        self.algorithm = algorithm
        self.space = space_of(algorithm)
        required = [p.name for p in algorithm.parameters if p.required and p.name not in self.space.tuned]
        self._given: Given = dict.fromkeys(required, UNKNOWN)

    @cached_property
    def found(self) -> tuple[spaces.Branch, ...]:
        """The branches; `TooManyBranches` if nobody can count them."""
        return self.space.branches(self._given)

    def separate(self) -> list[Branch]:
        """A part for each branch, in each of which nothing is tuned that is not in use."""
        objectives = self._objectives
        return [
            Branch(
                self._label(branch),
                tuple(lowered(self.space.tuned[name].parameter, axis) for name, axis in branch.axes.items()),
                self._placeholders(statics),
                objective,
            )
            for branch, statics, objective in zip(self.found, self._statics, objectives, strict=True)
        ]

    def together(self) -> Branch:
        """All branches in one: what is tuned anywhere is tuned, in use or not, wherever that is valid."""
        ranges = [lowered(self.space.tuned[name].parameter, axis) for name, axis in self._whole.items()]
        ordered = self._all_statics
        objective = next((one for one in self._objectives if one is not None), None)
        return Branch("", tuple(ranges), self._placeholders(ordered), objective)

    @cached_property
    def dropped(self) -> tuple[str, ...]:
        """What is tuned in some branch, but not where all branches are one."""
        return tuple(name for name in self.space.tuned if name not in self._whole and self._occurs(name))

    @property
    def never(self) -> tuple[str, ...]:
        """What is tuned in no branch."""
        return tuple(name for name in self.space.tuned if not self._occurs(name))

    @property
    def narrows(self) -> bool:
        """Whether something is tuned over more values in a branch than where all are one."""
        return any(len({g.axis for g in self.space.tuned[name].axes}) > 1 for name in self._whole)

    @cached_property
    def is_refused_somewhere(self) -> bool:
        """Whether a combination of values of the whole may be refused by a rule."""
        ruled = {name: axis for name, axis in self._whole.items() if name in self.space.ruled}
        rows = {name: axis.values for name, axis in ruled.items() if isinstance(axis, Choices)}
        rest: dict[str, PlainValue | Missing] = {
            name: _sample(axis) for name, axis in self._whole.items() if name not in rows
        }
        rest.update(dict.fromkeys(self._all_statics, UNKNOWN))
        count = reduce(lambda total, values: total * len(values), rows.values(), 1)
        if count > MOST_COMBINATIONS:
            return True
        return any(
            self.space.effects({**self._given, **rest, **dict(zip(rows, values, strict=True))}).is_refused
            for values in product(*rows.values())
        )

    @cached_property
    def _whole(self) -> Mapping[str, Axis]:
        """What is tuned over which axis if there is only one definition."""
        axes = {name: self._shared_axis(name) for name in self.space.tuned if self._occurs(name)}
        return {name: axis for name, axis in axes.items() if axis is not None}

    def _occurs(self, name: str) -> bool:
        return any(name in branch.axes for branch in self.found)

    def _shared_axis(self, name: str) -> Axis | None:
        """The axis all of whose values are tuned wherever the hyperparameter is; None if it must not be given."""
        tuned = self.space.tuned[name]
        if tuned.parameter.forbidden_when is not None and not all(name in branch.axes for branch in self.found):
            return None
        axes = [guarded.axis for guarded in tuned.axes]
        shared = reduce(_common, axes)
        if isinstance(shared, Choices):
            own = [branch.axes[name] for branch in self.found if name in branch.axes]
            occurring = {_key(value) for axis in own if isinstance(axis, Choices) for value in axis.values}
            return Choices(tuple(value for value in shared.values if _key(value) in occurring))
        return shared

    @cached_property
    def _statics(self) -> list[list[str]]:
        """What is required, in use, and not tuned, in each branch."""
        return [self._needed(branch) for branch in self.found]

    def _needed(self, branch: spaces.Branch) -> list[str]:
        drawn = {name: _sample(axis) for name, axis in branch.axes.items()}
        effects = self.space.effects({**self._given, **drawn})
        return [
            p.name
            for p in self.algorithm.parameters
            if p.name in effects.used and p.name not in drawn and _is_needed(p, effects)
        ]

    @cached_property
    def _all_statics(self) -> list[str]:
        """What has to be given in any branch, and is not tuned where all are one."""
        found = {name for names in self._statics for name in names} - self._whole.keys()
        return [p.name for p in self.algorithm.parameters if p.name in found]

    @staticmethod
    def _placeholders(names: Iterable[str]) -> dict[str, str]:
        return {name: f"<{name}>" for name in names}

    @cached_property
    def _objectives(self) -> list[Objective | None]:
        """The metric to tune for in each branch: one that all report, if there is one."""
        reported = [self._reported(branch) for branch in self.found]
        metrics = [metric for metric in self.algorithm.metrics if metric.objective]
        common = next((one for one in metrics if all(own.get(one.name) is True for own in reported)), None)
        return [_objective(common or _best(metrics, own)) for own in reported]

    def _reported(self, branch: spaces.Branch) -> dict[str, bool | None]:
        """Whether each metric is reported in a branch; None if that depends."""
        if all(metric.reported_when is None for metric in self.algorithm.metrics):
            return {metric.name: True for metric in self.algorithm.metrics}
        drawn = {name: _only(axis) for name, axis in branch.axes.items()}
        found: dict[str, set[Outcome]] = {metric.name: set() for metric in self.algorithm.metrics}
        for parts in product(*branch.switches.values()):
            values = {name: _sample_of(part) for name, part in zip(branch.switches, parts, strict=True)}
            effects = self.space.effects({**self._given, **drawn, **values})
            for metric in self.algorithm.metrics:
                condition = metric.reported_when
                # Conditions on metrics cut no range into pieces: within one they may change.
                unclear = condition is not None and any(_varies(branch.axes.get(n)) for n in names_read(condition))
                outcome = True if condition is None else UNKNOWN if unclear else effects.holds(condition)
                found[metric.name].add(outcome)
        # A condition that hangs on something unset does not act.
        known = {name: {outcome is True for outcome in own} for name, own in found.items() if UNKNOWN not in own}
        return {name: next(iter(known[name])) if len(known.get(name, ())) == 1 else None for name in found}

    def _label(self, branch: spaces.Branch) -> str:
        """The values of what tells a branch from the others."""
        words: list[str] = []
        for name, parts in branch.switches.items():
            if len({tuple(map(_key, other.switches.get(name, ()))) for other in self.found}) > 1:
                words += self._words(name, parts)
        return "-".join(words)

    def _words(self, name: str, parts: Sequence[Part]) -> Iterator[str]:
        parameter = self.space.tuned[name].parameter
        if not all(isinstance(part, str) for part in parts):
            yield name
        for part in parts:
            if isinstance(part, Numbers):
                yield f"{number_text(part.low)}-to-{number_text(part.high)}"
            else:
                yield write_wire(parameter.wire, part)


def _is_needed(parameter: Parameter, effects: Effects) -> bool:
    """Whether a hyperparameter that is not tuned has to be given."""
    if parameter.required:
        return True
    needed = parameter.required_when is not None and effects.holds(parameter.required_when) is True
    return needed and effects.values[parameter.name] is NOTHING


def _best(metrics: Sequence[Metric], reported: Mapping[str, bool | None]) -> Metric | None:
    """The first metric that is reported, or else one that may be."""
    sure = next((metric for metric in metrics if reported[metric.name]), None)
    return sure or next((metric for metric in metrics if reported[metric.name] is None), None)


def _objective(metric: Metric | None) -> Objective | None:
    if metric is None:
        return None
    return Objective(metric.name, "Maximize" if metric.direction == "maximize" else "Minimize")


def _common(first: Axis | None, second: Axis | None) -> Axis | None:
    """What two axes have in common; None if that is nothing, or cannot be said by one range."""
    if first is None or second is None or first == second:
        return first if first == second else None
    if isinstance(first, Choices) and isinstance(second, Choices):
        also = set(map(_key, second.values))
        values = tuple(value for value in first.values if _key(value) in also)
        return Choices(values) if values else None
    if not isinstance(first, Numbers) or not isinstance(second, Numbers) or (first.step, second.step) != (None, None):
        return None
    lower = max(first.lower, second.lower, key=lambda bound: (bound.value or 0, not bound.closed))
    upper = min(first.upper, second.upper, key=lambda bound: (bound.value or 0, bound.closed))
    shared = first.between(lower, upper)
    return shared if shared.low <= shared.high else None


def _key(part: object) -> tuple[str, object]:
    """A value told from others that Python thinks equal, such as 1 and true."""
    return (type(part).__name__ if isinstance(part, bool) else "", part)


def _sample(axis: Axis) -> PlainValue:
    return axis.values[0] if isinstance(axis, Choices) else axis.low


def _sample_of(part: Part) -> PlainValue:
    return part.low if isinstance(part, Numbers) else part


def _varies(axis: Axis | None) -> bool:
    """Whether an axis is a range with more than one value."""
    return isinstance(axis, Numbers) and axis.low < axis.high


def _only(axis: Axis) -> PlainValue | Missing:
    """The value of an axis that has one, as far as conditions read it."""
    if isinstance(axis, Choices):
        return axis.values[0] if len(axis.values) == 1 else UNKNOWN
    return axis.low if axis.low == axis.high else UNKNOWN
