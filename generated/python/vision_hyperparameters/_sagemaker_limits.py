# Part of every package that `knobsmith generate` writes; do not edit.
"""Limits of SageMaker's requests, by the names of botocore's shapes: written by `make accept`, not by hand.

This module is part of the compiler and of the packages that it writes; it needs nothing but the standard library.
"""

from collections.abc import Mapping
from typing import NamedTuple

# The version of botocore whose service model says so.
BOTOCORE = "1.44.5"


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


LIMITS: Mapping[str, Limit] = {
    "AlgorithmImage": Limit(least=0, most=255, pattern=r".*"),
    "CategoricalParameterRanges": Limit(least=0, most=30),
    "ChannelName": Limit(least=1, most=64, pattern=r"[A-Za-z0-9\.\-_]+"),
    "ChannelSpecifications": Limit(least=1, most=8),
    "ContainerImage": Limit(least=0, most=255, pattern=r"[\S]+"),
    "ContentType": Limit(least=0, most=256, pattern=r".*"),
    "ContinuousParameterRanges": Limit(least=0, most=30),
    "EntityDescription": Limit(least=0, most=1024, pattern=r"[\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}]*"),
    "EntityName": Limit(least=1, most=63, pattern=r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}"),
    "HyperParameterKey": Limit(least=0, most=256, pattern=r".*"),
    "HyperParameterScalingType": Limit(words=("Auto", "Linear", "Logarithmic", "ReverseLogarithmic")),
    "HyperParameterSpecifications": Limit(least=0, most=100),
    "HyperParameterTrainingJobDefinitionName": Limit(least=1, most=64, pattern=r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,63}"),
    "HyperParameterTrainingJobDefinitions": Limit(least=1, most=10),
    "HyperParameterTuningJobName": Limit(least=1, most=32, pattern=r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}"),
    "HyperParameterTuningJobObjectiveType": Limit(words=("Maximize", "Minimize")),
    "HyperParameterTuningJobStrategyType": Limit(words=("Bayesian", "Random", "Hyperband", "Grid")),
    "HyperParameterTuningJobWarmStartType": Limit(words=("IdenticalDataAndAlgorithm", "TransferLearning")),
    "HyperParameterTuningMaxRuntimeInSeconds": Limit(least=120, most=15768000),
    "HyperParameterValue": Limit(least=0, most=2500, pattern=r".*"),
    "HyperParameters": Limit(least=0, most=100),
    "InputDataConfig": Limit(least=1, most=20),
    "IntegerParameterRanges": Limit(least=0, most=30),
    "MaxNumberOfTrainingJobs": Limit(least=1),
    "MaxParallelTrainingJobs": Limit(least=1),
    "MaxRuntimeInSeconds": Limit(least=1),
    "MetricDefinitionList": Limit(least=0, most=40),
    "MetricName": Limit(least=1, most=255, pattern=r".+"),
    "MetricRegex": Limit(least=1, most=500, pattern=r".+"),
    "ParameterKey": Limit(least=0, most=256, pattern=r".*"),
    "ParameterName": Limit(least=0, most=256, pattern=r"[\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}]*"),
    "ParameterType": Limit(words=("Integer", "Continuous", "Categorical", "FreeText")),
    "ParameterValue": Limit(least=0, most=256, pattern=r".*"),
    "ParameterValues": Limit(least=1, most=30),
    "ParentHyperParameterTuningJobs": Limit(least=1, most=5),
    "RoleArn": Limit(least=20, most=2048, pattern=r"arn:aws[a-z\-]*:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+"),
    "S3Uri": Limit(least=0, most=1024, pattern=r"(https|s3)://([^/]+)/?(.*)"),
    "TagKey": Limit(least=1, most=128, pattern=r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"),
    "TagList": Limit(least=0, most=50),
    "TagValue": Limit(least=0, most=256, pattern=r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"),
    "TrainingInputMode": Limit(words=("Pipe", "File", "FastFile")),
    "TrainingInstanceCount": Limit(least=0),
    "TrainingJobEarlyStoppingType": Limit(words=("Off", "Auto")),
    "TrainingJobName": Limit(least=1, most=63, pattern=r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}"),
    "VolumeSizeInGB": Limit(least=1),
}
