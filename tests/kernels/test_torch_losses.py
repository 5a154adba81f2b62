"""Losses for PyTorch: their numbers, their gradients, and what the compiler makes of them."""

import importlib.util
from typing import Any

import pytest

HAS_TORCH = importlib.util.find_spec("torch") is not None
pytestmark = [
    pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed; `make test-torch` runs these"),
    # Of PyTorch against its own compiler, for every function of autograd.
    pytest.mark.filterwarnings("ignore:.*should not be instantiated:DeprecationWarning"),
]

if HAS_TORCH:
    import torch
    from torch import Tensor
    from vision_kernels import torch as kernels


def logits_and_labels(n: int = 5, k: int = 4) -> "tuple[Tensor, Tensor]":
    generator = torch.Generator().manual_seed(n)
    return torch.randn(n, k, generator=generator, requires_grad=True), torch.randint(0, k, (n,), generator=generator)


def test_softmax_agrees_with_that_of_pytorch() -> None:
    logits, label = logits_and_labels()
    for ours, theirs in (
        (kernels.mxnet_softmax_cross_entropy(logits, label, normalization="batch"), {}),
        (kernels.keras_sparse_softmax_cross_entropy(logits, label, label_smoothing=0.0), {}),
        (kernels.keras_sparse_softmax_cross_entropy(logits, label, label_smoothing=0.2), {"label_smoothing": 0.2}),
    ):
        expected = torch.nn.functional.cross_entropy(logits, label, **theirs)
        assert_same(ours, expected, logits)


def test_softmax_per_position_agrees_with_that_of_pytorch() -> None:
    logits = torch.randn(3, 4, 6, requires_grad=True)
    label = torch.randint(-1, 4, (3, 6))
    options = {"normalization": "valid", "use_ignore": True, "ignore_label": -1}
    ours = kernels.mxnet_softmax_cross_entropy_per_position(logits, label, **options)
    assert_same(ours, torch.nn.functional.cross_entropy(logits, label, ignore_index=-1), logits)


def test_sigmoid_agrees_with_that_of_pytorch() -> None:
    logits, _ = logits_and_labels()
    label = torch.randint(0, 2, logits.shape).float()
    ours = kernels.keras_sigmoid_cross_entropy(logits, label, label_smoothing=0.0)
    assert_same(ours, torch.nn.functional.binary_cross_entropy_with_logits(logits, label), logits)
    weight = torch.rand(logits.shape[1])
    ours = kernels.mxnet_sigmoid_cross_entropy(logits, label, weight, use_weighted_loss=True)
    theirs = torch.nn.functional.binary_cross_entropy_with_logits(logits, label, weight, reduction="none")
    assert_same(ours, theirs.mean(1).sum(), logits)


def test_smooth_l1_and_l2_agree_with_those_of_pytorch() -> None:
    difference = torch.linspace(-3, 3, 37).requires_grad_()
    theirs = torch.nn.functional.smooth_l1_loss(difference, torch.zeros(37), reduction="sum", beta=1 / 4)
    assert_same(kernels.smooth_l1(difference, sigma=2.0), theirs, difference)
    assert_same(kernels.l2_regularization(difference, l2=0.5), 0.5 * (difference**2).sum(), difference)


def assert_same(ours: "Tensor", theirs: "Tensor", wanted: "Tensor") -> None:
    torch.testing.assert_close(ours, theirs, rtol=1e-5, atol=1e-6)
    mine = torch.autograd.grad(3 * ours, wanted)
    others = torch.autograd.grad(3 * theirs, wanted)
    torch.testing.assert_close(mine, others, rtol=1e-4, atol=1e-6)


def samples() -> "dict[str, tuple[Any, ...]]":
    logits, label = logits_and_labels()
    positive = torch.rand(5, 4)
    places = torch.randn(2, 4, 3, requires_grad=True), torch.randint(0, 4, (2, 3))
    return {
        "mxnet_softmax_cross_entropy": (logits, label, 0.1, 2.0, "valid", True, 2),
        "mxnet_softmax_cross_entropy_per_position": (*places, 1.0, "batch", False, -1),
        "mxnet_sigmoid_cross_entropy": (logits, positive.round(), torch.rand(4), True),
        "keras_softmax_cross_entropy": (logits, torch.eye(4)[label], 0.1),
        "keras_sparse_softmax_cross_entropy": (logits, label, 0.1),
        "keras_sigmoid_cross_entropy": (logits, positive, 0.0),
        "smooth_l1": (logits, 2.0),
        "l2_regularization": (logits, 0.1),
    }


LOSSES = [
    "mxnet_softmax_cross_entropy", "mxnet_softmax_cross_entropy_per_position", "mxnet_sigmoid_cross_entropy",
    "keras_softmax_cross_entropy", "keras_sparse_softmax_cross_entropy", "keras_sigmoid_cross_entropy", "smooth_l1",
    "l2_regularization",
]  # fmt: skip


@pytest.mark.parametrize("name", LOSSES)
def test_operator_passes_the_checks_of_pytorch(name: str) -> None:
    operator = getattr(torch.ops.vision_kernels, name).default
    arguments = tuple(each.detach() if isinstance(each, Tensor) else each for each in samples()[name])
    assert set(torch.library.opcheck(operator, arguments).values()) == {"SUCCESS"}


@pytest.mark.parametrize("name", LOSSES)
def test_compiled_loss_is_the_same(name: str) -> None:
    arguments = samples()[name]
    loss = getattr(kernels, name)
    compiled = torch.compile(lambda *given: loss(*given) * 2, backend="aot_eager", fullgraph=True)
    plain = loss(*arguments) * 2
    assert torch.equal(compiled(*arguments), plain)
    assert torch.equal(*(torch.autograd.grad(each, arguments[0])[0] for each in (compiled(*arguments), plain)))


def test_network_learns() -> None:
    torch.manual_seed(0)
    network = torch.nn.Sequential(torch.nn.Linear(2, 16), torch.nn.Tanh(), torch.nn.Linear(16, 2))
    points = torch.rand(256, 2) * 2 - 1
    label = (points[:, 0] * points[:, 1] > 0).long()
    optimizer = kernels.MxnetAdam(network.parameters(), lr=0.02)
    for _ in range(200):
        optimizer.zero_grad()
        kernels.mxnet_softmax_cross_entropy(network(points), label, normalization="batch").backward()
        optimizer.step()
    assert (network(points).argmax(1) == label).float().mean() > 0.95
