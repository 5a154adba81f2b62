"""The specs of scikit-learn's estimators agree with the estimators: 10,000 random configurations of each."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from ruamel.yaml import YAML

from tests.scikit_learn_oracle import (
    COUNT,
    ESTIMATORS,
    SEED,
    Estimator,
    Trial,
    Value,
    draw_trials,
    judged_trials,
    scores_after_training,
    usual_values,
)
from tests.scikit_learn_oracle.client import verdict

SPEC = Path(__file__).parents[1] / "examples" / "scikit-learn" / "spec"

each_estimator = pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda estimator: estimator.algorithm)


def disagreements(spec_dir: Path, estimator: Estimator, parameter: str | None = None) -> list[str]:
    """Where our verdict differs from scikit-learn's, among all trials or those that give a parameter."""
    found = []
    for trial, reason in judged_trials(estimator):
        if parameter is None or parameter in trial.config:
            ours = verdict(spec_dir, estimator.algorithm, trial.config, trial.context)
            if ours["valid"] != (reason is None):
                found.append(f"{trial}\n  scikit-learn: {reason or 'valid'}\n  we: {ours['findings'] or 'valid'}")
    return found


@each_estimator
def test_verdicts_agree_with_scikit_learn(estimator: Estimator) -> None:
    found = disagreements(SPEC, estimator)
    assert not found, f"{len(found)} of {COUNT}:\n" + "\n".join(found[:5])


@pytest.mark.parametrize(
    ("old", "new", "parameter"),
    [
        ('range: "(0, 1)"', 'range: "[0, 1)"', "validation_fraction"),
        ('range: "[0, 1]"', 'range: "[0, 1)"', "l1_ratio"),
        ('range: "[1, inf)"', 'range: "[2, inf)"', "max_iter"),
        ("require: alpha > 0", "require: alpha >= 0", "alpha"),
    ],
)
def test_a_wrong_end_in_a_spec_is_noticed(tmp_path: Path, old: str, new: str, parameter: str) -> None:
    estimator = ESTIMATORS[0]
    spec_dir = Path(shutil.copytree(SPEC, tmp_path / "spec"))
    file = spec_dir / "algorithms" / f"{estimator.algorithm}.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    assert disagreements(spec_dir, estimator, parameter)


@each_estimator
def test_parameters_and_defaults_are_those_of_the_constructor(estimator: Estimator) -> None:
    parameters = verdict(SPEC, estimator.algorithm, {}, estimator.contexts[0])["parameters"]
    assert list(parameters) == list(estimator.defaults)
    for name, default in estimator.defaults.items():
        passed = estimator.arguments({name: parameters[name]["value"]})
        assert passed == ({} if estimator.unsets(name) else {name: default}), name


@each_estimator
def test_an_ignored_parameter_changes_nothing(estimator: Estimator) -> None:
    random = Random(SEED)
    compared = set()
    for trial in draw_trials(estimator, 600, SEED):
        name = ignored_parameter(random, estimator, trial)
        if name is None:
            continue
        other = {**trial.config, name: random.choice(usual_values(estimator, name, SEED))}
        if crashes(trial.config) or crashes(other):
            continue
        n_classes = trial.context["n_classes"]
        expected = scores_after_training(estimator, trial.config, n_classes)
        assert scores_after_training(estimator, other, n_classes) == expected, (name, trial)
        compared.add(name)
    assert len(compared) >= 4


def ignored_parameter(random: Random, estimator: Estimator, trial: Trial) -> str | None:
    """One of the parameters that are ignored in a valid trial of usual values, if there is any."""
    ours = verdict(SPEC, estimator.algorithm, trial.config, trial.context)
    ignored = [name for name, shown in ours["parameters"].items() if not shown["used"]]
    return random.choice(ignored) if ignored and ours["valid"] and not trial.deviations else None


def crashes(config: Mapping[str, Value]) -> bool:
    """Whether scikit-learn trips over an `l1_ratio` for which it has no use (see the notes of the spec)."""
    return config.get("C") == "Infinity" and config.get("l1_ratio") == "None"


@pytest.mark.parametrize(
    ("estimator", "config"),
    [(ESTIMATORS[0], {"verbose": 1}), (ESTIMATORS[2], {"verbose": 2, "early_stopping": True, "min_samples_leaf": 1})],
    ids=lambda value: getattr(value, "algorithm", ""),
)
def test_a_metric_is_found_in_what_training_prints(
    estimator: Estimator, config: Mapping[str, Value], capsys: pytest.CaptureFixture[str]
) -> None:
    spec = YAML(typ="safe", pure=True).load(SPEC / "algorithms" / f"{estimator.algorithm}.yaml")
    estimator.cls(max_iter=50, **config).fit([[x] for x in range(30)], [x // 10 for x in range(30)])
    losses = re.findall(spec["metrics"]["train:loss"]["pattern"], capsys.readouterr().out)
    assert len(losses) >= 5
    assert all(0 <= float(loss) < 1e6 for loss in losses)


def test_no_text_is_copied_from_the_docstrings() -> None:
    theirs = " ".join(re.sub(r"\W+", " ", estimator.cls.__doc__ or "").lower() for estimator in ESTIMATORS)
    for file in sorted(SPEC.rglob("*.yaml")):
        for line in file.read_text(encoding="utf-8").splitlines():
            words = re.sub(r"\W+", " ", line.partition(":")[2]).lower().split()
            runs = [" ".join(words[start : start + 8]) for start in range(len(words) - 7)]
            assert not [run for run in runs if run in theirs], f"{file.name}: {line}"
