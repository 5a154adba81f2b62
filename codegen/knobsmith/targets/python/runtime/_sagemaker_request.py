"""Stands for the copy of `knobsmith.views.tuning.sagemaker_request` that each written package has."""

from knobsmith.views.tuning.sagemaker_request import (
    PLACEHOLDER,
    Branch,
    Channel,
    Direction,
    Kind,
    Objective,
    Range,
    Request,
    Scaling,
    Setup,
    combinations,
    training_job,
    tuning_job,
)

__all__ = [
    "PLACEHOLDER",
    "Branch",
    "Channel",
    "Direction",
    "Kind",
    "Objective",
    "Range",
    "Request",
    "Scaling",
    "Setup",
    "combinations",
    "training_job",
    "tuning_job",
]
