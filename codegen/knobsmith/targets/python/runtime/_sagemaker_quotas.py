"""Stands for the copy of `knobsmith.views.tuning.sagemaker_quotas` that each written package has."""

from knobsmith.views.tuning.sagemaker_quotas import (
    MOST_JOBS,
    MOST_JOBS_ON_REQUEST,
    MOST_PARALLEL,
    MOST_PARALLEL_ON_REQUEST,
    MOST_TUNED,
)

__all__ = ["MOST_JOBS", "MOST_JOBS_ON_REQUEST", "MOST_PARALLEL", "MOST_PARALLEL_ON_REQUEST", "MOST_TUNED"]
