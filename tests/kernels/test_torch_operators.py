"""Detection, metrics and images for PyTorch: the same numbers, as operators that the compiler knows."""

import importlib.util
import inspect
from typing import Any

import numpy as np
import pytest
import vision_kernels
from vision_kernels._descriptions import FUNCTIONS

HAS_TORCH = importlib.util.find_spec("torch") is not None
pytestmark = [
    pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed; `make test-torch` runs these"),
    # Of PyTorch against its own compiler, for every function of autograd.
    pytest.mark.filterwarnings("ignore:.*should not be instantiated:DeprecationWarning"),
]

if HAS_TORCH:
    import torch
    from torch import Tensor
    from torch._subclasses.fake_tensor import FakeTensorMode
    from vision_kernels import torch as kernels

LOSS = "mxnet_detection_loss"
ALL = [name for name, found in FUNCTIONS.items() if found.file in ("detection", "metrics", "images")]
PLAIN = [name for name in ALL if name != LOSS]


def drawn(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng([seed, *shape]).random(shape, np.float32)


def whole(bound: int, *shape: int, dtype: Any = np.int64) -> np.ndarray:
    return np.random.default_rng([bound, *shape]).integers(0, bound, shape).astype(dtype)


def boxes(*shape: int, seed: int = 0) -> np.ndarray:
    corner = drawn(*shape, 2, seed=seed) / 2
    return np.concatenate([corner, corner + 0.2], -1)


def counts(size: int = 1) -> np.ndarray:
    return np.arange(size, dtype=np.int64)


def images(dtype: Any = np.uint8, channels: int = 3) -> list[np.ndarray]:
    return [(drawn(h, w, channels) * 255).astype(dtype) for h, w in ((5, 7), (6, 4))]


def detection() -> dict[str, tuple[list[Any], dict[str, Any]]]:
    anchors, label = boxes(6), np.concatenate([whole(3, 2, 2, 1, dtype=np.float32), boxes(2, 2, seed=1)], -1)
    scores, location = drawn(2, 4, 6), drawn(2, 6, 4)
    rows = np.concatenate([whole(2, 2, 5, 1, dtype=np.float32), drawn(2, 5, 1), boxes(2, 5)], -1)
    layers = {"sizes": [0.5, 0.25], "ratios": [1, 2, 0.5], "steps": [-1.0, 0.5], "clip": True}
    return {
        "mxnet_prior_boxes": ([], {"feature_height": 3, "feature_width": 2, **layers}),
        "mxnet_box_iou": ([boxes(5), boxes(3, seed=2)], {"box_format": "center"}),
        "mxnet_match_anchors": ([anchors, label, scores], {"overlap_threshold": 0.3, "negative_mining_ratio": 2}),
        "mxnet_detect": ([scores / scores.sum(1, keepdims=True), location, anchors], {"nms_topk": 4}),
        "mxnet_box_nms": ([rows], {"id_index": 0, "overlap_threshold": 0.2, "out_format": "center"}),
        LOSS: ([scores, location, whole(4, 2, 6, dtype=np.float32) - 1, location[::-1].copy(),
                whole(2, 2, 6, 4, dtype=np.float32)], {"sigma": 2.0}),
    }  # fmt: skip


def metrics() -> dict[str, tuple[list[Any], dict[str, Any]]]:
    found = [np.concatenate([whole(2, d, 1, dtype=np.float32), drawn(d, 1), boxes(d)], -1) for d in (4, 2)]
    truth = [np.concatenate([row[:, :1], row[:, 2:], whole(2, len(row), 1, dtype=np.float32)], -1) for row in found]
    return {
        "count_correct": ([drawn(5, 3), whole(3, 5), counts(), counts()], {}),
        "count_correct_in_top_k": ([drawn(5, 3), whole(3, 5, dtype=np.int32), counts(), counts()], {"top_k": 2}),
        "count_correct_per_class": ([drawn(5, 3), whole(2, 5, 3, dtype=bool), counts(3), counts()], {"threshold": 0.3}),
        "keras_confusion": ([drawn(5, 3), whole(2, 5, 3, dtype=np.uint8), drawn(4), *(counts(4) for _ in range(4))], {}),
        "keras_auc_counts": ([drawn(9), whole(2, 9, dtype=np.float32), counts(6), counts(6)], {}),
        "keras_auc": ([whole(9, 6), whole(8, 6)], {"curve": "pr"}),
        "match_detections": ([found, truth], {"overlap_threshold": 0.5}),
        "average_precision": ([drawn(8), whole(2, 8, dtype=np.int32), whole(3, 8, dtype=np.int32) - 1, whole(9, 2) + 3],
                              {"method": "eleven_points"}),
    }  # fmt: skip


def of_images() -> dict[str, tuple[list[Any], dict[str, Any]]]:
    size, matrix = {"height": 4, "width": 3}, np.float32([[[1, 0.2, 0], [0.1, 1, 1]]] * 2)
    mean = [drawn(3), drawn(3) + 1]
    return {
        "resize": ([images(np.float32, 2)], {**size, "method": "bicubic", "antialias": True}),
        "resize_uint8": ([images()], {**size, "method": "area"}),
        "opencv_resize": ([images()], {**size, "interpolation": "cubic"}),
        "crop": ([images(), whole(3, 2, 2, dtype=np.int32)], size),
        "flip": ([images(np.float32), whole(2, 2, 2, dtype=np.uint8)], {}),
        "mxnet_jitter_hsl": ([images(), whole(30, 2, 3, dtype=np.int32)], {}),
        "opencv_warp_affine": ([images(), matrix], {**size, "fill_value": 7}),
        "mxnet_affine_matrix": ([drawn(2, 4).astype(np.float64) + 0.5], {**size, "max_size": 100}),
        "keras_transform": ([images(), drawn(2, 8) / 8], {"fill_mode": "wrap"}),
        "keras_rotation": ([drawn(3)], size),
        "keras_zoom": ([drawn(3, 2)], size),
        "mxnet_jitter_color": ([images(np.float32), drawn(2, 4)], {}),
        "normalize": ([images(), *mean], {"scale": 1 / 255}),
        "normalize_channels_first": ([images(), *mean], {}),
        "random_uniform": ([], {"seed": 3, "length": 9, "high": 2.0}),
    }


def sample(name: str) -> tuple[list[Any], dict[str, Any]]:
    """Arrays and scalars of a call, made anew."""
    return {**detection(), **metrics(), **of_images()}[name]


def tensors(arrays: Any) -> Any:
    return [tensors(array) if isinstance(array, list) else torch.from_numpy(array.copy()) for array in arrays]


def tensors_on_gpu(arrays: Any) -> Any:
    """Tensors that have shapes and types only, as a compiler sees them."""
    return [
        tensors_on_gpu(each) if isinstance(each, list)
        else torch.empty(each.shape, dtype=getattr(torch, each.dtype.name), device="cuda")
        for each in arrays
    ]  # fmt: skip


def flat(values: Any) -> "list[Tensor]":
    if values is None:
        return []
    return [each for value in values for each in (flat(value) if isinstance(value, (list, tuple)) else [value])]


def assert_same(found: Any, expected: Any) -> None:
    ours, theirs = flat(found), flat(expected)
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        assert str(mine.dtype).removeprefix("torch.") == str(other.dtype).removeprefix("torch.")
        np.testing.assert_array_equal(mine.detach().numpy(), np.asarray(other))


@pytest.mark.parametrize("name", PLAIN)
def test_operator_computes_what_its_function_does(name: str) -> None:
    arrays, scalars = sample(name)
    given = tensors(arrays)
    found = getattr(kernels, name)(*given, **scalars)
    expected = getattr(vision_kernels, name)(*arrays, **scalars)
    assert type(found) is type(expected)
    assert_same(found, expected)
    assert_same(given, arrays)


@pytest.mark.parametrize("name", ALL)
def test_operator_passes_the_checks_of_pytorch(name: str) -> None:
    arrays, scalars = sample(name)
    checks = torch.library.opcheck(getattr(torch.ops.vision_kernels, name).default, tuple(tensors(arrays)), scalars)
    assert set(checks.values()) == {"SUCCESS"}


@pytest.mark.parametrize("name", ALL)
def test_compiled_operator_does_the_same(name: str) -> None:
    torch.compiler.reset()
    arrays, scalars = sample(name)
    function = getattr(kernels, name)
    compiled = torch.compile(lambda *given: function(*given, **scalars), backend="aot_eager", fullgraph=True)
    ours, theirs = tensors(arrays), tensors(arrays)
    assert_same(compiled(*ours), function(*theirs, **scalars))
    assert_same(ours, theirs)


@pytest.mark.parametrize("name", ALL)
def test_shapes_are_known_on_a_gpu_that_is_not_there(name: str) -> None:
    arrays, scalars = sample(name)
    expected = flat(getattr(kernels, name)(*tensors(arrays), **scalars))
    place = {} if arrays else {"device": torch.device("cuda")}
    with FakeTensorMode():
        given = tensors_on_gpu(arrays)
        found = flat(getattr(kernels, name)(*given, **scalars, **place))
    assert [(each.shape, each.dtype) for each in found] == [(each.shape, each.dtype) for each in expected]
    assert {each.device.type for each in found} <= {"cuda"}


@pytest.mark.parametrize("name", PLAIN)
def test_signature_is_that_of_the_function_without_memory_for_results(name: str) -> None:
    declared = vision_kernels.describe(name)
    read = [tensor.name for tensor in declared.tensors if tensor.access != "out"]
    expected = [*read, *(scalar.name for scalar in declared.scalars), *([] if read else ["device"])]
    assert list(inspect.signature(getattr(kernels, name)).parameters) == expected


def test_computed_sizes_follow_the_shapes_of_a_compiled_call() -> None:
    torch.compiler.reset()

    def anchors(features: "Tensor") -> "Tensor":
        height, width = features.shape
        found = kernels.mxnet_prior_boxes(feature_height=height, feature_width=width, sizes=[0.2, 0.3])
        return found.anchors * 2

    compiled = torch.compile(anchors, backend="aot_eager", fullgraph=True, dynamic=True)
    for height in (3, 5):
        ours = compiled(torch.zeros(height, 4))
        assert ours.shape == (height * 4 * 2, 4)
        assert torch.equal(ours, anchors(torch.zeros(height, 4)))


def test_compiled_loop_counts_in_place() -> None:
    correct, total = torch.zeros(1, dtype=torch.int64), torch.zeros(1, dtype=torch.int64)

    @torch.compile(backend="aot_eager", fullgraph=True)
    def step(scores: "Tensor", label: "Tensor") -> "Tensor":
        kernels.count_correct(scores * 2, label, correct, total)
        return correct / total

    scores, label = torch.eye(4), torch.tensor([0, 1, 2, 0])
    assert step(scores, label).item() == 0.75
    assert step(scores, label + 1).item() == 0.375
    assert (correct.item(), total.item()) == (3, 8)


def detection_sample() -> "tuple[list[Tensor], list[np.ndarray]]":
    arrays, _ = sample(LOSS)
    given = tensors(arrays)
    return [*(each.requires_grad_() for each in given[:2]), *given[2:]], arrays


def test_detection_loss_has_the_gradients_of_its_function() -> None:
    given, arrays = detection_sample()
    found = kernels.mxnet_detection_loss(*given, sigma=2.0)
    expected = vision_kernels.mxnet_detection_loss(*arrays, sigma=2.0)
    gradients = torch.autograd.grad(2 * found.class_loss + 4 * found.location_loss, given[:2])
    assert_same(gradients, [2 * expected.class_gradient, 4 * expected.location_gradient])
    assert_same([found.probability], [expected.probability])
    assert not found.probability.requires_grad


def test_detection_loss_is_that_of_pytorch_and_far_scores_stay_finite() -> None:
    given, _ = detection_sample()
    with torch.no_grad():
        given[0][0, 0] += 200
    found = kernels.mxnet_detection_loss(*given)
    classes, location, label, target, mask = given
    theirs = torch.nn.functional.cross_entropy(classes, label.long(), ignore_index=-1)
    offsets = torch.nn.functional.smooth_l1_loss(mask * location, mask * target, reduction="none")
    torch.testing.assert_close(found.class_loss, theirs, rtol=1e-5, atol=1e-6)
    torch.testing.assert_close(found.location_loss, offsets.sum() / (offsets > 0).sum(), rtol=1e-5, atol=1e-6)
    gradients = torch.autograd.grad(theirs, classes)[0], torch.autograd.grad(found.class_loss, classes)[0]
    torch.testing.assert_close(*gradients, rtol=1e-4, atol=1e-6)


def test_targets_of_a_trained_network_carry_no_history() -> None:
    (anchors, label, scores), scalars = sample("mxnet_match_anchors")
    prediction = torch.from_numpy(scores).requires_grad_()
    targets = kernels.mxnet_match_anchors(*tensors([anchors, label]), prediction, **scalars)
    assert not any(target.requires_grad for target in targets)
    location = torch.zeros(2, 6, 4, requires_grad=True)
    loss = kernels.mxnet_detection_loss(
        prediction, location, targets.class_target, targets.location_target, targets.location_mask
    )
    (loss.class_loss + loss.location_loss).backward()
    assert prediction.grad.abs().sum() > 0
    assert location.grad.abs().sum() > 0


def test_strided_views_are_read_and_an_empty_list_gives_an_empty_list() -> None:
    left = torch.from_numpy(boxes(4)).t().contiguous().t()
    assert not left.is_contiguous()
    assert_same(kernels.mxnet_box_iou(left, left), vision_kernels.mxnet_box_iou(boxes(4), boxes(4)))
    assert kernels.resize([], height=2, width=2).resized == []


def test_what_the_function_refuses_its_operator_refuses_in_the_same_words() -> None:
    with pytest.raises(ValueError, match=r"mxnet_box_nms: .*score_index") as plain:
        vision_kernels.mxnet_box_nms(np.zeros((1, 2, 6), np.float32), score_index=9)
    with pytest.raises(ValueError, match=r"mxnet_box_nms") as ours:
        kernels.mxnet_box_nms(torch.zeros(1, 2, 6), score_index=9)
    assert str(ours.value) == str(plain.value)
