# Part of every package that `knobsmith generate` writes; do not edit.
"""Everything that is wrong with a job before it is launched, found without asking the service."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ._arguments import expect_mapping, expect_mappings
from ._branch_checks import BranchChecks
from ._job_checks import JobChecks
from ._job_reading import Definition, Job, Reader, Stated, Text, kind_of
from ._limit_checks import check_limits
from ._problems import JobRefused, Problem, Problems
from ._range_checks import Known, RangeChecks
from ._range_tables import ranges_of_table
from ._state import Laws
from ._wording import quoted

__all__ = ["AlgorithmLike", "JobRefused", "Problem", "laws_of", "preflight"]


class AlgorithmLike(Protocol):
    """A model of this package, or the module of an algorithm."""

    __name__: str


def preflight(
    algorithm: AlgorithmLike,
    document: Any,
    *,
    context: Mapping[str, str] | None = None,
    parents: Sequence[Mapping[str, Any]] = (),
) -> tuple[Problem, ...]:
    """All problems of a job request or of a table of ranges.

    Args:
        algorithm: The model of the algorithm, or its module.
        document: A request as `CreateHyperParameterTuningJob` or `CreateTrainingJob` takes it; or a table of ranges,
            such as a list of rows with a name, a kind, and a range in words.
        context: What is known of the job, in wire form; what is absent is unknown.
        parents: The requests of the jobs that a warm start names.
    """
    expect_mapping("context", context)
    expect_mappings("parents", parents)
    return _Flight(laws_of(algorithm), context or {}).check(document, parents)


def laws_of(algorithm: AlgorithmLike) -> Laws:
    """What validation knows of an algorithm."""
    laws = getattr(algorithm, "_laws", None)
    if laws is None:
        module = sys.modules.get(f"{getattr(algorithm, '__name__', '')}.validation")
        laws = getattr(module, "LAWS", None)
    if not isinstance(laws, Laws):
        raise TypeError("algorithm is neither a model nor the module of an algorithm")
    return laws


def misnamed(laws: Laws, argument: str, stated: Mapping[str, object]) -> tuple[Problem, ...]:
    """A problem for each misspelt name that is given None, and so does not show in a request.

    Args:
        laws: What validation knows of the algorithm.
        argument: The argument that the names stand in.
        stated: What is given for each of them.
    """
    problems = Problems()
    checks = RangeChecks(laws, problems)
    for name, value in stated.items():
        if value is None:
            checks.name_of(Text(name, (argument, name)))
    return problems.all()


class _Flight:
    """One check of one document."""

    def __init__(self, laws: Laws, context: Mapping[str, str]) -> None:
        self._problems = Problems()
        self._ranges = RangeChecks(laws, self._problems)
        self._branches = BranchChecks(laws, self._problems, context)
        self._job = JobChecks(laws, self._problems)

    def check(self, document: Any, parents: Sequence[Mapping[str, Any]]) -> tuple[Problem, ...]:
        kind = kind_of(document)
        job = self._read(kind, document)
        known = [self._check_definition(definition, job.kind) for definition in job.definitions]
        if kind == "tuning":
            self._job.check(job, known)
            self._job.check_warm_start(document, job, parents)
        if kind != "table":
            check_limits(document, self._problems)
        return self._problems.all()

    def _read(self, kind: str, document: Any) -> Job:
        reader = Reader(self._problems)
        if kind == "tuning":
            return reader.tuning(document)
        if kind == "training":
            return reader.training(document)
        ranges = ranges_of_table(document)
        if not ranges:
            fact = "and this is neither a request nor a table of ranges"
            self._problems.add("KS519", (), fact, "start with `HyperParameterTuningJobConfig`, or list rows of ranges")
        return Job("table", (Definition((), {}, (), ranges),), {})

    def _check_definition(self, definition: Definition, kind: str) -> list[Known]:
        statics: dict[str, Text] = {}
        for name, text in definition.statics.items():
            meant = self._ranges.name_of(Text(name, text.path))
            if meant is not None:
                statics[meant] = text
        known: dict[str, Known] = {}
        for stated in definition.ranges:
            found = self._ranges.known(stated)
            if found is None:
                continue
            if found.name in known:
                self._twice(stated, "has another range")
            known.setdefault(found.name, found)
            if found.name in statics:
                self._twice(stated, "is set as well")
        self._branches.check(definition, statics, list(known.values()), kind)
        self._job.check_objective(definition)
        return list(known.values())

    def _twice(self, stated: Stated, fact: str) -> None:
        name = stated.name
        self._problems.add("KS506", name.path, f"{quoted(name.text)} {fact}", "keep one of the two", part=name.part)
