"""The optimizers of Keras 3, of tf_keras and of its legacy namespace, on TensorFlow."""

from collections.abc import Callable
from typing import Any

import numpy as np

from vision_kernels.replay.adapters import NUMBER, Allowance, Arrays, Computed, hyperparameters, operation
from vision_kernels.replay.facts import KERAS_FIELDS
from vision_kernels.replay.loops import Loop, Scalars, trained
from vision_kernels.replay.machine import Machine
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import OutOfScope
from vision_kernels.replay.tensorflow import FLUSHED, SMALLEST, VARIANTS

_EXTRAS = {"clipvalue": NUMBER, "clipnorm": NUMBER, "weight_decay": NUMBER}


@operation("optimizer.SGD", variants=VARIANTS, fields=KERAS_FIELDS)
def _sgd(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, **_EXTRAS, learning_rate=0.01, momentum=0.0, nesterov=False)
    function = "keras_nesterov_step" if hyper.pop("nesterov") else "keras_sgd_step"
    states = {"velocity": "momentum"} if hyper["momentum"] > 0 else {}
    computed = _trained(case, machine, function, hyper, states, variant=False)
    if case.variant == "tf_keras" and not hyper["momentum"] > 0:
        reason = "tf_keras fills a slot for the velocity where no momentum reads it; the kernels have none"
        names = [name for name in case.entry["expected"] if name.partition(".")[0] == "state_momentum"]
        computed.left_out = dict.fromkeys(names, reason)
    return computed


@operation("optimizer.Adam", variants=VARIANTS, fields=KERAS_FIELDS)
def _adam(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, **_EXTRAS, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7)
    return _trained(case, machine, "keras_adam_step", hyper, {"mean": "m", "mean_square": "v"}, counts=True)


@operation("optimizer.RMSprop", variants=VARIANTS, fields=KERAS_FIELDS)
def _rmsprop(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, **_EXTRAS, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-7, centered=False)
    states = {"mean_square": "rms"}
    states |= {"mean": "mean_grad"} if hyper["centered"] else {}
    states |= {"velocity": "momentum"} if hyper["momentum"] > 0 else {}
    return _trained(case, machine, "keras_rmsprop_step", hyper, states)


@operation("optimizer.Adagrad", variants=VARIANTS, fields=KERAS_FIELDS)
def _adagrad(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, **_EXTRAS, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7)
    start = float(hyper.pop("initial_accumulator_value"))
    if case.raised and start < 0 and "initial_accumulator_value" in case.complaint:
        raise OutOfScope("the caller starts the sums of Adagrad; no kernel takes initial_accumulator_value")
    return _trained(case, machine, "keras_adagrad_step", hyper, {"sum_of_squares": "accumulator"}, start=start)


@operation("optimizer.Adadelta", variants=VARIANTS, fields=KERAS_FIELDS)
def _adadelta(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, **_EXTRAS, learning_rate=0.001, rho=0.95, epsilon=1e-7)
    states = {"mean_square": "accum_grad", "mean_square_update": "accum_var"}
    return _trained(case, machine, "keras_adadelta_step", hyper, states)


def _trained(
    case: Case, machine: Machine, function: str, hyper: Scalars, states: dict[str, str],
    counts: bool = False, variant: bool = True, start: float = 0.0,
) -> Computed:  # fmt: skip
    extras = {name: hyper.pop(name) for name in _EXTRAS}
    fixed = hyper | ({"variant": case.variant} if variant else {})

    def scalars(step: int, tag: str) -> Scalars:
        return fixed | ({"step": step} if counts else {})

    loop = Loop(function, states, scalars, _prepared(machine, extras, hyper["learning_rate"]), start)
    computed = trained(case, machine, loop)
    inputs = case.inputs()
    for name in computed.arrays:
        computed.allowances[name] = _allowances(inputs, name)
    return computed


def _prepared(machine: Machine, extras: Scalars, rate: float) -> Callable[[Any, Any], None]:
    """What Keras does before the update: it bounds the gradient, then lets the weight decay."""

    def prepare(weight: Any, gradient: Any) -> None:
        if extras["clipnorm"] is not None:
            machine.call("keras_clip_norm", [gradient], clip_norm=extras["clipnorm"])
        if extras["clipvalue"] is not None:
            machine.call("keras_clip_value", [gradient], clip_value=extras["clipvalue"])
        if extras["weight_decay"] is not None:
            decay = extras["weight_decay"]
            machine.call("keras_weight_decay", [weight], learning_rate=rate, weight_decay=decay)

    return prepare


def _allowances(inputs: Arrays, name: str) -> tuple[Allowance, ...]:
    """Where the square of a gradient is denormal or overflows, flushing and the order of products decide about NaN."""
    tag = "".join(name.partition(".")[1:])
    with np.errstate(over="ignore"):
        square = np.square(inputs[f"grads{tag}"].astype(np.float64))
    denormal = np.any((square > 0) & (square < SMALLEST), axis=0)
    overflowing = np.any(square > np.finfo(np.float32).max, axis=0)
    if "_sampled" in name:
        sample = inputs[f"sample_index{tag}"]
        denormal, overflowing = denormal.reshape(-1)[sample], overflowing.reshape(-1)[sample]
    return (
        FLUSHED,
        Allowance("TensorFlow flushes the square of such a gradient to 0, and divides by it", nonfinite_at=denormal),
        Allowance(
            "the square of such a gradient overflows, and the order of products decides", nonfinite_at=overflowing
        ),
    )
