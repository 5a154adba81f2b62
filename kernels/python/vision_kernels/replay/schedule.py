"""Schedules of the learning rate."""

from typing import Any

import numpy as np

from vision_kernels.replay.adapters import Computed, hyperparameters, operation
from vision_kernels.replay.machine import Machine
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import CaseError, shown

_NAMES = {
    "step": "boundaries", "factor": "factor", "base_lr": "base_learning_rate", "warmup_steps": "warmup_steps",
    "warmup_begin_lr": "warmup_begin_learning_rate", "warmup_mode": "warmup_mode",
}  # fmt: skip
_DEFAULTS = {"factor": 1.0, "base_lr": 0.01, "warmup_steps": 0, "warmup_begin_lr": 0.0, "warmup_mode": "linear"}


def rates(machine: Machine, updates: np.ndarray, hyper: dict[str, Any]) -> np.ndarray:
    """The learning rates of updates under a MultiFactorScheduler with these hyperparameters."""
    unknown = sorted(set(hyper) - set(_NAMES))
    if unknown or "step" not in hyper:
        fault = f"it has {shown(unknown[0])}" if unknown else "it has no 'step'"
        raise CaseError(f"a schedule must have 'step' and only {', '.join(_NAMES)}; {fault}")
    scalars = {_NAMES[name]: value for name, value in {**_DEFAULTS, **hyper}.items()}
    found = machine.call_on_host("mxnet_learning_rate", np.ascontiguousarray(updates), **scalars)
    return np.array(getattr(found, "learning_rate", found))


@operation("lr_scheduler.MultiFactorScheduler")
def _multi_factor(case: Case, machine: Machine) -> Computed:
    """The rates of updates asked in turn, and each of a fresh schedule: they are the same."""
    hyperparameters(case, **_DEFAULTS, step=[])
    updates = case.inputs().get("num_update", np.ones(1, np.int64))
    found = rates(machine, updates, case.hyper)
    return Computed({"lr_sequential": found, "lr_fresh": found})


@operation("lr_scheduler.in_optimizer")
def _in_optimizer(case: Case, machine: Machine) -> Computed:
    """How far plain descent moves a weight from 0 at each update, while the gradient is 1."""
    hyperparameters(case, **_DEFAULTS, step=[])
    steps = case.expected()["minus_delta_w"].size if "minus_delta_w" in case.expected() else 1
    weight, moved = machine.put(np.zeros(1, np.float32)), []
    for rate in rates(machine, np.arange(1, steps + 1, dtype=np.int64), case.hyper):
        before = machine.get(weight)
        options = {"learning_rate": float(rate), "momentum": 0.0, "weight_decay": 0.0}
        machine.call("mxnet_sgd_step", [weight], [machine.put(np.ones(1, np.float32))], **options)
        moved.append(before[0] - machine.get(weight)[0])
    return Computed({"minus_delta_w": np.array(moved, np.float32)})
