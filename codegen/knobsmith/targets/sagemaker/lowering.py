"""How ends, scales and values become the ranges of SageMaker."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from knobsmith.judging import write_wire
from knobsmith.judging.numbers import number_text
from knobsmith.model.catalog import Parameter
from knobsmith.views.tuning.axes import Axis, Choices, Number, Numbers
from knobsmith.views.tuning.sagemaker_limits import LIMITS
from knobsmith.views.tuning.sagemaker_request import Kind, Range, Scaling

# Which ends are drawn. The service model says of either kind that tuning uses the values between the two ends and
# knows no range with an exclusive one, so an end that is to be left out must not be sent.
ENDS = {"Integer": (True, True), "Continuous": (True, True)}
MOST_CATEGORIES = LIMITS["ParameterValues"].most or 0
_SCALING: Mapping[str, Scaling] = {
    "auto": "Auto",
    "linear": "Linear",
    "log": "Logarithmic",
    "reverse-log": "ReverseLogarithmic",
}


def lowered(parameter: Parameter, axis: Axis) -> Range:
    """An axis as a range; an open end is the last number before it, and steps are categories."""
    match axis:
        case Choices(values=values):
            tokens = tuple(write_wire(parameter.wire, value) for value in values)
            return Range(parameter.name, "Categorical", values=tokens)
        case Numbers(step=None):
            kind: Kind = "Integer" if axis.is_integer else "Continuous"
            return Range(parameter.name, kind, number_text(axis.low), number_text(axis.high), _scaling(axis))
        case _:
            return Range(parameter.name, "Categorical", values=tuple(number_text(value) for value in _grid(axis)))


def _scaling(axis: Numbers) -> Scaling:
    if axis.scale == "auto" and axis.has_lowered_zero:
        # The service might choose a logarithmic scale, which from the least number above 0 is spent on denormals.
        return "Linear"
    return _SCALING[axis.scale]


def _grid(axis: Numbers) -> Iterator[Number]:
    """The steps; if they are too many as many of them as there may be, evenly spread, both ends among them."""
    # In decimal, in which the ends and the step are written: 0.1 and two steps of 0.3 are 0.7.
    low, step, count = Decimal(str(axis.low)), Decimal(str(axis.step)), axis.count or 1
    shown = min(count, MOST_CATEGORIES)
    for place in range(shown):
        position = round(place * (count - 1) / (shown - 1)) if shown > 1 else 0
        value = low + position * step
        yield int(value) if axis.is_integer else float(value)
