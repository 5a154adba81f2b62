"""Reads the limits of SageMaker's requests from botocore's service model, and writes them as a module."""

import json
from functools import cache
from typing import Any

import botocore
from botocore.loaders import Loader

# What requests of tuning and of training are made of. Instance types are left out: the service adds to them often, and
# an old list would refuse what it accepts.
SHAPES = (
    *("HyperParameterTuningJobName", "HyperParameterTrainingJobDefinitionName", "HyperParameterTrainingJobDefinitions"),
    *("TrainingJobName", "HyperParameters", "HyperParameterKey", "HyperParameterValue", "ParameterKey"),
    *("ParameterValue", "ParameterValues", "IntegerParameterRanges", "ContinuousParameterRanges"),
    *("CategoricalParameterRanges", "HyperParameterScalingType", "HyperParameterTuningJobStrategyType"),
    *("HyperParameterTuningJobObjectiveType", "MetricName", "MetricRegex", "MetricDefinitionList"),
    *("MaxNumberOfTrainingJobs", "MaxParallelTrainingJobs", "HyperParameterTuningMaxRuntimeInSeconds"),
    *("TrainingJobEarlyStoppingType", "HyperParameterTuningJobWarmStartType", "ParentHyperParameterTuningJobs"),
    *("RoleArn", "AlgorithmImage", "TrainingInputMode", "S3Uri", "ChannelName", "ContentType", "InputDataConfig"),
    *("TrainingInstanceCount", "VolumeSizeInGB", "MaxRuntimeInSeconds", "TagList", "TagKey", "TagValue"),
    *("HyperParameterSpecifications", "ParameterName", "ParameterType", "EntityDescription", "ContainerImage"),
    *("ChannelSpecifications", "EntityName"),
)
_HEAD = '''\
"""Limits of SageMaker's requests, by the names of botocore's shapes: written by `make accept`, not by hand.

This module is part of the compiler and of the packages that it writes; it needs nothing but the standard library.
"""

from collections.abc import Mapping
from typing import NamedTuple

# The version of botocore whose service model says so.
BOTOCORE = {version}


class Limit(NamedTuple):
    """What a text, a number, or a list may be.

    Attributes:
        least: The least length, number, or count.
        most: The greatest.
        pattern: The regular expression that a whole text matches, as Java reads it.
        words: The only texts, if they are listed.
    """

    least: int | None = None
    most: int | None = None
    pattern: str | None = None
    words: tuple[str, ...] = ()


LIMITS: Mapping[str, Limit] = {{
'''


@cache
def service_model() -> dict[str, Any]:
    """All shapes of the service."""
    model: dict[str, Any] = Loader().load_service_model("sagemaker", "service-2")
    shapes: dict[str, Any] = model["shapes"]
    return shapes


def limits_module() -> str:
    """The text of the module."""
    lines = [_line(name, service_model()[name]) for name in sorted(SHAPES)]
    return _HEAD.format(version=json.dumps(botocore.__version__)) + "".join(lines) + "}\n"


def _line(name: str, shape: dict[str, Any]) -> str:
    stated = [f"{key}={shape[own]}" for key, own in (("least", "min"), ("most", "max")) if own in shape]
    if "pattern" in shape:
        stated.append(f"pattern=r{json.dumps(shape['pattern']).replace(chr(92) * 2, chr(92))}")
    if "enum" in shape:
        words = ", ".join(json.dumps(word) for word in shape["enum"])
        stated.append(f"words=({words}{',' if len(shape['enum']) == 1 else ''})")
    line = f'    "{name}": Limit({", ".join(stated)}),\n'
    return line if len(line) <= 121 else f'    "{name}": Limit(\n        {", ".join(stated)}\n    ),\n'
