# Part of every package that `knobsmith generate` writes; do not edit.
"""What is wrong with a tuning job as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ._job_reading import Definition, Job, Reader, Text
from ._problems import Path, Problems
from ._range_checks import Known, size_of
from ._sagemaker_quotas import (
    MOST_JOBS,
    MOST_JOBS_ON_REQUEST,
    MOST_PARALLEL,
    MOST_PARALLEL_ON_REQUEST,
    MOST_TUNED,
)
from ._sagemaker_request import PLACEHOLDER
from ._state import Laws
from ._wording import listed, nearest, quoted, shortened
from .facts import Metric

_CONFIG: Path = ("HyperParameterTuningJobConfig",)
_LIMITS: Path = (*_CONFIG, "ResourceLimits")
_WARM = "WarmStartConfig"
_Names = frozenset[str]


class JobChecks:
    """Judges the search of one algorithm's tuning jobs."""

    def __init__(self, laws: Laws, problems: Problems) -> None:
        self._laws = laws
        self._add = problems.add

    def check(self, job: Job, ranges: Sequence[Sequence[Known]]) -> None:
        """Note what is wrong with how a space is searched.

        Args:
            job: The job.
            ranges: What is tuned in each of its definitions, as far as it could be read.
        """
        strategy = str(job.config.get("Strategy"))
        limits = job.config.get("ResourceLimits")
        found = limits if isinstance(limits, Mapping) else {}
        jobs, parallel = found.get("MaxNumberOfTrainingJobs"), found.get("MaxParallelTrainingJobs")
        if isinstance(jobs, int):
            self._check_count(job, ranges, jobs)
            self._check_quota(jobs, MOST_JOBS, MOST_JOBS_ON_REQUEST.get(strategy, MOST_JOBS), "MaxNumberOfTrainingJobs")
        if isinstance(parallel, int):
            self._check_quota(parallel, MOST_PARALLEL, MOST_PARALLEL_ON_REQUEST, "MaxParallelTrainingJobs")
        if isinstance(jobs, int) and isinstance(parallel, int) and parallel > jobs:
            fact = f"{shortened(parallel)} are more than {shortened(jobs)}"
            self._add("KS513", (*_LIMITS, "MaxParallelTrainingJobs"), fact, f"lower it to {shortened(jobs)} or below")
        for definition in job.definitions:
            self._check_definition(definition, strategy)

    def check_objective(self, definition: Definition) -> None:
        """Note what is wrong with the metric that is tuned for."""
        if definition.objective is None:
            return
        metric, direction = definition.objective
        known = self._laws.facts.metrics.get(metric.text)
        if known is None and metric.text in definition.metrics:
            return
        objectives = [one.name for one in self._laws.facts.metrics.values() if one.objective]
        if known is None or not known.objective:
            fact = f"{quoted(metric.text)} is none of {quoted(self._laws.name)}"
            self._add("KS515", metric.path, fact, nearest(metric.text, objectives))
        elif direction is not None and direction.text in {"Maximize", "Minimize"} - {known.direction.capitalize()}:
            fact = f"but {quoted(known.name)} is to {known.direction}"
            self._add("KS515", direction.path, fact, f"write {known.direction.capitalize()}")
        elif known.name not in definition.metrics and definition.image is not None:
            self._check_image(definition.image, known)

    def _check_image(self, image: Text, metric: Metric) -> None:
        """The service finds the metrics of its own images; one whose name says nothing of the algorithm is none."""
        names_it = self._laws.name.casefold().replace("_", "-") in image.text.casefold().replace("_", "-")
        if names_it or PLACEHOLDER.search(image.text):
            return
        fact = f"and nothing says how to find {quoted(metric.name)} in what {quoted(image.text)} prints"
        expression = f"the expression `{metric.pattern}`" if metric.pattern else "an expression for it"
        help = f"add it to MetricDefinitions, with {expression}, unless the image is the vendor's"
        self._add("KS520", image.path, fact, help)

    def check_warm_start(self, request: Mapping[str, Any], job: Job, parents: Iterable[Mapping[str, Any]]) -> None:
        """Note what forbids to start from the results of other jobs.

        Args:
            request: The request.
            job: The same, as it was read.
            parents: The requests of the jobs that it starts from, as far as they are at hand.
        """
        several = len(job.definitions) > 1
        if several and job.config.get("TrainingJobEarlyStoppingType") == "Auto":
            path = (*_CONFIG, "TrainingJobEarlyStoppingType")
            self._add("KS514", path, "and several definitions cannot be stopped early either", "switch it off")
        if request.get(_WARM) is None:
            return
        if several:
            fact = f"this job has {len(job.definitions)} definitions"
            self._add("KS514", (_WARM,), fact, "start it cold, or keep one definition")
            return
        own = _names(job)
        for parent in parents:
            theirs = _names(Reader(Problems()).tuning(parent))
            if own != theirs:
                title = quoted(str(parent.get("HyperParameterTuningJobName")))
                self._add("KS514", (_WARM,), f"but {_difference(own, theirs, title)}", "tune and set the same ones")

    def _check_definition(self, definition: Definition, strategy: str) -> None:
        if len(definition.ranges) > MOST_TUNED:
            fact = f"{len(definition.ranges)} hyperparameters are tuned, and {MOST_TUNED} is the most"
            self._add("KS511", definition.path or _CONFIG, fact, "set some of them instead")
        for stated in definition.ranges if strategy == "Grid" else ():
            if stated.kind != "Categorical":
                fact = f"the range of {quoted(stated.name.text)} is {str(stated.kind).lower()}"
                self._add("KS516", stated.path, fact, "list the values to try, or search otherwise")

    def _check_count(self, job: Job, ranges: Sequence[Sequence[Known]], jobs: int) -> None:
        """Whether there are enough combinations; what could not be read may have any number of values."""
        total = 0
        for definition, known in zip(job.definitions, ranges, strict=True):
            size = size_of(known) if len(known) == len(definition.ranges) else None
            if size is None:
                return
            total += size
        if total < jobs:
            fact = f"{total} combinations are fewer than {shortened(jobs)} jobs"
            self._add("KS512", (*_LIMITS, "MaxNumberOfTrainingJobs"), fact, f"lower it to {total}, or widen a range")

    def _check_quota(self, count: int, most: int, granted: int, key: str) -> None:
        if count <= most:
            return
        fact = f"{shortened(count)} are more than {most}"
        if count <= granted:
            help = "ask the service to raise the quota of your account first"
            self._add("KS511", (*_LIMITS, key), f"{fact}, the usual quota", help, severity="warning")
        else:
            self._add("KS511", (*_LIMITS, key), fact, f"lower it to {granted} or below")


def _names(job: Job) -> _Names:
    """What a job tunes or sets."""
    tuned = {stated.name.text for definition in job.definitions for stated in definition.ranges}
    return frozenset(tuned.union(*(definition.statics for definition in job.definitions)))


def _difference(own: _Names, theirs: _Names, title: str) -> str:
    """How the names of a job and of a parent differ."""
    more = [quoted(name) for name in sorted(own - theirs)]
    fewer = [quoted(name) for name in sorted(theirs - own)]
    parts = [f"{title} has no {listed(more)}"] if more else []
    parts += [f"{title} has {listed(fewer, 'and')} besides"] if fewer else []
    return " and ".join(parts)
