"""What a configuration leads to: the scores that a short training gives, to see which parameters matter."""

import warnings
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from tests.scikit_learn_oracle.estimators import Estimator, Value

# Enough to tell models apart, and over in milliseconds.
BRIEF = {"max_iter": 6, "verbose": 0}


def scores_after_training(estimator: Estimator, config: Mapping[str, Value], n_classes: int) -> list[Any] | str:
    """Scores of the training samples, or the kind of error that training ends in.

    The model is fitted twice, so that ``warm_start`` can matter, and from the seed 0 unless the configuration has one.
    """
    model = estimator.cls(**{"random_state": 0, **estimator.arguments({**config, **BRIEF})})
    features, labels = _data(n_classes)
    try:
        with warnings.catch_warnings(action="ignore"):
            model.fit(features[:30], labels[:30])
            model.fit(features, labels)
            scores: list[Any] = model.decision_function(features).tolist()
    except (ValueError, TypeError, ArithmeticError) as error:
        return type(error).__name__
    return scores


@cache
def _data(n_classes: int) -> tuple[Any, Any]:
    random = np.random.default_rng(0)
    labels = np.arange(60) % n_classes
    return random.normal(size=(60, 4)) + 0.7 * labels[:, None] * [1, -1, 0.5, 0], labels
