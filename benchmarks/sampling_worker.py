"""Draws configurations with one library after the other, in turns; prints the seconds of each round as JSON.

``python -m benchmarks.sampling_worker ROUNDS COUNT``, with the generated packages on the path.
"""

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any

Draw = Callable[[int], list[dict[str, Any]]]
BASE = {"num_classes": 257, "num_training_samples": 15420}
OURS = "generated sampler"
CONFIGSPACE, RAY, OPTUNA = "ConfigSpace, samples to dicts", "Ray Tune, variants of a space", "Optuna, trials"
_CONTENDERS = {
    OURS: "ours",
    CONFIGSPACE: "with_configspace",
    RAY: "with_ray",
    OPTUNA: "with_optuna",
    "generated package for Ray Tune": "generated_ray",
    "generated package for Optuna, models with verdicts": "generated_optuna",
}


def ours() -> Draw:
    """The sampler of the generated client."""
    sample = import_module("vision_hyperparameters.image_classification").sampler(BASE)
    return lambda count: [sample() for _ in range(count)]


def with_configspace() -> Draw:
    """The space written for ConfigSpace by hand, with its conditions."""
    from ConfigSpace import Categorical, ConfigurationSpace, EqualsCondition, Float, InCondition, Integer

    space = ConfigurationSpace()
    optimizer = Categorical("optimizer", ["sgd", "adam", "rmsprop", "nag"])
    ranges = {name: Float(name, (0, 0.999)) for name in ("momentum", "weight_decay")}
    ranges |= {name: Float(name, (1e-6, 0.999)) for name in ("beta_1", "beta_2")}
    ranges |= {"eps": Float("eps", (1e-8, 1)), "gamma": Float("gamma", (1e-8, 0.999))}
    space.add(Integer("mini_batch_size", (8, 512)), Float("learning_rate", (1e-6, 0.5)), optimizer, *ranges.values())
    space.add(*[InCondition(ranges[name], optimizer, ["sgd", "nag"]) for name in ("momentum", "weight_decay")])
    space.add(*[EqualsCondition(ranges[name], optimizer, "adam") for name in ("beta_1", "beta_2")])
    space.add(InCondition(ranges["eps"], optimizer, ["adam", "rmsprop"]))
    space.add(EqualsCondition(ranges["gamma"], optimizer, "rmsprop"))
    return lambda count: [{**BASE, **config} for config in space.sample_configuration(count)]


def with_ray() -> Draw:
    """The space written for Ray Tune by hand: a choice among nested spaces, which keeps the conditions."""
    from ray import tune
    from ray.tune.search.variant_generator import generate_variants

    common = {**BASE, "mini_batch_size": tune.randint(8, 513), "learning_rate": tune.uniform(1e-6, 0.5)}
    plain = {"momentum": tune.uniform(0, 0.999), "weight_decay": tune.uniform(0, 0.999)}
    adam = {"beta_1": tune.uniform(1e-6, 0.999), "beta_2": tune.uniform(1e-6, 0.999), "eps": tune.uniform(1e-8, 1)}
    rmsprop = {"eps": tune.uniform(1e-8, 1), "gamma": tune.uniform(1e-8, 0.999)}
    branches = {"sgd": plain, "nag": plain, "adam": adam, "rmsprop": rmsprop}
    space = tune.choice([{**common, "optimizer": name, **own} for name, own in branches.items()])
    return lambda count: [spec["config"] for _ in range(count) for _, spec in generate_variants({"config": space})]


def with_optuna() -> Draw:
    """The space written for Optuna by hand, define-by-run."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)

    def suggest(trial: Any) -> dict[str, Any]:
        optimizer = trial.suggest_categorical("optimizer", ("sgd", "adam", "rmsprop", "nag"))
        config = {
            **BASE,
            "mini_batch_size": trial.suggest_int("mini_batch_size", 8, 512),
            "learning_rate": trial.suggest_float("learning_rate", 1e-6, 0.5),
            "optimizer": optimizer,
        }
        ranges = {"momentum": (0, 0.999), "weight_decay": (0, 0.999)}
        if optimizer == "adam":
            ranges = {"beta_1": (1e-6, 0.999), "beta_2": (1e-6, 0.999), "eps": (1e-8, 1)}
        elif optimizer == "rmsprop":
            ranges = {"eps": (1e-8, 1), "gamma": (1e-8, 0.999)}
        return config | {name: trial.suggest_float(name, low, high) for name, (low, high) in ranges.items()}

    return _asking(suggest)


def generated_ray() -> Draw:
    """The generated space for Ray Tune."""
    from ray.tune.search.variant_generator import generate_variants

    space = import_module("vision_hyperparameters_ray.image_classification").param_space(BASE)
    return lambda count: [
        spec["config"]["hyperparameters"] for _ in range(count) for _, spec in generate_variants({"config": space})
    ]


def generated_optuna() -> Draw:
    """The generated module for Optuna, which gives models and not dicts."""
    suggest = import_module("vision_hyperparameters_optuna.image_classification").suggest
    return _asking(lambda trial: suggest(trial, BASE).verdict.values)


def _asking(suggest: Callable[[Any], dict[str, Any]]) -> Draw:
    import optuna

    def draw(count: int) -> list[dict[str, Any]]:
        study = optuna.create_study(sampler=optuna.samplers.RandomSampler())
        return [suggest(study.ask()) for _ in range(count)]

    return draw


def main(rounds: int, count: int) -> None:
    """Let all draw in turns, after a round that does not count."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    contenders: dict[str, Draw | str] = {}
    for name, function in _CONTENDERS.items():
        try:
            contenders[name] = globals()[function]()
        except ImportError as problem:
            contenders[name] = f"not installed: {problem}"
    seconds: dict[str, Any] = {name: one if isinstance(one, str) else [] for name, one in contenders.items()}
    for number in range(rounds + 1):
        for name, draw in contenders.items():
            if isinstance(draw, str):
                continue
            start = time.process_time()
            draw(count if number else 10)
            if number:
                seconds[name].append(time.process_time() - start)
    sys.stdout.write(json.dumps(seconds))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
