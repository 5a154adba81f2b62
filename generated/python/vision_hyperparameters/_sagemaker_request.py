# Part of every package that `knobsmith generate` writes; do not edit.
"""Requests to SageMaker as plain dicts: ``CreateHyperParameterTuningJob`` and ``CreateTrainingJob``.

This module is part of the compiler and of the packages that it writes; it needs nothing but the standard library.
What only its user can know is left as a placeholder in angle brackets, such as ``<account>`` or ``<num_classes>``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import Any, Literal, NamedTuple

Kind = Literal["Integer", "Continuous", "Categorical"]
Scaling = Literal["Auto", "Linear", "Logarithmic", "ReverseLogarithmic"]
Direction = Literal["Maximize", "Minimize"]
Request = dict[str, Any]

# What is left to fill in.
PLACEHOLDER = re.compile(r"<[^<>]+>")
_LONGEST_JOB_NAME = 32
_LONGEST_DEFINITION_NAME = 64


class Range(NamedTuple):
    """What one hyperparameter is tuned over, all values in wire form.

    Attributes:
        name: The hyperparameter.
        kind: The kind of range.
        low: The least value, included; empty for categories.
        high: The greatest value, included; empty for categories.
        scaling: How the values are spread; of no meaning for categories.
        values: The categories.
    """

    name: str
    kind: Kind
    low: str = ""
    high: str = ""
    scaling: Scaling = "Auto"
    values: tuple[str, ...] = ()

    @property
    def size(self) -> int | None:
        """How many values there are; None if they are not counted."""
        if self.kind == "Categorical":
            return len(self.values)
        if self.low == self.high:
            return 1
        return int(self.high) - int(self.low) + 1 if self.kind == "Integer" else None

    @property
    def only(self) -> str | None:
        """The one value of a range that has no other."""
        if self.kind == "Categorical":
            return self.values[0] if len(self.values) == 1 else None
        return self.low if self.low == self.high else None


class Objective(NamedTuple):
    """The metric that is tuned for."""

    metric: str
    direction: Direction


class Branch(NamedTuple):
    """A part of the search space: the same hyperparameters are in use everywhere in it.

    Attributes:
        label: What tells it from the other branches, such as ``adam``; empty if there is only one.
        ranges: What is tuned.
        statics: What is not, in wire form.
        objective: The metric that is tuned for.
    """

    label: str
    ranges: tuple[Range, ...]
    statics: Mapping[str, str]
    objective: Objective | None = None


class Channel(NamedTuple):
    """Where training reads one of its inputs; a content type that is empty is not sent."""

    name: str
    uri: str
    content_type: str = ""


class Setup(NamedTuple):
    """Everything about a job that is no hyperparameter. What is not given stays a placeholder."""

    role: str = "arn:aws:iam::<account>:role/<role>"
    image: str = "<training-image>"
    channels: tuple[Channel, ...] = (
        Channel("train", "s3://<bucket>/train/"),
        Channel("validation", "s3://<bucket>/validation/"),
    )
    output: str = "s3://<bucket>/output/"
    instance_type: str = "<instance-type>"
    instance_count: int = 1
    volume_gigabytes: int = 50
    max_seconds: int = 86_400
    # Pairs of a metric and the regular expression that finds it in the log; none for a vendor's built-in image.
    metrics: tuple[tuple[str, str], ...] = ()


def tuning_job(
    name: str,
    branches: Sequence[Branch],
    setup: Setup = Setup(),  # noqa: B008 - immutable
    *,
    strategy: str = "Bayesian",
    max_jobs: int = 20,
    max_parallel: int = 2,
    tags: Mapping[str, str] | None = None,
) -> Request:
    """A request that tunes: one definition if there is one branch, otherwise a list of definitions.

    Args:
        name: The name of the tuning job; it is made one that the service accepts.
        branches: The branches, in order. A range of one value becomes a static setting.
        setup: The rest.
        strategy: How the space is searched.
        max_jobs: The training jobs in all.
        max_parallel: The training jobs at a time.
        tags: Tags of the tuning job.
    """
    config: Request = {
        "Strategy": strategy,
        "ResourceLimits": {"MaxNumberOfTrainingJobs": max_jobs, "MaxParallelTrainingJobs": max_parallel},
    }
    request: Request = {"HyperParameterTuningJobName": job_name(name), "HyperParameterTuningJobConfig": config}
    settled = [settle(branch) for branch in branches]
    if len(settled) == 1:
        (branch,) = settled
        if branch.objective is not None:
            config["HyperParameterTuningJobObjective"] = _objective(branch.objective)
        config["ParameterRanges"] = parameter_ranges(branch.ranges)
        request["TrainingJobDefinition"] = _definition(branch, setup)
    else:
        labels = definition_names(branch.label for branch in settled)
        request["TrainingJobDefinitions"] = [
            _listed(label, branch, setup) for label, branch in zip(labels, settled, strict=True)
        ]
    if tags:
        request["Tags"] = [{"Key": key, "Value": value} for key, value in tags.items()]
    return request


def training_job(name: str, hyperparameters: Mapping[str, str], setup: Setup = Setup()) -> Request:  # noqa: B008
    """A request that trains once, with hyperparameters in wire form."""
    return {
        "TrainingJobName": _slug(name, 63),
        "HyperParameters": dict(hyperparameters),
        **_job(setup),
    }


def placeholders(request: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """What is left to fill in: where it stands, such as ``TrainingJobDefinition.RoleArn``, and its text.

    The expression of a metric may hold angle brackets of its own; it is a placeholder only as a whole.
    """
    if isinstance(request, dict):
        for key, value in request.items():
            yield from placeholders(value, f"{path}.{key}" if path else str(key))
    elif isinstance(request, (list, tuple)):
        for place, item in enumerate(request):
            yield from placeholders(item, f"{path}[{place}]")
    elif isinstance(request, str):
        if path.endswith(".Regex"):
            yield from [(path, request)] if PLACEHOLDER.fullmatch(request) else []
        else:
            yield from ((path, found) for found in PLACEHOLDER.findall(request))


def settle(branch: Branch) -> Branch:
    """The same branch, with ranges of a single value among the static settings."""
    single = {range.name: range.only for range in branch.ranges if range.only is not None}
    ranges = tuple(range for range in branch.ranges if range.name not in single)
    return branch._replace(ranges=ranges, statics={**branch.statics, **single})


def combinations(branches: Iterable[Branch]) -> int | None:
    """How many configurations there are in all branches; None if they are not counted."""
    total = 0
    for branch in branches:
        counts = [range.size for range in branch.ranges]
        known = [count for count in counts if count is not None]
        if len(known) < len(counts):
            return None
        total += prod(known)
    return total


def parameter_ranges(ranges: Iterable[Range]) -> Request:
    """Ranges by their kind."""
    found: dict[str, list[Request]] = {}
    for range in ranges:
        found.setdefault(f"{range.kind}ParameterRanges", []).append(_range(range))
    return {key: found[key] for key in _KINDS if key in found}


def job_name(name: str) -> str:
    """A name that a tuning job may have."""
    return _slug(name, _LONGEST_JOB_NAME)


def definition_names(labels: Iterable[str]) -> list[str]:
    """Names that the definitions of one tuning job may have, no two of them alike."""
    taken: list[str] = []
    for label in labels:
        base = name = _slug(label, _LONGEST_DEFINITION_NAME)
        count = 1
        while name in taken:
            count += 1
            name = f"{_slug(base, _LONGEST_DEFINITION_NAME - len(str(count)) - 1)}-{count}"
        taken.append(name)
    return taken


_KINDS = ("IntegerParameterRanges", "ContinuousParameterRanges", "CategoricalParameterRanges")


def _range(range: Range) -> Request:
    if range.kind == "Categorical":
        return {"Name": range.name, "Values": list(range.values)}
    return {"Name": range.name, "MinValue": range.low, "MaxValue": range.high, "ScalingType": range.scaling}


def _objective(objective: Objective) -> Request:
    return {"Type": objective.direction, "MetricName": objective.metric}


def _listed(name: str, branch: Branch, setup: Setup) -> Request:
    """A definition beside others, which brings its own ranges and objective."""
    objective = {} if branch.objective is None else {"TuningObjective": _objective(branch.objective)}
    ranges = {"HyperParameterRanges": parameter_ranges(branch.ranges)}
    return {"DefinitionName": name, **objective, **ranges, **_definition(branch, setup)}


def _definition(branch: Branch, setup: Setup) -> Request:
    statics = {"StaticHyperParameters": dict(branch.statics)} if branch.statics else {}
    return {**statics, **_job(setup)}


def _job(setup: Setup) -> Request:
    algorithm: Request = {"TrainingImage": setup.image, "TrainingInputMode": "File"}
    if setup.metrics:
        algorithm["MetricDefinitions"] = [{"Name": name, "Regex": pattern} for name, pattern in setup.metrics]
    return {
        "AlgorithmSpecification": algorithm,
        "RoleArn": setup.role,
        "InputDataConfig": [_channel(channel) for channel in setup.channels],
        "OutputDataConfig": {"S3OutputPath": setup.output},
        "ResourceConfig": {
            "InstanceType": setup.instance_type,
            "InstanceCount": setup.instance_count,
            "VolumeSizeInGB": setup.volume_gigabytes,
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": setup.max_seconds},
    }


def _channel(channel: Channel) -> Request:
    source = {
        "S3DataSource": {
            "S3DataType": "S3Prefix",
            "S3Uri": channel.uri,
            "S3DataDistributionType": "FullyReplicated",
        }
    }
    kind = {"ContentType": channel.content_type} if channel.content_type else {}
    return {"ChannelName": channel.name, "DataSource": source, **kind}


def _slug(text: str, longest: int) -> str:
    """Letters, digits and single hyphens between them, at most so many characters."""
    return re.sub(r"[^a-zA-Z0-9]+", "-", text).strip("-")[:longest].rstrip("-") or "all"
