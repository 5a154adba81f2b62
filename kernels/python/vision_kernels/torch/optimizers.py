"""Optimizers in place of those of `torch.optim`.

A parameter of lower precision gets a master in single precision, which the update reads and writes. What an optimizer
can be told is what its kernel declares; only `learning_rate` is called `lr` here, the name that schedulers look for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from inspect import Parameter, Signature
from typing import Any, ClassVar

import torch
from torch import Tensor
from torch.optim import Optimizer

import vision_kernels
from vision_kernels.torch.memory import flat, laid_out_like

Group = dict[str, Any]

_RATE, _STEP = "learning_rate", "step"
# States that an update does without, depending on its settings; a setting that it does not have leaves them needed.
_NEEDED: dict[str, Callable[[Group], bool]] = {
    "velocity": lambda group: group.get("momentum", 1.0) > 0,
    "mean": lambda group: bool(group.get("centered", True)),
}


class KernelOptimizer(Optimizer):
    """An optimizer whose update is one kernel function.

    Args:
        params: Parameters, or groups of them with settings of their own, as for any optimizer of PyTorch.
        settings: What the kernel takes, by keyword; see `vision_kernels.describe`.

    Raises:
        TypeError: For a setting that the kernel does not have, one that is missing or of the wrong type.
        ValueError: For a value outside of its range.
    """

    function: ClassVar[str]
    start: ClassVar[dict[str, str]]
    _defaults: ClassVar[Group]
    _states: ClassVar[tuple[str, ...]]
    _counts: ClassVar[bool]

    def __init_subclass__(cls, *, function: str, start: dict[str, tuple[str, float]] | None = None) -> None:
        """Takes settings and states from the kernel's description.

        Args:
            function: Name of the kernel function.
            start: For states that do not start at 0, the setting that they start at, and its default.
        """
        description = vision_kernels.describe(function)
        started = start or {}
        cls.function = function
        cls.start = {state: setting for state, (setting, _) in started.items()}
        cls._states = tuple(
            tensor.name for tensor in description.tensors if tensor.access == "inout" and tensor.name not in _WEIGHTS
        )
        cls._counts = any(scalar.name == _STEP for scalar in description.scalars)
        cls._defaults = {
            _setting(scalar.name): Parameter.empty if scalar.default is None else scalar.default
            for scalar in description.scalars
            if scalar.name != _STEP
        } | dict(started.values())
        cls.__signature__ = _signature(cls._defaults)  # type: ignore[attr-defined]

    def __init__(self, params: Iterable[Any], *positional: float, **settings: Any) -> None:
        given = {**dict(zip(self._defaults, positional, strict=False)), **settings}
        unknown = [name for name in given if name not in self._defaults]
        if unknown or len(positional) > len(self._defaults):
            fault = repr(unknown[0]) if unknown else "too many values"
            raise TypeError(f"{type(self).__name__} takes {', '.join(self._defaults)}; it was given {fault}")
        missing = Parameter.empty
        super().__init__(params, {**{k: v for k, v in self._defaults.items() if v is not missing}, **given})

    def add_param_group(self, param_group: Group) -> None:
        """Adds a group of parameters, after its settings were checked by the kernel."""
        settings = {**self.defaults, **{name: value for name, value in param_group.items() if name != "params"}}
        missing = [name for name in self._defaults if name not in settings]
        if missing:
            raise TypeError(f"{type(self).__name__} needs {', '.join(missing)}")
        for name in self.start.values():
            if not settings[name] >= 0:
                raise ValueError(f"{type(self).__name__}: {name} must be at least 0; it is {settings[name]}")
        self._call(settings, {name: [] for name in ("weight", "gradient", *self._needed(settings))}, 1)
        super().add_param_group(param_group)

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
                for parameters in self._batches(group):
                    self._update(group, parameters)
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

    def _batches(self, group: Group) -> Iterator[list[Tensor]]:
        """Parameters that one call can update: of one device, one type and one count of updates."""
        batches: dict[Any, list[Tensor]] = defaultdict(list)
        for parameter in group["params"]:
            if parameter.grad is None:
                continue
            if parameter.grad.is_sparse:
                raise RuntimeError(f"{type(self).__name__} needs dense gradients; this one is sparse")
            self._prepare(group, parameter)
            count = self.state[parameter].get(_STEP, 0)
            batches[parameter.device, parameter.dtype, count].append(parameter)
        yield from batches.values()

    def _prepare(self, group: Group, parameter: Tensor) -> None:
        state = self.state[parameter]
        for name in self._needed(group):
            if name not in state:
                value = group[self.start[name]] if name in self.start else 0.0
                state[name] = torch.full_like(parameter, value, dtype=torch.float32)
        if parameter.dtype != torch.float32 and "master" not in state:
            state["master"] = parameter.detach().to(torch.float32, copy=True)
        if self._counts:
            state[_STEP] = state.get(_STEP, 0)

    def _update(self, group: Group, parameters: list[Tensor]) -> None:
        states = [self.state[parameter] for parameter in parameters]
        names = [*self._needed(group), *(["master"] if "master" in states[0] else [])]
        pairs = [(parameter, parameter.grad) for parameter in parameters if parameter.grad is not None]
        arrays = {
            "weight": [flat(parameter) for parameter, _ in pairs],
            "gradient": [flat(laid_out_like(parameter, gradient)) for parameter, gradient in pairs],
        }
        arrays |= {name: [flat(state[name]) for state in states] for name in names}
        self._call(group, arrays, states[0].get(_STEP, 0) + 1)
        for state in states if self._counts else ():
            state[_STEP] += 1

    def _call(self, group: Group, arrays: dict[str, list[Tensor]], step: int) -> None:
        scalars = {_scalar(name): group[name] for name in self._defaults if name not in self.start.values()}
        if self._counts:
            scalars[_STEP] = step
        weight, gradient = arrays.pop("weight"), arrays.pop("gradient")
        getattr(vision_kernels, self.function)(weight, gradient, **arrays, **scalars)

    def _needed(self, group: Group) -> list[str]:
        return [name for name in self._states if name not in _NEEDED or _NEEDED[name](group)]


_WEIGHTS = ("weight", "master")


def _setting(scalar: str) -> str:
    return "lr" if scalar == _RATE else scalar


def _scalar(setting: str) -> str:
    return _RATE if setting == "lr" else setting


def _signature(defaults: Group) -> Signature:
    kind = Parameter.POSITIONAL_OR_KEYWORD
    needed = [Parameter(name, kind) for name, value in defaults.items() if value is Parameter.empty]
    others = [Parameter(name, kind, default=value) for name, value in defaults.items() if value is not Parameter.empty]
    return Signature([Parameter("params", kind), *needed, *others])


class MxnetSGD(KernelOptimizer, function="mxnet_sgd_step"):
    """Gradient descent with momentum, as MXNet computes it."""


class MxnetNAG(KernelOptimizer, function="mxnet_nag_step"):
    """Nesterov's accelerated gradient, as MXNet computes it."""


