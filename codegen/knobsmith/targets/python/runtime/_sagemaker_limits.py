"""Stands for the copy of `knobsmith.views.tuning.sagemaker_limits` that each written package has."""

from knobsmith.views.tuning.sagemaker_limits import LIMITS, Limit

__all__ = ["LIMITS", "Limit"]
