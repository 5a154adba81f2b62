"""Gradients of the losses for PyTorch: all that there are, and a refusal of all that there are not.

It runs where PyTorch can be imported, such as by `make test-torch`.
"""

import importlib.util
from collections.abc import Callable
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
    from torch.nn import functional
    from vision_kernels import torch as kernels

Loss = Callable[["Tensor"], "Tensor"]
N, K = 5, 4


def numbers(*shape: int, seed: int = 0) -> "Tensor":
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def labels(*shape: int) -> "Tensor":
    return torch.randint(0, K, shape, generator=torch.Generator().manual_seed(1))


def detection_loss(which: str) -> Loss:
    location, mask = numbers(N, 6, 4, seed=2), numbers(N, 6, 4, seed=3).gt(0).float()
    scores, label = numbers(N, K, 6, seed=4), labels(N, 6).float()

    def loss(given: "Tensor") -> "Tensor":
        classes, offsets = (given, location) if which == "class_loss" else (scores, given)
        found: Tensor = getattr(kernels.mxnet_detection_loss(classes, offsets, label, location * 2, mask), which)
        return found

    return loss


def losses() -> "dict[str, tuple[Loss, Tensor]]":
    """Every loss with a gradient as a function of one tensor, and such a tensor."""
    logits, label, soft = numbers(N, K), labels(N), numbers(N, K, seed=1).softmax(1)
    plain: dict[str, tuple[Any, ...]] = {
        "mxnet_softmax_cross_entropy": (label,), "mxnet_sigmoid_cross_entropy": (soft.round(),),
        "keras_softmax_cross_entropy": (soft, 0.1), "keras_sparse_softmax_cross_entropy": (label, 0.1),
        "keras_sigmoid_cross_entropy": (soft, 0.1), "smooth_l1": (2.0,), "l2_regularization": (0.3,),
    }  # fmt: skip

    def named(name: str, others: tuple[Any, ...]) -> Loss:
        return lambda given: getattr(kernels, name)(given, *others)

    per_position = named("mxnet_softmax_cross_entropy_per_position", (labels(N, 6),))
    return {
        **{name: (named(name, others), logits) for name, others in plain.items()},
        "mxnet_softmax_cross_entropy_per_position": (per_position, numbers(N, K, 6)),
        "class_loss": (detection_loss("class_loss"), numbers(N, K, 6)),
        "location_loss": (detection_loss("location_loss"), numbers(N, 6, 4)),
    }


LOSSES = [
    "mxnet_softmax_cross_entropy", "mxnet_softmax_cross_entropy_per_position", "mxnet_sigmoid_cross_entropy",
    "keras_softmax_cross_entropy", "keras_sparse_softmax_cross_entropy", "keras_sigmoid_cross_entropy", "smooth_l1",
    "l2_regularization", "class_loss", "location_loss",
]  # fmt: skip


def gradient_of(loss: Loss, given: "Tensor") -> "Tensor":
    leaf = given.detach().requires_grad_()
    return torch.autograd.grad(loss(leaf), leaf)[0]


@pytest.mark.parametrize("name", LOSSES)
def test_second_derivative_is_refused(name: str) -> None:
    loss, given = losses()[name]
    leaf = given.requires_grad_()
    (gradient,) = torch.autograd.grad(loss(leaf), leaf, create_graph=True)
    assert torch.equal(gradient, gradient_of(loss, given))
    with pytest.raises(RuntimeError, match="has no second derivative"):
        torch.autograd.grad((gradient**2).sum(), leaf)


@pytest.mark.parametrize("name", LOSSES)
def test_penalty_on_a_gradient_is_refused_for_the_weights_before_it(name: str) -> None:
    loss, given = losses()[name]
    weight = torch.nn.Parameter(torch.ones(given.shape[1:]))
    leaf = given.requires_grad_()
    (gradient,) = torch.autograd.grad(loss(leaf * weight), leaf, create_graph=True)
    with pytest.raises(RuntimeError, match="has no second derivative"):
        (gradient**2).sum().backward()


