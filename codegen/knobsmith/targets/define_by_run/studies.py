"""Names under which a study of Optuna keeps what is asked for: one for each kind of distribution."""

from knobsmith.views.tuning.axes import Axis, Choices
from knobsmith.views.tuning.space import Space


class StudyNames:
    """The names of an algorithm's hyperparameters in a study.

    A study keeps one list of values under a name, or ranges of one kind. A hyperparameter whose tuning differs more
    than that from case to case has a name for each of them.
    """

    def __init__(self, space: Space) -> None:
        self._space = space

    def of(self, name: str, axis: Axis) -> str:
        """The name of a hyperparameter while it is tuned over this axis."""
        axes = [guarded.axis for guarded in self._space.tuned[name].axes if guarded.axis is not None]
        kinds = list(dict.fromkeys(_kind(one) for one in axes))
        return name if len(kinds) == 1 else f"{name}, kind {kinds.index(_kind(axis)) + 1}"

    def of_part(self, name: str, part: Axis) -> str:
        """The same for a part of an axis."""
        axes = [guarded.axis for guarded in self._space.tuned[name].axes if guarded.axis is not None]
        return self.of(name, next((axis for axis in axes if _holds(axis, part)), axes[0]))


def _holds(axis: Axis, part: Axis) -> bool:
    if isinstance(axis, Choices) or isinstance(part, Choices):
        return isinstance(axis, Choices) and isinstance(part, Choices) and set(part.values) <= set(axis.values)
    return _kind(axis) == _kind(part) and axis.low <= part.low and part.high <= axis.high


def _kind(axis: Axis) -> object:
    """What two axes under one name must agree in."""
    if isinstance(axis, Choices):
        return axis.values, tuple(type(value) for value in axis.values)
    return axis.is_integer, axis.scale if axis.scale in ("log", "reverse-log") else "linear", axis.step
