"""The module that draws configurations of a search space, in plain Python."""

import math
from typing import Any, Protocol

from knobsmith.model.catalog import Algorithm
from knobsmith.targets.define_by_run import Constants, awaiting, program, switches
from knobsmith.targets.source_text import INDENT, literal, source
from knobsmith.views.tuning.axes import Axis, Choices, Numbers
from knobsmith.views.tuning.space import space_of


class _Templates(Protocol):
    def render(self, name: str, **context: Any) -> str: ...


# Up to here the product of a count and a number below 1 stays below the count.
_EXACT = 2**52


def has_search_space(algorithm: Algorithm) -> bool:
    """Whether anything is tuned."""
    return any(p.tuning is not None or any(case.tuning is not None for case in p.cases) for p in algorithm.parameters)


def body_of_sampling(algorithm: Algorithm, templates: "_Templates") -> str:
    """The module `sampling` without its imports."""
    space = space_of(algorithm)
    constants = Constants()
    draws = program(space, _Arithmetic(constants))
    waiting = awaiting(space)
    return templates.render(
        "sampling.py",
        constants=constants.lines,
        awaiting=f"_AWAITING = {source(waiting, taken=12)}",
        before=draws.before,
        lines=draws.indented(INDENT * 2),
        switches=literal(switches(space)),
    )


class _Arithmetic:
    """Draws by arithmetic on a random number of 0 or more, and below 1."""

    def __init__(self, constants: Constants) -> None:
        self._constants = constants

    def drawn(self, name: str, axis: Axis) -> str:
        """An expression over `uniform`."""
        if isinstance(axis, Choices):
            return f"{self._constants.spelled(name, axis.values)}[int({len(axis.values)} * uniform())]"
        if axis.low == axis.high:
            return repr(axis.low)
        if axis.scale == "log":
            return _integer_by_log(axis) if axis.is_integer else _clamped(_by_log(axis.low, axis.high), axis)
        if axis.scale == "reverse-log":
            return _clamped(f"1 - {_by_log(1 - axis.high, 1 - axis.low)}", axis)
        if axis.count is not None:
            return _counted(axis)
        return _linear(axis)


def _counted(axis: Numbers) -> str:
    count = axis.count or 1
    step = "" if axis.step in (None, 1) else f"{axis.step!r} * "
    drawn = f"{_start(axis.low)}{step}int({count} * uniform())"
    return drawn if axis.is_integer and count <= _EXACT else f"min({drawn}, {axis.high!r})"


def _linear(axis: Numbers) -> str:
    width = axis.high - axis.low
    drawn = f"{_start(axis.low)}uniform()" if width == 1 else f"{_start(axis.low)}{width!r} * uniform()"
    # All steps of the arithmetic keep the order, so the greatest random number tells the greatest outcome.
    return drawn if axis.low + width * math.nextafter(1, 0) <= axis.high else f"min({drawn}, {axis.high!r})"


def _by_log(low: float, high: float) -> str:
    start = math.log(low)
    return f"exp({_start(start)}{math.log(high) - start!r} * uniform())"


def _integer_by_log(axis: Numbers) -> str:
    # Each integer has its share of the scale: from halfway to the one below to halfway to the one above.
    return _clamped(f"round({_by_log(axis.low - 0.5, axis.high + 0.5)})", axis)


def _clamped(drawn: str, axis: Numbers) -> str:
    return f"min(max({drawn}, {axis.low!r}), {axis.high!r})"


def _start(low: float) -> str:
    return f"{low!r} + " if low else ""
