"""How ends, scales and values become those of Optuna."""

from decimal import Decimal

from knobsmith.model.base import PlainValue
from knobsmith.targets.define_by_run import Constants, StudyNames
from knobsmith.targets.source_text import literal
from knobsmith.views.tuning.axes import Axis, Choices, Number, Numbers

# Which ends are drawn. By optuna.distributions both belong to every range; the samplers, however, keep numbers without
# step below the upper end (optuna._transform clips them to the number before it), and integers do reach theirs.
ENDS = {
    "integer": (True, True),
    "number": (True, False),
    "number by log": (True, False),
    "number by step": (True, True),
}


class Questions:
    """Asks a trial for values."""

    def __init__(self, constants: Constants, names: StudyNames) -> None:
        self._constants = constants
        self._names = names

    def drawn(self, name: str, axis: Axis) -> str:
        """An expression over `trial`."""
        key = literal(self._names.of(name, axis))
        match axis:
            case Choices(values=values):
                listed = self._constants.spelled(name, values)
                if _are_stored(values):
                    return f"trial.suggest_categorical({key}, {listed})"
                return f"one_of(trial, {key}, {listed})"
            case Numbers(is_integer=True):
                return f"trial.suggest_int({key}, {axis.low}, {axis.high}{_options(axis)})"
            case Numbers(scale="reverse-log"):
                return f"near_one(trial, {key}, {axis.low!r}, {axis.high!r})"
            case _ if _stops_short(axis):
                return f"number(trial, {key}, {axis.low!r}, {axis.high!r})"
            case _:
                return f"trial.suggest_float({key}, {axis.low!r}, {_high(axis)!r}{_options(axis)})"


def distribution(name: str, axis: Axis, constants: Constants) -> tuple[str, str]:
    """The name in a study, and the distribution that belongs to the question."""
    match axis:
        case Choices(values=values):
            listed = constants.spelled(name, values) if _are_stored(values) else f"range({len(values)})"
            return name, f"CategoricalDistribution({listed})"
        case Numbers(is_integer=True):
            return name, f"IntDistribution({axis.low}, {axis.high}{_options(axis)})"
        case Numbers(scale="reverse-log"):
            return f"1 - {name}", f"FloatDistribution({1 - axis.high!r}, {1 - axis.low!r}, log=True)"
        case _ if _stops_short(axis):
            return name, f"FloatDistribution({axis.low!r}, beyond({axis.high!r}))"
        case _:
            return name, f"FloatDistribution({axis.low!r}, {_high(axis)!r}{_options(axis)})"


def _stops_short(axis: Numbers) -> bool:
    """Whether the samplers would not draw the greatest value."""
    is_linear = axis.scale in ("auto", "linear") and axis.step is None
    return is_linear and not axis.is_integer and axis.low < axis.high


def _options(axis: Numbers) -> str:
    step = f", step={axis.step!r}" if axis.step not in (None, 1) or (axis.step and not axis.is_integer) else ""
    return f"{step}, log=True" if axis.scale == "log" and axis.low < axis.high else step


def _high(axis: Numbers) -> Number:
    """The upper end. That of steps is where decimal arithmetic puts it, which is how Optuna counts them."""
    if axis.step is None or axis.count is None:
        return axis.high
    return float(Decimal(str(axis.low)) + (axis.count - 1) * Decimal(str(axis.step)))


def _are_stored(values: tuple[PlainValue, ...]) -> bool:
    """Whether Optuna keeps the values itself, and tells them apart."""
    return not any(isinstance(value, tuple) for value in values) and len(set(values)) == len(values)