class MxnetAdam(KernelOptimizer, function="mxnet_adam_step"):
    """Adam, as MXNet computes it."""


class MxnetRMSprop(KernelOptimizer, function="mxnet_rmsprop_step"):
    """RMSProp in Tieleman's form, as MXNet computes it."""


class MxnetRMSpropCentered(KernelOptimizer, function="mxnet_rmsprop_centered_step"):
    """RMSProp in Graves's form, with the variance in place of the mean square, as MXNet computes it."""


class MxnetAdadelta(KernelOptimizer, function="mxnet_adadelta_step"):
    """Adadelta, as MXNet computes it: without a learning rate."""


class MxnetAdagrad(KernelOptimizer, function="mxnet_adagrad_step"):
    """Adagrad, as MXNet computes it."""


class KerasSGD(KernelOptimizer, function="keras_sgd_step"):
    """Gradient descent with momentum, as Keras computes it."""


class KerasNesterov(KernelOptimizer, function="keras_nesterov_step"):
    """Gradient descent with Nesterov's momentum, as Keras computes it."""


class KerasAdam(KernelOptimizer, function="keras_adam_step"):
    """Adam, as Keras computes it."""


class KerasRMSprop(KernelOptimizer, function="keras_rmsprop_step"):
    """RMSProp, as Keras computes it."""


class KerasAdagrad(
    KernelOptimizer, function="keras_adagrad_step", start={"sum_of_squares": ("initial_accumulator_value", 0.1)}
):
    """Adagrad, as Keras computes it. The sums of squares start at `initial_accumulator_value`."""


class KerasAdadelta(KernelOptimizer, function="keras_adadelta_step"):
    """Adadelta, as Keras computes it."""
