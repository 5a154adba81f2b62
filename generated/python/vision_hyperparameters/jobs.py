# Part of every package that `knobsmith generate` writes; do not edit.
"""Jobs of SageMaker: built from the facts of an algorithm, checked, and submitted through a client of boto3."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ._arguments import expect_integer, expect_mapping, expect_setup, expect_tags, expect_text
from ._preflight import AlgorithmLike, JobRefused, Problem, laws_of, misnamed, preflight
from ._ranges import Override, misstated, text_of
from ._reading import read_native_config
from ._sagemaker_request import (
    Branch,
    Channel,
    Direction,
    Objective,
    Request,
    Setup,
    combinations,
    training_job,
    tuning_job,
)
from ._search import Search
from ._state import Laws
from .facts import Algorithm

__all__ = ["Channel", "Job", "JobRefused", "Problem", "Setup", "TrainingJob", "TuningJob", "preflight"]

_MOST_JOBS = 20
_MOST_PARALLEL = 2


class TunesAndTrains(Protocol):
    """The part of `boto3.client("sagemaker")` that jobs need."""

    def create_hyper_parameter_tuning_job(self, **request: Any) -> Any:
        """Start to tune."""

    def create_training_job(self, **request: Any) -> Any:
        """Start to train."""


class Job(ABC):
    """What the jobs of one algorithm have in common."""

    def __init__(
        self, algorithm: AlgorithmLike, context: Mapping[str, object] | None, setup: Setup | None, name: str | None
    ) -> None:
        expect_mapping("context", context)
        expect_setup(setup)
        expect_text("name", name)
        self._algorithm = algorithm
        self._laws = laws_of(algorithm)
        self._context = {key: text_of(None, value) for key, value in (context or {}).items() if value is not None}
        self._setup = setup if setup is not None else default_setup(self._laws.facts, self._context)
        self._name = self._laws.name if name is None else name
        self._misstated: tuple[Problem, ...] = ()

    def request(self) -> Request:
        """The request, as a plain dict.

        Raises:
            JobRefused: Something that was stated has no place in a request, as it is no range or of no hyperparameter.
        """
        if self._misstated:
            raise JobRefused(self._misstated)
        return self._built()

    def preflight(self, parents: Sequence[Mapping[str, Any]] = ()) -> tuple[Problem, ...]:
        """Everything that is wrong with the request, found without asking the service.

        Args:
            parents: The requests of the jobs that a warm start names.
        """
        found = preflight(self._algorithm, self._built(), context=self._context, parents=parents)
        return (*self._misstated, *found)

    @abstractmethod
    def _built(self) -> Request:
        """The request, as far as what is stated has a place in it."""

    def _checked(self, parents: Sequence[Mapping[str, Any]] = ()) -> Request:
        problems = self.preflight(parents)
        if any(problem.severity == "error" for problem in problems):
            raise JobRefused(problems)
        return self._built()


class TuningJob(Job):
    """A job that tunes, one definition for each set of hyperparameters that are in use together.

    ```python
    job = TuningJob(ImageClassification, static={"num_classes": 10}, ranges={"learning_rate": (1e-4, 0.1, "log")})
    job.preflight()  # all problems
    job.submit(boto3.client("sagemaker"))  # raises JobRefused if one of them is an error
    ```
    """

    def __init__(
        self,
        algorithm: AlgorithmLike,
        *,
        static: Mapping[str, object] | None = None,
        ranges: Mapping[str, Override] | None = None,
        strategy: str = "Bayesian",
        max_jobs: int | None = None,
        parallel_jobs: int | None = None,
        objective: str | None = None,
        context: Mapping[str, object] | None = None,
        setup: Setup | None = None,
        name: str | None = None,
        tags: Mapping[str, str] | None = None,
        warm_start: Mapping[str, Any] | None = None,
    ) -> None:
        """Say what is tuned.

        Args:
            algorithm: The model of the algorithm, or its module.
            static: What is set, native values by wire name; it is not tuned.
            ranges: Ranges in place of those of the facts: a tuple of the least and the greatest value and, if
                wanted, a scale; a list of values; None for what is not to be tuned.
            strategy: How the space is searched.
            max_jobs: The training jobs in all; 20, or fewer if there are fewer combinations.
            parallel_jobs: The training jobs at a time.
            objective: The metric to tune for; the first one of the algorithm if it is not told.
            context: What is known of the job; what is absent is unknown.
            setup: Role, image, inputs, output and machines. What is not given stays a placeholder.
            name: The name of the job.
            tags: Tags of the job.
            warm_start: The ``WarmStartConfig`` of the request.
        """
        super().__init__(algorithm, context, setup, name)
        expect_mapping("static", static)
        expect_mapping("ranges", ranges, "names to ranges")
        expect_text("strategy", strategy)
        expect_text("objective", objective)
        expect_integer("max_jobs", max_jobs)
        expect_integer("parallel_jobs", parallel_jobs)
        expect_tags(tags)
        expect_mapping("warm_start", warm_start)
        self._static = texts_of(self._laws, static or {})
        self._ranges = self._readable(ranges or {})
        self._misstated += misnamed(self._laws, "static", static or {}) + misnamed(self._laws, "ranges", ranges or {})
        self._strategy, self._max_jobs, self._parallel = strategy, max_jobs, parallel_jobs
        self._objective = _objective(self._laws.facts, objective)
        self._tags = tags
        self._warm_start = warm_start

    def _readable(self, ranges: Mapping[str, Override]) -> dict[str, Override]:
        """The ranges that are some; the others are noted, and what they are for is tuned as the facts say."""
        known = self._laws.facts.parameters
        found = {name: misstated(known.get(name), name, stated) for name, stated in ranges.items()}
        self._misstated = tuple(problem for problem in found.values() if problem is not None)
        return {name: stated for name, stated in ranges.items() if found[name] is None}

    def _built(self) -> Request:
        search = Search(self._laws, self._static, self._ranges, self._context)
        branches = search.branches(self._objective)
        counted = _counted(branches)
        most = _MOST_JOBS if counted is None else min(_MOST_JOBS, counted)
        jobs = most if self._max_jobs is None else self._max_jobs
        parallel = min(_MOST_PARALLEL, jobs) if self._parallel is None else self._parallel
        request = tuning_job(
            self._name,
            branches,
            self._setup,
            strategy=self._strategy,
            max_jobs=jobs,
            max_parallel=parallel,
            tags=self._tags,
        )
        return {**request, **({"WarmStartConfig": dict(self._warm_start)} if self._warm_start is not None else {})}

    def submit(self, client: TunesAndTrains, parents: Sequence[Mapping[str, Any]] = ()) -> Any:
        """Check the job and start it; returns what the service answers, and raises what the client raises.

        Args:
            client: The client for SageMaker.
            parents: The requests of the jobs that a warm start names.

        Raises:
            JobRefused: The preflight found an error; nothing was submitted.
        """
        return client.create_hyper_parameter_tuning_job(**self._checked(parents))


class TrainingJob(Job):
    """A job that trains once."""

    def __init__(
        self,
        algorithm: AlgorithmLike,
        hyperparameters: Mapping[str, object],
        *,
        context: Mapping[str, object] | None = None,
        setup: Setup | None = None,
        name: str | None = None,
    ) -> None:
        """Say what it trains with.

        Args:
            algorithm: The model of the algorithm, or its module.
            hyperparameters: Native values by wire name.
            context: What is known of the job; what is absent is unknown.
            setup: Role, image, inputs, output and machines. What is not given stays a placeholder.
            name: The name of the job.
        """
        super().__init__(algorithm, context, setup, name)
        if hyperparameters is None:
            raise TypeError("hyperparameters must be a mapping of names to values")
        expect_mapping("hyperparameters", hyperparameters)
        self._hyperparameters = texts_of(self._laws, hyperparameters)
        self._misstated = misnamed(self._laws, "hyperparameters", hyperparameters)

    def _built(self) -> Request:
        return training_job(self._name, self._hyperparameters, self._setup)

    def submit(self, client: TunesAndTrains) -> Any:
        """Check the job and start it; returns what the service answers, and raises what the client raises.

        Args:
            client: The client for SageMaker.

        Raises:
            JobRefused: The preflight found an error; nothing was submitted.
        """
        return client.create_training_job(**self._checked())


def default_setup(facts: Algorithm, context: Mapping[str, str]) -> Setup:
    """A setup in which all is left to fill in but what is known of the inputs."""
    typed = context.get("content_type", "<content_type>") if "content_type" in facts.context else ""
    return Setup(channels=tuple(channel._replace(content_type=typed) for channel in Setup().channels))


def texts_of(laws: Laws, config: Mapping[str, object]) -> dict[str, str]:
    """Native values in wire form; what is not valid stays as it is, for the preflight to say so."""
    read = read_native_config(laws, config, None).given
    texts = {}
    for name, value in config.items():
        known = laws.names.get(name)
        parameter = laws.facts.parameters.get(known or "")
        native = read.get(known) if known is not None and read.get(known) is not None else value
        if native is not None:
            texts[name] = text_of(parameter.wire if parameter else None, native)
    return texts


def _counted(branches: Sequence[Branch]) -> int | None:
    """How many configurations there are; ends that are no integers cannot be counted, and the preflight says so."""
    try:
        return combinations(branches)
    except ValueError:
        return None


def _objective(facts: Algorithm, wanted: str | None) -> Objective | None:
    metrics = [metric for metric in facts.metrics.values() if metric.objective]
    named = [metric for metric in facts.metrics.values() if metric.name == wanted]
    if wanted is not None and not named:
        return Objective(wanted, "Maximize")
    always = [metric for metric in metrics if metric.reported_when is None]
    chosen = next(iter([*named, *always, *metrics]), None)
    if chosen is None:
        return None
    direction: Direction = "Maximize" if chosen.direction == "maximize" else "Minimize"
    return Objective(chosen.name, direction)
