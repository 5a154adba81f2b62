"""Ranges as a request has them: from the facts, or as a user states them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor
from typing import Any, cast

from ._floats import next_above, next_below
from ._problems import Problem
from ._sagemaker_limits import LIMITS
from ._sagemaker_request import Range, Scaling
from ._wording import plain, quoted
from ._writing import number_text, wire_text
from .facts import Interval, Parameter, Tuning

Override = Sequence[Any] | Tuning | None
_SCALING: Mapping[str, Scaling] = {
    "auto": "Auto",
    "linear": "Linear",
    "log": "Logarithmic",
    "reverse-log": "ReverseLogarithmic",
}
_MOST_CATEGORIES = LIMITS["ParameterValues"].most or 0
_has_decimal_comma = re.compile("[0-9],[0-9]").search


def misstated(parameter: Parameter | None, name: str, stated: Any) -> Problem | None:
    """Why what a user states is no range; None if it is one, whatever else may be wrong with it.

    Args:
        parameter: The hyperparameter, if it is known.
        name: Its name.
        stated: What is stated.
    """
    if stated is None or (parameter is not None and isinstance(stated, Tuning)):
        return None
    if isinstance(stated, tuple):
        if len(stated) == 2 or (len(stated) == 3 and isinstance(stated[2], str)):
            return None
        fact = f"a range has two ends and, if wanted, a scale in words, and {quoted(_shown(stated))} has not"
    elif isinstance(stated, Sequence) and not isinstance(stated, (str, bytes, bytearray)):
        return None
    elif isinstance(stated, str):
        comma = " and has a decimal comma" if _has_decimal_comma(stated) else ""
        fact = f"the text {quoted(stated)} is no range{comma}"
    else:
        kind = type(stated).__name__
        fact = f"{quoted(stated) if isinstance(stated, (int, float)) else f'a value of type `{kind}`'} is no range"
    is_numeric = parameter is not None and parameter.domain.kind in ("integer", "number")
    help = f"write both ends, as in {_example(parameter)}, or list the values" if is_numeric else "list the values"
    return Problem("KS504" if is_numeric else "KS519", ("ranges", name), f"but {fact}", help, "error")


def _shown(stated: tuple[Any, ...]) -> str:
    return f"({', '.join(text_of(None, item) for item in stated)})"


def _example(parameter: Parameter | None) -> str:
    return "(8, 64)" if parameter is not None and parameter.domain.kind == "integer" else "(0.001, 0.1)"


def range_of(parameter: Parameter | None, stated: Sequence[Any] | Tuning, name: str = "") -> Range:
    """A range as a request has it: from the facts, or as a user states it.

    Args:
        parameter: The hyperparameter, if it is known.
        stated: A tuple of the least and the greatest value and, if wanted, a scale; a list of values; or the tuning
            that the facts state.
        name: The name of a hyperparameter that is not known.
    """
    if isinstance(stated, Tuning) and parameter is not None:
        return _tuned(parameter, stated)
    known = parameter.name if parameter is not None else name
    wire = parameter.wire if parameter is not None else None
    if not isinstance(stated, tuple):
        return Range(known, "Categorical", values=tuple(text_of(wire, value) for value in stated))
    scale = str(stated[2]) if len(stated) > 2 else _own_scale(parameter)
    # What is no scale is left as it is, for the preflight to say so.
    scaling = _SCALING.get(scale, cast(Scaling, scale))
    is_integer = parameter is not None and parameter.domain.kind == "integer"
    low, high = (text_of(None, end) for end in stated[:2])
    return Range(known, "Integer" if is_integer else "Continuous", low, high, scaling)


def _tuned(parameter: Parameter, tuning: Tuning) -> Range:
    if tuning.range is None:
        texts = tuple(wire_text(parameter.wire, value) for value in tuning.values or ())
        return Range(parameter.name, "Categorical", values=texts)
    (interval,) = tuning.range.intervals
    low, high = _ends(parameter, interval)
    if tuning.step is not None:
        return Range(parameter.name, "Categorical", values=tuple(map(number_text, _steps(low, high, tuning.step))))
    is_integer = parameter.domain.kind == "integer"
    scaling = _SCALING[tuning.scale]
    if scaling == "Auto" and not is_integer and interval.lower == 0 and not interval.lower_closed:
        # The service might choose a logarithmic scale, which would be spent on numbers next to 0.
        scaling = "Linear"
    return Range(
        parameter.name, "Integer" if is_integer else "Continuous", number_text(low), number_text(high), scaling
    )


def _ends(parameter: Parameter, interval: Interval) -> tuple[float, float]:
    """The least and the greatest number of an interval with constant ends."""
    low, high = float(interval.lower or 0), float(interval.upper or 0)
    if parameter.domain.kind == "integer":
        first = ceil(low) if interval.lower_closed or low != ceil(low) else ceil(low) + 1
        last = floor(high) if interval.upper_closed or high != floor(high) else floor(high) - 1
        return first, last
    precision = parameter.domain.precision
    return (
        low if interval.lower_closed else next_above(low, precision),
        high if interval.upper_closed else next_below(high, precision),
    )


def _steps(low: float, high: float, step: float) -> Iterator[float]:
    """The numbers of a grid; if they are too many, as many as there may be, both ends among them."""
    count = int((high - low) / step) + 1
    shown = min(count, _MOST_CATEGORIES)
    for place in range(shown):
        position = round(place * (count - 1) / (shown - 1)) if shown > 1 else 0
        yield low + position * step


def _own_scale(parameter: Parameter | None) -> str:
    return parameter.tuning.scale if parameter is not None and parameter.tuning is not None else "auto"


def text_of(wire: Any, value: Any) -> str:
    """A native value in wire form; what has none as it is, for the preflight to say so."""
    try:
        return wire_text(wire, value)
    except (AttributeError, KeyError, TypeError, ValueError):
        return plain(value) if isinstance(value, (str, int, float)) else _as_it_is(value)


def _as_it_is(value: object) -> str:
    try:
        return str(value)
    except (RecursionError, ValueError):
        return f"<{type(value).__name__}>"
