"""What is asked of a trial where its own methods do not do."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, Self, TypeVar

from optuna.exceptions import TrialPruned
from optuna.trial import BaseTrial
from pydantic import ValidationError

Value = TypeVar("Value")


class Model(Protocol):
    """A model of configurations."""

    @classmethod
    def from_native(cls, config: Mapping[str, Any], *, context: Mapping[str, Any] | None = None) -> Self:
        """Read native values."""


Configuration = TypeVar("Configuration", bound=Model)


def beyond(high: float) -> float:
    """The end to ask for so that ``high`` is reached: Optuna's samplers stop one number short of it."""
    return math.nextafter(high, math.inf)


def number(trial: BaseTrial, name: str, low: float, high: float) -> float:
    """A number from ``low`` to ``high``, both included."""
    return min(trial.suggest_float(name, low, beyond(high)), high)


def near_one(trial: BaseTrial, name: str, low: float, high: float) -> float:
    """A number below 1, its distance to 1 on a logarithmic scale. The study knows that distance, as ``1 - NAME``."""
    return min(max(1 - trial.suggest_float(f"1 - {name}", 1 - high, 1 - low, log=True), low), high)


def one_of(trial: BaseTrial, name: str, values: Sequence[Value]) -> Value:
    """One of several values that Optuna does not store itself. The study knows its place among them."""
    return values[trial.suggest_categorical(name, range(len(values)))]


def configured(
    model: type[Configuration], config: Mapping[str, Any], context: Mapping[str, Any] | None
) -> Configuration:
    """The configuration of a trial.

    Raises:
        TrialPruned: A rule refuses the combination.
    """
    try:
        return model.from_native(config, context=context)
    except ValidationError as refusal:
        raise TrialPruned("; ".join(error["msg"] for error in refusal.errors())) from refusal
