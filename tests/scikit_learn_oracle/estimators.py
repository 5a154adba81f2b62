"""The estimators, and how a configuration in JSON becomes the arguments of their constructors.

This is the adapter that a user of the specs would write. It knows three things only: a word of ``special`` stands for a
Python object, an unset parameter is not passed, and a JSON number has no type, so that a whole one becomes an int where
the estimator counts and a float where it measures.
"""

import inspect
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from numbers import Integral
from typing import Any

from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression, SGDClassifier  # type: ignore[import-untyped]
from sklearn.utils._param_validation import Interval, make_constraint  # type: ignore[import-untyped]

Value = Any  # a JSON value

NONE: Mapping[str, object] = {"None": None}


@dataclass(frozen=True, eq=False)
class Estimator:
    """An estimator of scikit-learn.

    Attributes:
        algorithm: Name of its spec.
        cls: Its class.
        words: For some parameters, the words of the spec that stand for Python objects.
        contexts: Facts about the training data to try it with.
        lists: Examples for parameters that take lists, good and bad ones.
    """

    algorithm: str
    cls: type[Any]
    words: Mapping[str, Mapping[str, object]]
    contexts: tuple[Mapping[str, int], ...]
    lists: Mapping[str, tuple[Value, ...]]

    @cached_property
    def defaults(self) -> dict[str, object]:
        """The parameters of the constructor, with their defaults."""
        parameters = inspect.signature(self.cls).parameters
        return {name: parameter.default for name, parameter in parameters.items()}

    def constraints(self, parameter: str) -> list[Any]:
        """What scikit-learn says of the parameter: it is valid if one of these holds."""
        return [make_constraint(c) for c in self.cls._parameter_constraints[parameter]]

    def intervals(self, parameter: str) -> list[Any]:
        """The intervals among the constraints, also those within constraints made of several."""
        constraints = self.constraints(parameter)
        inner = [i for c in constraints for i in getattr(c, "_constraints", ())]
        return [c for c in (*constraints, *inner) if isinstance(c, Interval)]

    def unsets(self, parameter: str) -> bool:
        """Whether the spec has an unset state for it: where None is the default, or a placeholder."""
        return self.defaults[parameter] in (None, "deprecated")

    @cached_property
    def counts(self) -> frozenset[str]:
        """Parameters that take whole numbers (perhaps beside others), alone or in a list."""
        return frozenset(name for name in self.defaults if name in self.lists or self._takes_whole_numbers(name))

    def _takes_whole_numbers(self, parameter: str) -> bool:
        among = (*self.constraints(parameter), *self.intervals(parameter))
        return any(getattr(constraint, "type", None) is Integral for constraint in among)

    def arguments(self, config: Mapping[str, Value]) -> dict[str, object]:
        """Arguments of the constructor for a configuration in JSON."""
        return {name: self._argument(name, value) for name, value in config.items() if value is not None}

    def _argument(self, parameter: str, value: Value) -> object:
        if isinstance(value, str):
            return self.words.get(parameter, {}).get(value, value)
        if isinstance(value, list):
            return [self._argument(parameter, item) for item in value]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return value
        if parameter in self.counts:
            return int(value) if math.isfinite(value) and value == int(value) else value
        return float(value)


ESTIMATORS = (
    Estimator(
        algorithm="sgd-classifier",
        cls=SGDClassifier,
        words={
            "penalty": NONE,
            "tol": NONE,
            "l1_ratio": NONE,
            "average": {"True": True, "False": False},
        },
        contexts=({"n_classes": 2}, {"n_classes": 3}),
        lists={},
    ),
    Estimator(
        algorithm="logistic-regression",
        cls=LogisticRegression,
        words={"penalty": NONE, "l1_ratio": NONE, "C": {"Infinity": math.inf}},
        contexts=({"n_classes": 2}, {"n_classes": 2}, {"n_classes": 3}),
        lists={},
    ),
    Estimator(
        algorithm="hist-gradient-boosting-classifier",
        cls=HistGradientBoostingClassifier,
        words=dict.fromkeys(("max_leaf_nodes", "categorical_features", "scoring", "validation_fraction"), NONE),
        contexts=(
            *({"n_classes": 2, "n_features": 4, "n_samples": 40},) * 4,
            {"n_classes": 3, "n_features": 4, "n_samples": 40},
            {"n_classes": 2, "n_features": 4, "n_samples": 10000},
            {"n_classes": 2, "n_features": 4, "n_samples": 10001},
        ),
        lists={
            "categorical_features": (
                *([], [0], [1], [2], [3], [0, 3], [0, 0, 2], [1.0]),
                *([4], [-1], [3, 4], [0.5], ["a"]),
            ),
            "monotonic_cst": (
                *([1, 0, 0, -1], [0, -1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1], [0, 1, 1.0, 0]),
                *([], [1], [0, 0, 0, 0, 0], [2, 0, 0, 0], [0.5, 0, 0, 0], ["up", 0, 0, 0]),
            ),
            "interaction_cst": (
                *([], [[]], [[0]], [[0, 1], [2]], [[3], [3]], [[2.0]]),
                *([[4]], [[-1]], [[0.5]], [["a"]], [0], ["a"]),
            ),
        },
    ),
)
