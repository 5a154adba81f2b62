"""The golden vectors, run through the oracle."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tests.kernels import oracle

FOLDER = Path(__file__).parents[2] / "data" / "kernels"
Case = dict[str, Any]


class Compared(NamedTuple):
    """One array of a case: what the oracle computed and what the framework recorded."""

    name: str
    computed: np.ndarray
    recorded: np.ndarray


@cache
def cases() -> tuple[Case, ...]:
    return tuple(
        case for path in sorted(FOLDER.glob("manifest*.json")) for case in json.loads(path.read_text())["cases"]
    )


@cache
def _file(name: str) -> dict[str, np.ndarray]:
    with np.load(FOLDER / name, allow_pickle=False) as arrays:
        return dict(arrays)


def arrays_of(case: Case, section: str) -> dict[str, np.ndarray]:
    return {name: _file(case["file"])[entry["key"]] for name, entry in case[section].items()}


# op -> function, states (ours: theirs), the framework's names of hyperparameters (ours: theirs, default)
MXNET_COMMON = {"weight_decay": ("wd", 0.0), "rescale_gradient": ("rescale_grad", 1.0)}
CLIP, CLIP_NONE = {"clip_gradient": ("clip_gradient", 0.0)}, {"clip_gradient": ("clip_gradient", -1.0)}
RATE = {"learning_rate": ("learning_rate", None)}
KERAS_VARIANT = {"variant": ("variant", None)}
Loop = tuple[str, dict[str, str], dict[str, tuple[str, Any]]]
LOOPS: dict[str, Loop] = {
    "optimizer.sgd": (
        "mxnet_sgd_step",
        {"velocity": "mom"},
        {**RATE, **MXNET_COMMON, **CLIP, "momentum": ("momentum", 0.0)},
    ),
    "optimizer.nag": (
        "mxnet_nag_step",
        {"velocity": "mom"},
        {**RATE, **MXNET_COMMON, **CLIP, "momentum": ("momentum", 0.0)},
    ),
    "optimizer.adam": (
        "mxnet_adam_step",
        {"mean": "mean", "mean_square": "var"},
        {
            **RATE,
            **MXNET_COMMON,
            **CLIP,
            "beta_1": ("beta1", 0.9),
            "beta_2": ("beta2", 0.999),
            "epsilon": ("epsilon", 1e-8),
        },
    ),
    "optimizer.rmsprop": (
        "mxnet_rmsprop_step",
        {"mean_square": "n"},
        {
            **RATE,
            **MXNET_COMMON,
            **CLIP,
            "gamma_1": ("gamma1", 0.9),
            "epsilon": ("epsilon", 1e-8),
            "clip_weights": ("clip_weights", 0.0),
        },
    ),
    "optimizer.rmsprop centered": (
        "mxnet_rmsprop_centered_step",
        {"mean_square": "n", "mean": "g", "velocity": "delta"},
        {
            **RATE,
            **MXNET_COMMON,
            **CLIP,
            "gamma_1": ("gamma1", 0.9),
            "gamma_2": ("gamma2", 0.9),
            "epsilon": ("epsilon", 1e-8),
            "clip_weights": ("clip_weights", 0.0),
        },
    ),
    "optimizer.adadelta": (
        "mxnet_adadelta_step",
        {"mean_square": "acc_g", "mean_square_update": "acc_delta"},
        {**MXNET_COMMON, **CLIP_NONE, "rho": ("rho", 0.9), "epsilon": ("epsilon", 1e-5)},
    ),
    "optimizer.adagrad": (
        "mxnet_adagrad_step",
        {"sum_of_squares": "history"},
        {**RATE, **MXNET_COMMON, **CLIP_NONE, "epsilon": ("eps", 1e-7)},
    ),
    "optimizer.SGD": ("keras_sgd_step", {"velocity": "momentum"}, {**RATE, "momentum": ("momentum", 0.0)}),
    "optimizer.SGD nesterov": (
        "keras_nesterov_step",
        {"velocity": "momentum"},
        {**RATE, "momentum": ("momentum", 0.0)},
    ),
    "optimizer.Adam": (
        "keras_adam_step",
        {"mean": "m", "mean_square": "v"},
        {**RATE, **KERAS_VARIANT, "beta_1": ("beta_1", 0.9), "beta_2": ("beta_2", 0.999), "epsilon": ("epsilon", 1e-7)},
    ),
    "optimizer.RMSprop": (
        "keras_rmsprop_step",
        {"mean_square": "rms", "mean": "mean_grad", "velocity": "momentum"},
        {
            **RATE,
            **KERAS_VARIANT,
            "rho": ("rho", 0.9),
            "momentum": ("momentum", 0.0),
            "epsilon": ("epsilon", 1e-7),
            "centered": ("centered", False),
        },
    ),
    "optimizer.Adagrad": (
        "keras_adagrad_step",
        {"sum_of_squares": "accumulator"},
        {**RATE, **KERAS_VARIANT, "epsilon": ("epsilon", 1e-7)},
    ),
    "optimizer.Adadelta": (
        "keras_adadelta_step",
        {"mean_square": "accum_grad", "mean_square_update": "accum_var"},
        {**RATE, **KERAS_VARIANT, "rho": ("rho", 0.95), "epsilon": ("epsilon", 1e-7)},
    ),
}


def is_loop(case: Case) -> bool:
    return str(case["op"]).startswith("optimizer.")


def loop_of(case: Case) -> Loop:
    op, hyper = case["op"].removesuffix(".named_params"), case["hyper"]
    if op == "optimizer.rmsprop" and hyper.get("centered"):
        op += " centered"
    if op == "optimizer.SGD" and hyper.get("nesterov"):
        op += " nesterov"
    return LOOPS[op]


def run_loop(case: Case, real: Callable[..., Any] = np.float64) -> Iterator[Compared]:
    """All recorded arrays of a training loop beside those of the oracle."""
    inputs, recorded = arrays_of(case, "inputs"), arrays_of(case, "expected")
    for key in inputs:
        if key == "w0" or key.startswith("w0."):
            tag = key[2:]
            yield from _compared(_trained(case, tag, inputs, real), tag, inputs, recorded, loop_of(case)[1])


def _trained(case: Case, tag: str, inputs: dict[str, np.ndarray], real: Any) -> list[dict[str, np.ndarray]]:
    function, states, _ = loop_of(case)
    weight, gradients = inputs[f"w0{tag}"], inputs[f"grads{tag}"]
    start = case["hyper"].get("initial_accumulator_value", 0.1) if function == "keras_adagrad_step" else 0.0
    arrays = {"weight": weight, **{name: np.full(weight.shape, start) for name in states}}
    half = weight.dtype == np.float16
    if half and case["hyper"]["multi_precision"]:
        arrays["master"] = weight.astype(np.float32)
    real = np.float16 if half and not case["hyper"]["multi_precision"] else real
    history = []
    for number, gradient in enumerate(gradients, 1):
        arrays = {**arrays, "gradient": gradient}
        if "master" not in arrays:
            arrays = _prepared(case, arrays, real)
        arrays = oracle.step(function, arrays, real, **scalars_of(case, tag, number))
        history.append(arrays)
    return history


def _prepared(case: Case, arrays: dict[str, np.ndarray], real: Any) -> dict[str, np.ndarray]:
    hyper = case["hyper"]
    if "clipvalue" in hyper:
        arrays = oracle.step("keras_clip_value", arrays, real, clip_value=hyper["clipvalue"])
    if "clipnorm" in hyper:
        arrays = oracle.step("keras_clip_norm", arrays, real, clip_norm=hyper["clipnorm"])
    if "weight_decay" in hyper:
        rate, decay = hyper["learning_rate"], hyper["weight_decay"]
        arrays = oracle.step("keras_weight_decay", arrays, real, learning_rate=rate, weight_decay=decay)
    return arrays


def scalars_of(case: Case, tag: str, number: int) -> dict[str, Any]:
    _, _, names = loop_of(case)
    hyper = {**case["hyper"], "variant": case.get("variant")}
    scalars = {ours: hyper.get(theirs, default) for ours, (theirs, default) in names.items()}
    if "beta_1" in scalars:
        scalars["step"] = number
    if "lr_after_each_step" in case and "learning_rate" in scalars:
        scalars["learning_rate"] = case["lr_after_each_step"][number - 1]
    if "param_names" in case:
        parameter = tag.removeprefix(".")
        decays = 1.0 if parameter.endswith(("_weight", "_gamma")) else 0.0
        scalars["weight_decay"] *= hyper.get("wd_mult", {}).get(parameter, decays)
        scalars["learning_rate"] *= hyper.get("lr_mult", {}).get(parameter, 1.0)
    return scalars


def _compared(
    history: list[dict[str, np.ndarray]],
    tag: str,
    inputs: dict[str, np.ndarray],
    recorded: dict[str, np.ndarray],
    states: dict[str, str],
) -> Iterator[Compared]:
    last, every = history[-1], slice(None)
    sample = inputs.get(f"sample_index{tag}", every)
    weights = np.stack([arrays["weight"] for arrays in history])
    ours = {"w_steps": weights, "w_steps_sampled": weights[:, sample], "w_final": last["weight"]}
    if "master" in last:
        masters = np.stack([arrays["master"] for arrays in history])
        ours |= {"master_steps": masters, "master_steps_sampled": masters[:, sample], "state_master": last["master"]}
    ours |= {f"state_{theirs}": last[name] for name, theirs in states.items()}
    for name, computed in ours.items():
        if name + tag in recorded:
            yield Compared(name + tag, computed, recorded[name + tag])
