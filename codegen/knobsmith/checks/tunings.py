"""All tunings of an algorithm with their places: what the checks on tuning walk over."""

from collections.abc import Iterator

from knobsmith.diagnostics import Path
from knobsmith.model.catalog import Algorithm, Parameter, Tuning
from knobsmith.model.domain import Domain

Found = tuple[Parameter, Tuning, Path, Domain]


def tunings(algorithm: Algorithm) -> Iterator[Found]:
    """Each parameter's tuning, own and by case, with its path and the domain that holds where it applies."""
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        if parameter.tuning is not None:
            yield parameter, parameter.tuning, (*path, "tuning"), parameter.domain
        for index, case in enumerate(parameter.cases):
            if case.tuning is not None:
                yield parameter, case.tuning, (*path, "cases", index, "tuning"), case.domain or parameter.domain
