"""What code that was written for `torch.optim` relies on, and what code that was written for Keras does.

It runs where PyTorch can be imported, such as by `make test-torch`.
"""

import copy
import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

HAS_TORCH = importlib.util.find_spec("torch") is not None
pytestmark = pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed; `make test-torch` runs these")

if HAS_TORCH:
    import torch
    from torch import Tensor
    from torch.optim.lr_scheduler import LambdaLR, OneCycleLR
    from vision_kernels import torch as kernels

OPTIMIZERS = [
    "MxnetSGD", "MxnetNAG", "MxnetAdam", "MxnetRMSprop", "MxnetRMSpropCentered", "MxnetAdadelta", "MxnetAdagrad",
    "KerasSGD", "KerasNesterov", "KerasAdam", "KerasRMSprop", "KerasAdagrad", "KerasAdadelta",
]  # fmt: skip
DATA = Path(__file__).parents[1] / "data" / "kernels"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "use-the-kernels.md"
RECORDED = ("tf_sgd_04_keras3", "tf_sgd_05_keras3", "tf_sgd_06_keras3")


def parameter(*shape: int, seed: int = 0) -> "torch.nn.Parameter":
    one = torch.nn.Parameter(torch.randn(shape, generator=torch.Generator().manual_seed(seed)))
    one.grad = torch.randn(shape, generator=torch.Generator().manual_seed(seed + 1))
    return one


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("order", ["contiguous_format", "channels_last"])
def test_loss_of_weights_that_an_update_changed_has_no_gradient(name: str, order: str) -> None:
    one = parameter(2, 3, 4, 5)
    one.data = one.data.to(memory_format=getattr(torch, order))
    optimizer = getattr(kernels, name)([one])
    loss = (one * one).sum()
    optimizer.step()
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        loss.backward()


def test_every_update_is_noted_in_states_and_masters() -> None:
    one = torch.nn.Parameter(torch.ones(3, dtype=torch.bfloat16))
    one.grad = torch.ones_like(one)
    optimizer = kernels.KerasAdam([one])
    optimizer.step()
    tensors = [one, *(value for value in optimizer.state[one].values() if isinstance(value, torch.Tensor))]
    assert len(tensors) == 4
    before = [tensor._version for tensor in tensors]
    optimizer.step()
    assert [tensor._version for tensor in tensors] == [version + 1 for version in before]


def recorded(case: str) -> dict[str, Any]:
    manifest = json.loads((DATA / "manifest_tf.json").read_text())
    return next(entry for entry in manifest["cases"] if entry["id"] == case)


@pytest.mark.parametrize("case", RECORDED)
@pytest.mark.parametrize("tag", ["s1", "s7"])
def test_bounds_and_decay_are_those_of_keras(case: str, tag: str) -> None:
    entry = recorded(case)
    settings = dict(entry["hyper"])
    settings["lr"] = settings.pop("learning_rate")
    with np.load(DATA / entry["file"]) as arrays:
        start, gradients = (arrays[entry["inputs"][f"{name}.{tag}"]["key"]] for name in ("w0", "grads"))
        expected = arrays[entry["expected"][f"w_steps.{tag}"]["key"]]
    one = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimizer = kernels.KerasSGD([one], **settings)
    for gradient, weight in zip(gradients, expected, strict=True):
        one.grad = torch.from_numpy(gradient.copy())
        optimizer.step()
        np.testing.assert_allclose(one.detach().numpy(), weight, rtol=1e-5, atol=1e-6)
        np.testing.assert_array_equal(one.grad.numpy(), gradient)


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name.startswith("Keras")])
def test_every_optimizer_of_keras_bounds_and_decays_before_it_updates(name: str) -> None:
    ours, theirs = parameter(5), parameter(5)
    bounded = getattr(kernels, name)([ours], lr=0.1, clipvalue=0.2, weight_decay=0.3)
    plain = getattr(kernels, name)([theirs], lr=0.1)
    for _ in range(3):
        theirs.grad = ours.grad.clamp(-0.2, 0.2)
        theirs.data *= 1 - 0.3 * 0.1
        bounded.step()
        plain.step()
    torch.testing.assert_close(ours, theirs, rtol=1e-5, atol=1e-6)


