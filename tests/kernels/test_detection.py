"""The detector's functions agree with the oracle on boxes where ties, NaN and empty boxes are common."""

from typing import Any

import numpy as np
import pytest
import vision_kernels
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.boxes import boxes, scene, single
from tests.kernels.declared import functions, hazards
from tests.kernels.oracle import box_geometry, detection

SEEDS = st.integers(0, 2**32 - 1)
FORMATS = st.sampled_from(["corner", "center"])
BATCHES, ANCHORS = st.integers(0, 3), st.sampled_from([1, 2, 31, 32, 33, 70])
VARIANCES = st.sampled_from([[0.1, 0.1, 0.2, 0.2], [0.3, 0.2, 0.1, 0.4]])
MATCHING = st.fixed_dictionaries(
    {
        "overlap_threshold": st.sampled_from([-1.0, 0.0, 0.25, 0.5, 1.0]),
        "negative_mining_ratio": st.sampled_from([-1.0, 0.0, 0.5, 3.0, 1e9]),
        "negative_mining_threshold": st.sampled_from([1e-3, 0.25, 0.5, 1.0]),
        "ignore_label": st.sampled_from([-1.0, -2.0, 7.0]),
        "variances": VARIANCES,
    }
)
DETECTING = st.fixed_dictionaries(
    {
        "nms_threshold": st.sampled_from([0.0, 0.25, 0.5, 1.0]),
        "score_threshold": st.sampled_from([0.0, 0.5, 1.0]),
        "clip": st.booleans(),
        "force_suppress": st.booleans(),
        "nms_topk": st.sampled_from([-1, 0, 1, 5, 50]),
        "variances": VARIANCES,
    }
)
SUPPRESSING = st.fixed_dictionaries(
    {
        "overlap_threshold": st.sampled_from([0.0, 0.25, 0.5, 1.0]),
        "valid_threshold": st.sampled_from([-1.0, 0.0, 0.5]),
        "topk": st.sampled_from([-1, 0, 1, 7, 100]),
        "id_index": st.sampled_from([-1, 0]),
        "background_id": st.sampled_from([-1, 1]),
        "force_suppress": st.booleans(),
        "in_format": FORMATS,
        "out_format": FORMATS,
    }
)


def assert_near(result: Any, expected: dict[str, np.ndarray], exact: tuple[str, ...] = (), slack: float = 2e-5) -> None:
    for name, array in result._asdict().items():
        wanted = expected[name]
        assert array.shape == wanted.shape, name
        allowed = 0 if name in exact else slack
        np.testing.assert_allclose(array, wanted, rtol=allowed, atol=allowed, err_msg=name)


@given(seed=SEEDS, n=BATCHES, a=ANCHORS, t=st.integers(1, 6), w=st.integers(5, 7), scalars=MATCHING)
def test_anchors_are_matched_as_by_the_oracle(seed: int, n: int, a: int, t: int, w: int, scalars: Any) -> None:
    drawn = scene(seed, n, a, 3, t, w)
    given_arrays = (drawn.anchors, drawn.label, drawn.scores)
    with np.errstate(all="ignore"):
        expected = detection.match_anchors(np.float64, *given_arrays, **scalars)
    result = vision_kernels.mxnet_match_anchors(*given_arrays, **scalars)
    assert_near(result, expected, ("location_mask", "class_target", "status"))


@given(seed=SEEDS, n=BATCHES, a=ANCHORS, k=st.integers(2, 5), scalars=DETECTING)
def test_boxes_are_detected_as_by_the_oracle(seed: int, n: int, a: int, k: int, scalars: Any) -> None:
    drawn = scene(seed, n, a, k)
    given_arrays = (drawn.probability, single(np.round(drawn.location)), drawn.anchors)
    with np.errstate(all="ignore"):
        expected = detection.detect(np.float32, *given_arrays, **scalars)["detection"]
    result = vision_kernels.mxnet_detect(*given_arrays, **scalars).detection
    np.testing.assert_array_equal(result[..., :2], expected[..., :2])
    np.testing.assert_allclose(result, expected, rtol=1e-5, atol=1e-5)


@given(seed=SEEDS, n=BATCHES, m=st.integers(0, 60), w=st.integers(6, 8), scalars=SUPPRESSING)
def test_boxes_are_suppressed_as_by_the_oracle(seed: int, n: int, m: int, w: int, scalars: Any) -> None:
    rng = np.random.default_rng(seed)
    data = single(rng.integers(-1, 3, (n, m, w)))
    data[..., 1], data[..., 2:6] = rng.integers(-4, 5, (n, m)) / 4, boxes(rng, n, m)
    data[rng.random((n, m)) < 0.05, 1] = np.nan
    with np.errstate(all="ignore"):
        expected = detection.box_nms(data, **scalars)["kept"]
    np.testing.assert_array_equal(vision_kernels.mxnet_box_nms(data, **scalars).kept, expected)


