"""A branch of a search space."""

from collections.abc import Mapping
from dataclasses import dataclass

from knobsmith.model.base import PlainValue
from knobsmith.views.tuning.axes import Axis, Choices, Numbers
from knobsmith.views.tuning.runs import Part


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of the space in which the same hyperparameters are tuned over the same axes.

    Attributes:
        axes: What is tuned, in the order of the spec; of a switch what is left of its axis here.
        statics: The names of what is given and in use here.
        switches: The parts of each switch by which the branch is told from the others.
    """

    axes: Mapping[str, Axis]
    statics: tuple[str, ...]
    switches: Mapping[str, tuple[Part, ...]]


def representative(part: Part | Choices) -> PlainValue:
    """A point of a part."""
    if isinstance(part, Choices):
        return part.values[0]
    if not isinstance(part, Numbers):
        return part
    if part.is_integer or part.step is not None or part.low == part.high:
        return part.low
    middle = part.low + (part.high - part.low) / 2
    return middle if part.low <= middle <= part.high else part.low


def branch_of(
    switches: Mapping[str, tuple[Part, ...]], outcome: tuple[tuple[tuple[str, Axis], ...], tuple[str, ...]]
) -> Branch:
    """The branch of some parts of the switches, in which this is tuned and that is given."""
    axes, statics = outcome
    return Branch({name: _rest(axis, switches.get(name)) for name, axis in axes}, statics, switches)


def _rest(axis: Axis, parts: tuple[Part, ...] | None) -> Axis:
    """What is left of an axis in a branch; pieces that touch are one again."""
    if parts is None:
        return axis
    if not isinstance(axis, Numbers):
        return Choices(tuple(part for part in parts if not isinstance(part, Numbers)))
    numbers = [part for part in parts if isinstance(part, Numbers)]
    return axis.between(numbers[0].lower, numbers[-1].upper)