def test_decay_reads_the_master_of_a_lower_precision() -> None:
    whole = torch.nn.Parameter(torch.ones(3))
    half = torch.nn.Parameter(torch.ones(3, dtype=torch.bfloat16))
    for one in (whole, half):
        optimizer = kernels.KerasSGD([one], lr=0.1, momentum=0.0, weight_decay=0.01)
        for _ in range(20):
            one.grad = torch.zeros_like(one)
            optimizer.step()
    torch.testing.assert_close(optimizer.state[half]["master"], whole.detach(), rtol=1e-6, atol=0)
    assert torch.equal(half, whole.to(torch.bfloat16))


def test_bound_of_zero_is_none_and_two_kinds_of_bounds_are_refused() -> None:
    ours, theirs = parameter(4), parameter(4)
    kernels.KerasSGD([ours], clipnorm=0).step()
    kernels.KerasSGD([theirs]).step()
    assert torch.equal(ours, theirs)
    with pytest.raises(ValueError, match="only one of clipnorm and clipvalue"):
        kernels.KerasSGD([ours], clipnorm=1.0, clipvalue=1.0)
    with pytest.raises(ValueError, match="clip_norm must"):
        kernels.KerasSGD([ours], clipnorm=-1.0)
    with pytest.raises(ValueError, match="weight_decay must"):
        kernels.KerasAdam([{"params": [ours], "weight_decay": 2.0}])


def test_step_that_is_refused_lets_no_weight_decay() -> None:
    one = parameter(4)
    before = one.detach().clone()
    optimizer = kernels.KerasSGD([one], weight_decay=0.5)
    optimizer.param_groups[0]["momentum"] = 1.5
    with pytest.raises(ValueError, match="momentum must lie"):
        optimizer.step()
    assert torch.equal(one, before)


@pytest.mark.parametrize("name", ["MxnetSGD", "KerasAdam"])
def test_learning_rate_may_be_a_tensor(name: str) -> None:
    ours, theirs = parameter(4), parameter(4)
    rate = torch.tensor(0.25)
    optimizer = getattr(kernels, name)([ours], lr=rate)
    peer = getattr(kernels, name)([theirs], lr=0.25)
    for each in (optimizer, peer):
        schedule = LambdaLR(each, lambda epoch: 0.5**epoch)
        each.step()
        schedule.step()
        each.step()
    assert rate.item() == 0.125
    assert torch.equal(ours, theirs)
    with pytest.raises(ValueError, match="lr must be one number"):
        getattr(kernels, name)([ours], lr=torch.ones(2))


@pytest.mark.parametrize(("ours", "theirs"), [("KerasAdam", "Adam"), ("MxnetAdam", "Adam"), ("KerasSGD", "SGD")])
def test_one_cycle_goes_as_with_the_optimizer_of_pytorch(ours: str, theirs: str) -> None:
    settings: dict[str, Any] = {"momentum": 0.9} if theirs == "SGD" else {}
    optimizers = [
        getattr(kernels, ours)([parameter(3)], lr=0.1),
        getattr(torch.optim, theirs)([parameter(3)], lr=0.1, **settings),
    ]
    schedules = [OneCycleLR(optimizer, max_lr=0.5, total_steps=6) for optimizer in optimizers]
    followed = ("lr", "betas") if theirs == "Adam" else ("lr", "momentum")
    for _ in range(5):
        mine, other = (optimizer.param_groups[0] for optimizer in optimizers)
        assert [mine[name] for name in followed] == [other[name] for name in followed]
        for each in (*optimizers, *schedules):
            each.step()
    if ours == "KerasAdam":
        weights = [optimizer.param_groups[0]["params"][0] for optimizer in optimizers]
        torch.testing.assert_close(*weights, rtol=1e-4, atol=1e-5)


