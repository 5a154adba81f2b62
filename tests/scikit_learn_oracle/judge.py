"""What scikit-learn says of a configuration: whether the estimator's own ``fit`` gets to the first training step.

That takes in all its checks: the constraints of single parameters, the rules over several, and those that look at the
shape of the data. What is taken out of ``fit`` is no check of parameters: the training itself, which also ends the
question whether its 32-bit counters overflow, the split into training and validation data, and scores of that data.
"""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any
from unittest.mock import Mock, patch

import joblib  # type: ignore[import-untyped]
import numpy as np
import sklearn.ensemble._hist_gradient_boosting.gradient_boosting as boosting  # type: ignore[import-untyped]
import sklearn.ensemble._hist_gradient_boosting.grower as grower  # type: ignore[import-untyped]
import sklearn.linear_model._logistic as logistic  # type: ignore[import-untyped]
import sklearn.linear_model._stochastic_gradient as stochastic_gradient  # type: ignore[import-untyped]
import sklearn.svm._base as liblinear  # type: ignore[import-untyped]

from tests.scikit_learn_oracle.estimators import Estimator, Value


class TrainingBegins(BaseException):
    """The estimator has accepted all its parameters. No error, so that nothing on the way takes it for one."""


def refusal(estimator: Estimator, config: Mapping[str, Value], context: Mapping[str, int]) -> str | None:
    """Why the estimator refuses the configuration, or None if it accepts it.

    Call it within ``stopped_before_training``.
    """
    model = estimator.cls(**estimator.arguments(config))
    features, labels = _training_data(context.get("n_samples", 40), context.get("n_features", 4), context["n_classes"])
    try:
        model.fit(features, labels)
    except TrainingBegins:
        return None
    except (ValueError, TypeError) as error:
        return str(error)
    raise AssertionError(f"{estimator.algorithm} was fitted without a training step: {config}")


@contextmanager
def stopped_before_training() -> Iterator[None]:
    """Makes the three estimators raise ``TrainingBegins`` instead of training."""
    begin = Mock(side_effect=TrainingBegins)
    replacements: list[tuple[Any, str, Any]] = [
        (stochastic_gradient, "fit_binary", begin),
        (stochastic_gradient, "Parallel", _Jobs),
        (stochastic_gradient.BaseSGD, "_make_validation_split", Mock()),
        (logistic, "_logistic_regression_path", begin),
        *((liblinear, library, Mock(train_wrap=begin)) for library in ("liblinear", "libsvm", "libsvm_sparse")),
        (boosting, "_openmp_effective_n_threads", lambda: 1),  # starting threads costs more than the rest
        (boosting, "train_test_split", _no_split),
        (boosting.BaseHistGradientBoosting, "_check_early_stopping_scorer", Mock()),
        (grower, "Splitter", begin),
    ]
    with ExitStack() as stack:
        for owner, name, replacement in replacements:
            stack.enter_context(patch.object(owner, name, replacement))
        stack.enter_context(warnings.catch_warnings(action="ignore"))
        yield


class _Jobs:
    """In place of joblib's Parallel: asks joblib whether the number of jobs is one, and starts none."""

    def __init__(self, n_jobs: int | None, **_: object) -> None:
        joblib.effective_n_jobs(n_jobs)

    def __call__(self, tasks: object) -> None:
        raise TrainingBegins


def _no_split(*arrays: Any, **_: object) -> list[Any]:
    return [array for array in arrays for _ in ("train", "validation")]


@cache
def _training_data(n_samples: int, n_features: int, n_classes: int) -> tuple[Any, Any]:
    """Features of zeros and ones, which may be numbers or categories, and labels that each occur."""
    features = np.random.default_rng(0).integers(0, 2, (n_samples, n_features)).astype(np.float64)
    return features, np.arange(n_samples) % n_classes
