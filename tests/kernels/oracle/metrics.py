"""Metrics, sample by sample."""

from collections.abc import Sequence

import numpy as np

Counts = dict[str, np.ndarray]
NOWHERE = np.iinfo(np.int64).max


def places(prediction: np.ndarray, label: np.ndarray) -> np.ndarray:
    """How many classes come before the label: those that score higher, and equal ones of lower number.

    NaN scores lowest. A label that is no class is nowhere.
    """
    before = np.empty(len(label), np.int64)
    for i, (scores, given) in enumerate(zip(prediction, label, strict=True)):
        lowest_last = np.where(np.isnan(scores), -np.inf, scores)
        order = sorted(range(len(scores)), key=lambda k: (bool(np.isnan(scores[k])), -lowest_last[k]))
        number = int(given) if np.isfinite(given) else -1
        before[i] = order.index(number) if 0 <= number < len(scores) else NOWHERE
    return before


def correct_in_top(prediction: np.ndarray, label: np.ndarray, top_k: int = 1) -> int:
    return int(np.sum(places(prediction, label) < top_k))


def correct_per_class(prediction: np.ndarray, label: np.ndarray, threshold: float = 0.5) -> np.ndarray:
    return np.sum((prediction > np.float32(threshold)) == (label.astype(np.float32) > 0.5), axis=0)


def confusion(prediction: np.ndarray, label: np.ndarray, thresholds: Sequence[float]) -> Counts:
    truth = label.ravel().astype(bool)
    above = prediction.ravel()[None, :] > np.asarray(thresholds, np.float32)[:, None]
    return {
        "true_positive": np.sum(above & truth, axis=1),
        "false_positive": np.sum(above & ~truth, axis=1),
        "true_negative": np.sum(~above & ~truth, axis=1),
        "false_negative": np.sum(~above & truth, axis=1),
    }


def auc_counts(prediction: np.ndarray, label: np.ndarray, buckets: int) -> Counts:
    positive, negative = np.zeros(buckets, np.int64), np.zeros(buckets, np.int64)
    for p, y in zip(prediction.ravel(), label.ravel(), strict=True):
        if np.isnan(p):
            continue
        bounded = np.clip(np.float32(p), np.float32(0), np.float32(1))
        bucket = max(int(np.ceil(bounded * np.float32(buckets - 1))) - 1, 0)
        (positive if y else negative)[bucket] += 1
    return {"positive": positive, "negative": negative}


def above_thresholds(counts: np.ndarray) -> np.ndarray:
    """Samples predicted positive at each threshold."""
    return np.cumsum(counts[::-1])[::-1].astype(np.float64)


def quotient(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """a / b, and 0 where b is 0."""
    return np.divide(a, b, out=np.zeros_like(a), where=b != 0)


def auc(positive: np.ndarray, negative: np.ndarray, curve: str = "roc") -> float:
    tp, fp = above_thresholds(positive), above_thresholds(negative)
    if curve == "roc":
        recall, fall_out = quotient(tp, np.full_like(tp, tp[0])), quotient(fp, np.full_like(fp, fp[0]))
        return float(np.sum((fall_out[:-1] - fall_out[1:]) * (recall[:-1] + recall[1:]) / 2))
    p = tp + fp
    slope = quotient(tp[:-1] - tp[1:], p[:-1] - p[1:])
    intercept = tp[1:] - slope * p[1:]
    both = (p[:-1] > 0) & (p[1:] > 0)
    ratio = np.where(both, p[:-1] / np.where(both, p[1:], 1), 1)
    increment = slope * (tp[:-1] - tp[1:] + intercept * np.log(ratio))
    return float(np.sum(quotient(increment, np.full_like(increment, tp[0]))))


def iou(a: np.ndarray, b: np.ndarray) -> np.floating:
    zero = np.float32(0)
    both = max(zero, min(a[2], b[2]) - max(a[0], b[0])) * max(zero, min(a[3], b[3]) - max(a[1], b[1]))
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both) if both > 0 else zero


def match_detections(detection: np.ndarray, truth: np.ndarray, overlap_threshold: float = 0.5) -> np.ndarray:
    outcome = np.full(len(detection), -1, np.int32)
    found = np.zeros(len(truth), bool)
    for row in sorted(range(len(detection)), key=lambda i: -detection[i, 1]):
        label, box = detection[row, 0], detection[row, 2:]
        if label == -1:
            continue
        overlaps = [iou(box, each[1:5]) if each[0] == label else np.float32(-1) for each in truth]
        best = int(np.argmax(overlaps)) if overlaps else -1
        if best < 0 or overlaps[best] < np.float32(overlap_threshold):
            outcome[row] = 0
        elif not truth[best, 5]:
            outcome[row] = not found[best]
            found[best] = True
    return outcome


def average_precision(
    score: np.ndarray, label: np.ndarray, outcome: np.ndarray, truths: np.ndarray, method: str = "all_points"
) -> np.ndarray:
    return np.array(
        [_of_class(score[label == k], outcome[label == k], int(count), method) for k, count in enumerate(truths)]
    )


def _of_class(score: np.ndarray, outcome: np.ndarray, truths: int, method: str) -> float:
    if truths == 0:
        return float("nan")
    ranked = outcome[np.argsort(-score, kind="stable")]
    ranked = ranked[ranked >= 0]
    found = np.cumsum(ranked)
    precision = found / np.arange(1, len(ranked) + 1)
    best_from = np.maximum.accumulate(precision[::-1])[::-1]
    if method == "all_points":
        return float(np.sum(best_from * ranked) / truths)
    # Whether a recall reaches a tenth is asked in whole numbers.
    reached = [np.flatnonzero(10 * found >= tenth * truths) for tenth in range(11)]
    return float(np.mean([best_from[at[0]] if len(at) else 0 for at in reached]))
