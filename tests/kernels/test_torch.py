"""Optimizers for PyTorch. They run where PyTorch can be imported, such as by `make test-torch`."""

import importlib.util
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import vision_kernels

HAS_TORCH = importlib.util.find_spec("torch") is not None
pytestmark = pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed; `make test-torch` runs these")

if HAS_TORCH:
    import torch
    from vision_kernels import torch as kernels
    from vision_kernels.torch.kernel_optimizer import KernelOptimizer

OPTIMIZERS = [
    "MxnetSGD", "MxnetNAG", "MxnetAdam", "MxnetRMSprop", "MxnetRMSpropCentered", "MxnetAdadelta", "MxnetAdagrad",
    "KerasSGD", "KerasNesterov", "KerasAdam", "KerasRMSprop", "KerasAdagrad", "KerasAdadelta",
]  # fmt: skip
SETTINGS: dict[str, dict[str, Any]] = {"KerasRMSprop": {"centered": True, "momentum": 0.5}}


def made(name: str, parameters: Any, **settings: Any) -> "KernelOptimizer":
    return getattr(kernels, name)(parameters, **{**SETTINGS.get(name, {}), **settings})


def parameters(dtype: Any = None, seed: int = 0) -> "list[torch.nn.Parameter]":
    generator = torch.Generator().manual_seed(seed)
    shapes = [(4, 3), (7,), (2, 3, 5, 5), ()]
    return [torch.nn.Parameter(torch.randn(shape, generator=generator).to(dtype or torch.float32)) for shape in shapes]


def with_gradients(group: "list[torch.nn.Parameter]", seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    for parameter in group:
        parameter.grad = torch.randn(parameter.shape, generator=generator).to(parameter.dtype)


def stepped(optimizer: Any, group: "list[torch.nn.Parameter]", steps: range) -> None:
    for number in steps:
        with_gradients(group, number)
        optimizer.step()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizer_computes_what_its_function_does(name: str) -> None:
    group = parameters()
    optimizer = made(name, group)
    arrays = [parameter.detach().numpy().copy() for parameter in group]
    start = 0.1 if name == "KerasAdagrad" else 0.0
    needed = optimizer._needed(optimizer.param_groups[0])
    states = {state: [np.full(array.shape, start, np.float32) for array in arrays] for state in needed}
    settings = optimizer._values(optimizer.param_groups[0])
    for number in (1, 2, 3):
        stepped(optimizer, group, range(number, number + 1))
        gradients = [parameter.grad.numpy() for parameter in group]
        count = {"step": number} if optimizer._counts else {}
        getattr(vision_kernels, optimizer.function)(arrays, gradients, **states, **settings, **count)
    for parameter, array in zip(group, arrays, strict=True):
        np.testing.assert_array_equal(parameter.detach().numpy(), array)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16"])
def test_state_goes_through_a_dictionary_and_back(name: str, dtype: str) -> None:
    kind = getattr(torch, dtype)
    whole, resumed = parameters(kind), parameters(kind)
    optimizer = made(name, whole)
    stepped(optimizer, whole, range(6))
    first = made(name, resumed)
    stepped(first, resumed, range(3))
    second = made(name, resumed)
    second.load_state_dict(first.state_dict())
    stepped(second, resumed, range(3, 6))
    for ours, theirs in zip(resumed, whole, strict=True):
        assert torch.equal(ours, theirs)
        for state in (second.state[ours], optimizer.state[theirs]):
            assert all(value.dtype == torch.float32 for value in state.values() if isinstance(value, torch.Tensor))


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_master_keeps_what_a_lower_precision_loses(dtype: str) -> None:
    kind = getattr(torch, dtype)
    parameter = torch.nn.Parameter(torch.ones(3, dtype=kind))
    optimizer = kernels.MxnetSGD([parameter], lr=1e-5, momentum=0.0, weight_decay=0.0)
    for _ in range(1000):
        parameter.grad = torch.ones(3, dtype=kind)
        optimizer.step()
    torch.testing.assert_close(optimizer.state[parameter]["master"], torch.full((3,), 0.99), rtol=1e-4, atol=0)
    assert torch.equal(parameter, optimizer.state[parameter]["master"].to(kind))


def test_plain_descent_agrees_with_that_of_pytorch() -> None:
    ours, theirs = parameters(), parameters()
    optimizer = kernels.KerasSGD(ours, lr=0.1, momentum=0.9)
    peer = torch.optim.SGD(theirs, lr=0.1, momentum=0.9)
    stepped(optimizer, ours, range(5))
    stepped(peer, theirs, range(5))
    for mine, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(mine, other, rtol=1e-5, atol=1e-6)


def test_groups_have_settings_of_their_own() -> None:
    slow, fast = parameters(), parameters()
    optimizer = kernels.MxnetSGD([{"params": slow, "lr": 0.0}, {"params": fast}], lr=0.5, weight_decay=0.0)
    stepped(optimizer, [*slow, *fast], range(1))
    for still, moved, at_first in zip(slow, fast, parameters(), strict=True):
        assert torch.equal(still, at_first)
        assert not torch.equal(moved, at_first)


def test_scheduler_of_pytorch_sets_the_learning_rate() -> None:
    group = parameters()
    optimizer = kernels.MxnetAdam(group, lr=0.5)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.1)
    stepped(optimizer, group, range(1))
    schedule.step()
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.05)


