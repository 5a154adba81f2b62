"""What is given stays as it is; what no draw can mend is said at once; and a missing tuner is named in one line."""

import importlib
import json
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import optuna
import pytest
from knobsmith.views.tuning.space import Space

from tests.support.compile import catalog_of
from tests.targets.define_by_run.packages import BACK_ENDS, Generated, draws, faults

SPEC: dict[str, Any] = {
    "knobsmith": 1,
    "algorithm": "example",
    "title": "Example",
    "doc": "Shows what a base does.",
    "context": {"machines": {"type": "integer", "range": "[1, inf)", "doc": "Machines."}},
    "parameters": {
        "classes": {"type": "integer", "range": "[1, inf)", "required": True, "doc": "Classes."},
        "optimizer": {"values": ["sgd", "adam"], "default": "sgd", "tuning": {"values": ["sgd", "adam"]}},
        "nesterov": {"values": ["yes", "no"], "default": "no", "tuning": {"values": ["yes", "no"]}},
        "momentum": {
            "type": "number",
            "range": "[0, 1)",
            "default": 0.9,
            "used_when": 'optimizer == "sgd"',
            "tuning": {"range": "[0, 0.99]"},
        },
        "workers": {
            "type": "integer",
            "range": "[1, inf)",
            "default": 1,
            "used_when": "context.machines > 1",
            "tuning": {"range": "[1, 8]"},
        },
        "warm": {"type": "boolean", "default": {"expr": "momentum > 0.5"}, "used_when": 'optimizer == "sgd"'},
        "warmth": {"type": "integer", "if_unset": "none", "used_when": "warm", "tuning": {"range": "[1, 3]"}},
    },
    "rules": {
        "nesterov-needs-sgd": {
            "when": 'nesterov == "yes"',
            "require": 'optimizer == "sgd"',
            "message": "Only with sgd.",
        },
        "few-classes": {"require": "classes <= 100", "message": "Too many classes."},
    },
}
for parameter in SPEC["parameters"].values():
    parameter.setdefault("type", "string")
    parameter.setdefault("doc", "A hyperparameter.")


@pytest.fixture(scope="module")
def generated() -> Iterator[Generated]:
    with Generated(CATALOG) as found:
        yield found


CATALOG = catalog_of({"example.yaml": json.dumps(SPEC).encode()})
SPACE = Space(CATALOG.algorithms[0])


@pytest.mark.parametrize("back_end", BACK_ENDS)
def test_conditions_follow_defaults_that_hang_on_draws_and_refused_pairs_are_left_out(
    generated: Generated, back_end: str
) -> None:
    client = generated.client("example")
    found = list(islice(draws(generated, back_end, "example", {"classes": 3}), 300))
    kept = [config for config in found if config is not None]
    assert {("warmth" in config) for config in kept} == {True, False}
    assert {(config["optimizer"], config["nesterov"]) for config in kept} == {
        ("sgd", "yes"),
        ("sgd", "no"),
        ("adam", "no"),
    }
    assert all(faults(SPACE, client, {}, config) == [] for config in kept)
    if back_end in ("sampler", "ray"):
        assert len(kept) == len(found)


@pytest.mark.parametrize("back_end", BACK_ENDS)
def test_what_is_given_is_not_drawn(generated: Generated, back_end: str) -> None:
    base = {"classes": 3, "optimizer": "adam", "momentum": 0.25}
    for config in islice(draws(generated, back_end, "example", base), 50):
        if config is not None:
            assert config["optimizer"] == "adam"
            assert config["momentum"] == 0.25
            assert config["nesterov"] == "no"


