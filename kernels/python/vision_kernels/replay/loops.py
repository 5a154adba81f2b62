"""Training loops: all steps of a case, all its tensors in one call."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from vision_kernels.replay.adapters import Arrays, Computed, array, check_fact
from vision_kernels.replay.facts import check_facts
from vision_kernels.replay.machine import Machine
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import CaseError

Scalars = dict[str, Any]


@dataclass(frozen=True)
class Loop:
    """How one optimizer is stepped.

    Attributes:
        function: The update.
        states: Names of its state arrays, ours: the framework's.
        scalars: Scalars of update number `step` for the tensor `tag`.
        prepare: What happens before the update to the weight and the gradient of each tensor.
        start: What the states start at.
        master: Whether single-precision weights stand behind the weights.
    """

    function: str
    states: dict[str, str]
    scalars: Callable[[int, str], Scalars]
    prepare: Callable[[Any, Any], None] | None = None
    start: float = 0.0
    master: bool = False


def trained(case: Case, machine: Machine, loop: Loop) -> Computed:
    """Runs the loop of a case and returns the weights of every step, the last states and the masters."""
    inputs = case.inputs()
    tags, steps = tags_of(inputs), steps_of(case)
    check_facts(case, {tag: inputs[f"w0{tag}"] for tag in tags})
    tensors = {tag: _Tensor(inputs[f"w0{tag}"], loop, machine) for tag in tags}
    for step in range(1, steps + 1):
        for tag in tags:
            tensors[tag].gradient = machine.put(inputs[f"grads{tag}"][step - 1])
            if loop.prepare is not None:
                loop.prepare(tensors[tag].arrays["weight"], tensors[tag].gradient)
        _update(machine, loop, tensors, step)
        for tensor in tensors.values():
            tensor.remember(machine)
    computed: Arrays = {}
    for tag, tensor in tensors.items():
        computed |= tensor.results(machine, loop, tag, inputs.get(f"sample_index{tag}"))
    return Computed(computed)


class _Tensor:
    """One weight with its states on the device, and its history in host memory."""

    def __init__(self, weight: np.ndarray, loop: Loop, machine: Machine) -> None:
        state_type = weight.dtype if not loop.master else np.dtype(np.float32)
        self.arrays = {"weight": machine.put(weight)}
        self.arrays |= {name: machine.put(np.full(weight.shape, loop.start, state_type)) for name in loop.states}
        if loop.master:
            self.arrays["master"] = machine.put(weight.astype(np.float32))
        self.gradient: Any = None
        self.weights: list[np.ndarray] = []
        self.masters: list[np.ndarray] = []

    def remember(self, machine: Machine) -> None:
        self.weights.append(machine.get(self.arrays["weight"]))
        if "master" in self.arrays:
            self.masters.append(machine.get(self.arrays["master"]))

    def results(self, machine: Machine, loop: Loop, tag: str, sample: np.ndarray | None) -> Arrays:
        found = {f"w_final{tag}": self.weights[-1]} | _history("w_steps", tag, self.weights, sample)
        if self.masters:
            found |= {f"state_master{tag}": self.masters[-1]} | _history("master_steps", tag, self.masters, sample)
        for ours, theirs in loop.states.items():
            found[f"state_{theirs}{tag}"] = machine.get(self.arrays[ours])
        return found


def _history(name: str, tag: str, arrays: list[np.ndarray], sample: np.ndarray | None) -> Arrays:
    steps = np.stack(arrays)
    found = {f"{name}{tag}": steps}
    if sample is not None:
        flat = steps.reshape(len(arrays), arrays[0].size)
        if sample.dtype.kind not in "iu" or (sample.size and not 0 <= sample.min() <= sample.max() < flat.shape[1]):
            raise CaseError(f"sample_index{tag} must hold places of the {flat.shape[1]} weights")
        found[f"{name}_sampled{tag}"] = flat[:, sample]
    return found


def _update(machine: Machine, loop: Loop, tensors: dict[str, _Tensor], step: int) -> None:
    """One update of all tensors: one call for those with the same scalars."""
    groups: dict[tuple[tuple[str, Any], ...], list[_Tensor]] = {}
    for tag, tensor in tensors.items():
        groups.setdefault(tuple(loop.scalars(step, tag).items()), []).append(tensor)
    for scalars, group in groups.items():
        lists = {name: [tensor.arrays[name] for tensor in group] for name in group[0].arrays}
        weights, gradients = lists.pop("weight"), [tensor.gradient for tensor in group]
        machine.call(loop.function, weights, gradients, **lists, **dict(scalars))


def tags_of(inputs: Arrays) -> list[str]:
    """What follows "w0" in the names of the first weights. Raises CaseError if there are none."""
    tags = [name[2:] for name in inputs if name == "w0" or name.startswith("w0.")]
    if not tags:
        raise CaseError("inputs must have a first weight, 'w0' or 'w0.TAG'; they have none")
    return tags


def steps_of(case: Case) -> int:
    """How many updates the loop of a case makes. Raises CaseError if its gradients do not fit its weights."""
    inputs = case.inputs()
    tags = tags_of(inputs)
    for tag in tags:
        weight, gradients = inputs[f"w0{tag}"], array(inputs, f"grads{tag}")
        if gradients.ndim == 0 or gradients.shape[1:] != weight.shape or gradients.dtype != weight.dtype:
            raise CaseError(
                f"grads{tag} must be {weight.dtype} of the shape [steps, {', '.join(map(str, weight.shape))}]; "
                f"it is {gradients.dtype} of the shape {list(gradients.shape)}"
            )
    counts = {len(inputs[f"grads{tag}"]) for tag in tags}
    steps = max(counts)
    if len(counts) > 1 or steps == 0:
        raise CaseError(f"each weight must have as many gradients, one or more; there are {sorted(counts)}")
    check_fact("'steps', the number of gradients,", case.entry.get("steps"), steps)
    return steps