@pytest.mark.parametrize("name", LOSSES)
def test_functional_gradient_is_that_of_autograd(name: str) -> None:
    loss, given = losses()[name]
    expected = gradient_of(loss, given)
    assert expected.abs().sum() > 0
    assert torch.equal(torch.func.grad(loss)(given), expected)
    with pytest.raises(RuntimeError, match="has no second derivative"):
        torch.func.grad(lambda each: (torch.func.grad(loss)(each) ** 2).sum())(given)


@pytest.mark.filterwarnings("ignore:There is a performance drop:UserWarning")
def test_gradients_of_single_samples_come_from_vmap() -> None:
    logits, label = numbers(N, K), labels(N)

    def loss(logits: "Tensor", label: "Tensor") -> "Tensor":
        return kernels.keras_sparse_softmax_cross_entropy(logits[None], label[None], label_smoothing=0.0)

    single = torch.func.vmap(torch.func.grad(loss))(logits, label)
    torch.testing.assert_close(single, logits.softmax(1) - functional.one_hot(label, K), rtol=1e-5, atol=1e-6)


def soft_losses(smoothing: float) -> "list[tuple[Callable[..., Tensor], Callable[..., Tensor]]]":
    def softmax(logits: "Tensor", target: "Tensor") -> "Tensor":
        return functional.cross_entropy(logits, target * (1 - smoothing) + smoothing / K)

    def sigmoid(logits: "Tensor", target: "Tensor") -> "Tensor":
        return functional.binary_cross_entropy_with_logits(logits, target * (1 - smoothing) + smoothing / 2)

    return [
        (lambda *given: kernels.keras_softmax_cross_entropy(*given, label_smoothing=smoothing), softmax),
        (lambda *given: kernels.keras_sigmoid_cross_entropy(*given, label_smoothing=smoothing), sigmoid),
    ]


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_soft_targets_have_the_gradient_that_pytorch_computes(smoothing: float) -> None:
    for ours, theirs in soft_losses(smoothing):
        torch.compiler.reset()
        compiled = torch.compile(ours, backend="aot_eager", fullgraph=True)
        for loss in (ours, compiled):
            both = [numbers(N, K).requires_grad_(), numbers(N, K, seed=1).softmax(1).requires_grad_()]
            found = torch.autograd.grad(3 * loss(*both), both)
            expected = torch.autograd.grad(3 * theirs(*both), both)
            torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-6)
        both[0] = both[0].detach()
        torch.testing.assert_close(torch.autograd.grad(ours(*both), both[1])[0], expected[1] / 3, rtol=1e-4, atol=1e-6)


def without_gradient() -> "list[tuple[str, Callable[[], Tensor], list[Tensor]]]":
    """Losses with a tensor that has no gradient: its name, and the tensors."""
    logits, label, weight = numbers(N, K), numbers(N, K).gt(0).float(), numbers(K).abs()
    location, target, mask = numbers(N, 6, 4), numbers(N, 6, 4, seed=5), torch.ones(N, 6, 4)
    scores, classes = numbers(N, K, 6), labels(N, 6).float()
    return [
        ("label", lambda: kernels.mxnet_softmax_cross_entropy(logits, label[:, 0]), [logits, label]),
        ("label", lambda: kernels.mxnet_sigmoid_cross_entropy(logits, label), [logits, label]),
        ("class_weight", lambda: kernels.mxnet_sigmoid_cross_entropy(logits, label, weight, use_weighted_loss=True),
         [logits, weight]),
        ("location_target", lambda: kernels.mxnet_detection_loss(scores, location, classes, target, mask).location_loss,
         [location, target]),
    ]  # fmt: skip