def test_closure_is_called_with_gradients_on_and_its_loss_returned() -> None:
    (parameter, *_) = parameters()
    optimizer = kernels.MxnetNAG([parameter], lr=0.1)

    def closure() -> Any:
        optimizer.zero_grad()
        loss = (parameter**2).sum()
        loss.backward()
        return loss

    before = (parameter**2).sum().item()
    with torch.no_grad():
        assert optimizer.step(closure).item() == pytest.approx(before)
    assert (parameter**2).sum().item() < before


def test_parameters_without_a_gradient_stay() -> None:
    group = parameters()
    optimizer = kernels.MxnetAdam(group, lr=0.1)
    group[1].grad = torch.ones_like(group[1])
    optimizer.step()
    assert torch.equal(group[0], parameters()[0])
    assert not torch.equal(group[1], parameters()[1])
    assert group[0] not in optimizer.state


def test_late_parameters_count_their_own_updates() -> None:
    early, late = torch.nn.Parameter(torch.ones(2)), torch.nn.Parameter(torch.ones(2))
    optimizer = kernels.KerasAdam([early, late], lr=0.1)
    early.grad = torch.ones(2)
    optimizer.step()
    late.grad = torch.ones(2)
    optimizer.step()
    assert (optimizer.state[early]["step"], optimizer.state[late]["step"]) == (2, 1)
    torch.testing.assert_close(late, torch.full((2,), 0.9))


def test_memory_in_another_order_is_updated_in_place() -> None:
    plain = torch.nn.Parameter(torch.arange(2 * 3 * 4 * 5, dtype=torch.float32).reshape(2, 3, 4, 5))
    last = torch.nn.Parameter(plain.detach().clone(memory_format=torch.channels_last))
    optimizer = kernels.MxnetAdam([plain, last], lr=0.1)
    plain.grad = torch.randn(2, 3, 4, 5)
    last.grad = plain.grad.clone()
    optimizer.step()
    assert last.is_contiguous(memory_format=torch.channels_last)
    assert torch.equal(plain, last)


def test_memory_with_gaps_is_refused() -> None:
    parameter = torch.nn.Parameter(torch.ones(4, 2)[:, 0])
    parameter.grad = torch.ones(4)
    with pytest.raises(ValueError, match="must fill its memory without gaps"):
        kernels.MxnetSGD([parameter]).step()


def test_sparse_gradient_is_refused() -> None:
    parameter = torch.nn.Parameter(torch.ones(4))
    parameter.grad = torch.ones(4).to_sparse()
    with pytest.raises(RuntimeError, match="needs dense gradients"):
        kernels.MxnetSGD([parameter]).step()


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"momentum": 1.5}, ValueError, r"momentum must lie in \[0, 1\]"),
        ({"lr": "fast"}, TypeError, "learning_rate must be"),
        ({"nesterov": True}, TypeError, "MxnetSGD takes lr, momentum"),
    ],
)
def test_bad_setting_is_refused_before_any_update(settings: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        kernels.MxnetSGD(parameters(), **settings)
    with pytest.raises(error, match=words):
        kernels.MxnetSGD(
            [{"params": parameters(), **settings}] if "nesterov" not in settings else parameters(), **settings
        )


def test_signature_tells_the_settings() -> None:
    import inspect

    assert list(inspect.signature(kernels.KerasAdagrad).parameters) == [
        "params", "lr", "epsilon", "variant", "initial_accumulator_value", "weight_decay", "clipnorm", "clipvalue",
    ]  # fmt: skip
