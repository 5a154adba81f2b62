"""The operators of a single-shot detector, box by box.

Whether a box is matched or dropped hangs on single-precision overlaps, so these are computed in `np.float32`, in
MXNet's order; `real` is the type for results that are plain numbers.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from tests.kernels.oracle import losses
from tests.kernels.oracle.box_geometry import area, converted, corners, shared

Arrays = dict[str, np.ndarray]
f32 = np.float32
TENTHS = (0.1, 0.1, 0.2, 0.2)
MATCHED, MALFORMED_END, TOO_FEW_NEGATIVES = 0, 1, 2


def plain_iou(a: np.ndarray, b: np.ndarray) -> np.floating:
    """Overlap as the detector's operators compute it: areas may be negative, and without a joint area it is 0."""
    both = shared(a, b)
    joint = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both
    return f32(0) if joint == 0 else both / joint


def true_rows(label: np.ndarray) -> tuple[int, bool]:
    """How many rows hold a true box, and whether the row that ends them is -1 throughout."""
    ends = np.flatnonzero(label[:, 0] == -1)
    if not len(ends):
        return len(label), True
    return int(ends[0]), bool(np.all(label[ends[0], :5] == -1))


def bipartite(overlaps: np.ndarray) -> dict[int, int]:
    """Each true box with its anchor: always the largest overlap among what is free on both sides."""
    match: dict[int, int] = {}
    while len(match) < overlaps.shape[1]:
        best, pair = f32(1e-6), None
        for j in range(overlaps.shape[0]):
            for k in range(overlaps.shape[1]):
                if j not in match and k not in match.values() and overlaps[j, k] > best:
                    best, pair = overlaps[j, k], (j, k)
        if pair is None:
            break
        match[pair[0]] = pair[1]
    return match


def best_truth(row: np.ndarray) -> tuple[int, np.floating]:
    best, index = f32(-1), -1
    for k, overlap in enumerate(row):
        if overlap > best:
            best, index = overlap, k
    return index, best


def offsets_of(real: type, anchor: np.ndarray, truth: np.ndarray, variances: Sequence[float]) -> np.ndarray:
    a, g, v = anchor.astype(real), truth.astype(real), [real(f32(each)) for each in variances]
    aw, ah, gw, gh = a[2] - a[0], a[3] - a[1], g[2] - g[0], g[3] - g[1]
    x, y = (g[0] + g[2]) / 2 - (a[0] + a[2]) / 2, (g[1] + g[3]) / 2 - (a[1] + a[3]) / 2
    return np.array([x / aw / v[0], y / ah / v[1], np.log(gw / aw) / v[2], np.log(gh / ah) / v[3]], real)


def match_anchors(
    real: type,
    anchors: np.ndarray,
    label: np.ndarray,
    class_prediction: np.ndarray,
    *,
    overlap_threshold: float = 0.5,
    negative_mining_ratio: float = -1,
    negative_mining_threshold: float = 0.5,
    ignore_label: float = -1,
    variances: Sequence[float] = TENTHS,
) -> Arrays:
    n, a = len(label), len(anchors)
    out = {
        "location_target": np.zeros((n, a, 4), real),
        "location_mask": np.zeros((n, a, 4), real),
        "class_target": np.full((n, a), ignore_label, real),
        "status": np.zeros(n, np.int32),
    }
    for i in range(n):
        truths, well_formed = true_rows(label[i])
        if not well_formed:
            out["status"][i] = MALFORMED_END
        if truths == 0 or not well_formed:
            continue
        overlaps = np.array([[plain_iou(x, y) for y in label[i, :truths, 1:5]] for x in anchors], f32)
        match = bipartite(overlaps)
        if overlap_threshold > 0:
            for j in set(range(a)) - set(match):
                index, best = best_truth(overlaps[j])
                if best > f32(overlap_threshold):
                    match[j] = index
        negatives = set(range(a)) - set(match)
        if negative_mining_ratio > 0:
            want = min(int(f32(len(match)) * f32(negative_mining_ratio)), a - len(match))
            fit = [j for j in sorted(negatives) if best_truth(overlaps[j])[1] < f32(negative_mining_threshold)]
            background = losses.softmax(class_prediction[i].astype(f32), 0)[0]
            negatives = set(sorted(fit, key=lambda j: (np.isnan(background[j]), background[j]))[:want])
            if len(fit) < want:
                out["status"][i] = TOO_FEW_NEGATIVES
        for j, k in match.items():
            out["class_target"][i, j] = label[i, k, 0] + 1
            out["location_mask"][i, j] = 1
            out["location_target"][i, j] = offsets_of(real, anchors[j], label[i, k, 1:5], variances)
        out["class_target"][i, sorted(negatives)] = 0
    return out