@pytest.mark.parametrize("index", range(4))
def test_gradient_that_there_is_not_is_refused_and_not_missed_otherwise(index: int) -> None:
    name, loss, (known, unknown) = without_gradient()[index]
    for each in (known, unknown):
        each.requires_grad_()
    assert torch.autograd.grad(loss(), known)[0].abs().sum() > 0
    with pytest.raises(RuntimeError, match=rf"has no gradient for {name}; give it {name}\.detach"):
        loss().backward()
    with pytest.raises(RuntimeError, match=rf"has no gradient for {name}; give it {name}\.detach"):
        torch.autograd.grad(loss(), unknown)


def test_one_of_two_losses_goes_back_by_itself() -> None:
    scores, location = numbers(N, K, 6).requires_grad_(), numbers(N, 6, 4).requires_grad_()
    mask = torch.ones(N, 6, 4)
    found = kernels.mxnet_detection_loss(scores, location, labels(N, 6).float(), mask, mask)
    found.class_loss.backward()
    assert scores.grad is not None
    assert location.grad is None


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_autocast_computes_a_loss_in_single_precision(name: str, dtype: str) -> None:
    loss, given = losses()[name]
    lower = given.to(getattr(torch, dtype)).requires_grad_()
    with pytest.raises((TypeError, ValueError)):
        loss(lower)
    with torch.autocast("cpu", getattr(torch, dtype)):
        found = loss(lower)
    assert found.dtype == torch.float32
    assert torch.equal(found, loss(lower.float()))
    assert torch.equal(torch.autograd.grad(found, lower)[0], gradient_of(loss, lower.float()).to(lower.dtype))


def test_compiled_network_trains_under_autocast() -> None:
    torch.compiler.reset()
    weight, label = numbers(K, K).requires_grad_(), labels(N)

    def loss(points: "Tensor") -> "Tensor":
        with torch.autocast("cpu", torch.bfloat16):
            return kernels.keras_sparse_softmax_cross_entropy(points @ weight, label, label_smoothing=0.1)

    compiled = torch.compile(loss, backend="aot_eager", fullgraph=True)
    found = [torch.autograd.grad(each(numbers(N, K)), weight)[0] for each in (loss, compiled)]
    torch.testing.assert_close(*found, rtol=1e-2, atol=1e-3)


def test_autocast_reaches_detection_and_metrics_but_no_counts() -> None:
    scores, correct, total = numbers(N, K), torch.zeros(1, dtype=torch.int64), torch.zeros(1, dtype=torch.int64)
    boxes = torch.tensor([[0.0, 0.0, 0.5, 0.5]], dtype=torch.bfloat16)
    with torch.autocast("cpu", torch.bfloat16):
        kernels.count_correct(scores.to(torch.bfloat16), scores.argmax(1), correct, total)
        assert kernels.mxnet_box_iou(boxes, right=boxes).iou.item() == 1.0
        with pytest.raises(TypeError, match="correct.*bfloat16"):
            kernels.count_correct(scores, scores.argmax(1), torch.zeros(1, dtype=torch.bfloat16), total)
    assert (correct.item(), total.item()) == (N, N)


def test_counts_note_that_they_were_updated() -> None:
    correct, total = torch.zeros(1, dtype=torch.int64), torch.zeros(1, dtype=torch.int64)
    before = correct._version, total._version
    kernels.count_correct(numbers(N, K), labels(N), correct, total)
    assert correct._version > before[0]
    assert total._version > before[1]


def test_loss_tells_its_arguments_and_refuses_others() -> None:
    import inspect

    assert list(inspect.signature(kernels.keras_softmax_cross_entropy).parameters) == [
        "logits", "target", "label_smoothing",
    ]  # fmt: skip
    with pytest.raises(TypeError, match="missing a required argument: 'label'"):
        kernels.keras_sparse_softmax_cross_entropy(numbers(N, K))
    with pytest.raises(TypeError, match="unexpected keyword argument 'smoothing'"):
        kernels.keras_sparse_softmax_cross_entropy(numbers(N, K), labels(N), smoothing=0.1)
