"""Which limits of the service a request breaks, and what in it is left to fill in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ._problems import Path, Problems
from ._sagemaker_limits import LIMITS
from ._sagemaker_request import PLACEHOLDER
from ._wording import listed, quoted, shortened

# The shapes of members whose limits have another name than they.
_SHAPES = {
    "TrainingImage": "AlgorithmImage",
    "S3OutputPath": "S3Uri",
    "DefinitionName": "HyperParameterTrainingJobDefinitionName",
    "Strategy": "HyperParameterTuningJobStrategyType",
    "ScalingType": "HyperParameterScalingType",
    "TrainingJobDefinitions": "HyperParameterTrainingJobDefinitions",
    "MetricDefinitions": "MetricDefinitionList",
    "Regex": "MetricRegex",
    "Tags": "TagList",
    "StaticHyperParameters": "HyperParameters",
    "InstanceCount": "TrainingInstanceCount",
    "WarmStartType": "HyperParameterTuningJobWarmStartType",
    "TrainingJobEarlyStoppingType": "TrainingJobEarlyStoppingType",
    "ParentHyperParameterTuningJobs": "ParentHyperParameterTuningJobs",
}
_OBJECTIVES = ("HyperParameterTuningJobObjective", "TuningObjective")


def check_limits(request: Mapping[str, Any], problems: Problems) -> None:
    """Note every member of a request that is beyond a limit, and every placeholder."""
    for path, value in _members(request, ()):
        left = list(_placeholders(path, value)) if isinstance(value, str) else []
        for found in left:
            fact = f"{quoted(found.group())} still stands here"
            problems.add("KS517", path, fact, "put in your own", part=found.span())
        if left:
            continue
        if (shape := _shape(path)) is not None:
            _check(value, shape, path, problems)


def _placeholders(path: Path, text: str) -> Iterator[re.Match[str]]:
    """What is left to fill in; an expression may have angle brackets of its own, and is left only as a whole."""
    if path[-1:] == ("Regex",):
        whole = PLACEHOLDER.fullmatch(text)
        return iter([whole] if whole is not None else [])
    return PLACEHOLDER.finditer(text)


def _members(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _members(inner, (*path, key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, inner in enumerate(value):
            yield from _members(inner, (*path, place))


def _shape(path: Path) -> str | None:
    """The shape of what stands at a place, if there is a limit for it."""
    above = path[-2] if len(path) > 1 else ""
    key = path[-1] if path else ""
    if above in ("StaticHyperParameters", "HyperParameters"):
        return "HyperParameterValue"
    if isinstance(key, int):
        return "ParameterValue" if above == "Values" else None
    if key == "Values":
        return "ParameterValues"
    if key in ("MinValue", "MaxValue"):
        return "ParameterValue"
    if key == "Type":
        return "HyperParameterTuningJobObjectiveType" if above in _OBJECTIVES else None
    if key == "HyperParameterTuningJobName" and len(path) > 1:
        return None
    shape = _SHAPES.get(key, key)
    return shape if shape in LIMITS else None


def _check(value: Any, shape: str, path: Path, problems: Problems) -> None:
    limit = LIMITS[shape]
    if isinstance(value, str):
        if limit.words and value not in limit.words:
            help = f"write {listed([quoted(word) for word in limit.words])}"
            problems.add("KS511", path, f"{quoted(value)} is no word that it knows here", help)
            return
        # Java's classes of letters are none of Python's, and leave out next to nothing.
        pattern = limit.pattern if limit.pattern is not None and r"\p" not in limit.pattern else None
        if pattern is not None and re.fullmatch(pattern, value) is None:
            help = f"write what matches `{pattern}`"
            problems.add("KS511", path, f"{quoted(value)} has another form", help)
    size = value if isinstance(value, int) else len(value) if isinstance(value, (str, Mapping, Sequence)) else None
    what = "" if isinstance(value, int) else " characters" if isinstance(value, str) else " entries"
    if size is None or isinstance(value, bool) or limit.words:
        return
    if limit.least is not None and size < limit.least:
        help = "raise it" if not what else "add some"
        problems.add("KS511", path, f"{shortened(size)}{what} are fewer than {limit.least}", help)
    if limit.most is not None and size > limit.most:
        help = "lower it" if not what else "leave some out"
        problems.add("KS511", path, f"{shortened(size)}{what} are more than {limit.most}", help)
