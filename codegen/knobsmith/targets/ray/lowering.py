"""How ends, scales and values become those of Ray Tune."""

from knobsmith.targets.define_by_run import Constants, StudyNames
from knobsmith.targets.source_text import literal
from knobsmith.views.tuning.axes import Axis, Choices

# Which ends are drawn. By the documentation of ray.tune.uniform, loguniform, randint and lograndint the upper end of
# each is exclusive; of numbers, however, rounding may give it, or one beyond. The domains of the generated package
# therefore ask for one value more, and clamp.
ENDS = {
    "integer": (True, False),
    "integer by log": (True, False),
    "number": (True, True),
    "number by log": (True, True),
}


class Questions:
    """Asks whoever gives the values; all ends are included."""

    def __init__(self, constants: Constants, names: StudyNames) -> None:
        self._constants = constants
        self._names = names

    def drawn(self, name: str, axis: Axis) -> str:
        """An expression over `ask`."""
        key = literal(name)
        known = self._names.of(name, axis)
        known_as = f", known_as={literal(known)}" if known != name else ""
        if isinstance(axis, Choices):
            return f"ask.one_of({key}, {self._constants.spelled(name, axis.values)}{known_as})"
        step = f", step={axis.step!r}" if axis.step is not None else ""
        is_curved = axis.scale in ("log", "reverse-log") and axis.low < axis.high
        scale = f", scale={literal(axis.scale)}" if is_curved else ""
        kind = "integer" if axis.is_integer else "number"
        return f"ask.{kind}({key}, {axis.low!r}, {axis.high!r}{step}{scale}{known_as})"
