"""All tunings of an algorithm with their places: what the checks on tuning walk over."""

from collections.abc import Iterator
from fractions import Fraction

from knobsmith.diagnostics import Path
from knobsmith.model.catalog import Algorithm, Parameter, Tuning
from knobsmith.model.domain import Domain
from knobsmith.model.intervals import ends, first_integer, is_finite
from knobsmith.model.membership import in_range

Found = tuple[Parameter, Tuning, Path, Domain]
# A range with steps is tried point by point if it has no more than as many.
_TRIED = 4096


def stepped_points(tuning: Tuning, integers: bool) -> list[int | float] | None:
    """The points of a range with steps, from its lower end; None for one without steps, or with too many points."""
    if tuning.range is None or not isinstance(tuning.step, (int, float)) or not is_finite(tuning.range):
        return None
    lower = tuning.range.intervals[0].lower
    _, highest = ends(tuning.range)
    first = first_integer(lower) if integers else lower.value
    start, step = Fraction(repr(first)), Fraction(repr(tuning.step))
    if highest is None or (Fraction(repr(highest)) - start) / step > _TRIED:
        return None
    count = int((Fraction(repr(highest)) - start) // step) + 1
    points = [start + step * index for index in range(count)]
    plain = [int(point) if integers else float(point) for point in points]
    return [point for point in plain if in_range(tuning.range, point)]


def tunings(algorithm: Algorithm) -> Iterator[Found]:
    """Each parameter's tuning, own and by case, with its path and the domain that holds where it applies."""
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        if parameter.tuning is not None:
            yield parameter, parameter.tuning, (*path, "tuning"), parameter.domain
        for index, case in enumerate(parameter.cases):
            if case.tuning is not None:
                yield parameter, case.tuning, (*path, "cases", index, "tuning"), case.domain or parameter.domain