def test_both_rates_of_decay_are_one_pair_however_they_are_given() -> None:
    ways: list[dict[str, Any]] = [{"beta_1": 0.5, "beta_2": 0.9}, {"betas": (0.5, 0.9)}, {"betas": [0.5, 0.9]}]
    ways += [{}, {"beta_1": 0.5}]
    optimizers = [kernels.KerasAdam([parameter(3)], **way) for way in ways[:3]]
    optimizers += [kernels.KerasAdam([{"params": [parameter(3)], **way}], beta_2=0.9, beta_1=0.5) for way in ways[3:]]
    for optimizer in optimizers:
        optimizer.step()
    assert all(tuple(optimizer.param_groups[0]["betas"]) == (0.5, 0.9) for optimizer in optimizers)
    weights = [optimizer.param_groups[0]["params"][0] for optimizer in optimizers]
    assert all(torch.equal(weight, weights[0]) for weight in weights)


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"betas": (0.5, 0.9), "beta_1": 0.5}, TypeError, "betas stands for beta_1 and beta_2"),
        ({"betas": 0.5}, TypeError, "betas must be a pair"),
        ({"betas": (0.5, 0.9, 0.9)}, TypeError, "betas must be a pair"),
        ({"betas": (0.5, 2.0)}, ValueError, r"beta_2 must lie in"),
    ],
)
def test_bad_pair_is_refused(settings: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        kernels.KerasAdam([parameter(3)], **settings)
    with pytest.raises(error, match=words):
        kernels.KerasAdam([{"params": [parameter(3)], **settings}])
    with pytest.raises(TypeError, match="KerasSGD takes"):
        kernels.KerasSGD([parameter(3)], **settings)


def test_groups_saved_before_a_setting_was_known_are_taken_over() -> None:
    optimizer = kernels.KerasAdam([parameter(3)])
    optimizer.step()
    saved = optimizer.state_dict()
    (group,) = saved["param_groups"]
    group["beta_1"], group["beta_2"] = group.pop("betas")
    del group["clipnorm"], group["clipvalue"], group["weight_decay"]
    resumed = kernels.KerasAdam([copy.deepcopy(optimizer.param_groups[0]["params"][0])], beta_1=0.1)
    resumed.load_state_dict(saved)
    assert resumed.param_groups[0]["betas"] == (0.9, 0.999)
    (weight,) = resumed.param_groups[0]["params"]
    weight.grad = optimizer.param_groups[0]["params"][0].grad.clone()
    resumed.step()
    optimizer.step()
    assert torch.equal(weight, optimizer.param_groups[0]["params"][0])


def test_copied_optimizer_goes_on_as_the_first_does() -> None:
    optimizer = kernels.KerasAdam([parameter(3)])
    optimizer.step()
    other = copy.deepcopy(optimizer)
    weights = [each.param_groups[0]["params"][0] for each in (optimizer, other)]
    for each, weight in zip((optimizer, other), weights, strict=True):
        weight.grad = torch.ones(3)
        each.step()
    assert torch.equal(*weights)


def test_order_of_memory_may_change_between_updates() -> None:
    still, moved = parameter(2, 3, 4, 5), parameter(2, 3, 4, 5)
    optimizers = [kernels.KerasAdam([one]) for one in (still, moved)]
    for number in range(3):
        if number == 1:
            moved.data = moved.data.to(memory_format=torch.channels_last)
        for one, optimizer in zip((still, moved), optimizers, strict=True):
            one.grad = torch.randn(one.shape, generator=torch.Generator().manual_seed(number))
            optimizer.step()
    assert torch.equal(still, moved)
    states: list[dict[str, Tensor]] = [
        optimizer.state[one] for one, optimizer in zip((still, moved), optimizers, strict=True)
    ]
    assert torch.equal(states[0]["mean"], states[1]["mean"])


def test_example_of_the_page_on_using_the_kernels_learns() -> None:
    _, _, example = PAGE.read_text(encoding="utf-8").partition("## PyTorch")
    known: dict[str, Any] = {}
    torch.manual_seed(0)
    exec(example.partition("```python\n")[2].partition("```")[0], known)
    loss = known["keras_sparse_softmax_cross_entropy"](known["network"](known["points"]), known["label"])
    assert loss < known["loss"]
