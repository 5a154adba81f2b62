"""The optimizers of MXNet, with its names and defaults, multipliers and schedules."""

import numpy as np

from vision_kernels.replay.adapters import NUMBER, OBJECT, Computed, hyperparameters, numbers, operation
from vision_kernels.replay.facts import MXNET_FIELDS
from vision_kernels.replay.loops import Loop, Scalars, steps_of, tags_of, trained
from vision_kernels.replay.machine import Machine
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import CaseError, OutOfScope, shown
from vision_kernels.replay.schedule import rates

_COMMON: Scalars = {
    "wd": 0.0,
    "rescale_grad": 1.0,
    "multi_precision": False,
    "lr_scheduler": OBJECT,
    "lr_mult": {},
    "wd_mult": {},
}
_NAMES = {
    "wd": "weight_decay", "rescale_grad": "rescale_gradient", "clip_gradient": "clip_gradient", "momentum": "momentum",
    "beta1": "beta_1", "beta2": "beta_2", "epsilon": "epsilon", "eps": "epsilon", "gamma1": "gamma_1",
    "gamma2": "gamma_2", "rho": "rho", "clip_weights": "clip_weights",
}  # fmt: skip
_NAMED = ".named_params"
_SCHEDULE = "MultiFactorScheduler"
_HALF = {name: name.replace("_step", "_half_step") for name in ("mxnet_sgd_step", "mxnet_nag_step", "mxnet_adam_step")}


@operation("optimizer.sgd", fields=MXNET_FIELDS)
@operation(f"optimizer.sgd{_NAMED}", fields=("param_names", *MXNET_FIELDS))
def _sgd(case: Case, machine: Machine) -> Computed:
    return _with_momentum(case, machine, "mxnet_sgd_step")


@operation("optimizer.nag", fields=MXNET_FIELDS)
def _nag(case: Case, machine: Machine) -> Computed:
    return _with_momentum(case, machine, "mxnet_nag_step")


@operation("optimizer.adam", fields=MXNET_FIELDS)
@operation(f"optimizer.adam{_NAMED}", fields=("param_names", *MXNET_FIELDS))
def _adam(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(
        case, **_COMMON, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, clip_gradient=NUMBER
    )
    return _trained(case, machine, "mxnet_adam_step", hyper, {"mean": "mean", "mean_square": "var"}, counts=True)


@operation("optimizer.rmsprop", fields=MXNET_FIELDS)
def _rmsprop(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(
        case, **_COMMON, learning_rate=0.001, gamma1=0.9, gamma2=0.9, epsilon=1e-8, centered=False,
        clip_gradient=NUMBER, clip_weights=NUMBER,
    )  # fmt: skip
    if hyper.pop("centered"):
        states = {"mean_square": "n", "mean": "g", "velocity": "delta"}
        return _trained(case, machine, "mxnet_rmsprop_centered_step", hyper, states)
    hyper.pop("gamma2")
    return _trained(case, machine, "mxnet_rmsprop_step", hyper, {"mean_square": "n"})


@operation("optimizer.adadelta", fields=MXNET_FIELDS)
def _adadelta(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, **_COMMON, learning_rate=0.01, rho=0.9, epsilon=1e-5, clip_gradient=NUMBER)
    states = {"mean_square": "acc_g", "mean_square_update": "acc_delta"}
    return _trained(case, machine, "mxnet_adadelta_step", hyper, states, has_rate=False)


@operation("optimizer.adagrad", fields=MXNET_FIELDS)
def _adagrad(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, **_COMMON, learning_rate=0.01, eps=1e-7, clip_gradient=NUMBER)
    return _trained(case, machine, "mxnet_adagrad_step", hyper, {"sum_of_squares": "history"})


def _with_momentum(case: Case, machine: Machine, function: str) -> Computed:
    hyper = hyperparameters(case, **_COMMON, learning_rate=0.01, momentum=0.0, clip_gradient=NUMBER)
    states = {"velocity": "mom"} if hyper["momentum"] > 0 else {}
    return _trained(case, machine, function, hyper, states)


def _trained(
    case: Case, machine: Machine, function: str, hyper: Scalars, states: dict[str, str],
    counts: bool = False, has_rate: bool = True,
) -> Computed:  # fmt: skip
    _check_names(case, hyper)
    inputs = case.inputs()
    half = all(inputs[f"w0{tag}"].dtype == np.float16 for tag in tags_of(inputs))
    if half and not hyper["multi_precision"]:
        function = _half_function(case, function)
    learning_rates = _learning_rates(case, machine, hyper)
    fixed = {_NAMES[name]: value for name, value in hyper.items() if name in _NAMES and value is not None}

    def scalars(step: int, tag: str) -> Scalars:
        found: Scalars = {**fixed, "weight_decay": hyper["wd"] * _decay_multiplier(case, hyper, tag)}
        if has_rate:
            found["learning_rate"] = learning_rates[step - 1] * _multiplier(hyper["lr_mult"], tag, 1.0)
        return found | ({"step": step} if counts else {})

    loop = Loop(function, states, scalars, master=half and bool(hyper["multi_precision"]))
    computed = trained(case, machine, loop)
    if "lr_after_each_step" in case.entry:
        computed.recorded["lr_after_each_step"] = np.array(learning_rates)
    return computed


def _half_function(case: Case, function: str) -> str:
    if function not in _HALF:
        raise OutOfScope(f"no kernel of this package computes {case.operation} in half precision throughout")
    return _HALF[function]


def _learning_rates(case: Case, machine: Machine, hyper: Scalars) -> list[float]:
    """The learning rate of each update. One given to the optimizer takes the place of the schedule's own."""
    steps = steps_of(case)
    schedule = hyper["lr_scheduler"]
    if schedule is None:
        return [float(hyper["learning_rate"])] * steps
    if schedule.get("type", _SCHEDULE) != _SCHEDULE:
        raise CaseError(f"the type of lr_scheduler must be {_SCHEDULE}; it is {shown(schedule['type'])}")
    known = {name: value for name, value in schedule.items() if name not in ("type", "note")}
    if "learning_rate" in case.hyper:
        known["base_lr"] = case.hyper["learning_rate"]
    return [float(rate) for rate in rates(machine, np.arange(1, steps + 1, dtype=np.int64), known)]


def _decay_multiplier(case: Case, hyper: Scalars, tag: str) -> float:
    """MXNet decays only parameters whose name ends in _weight or _gamma, where it knows names at all."""
    decayed = "param_names" not in case.entry or tag.endswith(("_weight", "_gamma"))
    return _multiplier(hyper["wd_mult"], tag, 1.0 if decayed else 0.0)


def _multiplier(given: dict[str, float], tag: str, default: float) -> float:
    return float(given.get(tag.removeprefix("."), default))


def _check_names(case: Case, hyper: Scalars) -> None:
    """Raises CaseError for multipliers of parameters that have no names, or of unknown ones."""
    has_names = case.operation.endswith(_NAMED)
    if has_names and "param_names" not in case.entry:
        raise CaseError(f"a case of {case.operation} must have 'param_names'; it has none")
    names = case.entry.get("param_names", [])
    if not isinstance(names, list):
        raise CaseError(f"'param_names' must be a list; it is {shown(names)}")
    for multiplier in ("lr_mult", "wd_mult"):
        for name, value in hyper[multiplier].items():
            if name not in names:
                raise CaseError(f"{multiplier} must be for names of 'param_names' alone; one is {shown(name)}")
            numbers(multiplier, [value])
