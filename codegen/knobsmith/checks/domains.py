"""All domains of an algorithm with their places: what the checks on domains walk over."""

from collections.abc import Iterator

from knobsmith.diagnostics import Path
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Domain, Interval

Found = tuple[Domain, Path]


def domains(algorithm: Algorithm) -> Iterator[Found]:
    """The domain of each context fact, parameter, case, and of the items of each list, with the entry that holds it."""
    for fact in algorithm.context:
        yield from _with_items(fact.domain, ("context", fact.name))
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        yield from _with_items(parameter.domain, path)
        for index, case in enumerate(parameter.cases):
            if case.domain is not None:
                # The items of a case are those of its parameter.
                yield case.domain, (*path, "cases", index)


def intervals(domain: Domain, path: Path) -> Iterator[tuple[Interval, Path]]:
    """The intervals of a domain's range and under its ``special``."""
    for interval in domain.range.intervals if domain.range is not None else ():
        yield interval, (*path, "range")
    for index, special in enumerate(domain.special):
        if special.interval is not None:
            yield special.interval, (*path, "special", index)


def _with_items(domain: Domain, path: Path) -> Iterator[Found]:
    yield domain, path
    if domain.items is not None:
        yield from _with_items(domain.items, (*path, "items"))
