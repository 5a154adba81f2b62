# Part of every package that `knobsmith generate` writes; do not edit.
"""Limits of SageMaker's tuning jobs that botocore's service model does not state: quotas of an account.

From the table "Resource Limits for Automatic Model Tuning" of the SageMaker Developer Guide,
https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-limits.html, read in November 2026. An account
may have others, since some of them are raised on request.

This module is part of the compiler and of the packages that it writes; it needs nothing but the standard library.
"""

from collections.abc import Mapping

# Hyperparameters that are tuned by one job, whatever the kinds of their ranges.
MOST_TUNED = 30
# Metrics that one tuning job defines, though the model of the service has lists of 40.
MOST_METRICS = 20
# Training jobs of one tuning job; random search may be granted more.
MOST_JOBS = 750
MOST_JOBS_ON_REQUEST: Mapping[str, int] = {"Random": 10_000}
# Training jobs of one tuning job that run at the same time, and up to how many on request.
MOST_PARALLEL = 10
MOST_PARALLEL_ON_REQUEST = 100
# How long a tuning job may run.
MOST_SECONDS = 30 * 24 * 60 * 60
