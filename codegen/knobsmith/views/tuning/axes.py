"""What a tuner moves along: the numbers between two ends, or a list of values.

Ends are closed here. An open one becomes the next number inside that the training code can hold: the next integer,
or the next number of the hyperparameter's declared ``precision``. A back end with exclusive ends of its own finds in
``Numbers.lower`` and ``Numbers.upper`` what was written.
"""

from dataclasses import dataclass, replace

from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Scale, Tuning
from knobsmith.model.domain import Bound, Domain, Interval, Precision
from knobsmith.model.intervals import first_integer, last_integer
from knobsmith.views.tuning.floats import next_above, next_below

Number = int | float


@dataclass(frozen=True, slots=True)
class Numbers:
    """The integers or numbers from ``low`` to ``high``, both included.

    Attributes:
        is_integer: Whether only integers count; the ends are ``int`` then, and ``float`` otherwise.
        low: The least value.
        high: The greatest value; with a step a whole number of steps above ``low``.
        lower: The lower end as written.
        upper: The upper end as written.
        scale: How the values are spread; ``auto`` leaves it to the tuner.
        step: The distance of neighbours, or None if every value counts.
        precision: The float format in which the training code holds the value.
    """

    is_integer: bool
    low: Number
    high: Number
    lower: Bound
    upper: Bound
    scale: Scale = "auto"
    step: Number | None = None
    precision: Precision = "float64"

    @property
    def count(self) -> int | None:
        """How many values there are; None if they are not counted."""
        if self.step is not None:
            return steps_between(self.low, self.high, self.step) + 1
        return int(self.high) - int(self.low) + 1 if self.is_integer else None

    @property
    def has_lowered_zero(self) -> bool:
        """Whether the lower end is an open 0, whose next number is no useful start of a logarithmic scale."""
        return not self.is_integer and self.lower.value == 0 and not self.lower.closed

    def between(self, lower: Bound, upper: Bound) -> "Numbers":
        """The values that lie between two other ends; there may be none, and ``low`` is above ``high`` then."""
        interval = Interval(lower=lower, upper=upper)
        part = _numbers(interval, self.is_integer, self.precision, self.scale, None)
        if self.step is None:
            return part
        # The values stay those of the grid that starts at the low end of the whole.
        first = -(-(part.low - self.low) // self.step)
        last = (part.high - self.low) // self.step
        return replace(part, low=self.low + first * self.step, high=self.low + last * self.step, step=self.step)


@dataclass(frozen=True, slots=True)
class Choices:
    """Values that are tried as they stand, without an order."""

    values: tuple[PlainValue, ...]

    @property
    def count(self) -> int:
        """How many values there are."""
        return len(self.values)


Axis = Numbers | Choices


def axis_of(tuning: Tuning, domain: Domain) -> Axis:
    """What a tuning moves along; its range is one interval with constant ends, as the checks demand."""
    if tuning.range is None:
        return Choices(tuning.values or ())
    step = tuning.step if isinstance(tuning.step, (int, float)) else None
    (interval,) = tuning.range.intervals
    return _numbers(interval, domain.kind == "integer", domain.precision, tuning.scale, step)


def steps_between(low: Number, high: Number, step: Number) -> int:
    """How many steps lead from ``low`` to the last value that is not above ``high``."""
    count = int((high - low) / step)
    # The quotient may be off by one in its last digit, either way.
    while low + (count + 1) * step <= high:
        count += 1
    while low + count * step > high:
        count -= 1
    return count


def _numbers(interval: Interval, is_integer: bool, precision: Precision, scale: Scale, step: Number | None) -> Numbers:
    low: Number
    high: Number
    if is_integer:
        low, high = first_integer(interval.lower), last_integer(interval.upper)
    else:
        low, high = _lowest(interval.lower, precision), _highest(interval.upper, precision)
    if step is not None:
        high = low + steps_between(low, high, step) * step
    return Numbers(is_integer, low, high, interval.lower, interval.upper, scale, step, precision)


def _lowest(lower: Bound, precision: Precision) -> float:
    value = float(lower.value or 0)
    return value if lower.closed else next_above(value, precision)


def _highest(upper: Bound, precision: Precision) -> float:
    value = float(upper.value or 0)
    return value if upper.closed else next_below(value, precision)