def decoded(real: type, offsets: np.ndarray, anchor: np.ndarray, clip: bool, variances: Sequence[float]) -> np.ndarray:
    p, a, v = offsets.astype(real), anchor.astype(real), [real(f32(each)) for each in variances]
    width, height, x, y = a[2] - a[0], a[3] - a[1], (a[0] + a[2]) / 2, (a[1] + a[3]) / 2
    x, y = p[0] * v[0] * width + x, p[1] * v[1] * height + y
    width, height = np.exp(p[2] * v[2]) * width / 2, np.exp(p[3] * v[3]) * height / 2
    box = np.array([x - width, y - height, x + width, y + height], real)
    return np.array([max(0, min(1, each)) for each in box], real) if clip else box


def best_class(probability: np.ndarray) -> tuple[int, np.floating]:
    """The best class but for the background, counted from 0, and its score; -1 if all scores are NaN."""
    best, index = f32(-1), -1
    for k, score in enumerate(probability[1:]):
        if score > best:
            best, index = score, k
    return index, best


def suppressing_iou(a: np.ndarray, b: np.ndarray) -> np.floating:
    both = shared(a, b)
    joint = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both
    return f32(0) if joint <= 0 else both / joint


def detect(
    real: type,
    class_probability: np.ndarray,
    location_prediction: np.ndarray,
    anchors: np.ndarray,
    *,
    nms_threshold: float = 0.5,
    score_threshold: float = 0.01,
    clip: bool = True,
    force_suppress: bool = False,
    nms_topk: int = -1,
    variances: Sequence[float] = TENTHS,
) -> Arrays:
    n, _, a = class_probability.shape
    out = np.full((n, a, 6), -1, real)
    for i in range(n):
        rows = []
        for j in range(a):
            index, score = best_class(class_probability[i, :, j])
            if index >= 0 and not score < f32(score_threshold):
                box = decoded(real, location_prediction[i, j], anchors[j], clip, variances)
                rows.append(np.array([index, score, *box], real))
        if 0 < nms_threshold <= 1:
            rows.sort(key=lambda row: -row[1])
            rows = rows[:nms_topk] if nms_topk > 0 else rows
            suppress(rows, nms_threshold, force_suppress)
        if rows:
            out[i, : len(rows)] = rows
    return {"detection": out}


def suppress(rows: list[np.ndarray], threshold: float, force: bool) -> None:
    single = [row.astype(f32) for row in rows]
    for i, row in enumerate(rows):
        for j in range(i):
            same = force or single[i][0] == single[j][0]
            if rows[j][0] >= 0 and same and suppressing_iou(single[j][2:], single[i][2:]) >= f32(threshold):
                row[0] = -1
                break


def box_nms(
    data: np.ndarray,
    *,
    overlap_threshold: float = 0.5,
    valid_threshold: float = 0,
    topk: int = -1,
    coord_start: int = 2,
    score_index: int = 1,
    id_index: int = -1,
    background_id: int = -1,
    force_suppress: bool = False,
    in_format: str = "corner",
    out_format: str = "corner",
) -> Arrays:
    if topk == 0:
        return {"kept": data.copy()}
    kept = np.full_like(data, -1)
    box = slice(coord_start, coord_start + 4)
    for i, rows in enumerate(data):
        valid = [row for row in rows if row[score_index] > f32(valid_threshold)]
        if id_index >= 0:
            valid = [row for row in valid if row[id_index] != background_id]
        valid.sort(key=lambda row: -row[score_index])
        live: list[np.ndarray] = []
        for row in valid[: topk if topk > 0 else None]:
            rivals = [r for r in live if force_suppress or id_index < 0 or int(r[id_index]) == int(row[id_index])]
            if not any(nms_iou(r[box], row[box], in_format) > f32(overlap_threshold) for r in rivals):
                live.append(row)
        for j, row in enumerate(live):
            kept[i, j] = row
            kept[i, j, box] = converted(row[box], in_format, out_format)
    return {"kept": kept}


def nms_iou(a: np.ndarray, b: np.ndarray, form: str) -> np.floating:
    both = shared(corners(a, form), corners(b, form))
    return both / (area(a, form) + area(b, form) - both)


def detection_loss(
    real: type,
    class_prediction: np.ndarray,
    location_prediction: np.ndarray,
    class_target: np.ndarray,
    location_target: np.ndarray,
    location_mask: np.ndarray,
    *,
    ignore_label: int = -1,
    sigma: float = 1,
) -> Arrays:
    logits = {"logits": class_prediction.astype(real), "label": class_target}
    classes = losses.mxnet_softmax_per_position(
        real, logits, normalization="valid", use_ignore=True, ignore_label=ignore_label
    )
    mask = location_mask.astype(real)
    difference = mask * (location_prediction.astype(real) - location_target.astype(real))
    place = losses.smooth_l1(real, {"difference": difference}, sigma=sigma)
    counted = max(1, int(np.sum(place["loss"] > 0)))
    return {
        "probability": classes["probability"],
        "location_loss": place["loss"],
        "class_gradient": classes["gradient"],
        "location_gradient": place["gradient"] * mask / counted,
    }


def rows_of(detection: np.ndarray) -> Iterator[np.ndarray]:
    """The rows of a sample that hold a box that was not suppressed."""
    return (row for row in detection if row[0] >= 0)