@given(seed=SEEDS, left=st.integers(0, 40), right=st.integers(0, 40), form=FORMATS)
def test_overlaps_are_those_of_the_oracle(seed: int, left: int, right: int, form: Any) -> None:
    rng = np.random.default_rng(seed)
    a, b = boxes(rng, left), single(rng.normal(size=(right, 4)))
    expected = box_geometry.box_iou(np.float32, a, b, format=form)["iou"]
    np.testing.assert_array_equal(vision_kernels.mxnet_box_iou(a, b, box_format=form).iou, expected)


@given(
    extents=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    sizes=st.lists(st.floats(0.01, 2), min_size=1, max_size=4),
    ratios=st.lists(st.floats(0.1, 10), min_size=1, max_size=4),
    steps=st.sampled_from([[-1.0, -1.0], [0.1, 0.2], [0.0, 0.5]]),
    clip=st.booleans(),
)
def test_anchors_are_those_of_the_oracle(extents: Any, sizes: Any, ratios: Any, steps: Any, clip: bool) -> None:
    scalars = {"feature_height": extents[0], "feature_width": extents[1], "sizes": sizes, "ratios": ratios}
    scalars |= {"steps": steps, "offsets": [0.5, 0.25], "clip": clip}
    result = vision_kernels.mxnet_prior_boxes(**scalars)
    assert_near(result, box_geometry.prior_boxes(np.float64, **scalars), slack=1e-5)


@given(seed=SEEDS, n=BATCHES, a=ANCHORS, k=st.integers(1, 22), sigma=st.sampled_from([0.0, 0.5, 1.0, -3.0]))
def test_losses_of_a_detector_are_those_of_the_oracle(seed: int, n: int, a: int, k: int, sigma: float) -> None:
    drawn, rng = scene(seed, n, a, k), np.random.default_rng(seed)
    target = single(rng.integers(-1, k + 1, (n, a)))
    offsets, mask = single(rng.normal(size=(n, a, 4))), single(rng.integers(0, 2, (n, a, 4)))
    given_arrays = (drawn.scores, drawn.location, target, offsets, mask)
    with np.errstate(all="ignore"):
        expected = detection.detection_loss(np.float64, *given_arrays, sigma=sigma)
    assert_near(vision_kernels.mxnet_detection_loss(*given_arrays, sigma=sigma), expected, slack=1e-5)


def test_every_function_of_a_detector_is_tried() -> None:
    declared = {name for name, function in functions().items() if function["file"] == "detection"}
    tried = {"match_anchors", "detect", "box_nms", "box_iou", "prior_boxes", "detection_loss"}
    assert declared == {f"mxnet_{name}" for name in tried}


ANCHOR = np.array([[0, 0, 1, 1]], np.float32)


def test_a_bad_end_of_the_true_boxes_counts_as_none_and_is_told() -> None:
    label = np.array([[[0, 0, 0, 1, 1], [-1, -1, -1, 0.5, -1]]], np.float32)
    result = vision_kernels.mxnet_match_anchors(ANCHOR, label, np.zeros((1, 2, 1), np.float32))
    assert (result.status[0], result.class_target[0, 0], result.location_mask.sum()) == (1, -1, 0)


def test_too_few_anchors_for_the_background_are_all_taken_and_told() -> None:
    anchors = np.array([[0, 0, 1, 1], [0, 0, 1, 0.4], [0, 0, 1, 0.9]], np.float32)
    label = np.array([[[2, 0, 0, 1, 1]]], np.float32)
    result = vision_kernels.mxnet_match_anchors(
        anchors, label, np.zeros((1, 2, 3), np.float32), overlap_threshold=0.95, negative_mining_ratio=2
    )
    assert result.status[0] == 2
    assert result.class_target[0].tolist() == [3, 0, -1]


def test_a_ratio_that_single_precision_cannot_hold_makes_no_background_of_no_positive_anchors() -> None:
    label = np.array([[[0, 2, 2, 3, 3]]], np.float32)
    result = vision_kernels.mxnet_match_anchors(
        ANCHOR, label, np.zeros((1, 2, 1), np.float32), negative_mining_ratio=3e38
    )
    assert (result.status[0], result.class_target[0, 0]) == (0, -1)


