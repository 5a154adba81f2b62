"""Parts of switches that lie side by side."""

from collections.abc import Iterator, Mapping
from itertools import product

from knobsmith.model.base import PlainValue
from knobsmith.views.tuning.axes import Numbers

# A switch is moved by its values, or by pieces of its range within which no condition changes.
Part = PlainValue | Numbers


def runs(parts: Mapping[str, tuple[Part, ...]]) -> Iterator[Mapping[str, tuple[Part, ...]]]:
    """The same combinations, cut up so that the pieces of a range are neighbours."""
    rows = [list(_neighbours(own)) for own in parts.values()]
    for combination in product(*rows):
        yield dict(zip(parts, combination, strict=True))


def _neighbours(parts: tuple[Part, ...]) -> Iterator[tuple[Part, ...]]:
    values = tuple(part for part in parts if not isinstance(part, Numbers))
    if values:
        yield values
    run: list[Numbers] = []
    for part in sorted((part for part in parts if isinstance(part, Numbers)), key=lambda part: part.low):
        if run and not _touch(run[-1], part):
            yield tuple(run)
            run = []
        run.append(part)
    if run:
        yield tuple(run)


def _touch(before: Numbers, after: Numbers) -> bool:
    """Whether no value lies between two pieces of one range."""
    if before.step is not None or before.is_integer:
        return after.low - before.high < 1.5 * (before.step or 1)
    return before.upper.value == after.lower.value and before.upper.closed != after.lower.closed
