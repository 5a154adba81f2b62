"""Random configurations: a few valid values, then mostly one that may not be."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.scikit_learn_oracle.estimators import Estimator, Value
from tests.scikit_learn_oracle.values import Candidates, Kind, candidates

# How often a parameter is given: more often if rules relate it to others, so that their combinations meet.
GIVEN = 0.15
GIVEN_MORE_OFTEN = {
    "solver": 0.7,
    **dict.fromkeys(("loss", "penalty", "alpha", "l1_ratio", "dual", "learning_rate"), 0.3),
    **dict.fromkeys(("early_stopping", "scoring", "categorical_features", "monotonic_cst"), 0.3),
}
USUAL: tuple[Kind, ...] = ("inside", "word", "list")
DEVIATIONS = (0, 0, 1, 1, 1, 1, 1, 2)


@dataclass(frozen=True)
class Trial:
    """A configuration to judge.

    Attributes:
        config: Values by name, in native form.
        context: Facts about the training data.
        deviations: Which parameters were given an arbitrary value, and of which kind.
    """

    config: Mapping[str, Value]
    context: Mapping[str, int]
    deviations: tuple[tuple[str, Kind], ...]


def draw_trials(estimator: Estimator, count: int, seed: int) -> list[Trial]:
    """Draws configurations; the same seed gives the same ones."""
    random = Random(seed)
    values = {name: candidates(random, estimator, name) for name in estimator.defaults}
    return [_draw_trial(random, estimator, values) for _ in range(count)]


def usual_values(estimator: Estimator, parameter: str, seed: int) -> tuple[Value, ...]:
    """Values that the parameter may well have; lists may be of the wrong length."""
    by_kind = candidates(Random(seed), estimator, parameter)
    return tuple(value for kind in USUAL for value in by_kind.get(kind, ()))


def _draw_trial(random: Random, estimator: Estimator, values: Mapping[str, Candidates]) -> Trial:
    config = _usual_config(random, values)
    deviating = random.sample(sorted(values), random.choice(DEVIATIONS))
    deviations = tuple((name, random.choice(tuple(values[name]))) for name in deviating)
    for name, kind in deviations:
        config[name] = random.choice(values[name][kind])
    return Trial(config, random.choice(estimator.contexts), deviations)


def _usual_config(random: Random, values: Mapping[str, Candidates]) -> dict[str, Value]:
    config: dict[str, Value] = {}
    for name, by_kind in values.items():
        usual = [kind for kind in by_kind if kind in USUAL]
        if usual and random.random() < GIVEN_MORE_OFTEN.get(name, GIVEN):
            config[name] = random.choice(by_kind[random.choice(usual)])
    return config