def test_background_whose_probability_is_no_number_comes_last() -> None:
    anchors = np.array([[0, 0, 1, 1], [0, 0, 1, 0.1], [0, 0, 1, 0.2]], np.float32)
    scores = np.array([[[0, np.inf, 0], [0, 0, 0]]], np.float32)
    label = np.array([[[0, 0, 0, 1, 1]]], np.float32)
    result = vision_kernels.mxnet_match_anchors(anchors, label, scores, negative_mining_ratio=1)
    assert (result.status[0], result.class_target[0].tolist()) == (0, [1, -1, 0])


def detected(*, offset: float, anchor: np.ndarray = ANCHOR, **scalars: Any) -> np.ndarray:
    location = np.array([[[0, 0, offset, 0]]], np.float32)
    probability = np.array([[[0.1], [0.9]]], np.float32)
    return vision_kernels.mxnet_detect(probability, location, anchor, **scalars).detection[0, 0]


def test_size_that_overflows_is_infinite_without_clipping_and_ends_at_the_image_with_it() -> None:
    assert np.isfinite(detected(offset=443, clip=False)).all()
    assert detected(offset=444, clip=False)[2:].tolist() == [-np.inf, 0, np.inf, 1]
    assert detected(offset=444)[2:].tolist() == [0, 0, 1, 1]
    empty = np.array([[0.5, 0, 0.5, 1]], np.float32)
    assert np.isnan(detected(offset=444, anchor=empty, clip=False)[2:]).any()


def witnessed(function: str, **scalars: Any) -> np.ndarray:
    """What comes of ordinary arrays under scalars of which a function warns."""
    ones, half = np.ones((1, 1, 4), np.float32), np.array([[0, 0, 1, 0.5]], np.float32)
    match function:
        case "mxnet_prior_boxes":
            return vision_kernels.mxnet_prior_boxes(feature_height=2, feature_width=2, **scalars).anchors
        case "mxnet_match_anchors":
            label = np.array([[[0, 0, 0, 1, 1]]], np.float32)
            scores = np.zeros((1, 2, 1), np.float32)
            return vision_kernels.mxnet_match_anchors(half, label, scores, **scalars).location_target
        case "mxnet_detect":
            return detected(offset=11, **scalars)
        case _:
            logits, target = np.zeros((1, 2, 1), np.float32), np.zeros((1, 1), np.float32)
            return vision_kernels.mxnet_detection_loss(logits, ones, target, ones, ones, **scalars).location_loss


WITNESSES: list[tuple[str, str, dict[str, Any]]] = [
    ("mxnet_prior_boxes", "shapes-stay-finite", {"sizes": [3e38], "ratios": [0.01]}),
    ("mxnet_prior_boxes", "shapes-stay-finite", {"ratios": [1e-50]}),
    ("mxnet_prior_boxes", "places-stay-finite", {"offsets": [1e30, 0.5], "steps": [1e10, 1]}),
    ("mxnet_match_anchors", "variances-stay-divisors", {"variances": [0.1, 1e-39, 0.2, 0.2]}),
    ("mxnet_detect", "offsets-stay-finite", {"clip": False, "variances": [0.1, 0.1, 9, 0.2]}),
    ("mxnet_detection_loss", "sigma-has-a-square", {"sigma": 2e19}),
]


@pytest.mark.parametrize(("function", "rule", "scalars"), WITNESSES)
def test_hazard_is_told_and_makes_numbers_that_are_none(function: str, rule: str, scalars: dict[str, Any]) -> None:
    assert not np.isfinite(witnessed(function, **scalars)).all()
    required = {"feature_height": 2, "feature_width": 2} if function == "mxnet_prior_boxes" else {}
    told = vision_kernels.hazards(function, **required, **scalars)
    assert any(message.startswith(hazards(function)[rule]) for message in told)


def test_every_hazard_of_a_detector_has_a_witness() -> None:
    declared = {
        (name, rule)
        for name, function in functions().items()
        if function["file"] in ("detection", "metrics")
        for rule in hazards(name)
    }
    assert declared == {(function, rule) for function, rule, _ in WITNESSES}


@pytest.mark.parametrize("start", [4, 2**53 - 5, 2**53 - 4, 2**53 - 1])
def test_columns_beyond_a_row_are_refused_however_far(start: int) -> None:
    with pytest.raises(ValueError, match=r"mxnet_box_nms: .*coord_start"):
        vision_kernels.mxnet_box_nms(np.zeros((1, 4, 6), np.float32), coord_start=start, score_index=0)


def test_lists_without_rows_are_done_at_once() -> None:
    assert vision_kernels.mxnet_box_nms(np.zeros((2**40, 0, 6), np.float32)).kept.shape == (2**40, 0, 6)
