"""How ends, scales and values become those of Ray Tune."""

from knobsmith.targets.define_by_run import Constants
from knobsmith.targets.source_text import literal
from knobsmith.views.tuning.axes import Axis, Choices

# Which ends are drawn: by the documentation of ray.tune.uniform, loguniform, randint and lograndint the upper end of
# each is exclusive. The domains of the generated package therefore ask for one value more, and clamp.
ENDS = {
    "integer": (True, False),
    "integer by log": (True, False),
    "number": (True, False),
    "number by log": (True, False),
}


class Questions:
    """Asks whoever gives the values; all ends are included."""

    def __init__(self, constants: Constants) -> None:
        self._constants = constants

    def drawn(self, name: str, axis: Axis) -> str:
        """An expression over `ask`."""
        key = literal(name)
        if isinstance(axis, Choices):
            return f"ask.one_of({key}, {self._constants.spelled(name, axis.values)})"
        step = f", step={axis.step!r}" if axis.step is not None else ""
        is_curved = axis.scale in ("log", "reverse-log") and axis.low < axis.high
        scale = f", scale={literal(axis.scale)}" if is_curved else ""
        return f"ask.{'integer' if axis.is_integer else 'number'}({key}, {axis.low!r}, {axis.high!r}{step}{scale})"
