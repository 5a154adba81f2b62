"""The oracle itself: its trials are many-sided and balanced, and scikit-learn judges them for the right reasons."""

from collections import Counter

import pytest

from tests.scikit_learn_oracle import (
    COUNT,
    ESTIMATORS,
    Estimator,
    draw_trials,
    judged_trials,
    refusal,
    stopped_before_training,
)

# What the refusals say that are none of a single parameter, one for each rule that `fit` knows.
RULES = {
    "sgd-classifier": [
        "alpha must be > 0",
        "Learning rate 'pa1' only works",
        "Learning rate 'pa2' only works",
        "l1_ratio must be set",
        "n_jobs == 0",
    ],
    "logistic-regression": [
        "Solver lbfgs supports only 'l2' or None",
        "Solver saga supports only dual=False",
        "Only 'saga' solver supports elasticnet",
        "C=np.inf as well as penalty=None",
        "l1_ratio must be specified",
        "The 'liblinear' solver does not support multiclass",
        "Unsupported set of arguments",
    ],
    "hist-gradient-boosting-classifier": [
        "monotonic constraints are not supported for multiclass",
        "monotonic_cst must be an array-like of -1, 0 or 1",
        "monotonic_cst has shape",
        "categorical_features set as integer indices",
        "Categorical features cannot have monotonic constraints",
        "Interaction constraints must consist of integer indices",
        "is not a valid scoring value",
    ],
}

each_estimator = pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda estimator: estimator.algorithm)


def reasons(estimator: Estimator) -> list[str]:
    return [reason for _, reason in judged_trials(estimator) if reason]


@each_estimator
def test_between_three_and_seven_in_ten_trials_are_valid(estimator: Estimator) -> None:
    assert 0.3 * COUNT < len(reasons(estimator)) < 0.7 * COUNT


@each_estimator
def test_every_parameter_is_refused_for_its_own_sake(estimator: Estimator) -> None:
    own = Counter(reason.split("'")[1] for reason in reasons(estimator) if reason.startswith("The '"))
    assert {name for name in estimator.defaults if own[name] >= 20} == estimator.defaults.keys()


@each_estimator
def test_every_rule_of_fit_is_broken(estimator: Estimator) -> None:
    found = reasons(estimator)
    assert [rule for rule in RULES[estimator.algorithm] if not any(rule in reason for reason in found)] == []


@each_estimator
def test_every_parameter_takes_part_in_valid_trials(estimator: Estimator) -> None:
    given = Counter(name for trial, reason in judged_trials(estimator) if reason is None for name in trial.config)
    assert {name for name in estimator.defaults if given[name] >= 100} == estimator.defaults.keys()


@each_estimator
def test_both_sides_of_every_end_are_tried(estimator: Estimator) -> None:
    tried: dict[str, set[float]] = {name: set() for name in estimator.defaults}
    for trial, _ in judged_trials(estimator):
        for name, kind in trial.deviations:
            if kind == "edge":
                tried[name].add(trial.config[name])
    for name in estimator.defaults:
        for interval in estimator.intervals(name):
            ends = {end for end in (interval.left, interval.right) if end is not None}
            assert ends <= tried[name]
            assert all(min(tried[name]) < end < max(tried[name]) for end in ends)


def test_the_same_seed_gives_the_same_trials() -> None:
    assert repr(draw_trials(ESTIMATORS[0], 50, 1)) == repr(draw_trials(ESTIMATORS[0], 50, 1))
    assert repr(draw_trials(ESTIMATORS[0], 50, 1)) != repr(draw_trials(ESTIMATORS[0], 50, 2))


@each_estimator
def test_the_estimators_train_again_afterwards(estimator: Estimator) -> None:
    with stopped_before_training():
        assert refusal(estimator, {}, {"n_classes": 2}) is None
    model = estimator.cls(max_iter=200).fit([[0.0], [1.0], [0.0], [1.0]], [0, 1, 0, 1])
    assert model.predict([[0.0]]).tolist() in ([0], [1])


@each_estimator
def test_the_adapter_turns_json_into_python(estimator: Estimator) -> None:
    assert estimator.arguments({"random_state": None}) == {}
    assert estimator.arguments({"max_iter": 3.0})["max_iter"].__class__ is int
    assert estimator.arguments({"tol": 3})["tol"].__class__ is float
    for name, words in estimator.words.items():
        for word, value in words.items():
            assert estimator.arguments({name: word}) == {name: value}
