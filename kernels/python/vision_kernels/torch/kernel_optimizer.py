"""What all optimizers share: they are made from the descriptions of kernel functions.

A parameter of lower precision gets a master in single precision, which the update reads and writes.
"""

from collections.abc import Callable, Iterable, Iterator
from inspect import Parameter, Signature
from itertools import chain
from typing import Any, ClassVar

import torch
from torch import Tensor
from torch.autograd.graph import increment_version
from torch.optim import Optimizer

import vision_kernels
from vision_kernels.torch.memory import flat, laid_out_like
from vision_kernels.torch.settings import in_pair, number, paired, scalar_of, setting_of

Group = dict[str, Any]
Arrays = dict[str, list[Tensor]]

_STEP, _MASTER = "step", "master"
_WEIGHTS = ("weight", _MASTER)
# States that an update does without, depending on its settings; a setting that it does not have leaves them needed.
_NEEDED: dict[str, Callable[[Group], bool]] = {
    "velocity": lambda group: group.get("momentum", 1.0) > 0,
    "mean": lambda group: bool(group.get("centered", True)),
}


class KernelOptimizer(Optimizer):
    """An optimizer whose update is one kernel function.

    Args:
        params: Parameters, or groups of them with settings of their own, as for any optimizer of PyTorch.
        settings: What the kernel takes, by keyword; see `vision_kernels.describe`. The groups hold `beta_1` and
            `beta_2` as the pair `betas`, the name that schedulers of PyTorch look for; it can also be given so.

    Raises:
        TypeError: For a setting that the kernel does not have, one that is missing or of the wrong type.
        ValueError: For a value outside of its range.
    """

    function: ClassVar[str]
    start: ClassVar[dict[str, str]]
    # Settings of what comes before the kernel function, with their defaults.
    extras: ClassVar[Group] = {}
    _defaults: ClassVar[Group]
    _scalars: ClassVar[tuple[str, ...]]
    _states: ClassVar[tuple[str, ...]]
    _counts: ClassVar[bool]

    def __init_subclass__(
        cls, *, function: str | None = None, start: dict[str, tuple[str, float]] | None = None
    ) -> None:
        """Takes settings and states from the kernel's description.

        Args:
            function: Name of the kernel function; None for a class that is only a base of others.
            start: For states that do not start at 0, the setting that they start at, and its default.
        """
        if function is None:
            return
        description = vision_kernels.describe(function)
        started = start or {}
        cls.function = function
        cls.start = {state: setting for state, (setting, _) in started.items()}
        cls._states = tuple(
            tensor.name for tensor in description.tensors if tensor.access == "inout" and tensor.name not in _WEIGHTS
        )
        cls._counts = any(scalar.name == _STEP for scalar in description.scalars)
        scalars = [scalar for scalar in description.scalars if scalar.name != _STEP]
        cls._scalars = tuple(scalar.name for scalar in scalars)
        cls._defaults = {
            **{setting_of(each.name): Parameter.empty if each.default is None else each.default for each in scalars},
            **dict(started.values()),
            **cls.extras,
        }
        cls.__signature__ = _signature(cls._defaults)  # type: ignore[attr-defined]

    def __init__(self, params: Iterable[Any], *positional: float, **settings: Any) -> None:
        given = {**dict(zip(self._defaults, positional, strict=False)), **settings}
        known = {*self._defaults, *in_pair(self._defaults)}
        unknown = [name for name in given if name not in known]
        if unknown or len(positional) > len(self._defaults):
            fault = repr(unknown[0]) if unknown else "too many values"
            raise TypeError(f"{type(self).__name__} takes {', '.join(self._defaults)}; it was given {fault}")
        defaults = paired({name: value for name, value in self._defaults.items() if value is not Parameter.empty})
        super().__init__(params, {**defaults, **paired(given, defaults)})

    def add_param_group(self, param_group: Group) -> None:
        """Adds a group of parameters, after its settings were checked by the kernel."""
        own = paired({name: value for name, value in param_group.items() if name != "params"}, self.defaults)
        settings = {**self.defaults, **own}
        missing = [name for name in paired(self._defaults) if name not in settings]
        if missing:
            raise TypeError(f"{type(self).__name__} needs {', '.join(missing)}")
        for name in self.start.values():
            if not settings[name] >= 0:
                raise ValueError(f"{type(self).__name__}: {name} must be at least 0; it is {settings[name]}")
        self._check(settings)
        parameters = param_group["params"]
        param_group.clear()
        param_group.update({"params": parameters, **own})
        super().add_param_group(param_group)

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Takes over groups as they were saved; settings that were not known then get their defaults."""
        super().__setstate__(state)
        for group in self.param_groups:
            saved = paired(dict(group), self.defaults)
            group.clear()
            group.update({**self.defaults, **saved})

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Updates every parameter that has a gradient.

        Args:
            closure: Computes the loss and its gradients anew, before the update.

        Returns:
            What the closure returned.
        """
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        with torch.no_grad():
            for group in self.param_groups:
                for parameters, states in self._batches(group):
                    self._update(group, parameters, states)
        return loss

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Takes over the state of another optimizer; states keep their precision where parameters have a lower one."""
        super().load_state_dict(state_dict)
        places = [place for group in state_dict["param_groups"] for place in group["params"]]
        parameters = [parameter for group in self.param_groups for parameter in group["params"]]
        for place, parameter in zip(places, parameters, strict=True):
            for name, value in state_dict["state"].get(place, {}).items():
                if isinstance(value, Tensor):
                    self.state[parameter][name] = value.detach().to(parameter.device, copy=True)

    def _batches(self, group: Group) -> Iterator[tuple[list[Tensor], list[Group]]]:
        """Parameters and their states that one call can update: of one device, one type and one count of updates."""
        parameters = [parameter for parameter in group["params"] if parameter.grad is not None]
        if {parameter.grad.layout for parameter in parameters} - {torch.strided}:
            raise RuntimeError(f"{type(self).__name__} needs dense gradients; this one is sparse")
        states = self._started(group, parameters)
        kinds = [(one.device, one.dtype, state.get(_STEP)) for one, state in zip(parameters, states, strict=True)]
        # Nearly always there is one kind; to sort by it would take longer than to see that.
        if kinds and kinds.count(kinds[0]) == len(kinds):
            yield parameters, states
            return
        batches: dict[Any, tuple[list[Tensor], list[Group]]] = {}
        for kind, parameter, state in zip(kinds, parameters, states, strict=True):
            batch = batches.setdefault(kind, ([], []))
            batch[0].append(parameter)
            batch[1].append(state)
        yield from batches.values()

    def _started(self, group: Group, parameters: list[Tensor]) -> list[Group]:
        """The states of the parameters, with all that their update needs."""
        needed = {*self._needed(group), *([_STEP] if self._counts else [])}
        with_master = {*needed, _MASTER}
        states = [self.state[parameter] for parameter in parameters]
        for parameter, state in zip(parameters, states, strict=True):
            wanted = needed if parameter.dtype == torch.float32 else with_master
            if not wanted <= state.keys():
                self._start(group, parameter, state, wanted)
        return states

    def _start(self, group: Group, parameter: Tensor, state: Group, wanted: set[str]) -> None:
        for name in wanted - state.keys():
            if name == _STEP:
                state[name] = 0
            elif name == _MASTER:
                state[name] = parameter.detach().to(torch.float32, copy=True)
            else:
                value = group[self.start[name]] if name in self.start else 0.0
                state[name] = torch.full_like(parameter, value, dtype=torch.float32)

    def _update(self, group: Group, parameters: list[Tensor], states: list[Group]) -> None:
        names = [*self._needed(group), *([] if parameters[0].dtype == torch.float32 else [_MASTER])]
        gradients: list[Any] = [parameter.grad for parameter in parameters]
        arrays: Arrays = {"weight": parameters, "gradient": gradients}
        arrays |= {name: [state[name] for state in states] for name in names}
        if not all(map(Tensor.is_contiguous, chain.from_iterable(arrays.values()))):
            arrays = _in_order_of_memory(arrays)
            _take_over(states, arrays, names)
            arrays = {name: [flat(tensor) for tensor in tensors] for name, tensors in arrays.items()}
        # What went into a loss must not change unnoticed before its gradient is computed.
        increment_version(list(chain(arrays["weight"], *(arrays[name] for name in names))))
        self._compute(group, arrays, states[0].get(_STEP, 0) + 1)
        for state in states if self._counts else ():
            state[_STEP] += 1

    def _check(self, group: Group) -> None:
        """Lets the kernel function check the settings, by a call without arrays."""
        nothing: Arrays = {name: [] for name in ("weight", "gradient", *self._needed(group))}
        KernelOptimizer._compute(self, group, nothing, 1)

    def _compute(self, group: Group, arrays: Arrays, step: int) -> None:
        """One call of the kernel function; of other functions too, in classes with `extras`."""
        scalars = self._values(group)
        if self._counts:
            scalars[_STEP] = step
        others = {name: tensors for name, tensors in arrays.items() if name not in ("weight", "gradient")}
        getattr(vision_kernels, self.function)(arrays["weight"], arrays["gradient"], **others, **scalars)

    def _values(self, group: Group) -> dict[str, Any]:
        """The scalars of the kernel function, by its names for them."""
        return {name: number(name, scalar_of(name, group)) for name in self._scalars}

    def _needed(self, group: Group) -> list[str]:
        return [name for name in self._states if name not in _NEEDED or _NEEDED[name](group)]


def _in_order_of_memory(arrays: Arrays) -> Arrays:
    """The arrays of each weight with their elements in the order that those of the weight have in memory."""
    weights = arrays["weight"]
    return {
        name: [laid_out_like(weight, tensor) for weight, tensor in zip(weights, tensors, strict=True)]
        for name, tensors in arrays.items()
    }


def _take_over(states: list[Group], arrays: Arrays, names: list[str]) -> None:
    """Keeps states that were laid out anew: of a parameter whose order of memory changed since they started."""
    for name in names:
        for state, tensor in zip(states, arrays[name], strict=True):
            state[name] = tensor


def _signature(defaults: Group) -> Signature:
    kind = Parameter.POSITIONAL_OR_KEYWORD
    needed = [Parameter(name, kind) for name, value in defaults.items() if value is Parameter.empty]
    others = [Parameter(name, kind, default=value) for name, value in defaults.items() if value is not Parameter.empty]
    return Signature([Parameter("params", kind), *needed, *others])
