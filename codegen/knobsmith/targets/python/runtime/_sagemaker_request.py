"""Stands for the copy of `knobsmith.views.tuning.sagemaker_request` that each written package has."""

from knobsmith.views.tuning.sagemaker_request import (
    PLACEHOLDER,
    Branch,
    Channel,
    Objective,
    Range,
    Request,
    Setup,
    training_job,
    tuning_job,
)

__all__ = [
    "PLACEHOLDER",
    "Branch",
    "Channel",
    "Objective",
    "Range",
    "Request",
    "Setup",
    "training_job",
    "tuning_job",
]