@pytest.mark.parametrize("back_end", BACK_ENDS)
@pytest.mark.parametrize(
    ("base", "message"),
    [
        ({}, "classes"),
        ({"classes": 0}, "classes"),
        ({"classes": 3, "optimiser": "sgd"}, "optimiser"),
        ({"classes": 3, "momentum": 2}, "momentum"),
        ({"classes": 101}, "Too many classes"),
    ],
)
def test_what_no_draw_can_mend_is_said_at_once(
    generated: Generated, back_end: str, base: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        next(draws(generated, back_end, "example", base))


@pytest.mark.parametrize("back_end", BACK_ENDS)
@pytest.mark.parametrize("base", [None, [1], "abc", 5])
def test_a_base_that_is_no_mapping_is_refused_in_one_line(generated: Generated, back_end: str, base: Any) -> None:
    with pytest.raises(TypeError, match=r"\Abase must be a mapping of names to values\Z"):
        next(draws(generated, back_end, "example", base))


def test_a_context_that_is_no_mapping_is_refused_in_one_line(generated: Generated) -> None:
    context: Any = 5
    with pytest.raises(TypeError, match=r"\Acontext must be a mapping of names to values\Z"):
        generated.client("example").sampler({"classes": 3}, context=context)


def test_a_base_that_only_draws_can_break_is_refused_by_the_draws(generated: Generated) -> None:
    base = {"classes": 3, "optimizer": "adam", "nesterov": "yes"}
    with pytest.raises(ValueError, match="Only with sgd"):
        next(draws(generated, "sampler", "example", base))
    with pytest.raises(ValueError, match="refuse every combination"):
        generated.tuner("ray", "example").param_space(base)
    study = optuna.create_study()
    with pytest.raises(optuna.TrialPruned, match="Only with sgd"):
        generated.tuner("optuna", "example").suggest(study.ask(), base)
    assert generated.tuner("ray", "example").define_by_run(base)(study.ask()) == {"hyperparameters": None}


def test_the_context_decides_and_what_it_leaves_open_counts_as_used(generated: Generated) -> None:
    client, base = generated.client("example"), {"classes": 3, "nesterov": "no"}
    for context, expected in (({"machines": 1}, False), ({"machines": 2}, True), ({}, True), (None, True)):
        config = client.sampler(base, context=context)()
        assert ("workers" in config) is expected
        model = generated.tuner("optuna", "example").suggest(optuna.create_study().ask(), base, context=context)
        assert ("workers" in model.model_fields_set) is expected
        space = generated.tuner("ray", "example").param_space(base, context=context)
        (drawn,) = [space["hyperparameters"].sample()]
        assert ("workers" in drawn) is expected
    with pytest.raises(ValueError, match="machines"):
        client.sampler(base, context={"machines": 0})


def test_samples_repeat_with_the_same_random_numbers(generated: Generated) -> None:
    first, again = (draws(generated, "sampler", "example", {"classes": 3}, seed=7) for _ in range(2))
    assert [next(first) for _ in range(20)] == [next(again) for _ in range(20)]


def test_the_distributions_of_optuna_are_those_that_are_asked_for(generated: Generated) -> None:
    module = generated.tuner("optuna", "example")
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=3))
    branches = {frozenset(branch) for branch in module.DISTRIBUTIONS}
    flat = {name: one for branch in module.DISTRIBUTIONS for name, one in branch.items()}
    for _ in range(50):
        trial = study.ask()
        try:
            module.suggest(trial, {"classes": 3, "warm": False}, context={"machines": 2})
        except optuna.TrialPruned:
            continue
        assert frozenset(trial.distributions) in branches
        asked = {name: one for name, one in trial.distributions.items() if name == "workers"}
        assert asked.items() <= flat.items()


@pytest.mark.parametrize(("package", "module", "extra"), [("optuna", "optuna", "optuna"), ("ray", "ray.tune", "ray")])
def test_a_missing_tuner_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, package: str, module: str, extra: str
) -> None:
    with Generated(CATALOG) as fresh:
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(ImportError) as caught:
            importlib.import_module(f"{fresh.name}_{package}")
        name = fresh.name.replace("_", "-")
        assert f"install the extra `{extra}` of {name}" in str(caught.value)
        assert "pip install" not in str(caught.value)  # by name, an index might answer with somebody else's package
        assert "\n" not in str(caught.value)
        fresh.client("example").sampler({"classes": 3})()
