"""Metrics agree with the oracle, with scikit-learn, and with curves that were drawn by hand."""

from typing import Any

import numpy as np
import pytest
import vision_kernels
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from tests.kernels.boxes import boxes, single
from tests.kernels.declared import functions
from tests.kernels.oracle import metrics

SEEDS = st.integers(0, 2**32 - 1)
SAMPLES, CLASSES = st.integers(0, 90), st.sampled_from([1, 2, 5, 31, 130])
CLASS_LABELS = st.sampled_from([np.float32, np.int32, np.int64])
TRUTH_LABELS = st.sampled_from([np.float32, np.uint8, bool])


def scores(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Predictions of which many are equal, some are NaN and some lie beyond [0, 1]."""
    drawn = single(rng.integers(-1, 12, shape) / 10)
    drawn[rng.random(shape) < 0.03] = np.nan
    return drawn


def zeros(count: int) -> np.ndarray:
    return np.zeros(count, np.int64)


@given(seed=SEEDS, n=SAMPLES, k=CLASSES, kind=CLASS_LABELS, top_k=st.integers(2, 5))
def test_correct_samples_are_counted_as_by_the_oracle(seed: int, n: int, k: int, kind: Any, top_k: int) -> None:
    rng = np.random.default_rng(seed)
    prediction, label = scores(rng, n, k), rng.integers(-2, k + 2, n).astype(kind)
    if kind is np.float32:
        label += np.float32(0.5) * (label > 0)
    correct, total = zeros(1) + 3, zeros(1) + 4
    vision_kernels.count_correct(prediction, label, correct, total)
    assert (correct[0], total[0]) == (3 + metrics.correct_in_top(prediction, label), 4 + n)
    if top_k <= k:
        vision_kernels.count_correct_in_top_k(prediction, label, correct, total, top_k=top_k)
        more = metrics.correct_in_top(prediction, label) + metrics.correct_in_top(prediction, label, top_k)
        assert (correct[0], total[0]) == (3 + more, 4 + 2 * n)


@given(seed=SEEDS, n=SAMPLES, k=CLASSES, kind=TRUTH_LABELS, threshold=st.sampled_from([0.0, 0.3, 0.5, 1.0]))
def test_correct_labels_are_counted_as_by_the_oracle(seed: int, n: int, k: int, kind: Any, threshold: float) -> None:
    rng = np.random.default_rng(seed)
    prediction, label = scores(rng, n, k), rng.integers(0, 2, (n, k)).astype(kind)
    correct, total = zeros(k), zeros(1)
    vision_kernels.count_correct_per_class(prediction, label, correct, total, threshold=threshold)
    np.testing.assert_array_equal(correct, metrics.correct_per_class(prediction, label, threshold))
    assert total[0] == n


@given(seed=SEEDS, n=SAMPLES, k=CLASSES, kind=TRUTH_LABELS, thresholds=st.lists(st.floats(0, 1, width=32), max_size=5))
def test_confusion_is_counted_as_by_the_oracle(seed: int, n: int, k: int, kind: Any, thresholds: list[float]) -> None:
    rng = np.random.default_rng(seed)
    prediction, label = scores(rng, n, k), rng.integers(0, 2, (n, k)).astype(kind)
    expected = metrics.confusion(prediction, label, thresholds)
    counts = {name: zeros(len(thresholds)) for name in expected}
    vision_kernels.keras_confusion(prediction, label, np.array(thresholds, np.float32), **counts)
    for name, count in counts.items():
        np.testing.assert_array_equal(count, expected[name], err_msg=name)


@given(seed=SEEDS, n=SAMPLES, kind=TRUTH_LABELS, buckets=st.sampled_from([2, 7, 200, 3000]))
def test_area_under_a_curve_is_that_of_the_oracle(seed: int, n: int, kind: Any, buckets: int) -> None:
    rng = np.random.default_rng(seed)
    prediction, label = scores(rng, n), rng.integers(0, 2, n).astype(kind)
    counts = {"positive": zeros(buckets), "negative": zeros(buckets)}
    # In two batches, of which the first may be empty.
    for part in (slice(0, n // 3), slice(n // 3, n)):
        vision_kernels.keras_auc_counts(prediction[part], label[part], **counts)
    for name, expected in metrics.auc_counts(prediction, label, buckets).items():
        np.testing.assert_array_equal(counts[name], expected)
    for curve in ("roc", "pr"):
        area = vision_kernels.keras_auc(**counts, curve=curve).area[0]
        assert area == pytest.approx(metrics.auc(**counts, curve=curve), rel=1e-6, abs=1e-6)


def test_area_under_the_characteristic_is_that_of_scikit_learn_where_no_interval_is_shared() -> None:
    rng = np.random.default_rng(1)
    prediction = single((rng.integers(0, 199, 5000) + 0.5) / 199)
    label = rng.random(5000) < prediction
    positive, negative = zeros(200), zeros(200)
    vision_kernels.keras_auc_counts(prediction, label, positive, negative)
    area = vision_kernels.keras_auc(positive, negative).area[0]
    assert area == pytest.approx(roc_auc_score(label, prediction), rel=1e-6)


@given(seed=SEEDS, d=st.integers(0, 30), t=st.integers(0, 12), threshold=st.sampled_from([0.1, 0.5, 1.0]))
def test_detections_are_matched_as_by_the_oracle(seed: int, d: int, t: int, threshold: float) -> None:
    rng = np.random.default_rng(seed)
    detections = np.concatenate([rng.integers(-1, 3, (d, 1)), rng.integers(0, 9, (d, 1)) / 8, boxes(rng, d)], 1)
    truths = np.concatenate([rng.integers(-1, 3, (t, 1)), boxes(rng, t), rng.integers(0, 2, (t, 1))], 1)
    images = ([single(detections), single(detections[::-1])], [single(truths), single(truths[:1])])
    result = vision_kernels.match_detections(*images, overlap_threshold=threshold).outcome
    for outcome, detection, truth in zip(result, *images, strict=True):
        np.testing.assert_array_equal(outcome, metrics.match_detections(detection, truth, threshold))


@given(seed=SEEDS, d=st.integers(0, 60), k=st.integers(1, 4), method=st.sampled_from(["all_points", "eleven_points"]))
def test_average_precision_is_that_of_the_oracle(seed: int, d: int, k: int, method: Any) -> None:
    rng = np.random.default_rng(seed)
    score, label = single(rng.integers(0, 20, d) / 20), rng.integers(-1, k + 1, d).astype(np.int32)
    outcome = rng.integers(-1, 2, d).astype(np.int32)
    truths = np.array([np.sum(outcome[label == each] == 1) + rng.integers(0, 3) for each in range(k)], np.int64)
    result = vision_kernels.average_precision(score, label, outcome, truths, method=method).precision
    expected = metrics.average_precision(score, label, outcome, truths, method)
    np.testing.assert_allclose(result, expected, rtol=1e-12)


def precision_of(outcomes: list[int], truths: int, method: Any) -> float:
    """The average precision of one class whose detections come in this order."""
    score = single(np.linspace(0.9, 0.1, len(outcomes)))
    arrays = np.zeros(len(outcomes), np.int32), np.array(outcomes, np.int32), np.array([truths], np.int64)
    return float(vision_kernels.average_precision(score, *arrays, method=method).precision[0])


@pytest.mark.parametrize(
    ("outcomes", "truths", "all_points", "eleven_points"),
    [
        ([1, 1], 2, 1.0, 1.0),
        ([0, 0], 2, 0.0, 0.0),
        ([], 2, 0.0, 0.0),
        # Precision 1 up to a recall of 1/2, then 2/3.
        ([1, 0, 1], 2, (1 + 2 / 3) / 2, (6 * 1 + 5 * 2 / 3) / 11),
        # The best precision behind counts: 1/2, later 3/5.
        ([0, 1, 0, 1, 1], 3, 3 / 5, 3 / 5),
        # What does not count changes nothing.
        ([-1, 1, -1, 0, 1], 2, (1 + 2 / 3) / 2, (6 * 1 + 5 * 2 / 3) / 11),
        # A recall of 3 / 10 reaches the third tenth.
        ([1, 1, 1], 10, 3 / 10, 4 / 11),
    ],
)
def test_average_precision_of_curves_drawn_by_hand(
    outcomes: list[int], truths: int, all_points: float, eleven_points: float
) -> None:
    assert precision_of(outcomes, truths, "all_points") == pytest.approx(all_points, rel=1e-12)
    assert precision_of(outcomes, truths, "eleven_points") == pytest.approx(eleven_points, rel=1e-12)


def test_average_precision_without_true_boxes_is_no_number() -> None:
    assert np.isnan(precision_of([0, 1], 0, "all_points"))


def outcomes_of(detections: list[list[float]], truths: list[list[float]], **scalars: Any) -> list[int]:
    arrays = [single(np.reshape(rows, (-1, 6))) for rows in (detections, truths)]
    return vision_kernels.match_detections([arrays[0]], [arrays[1]], **scalars).outcome[0].tolist()


def test_a_true_box_is_found_once_by_the_best_detection() -> None:
    weak, strong = [0, 0.3, 0, 0, 1, 1], [0, 0.8, 0, 0, 1, 0.9]
    assert outcomes_of([weak, strong], [[0, 0, 0, 1, 1, 0]]) == [0, 1]


def test_a_difficult_true_box_counts_neither_way_however_often_it_is_found() -> None:
    assert outcomes_of([[0, 0.3, 0, 0, 1, 1], [0, 0.8, 0, 0, 1, 1]], [[0, 0, 0, 1, 1, 1]]) == [-1, -1]


def test_an_overlap_of_exactly_the_threshold_finds_a_true_box() -> None:
    half, truth = [0, 0.5, 0, 0, 1, 0.5], [0, 0, 0, 1, 1, 0]
    assert outcomes_of([half], [truth], overlap_threshold=0.5) == [1]
    assert outcomes_of([half], [truth], overlap_threshold=0.50001) == [0]


def test_a_score_that_is_no_number_comes_last() -> None:
    assert outcomes_of([[0, np.nan, 0, 0, 1, 1], [0, 0.1, 0, 0, 1, 1]], [[0, 0, 0, 1, 1, 0]]) == [0, 1]


def test_every_metric_is_tried() -> None:
    declared = {name for name, function in functions().items() if function["file"] == "metrics"}
    assert declared == {
        "average_precision", "count_correct", "count_correct_in_top_k", "count_correct_per_class", "keras_auc",
        "keras_auc_counts", "keras_confusion", "match_detections",
    }  # fmt: skip
