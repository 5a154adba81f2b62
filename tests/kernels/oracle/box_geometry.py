"""Prior boxes, the corners, areas and overlaps of boxes, and their two forms."""

from collections.abc import Sequence

import numpy as np

Arrays = dict[str, np.ndarray]


def prior_boxes(
    real: type,
    *,
    feature_height: int,
    feature_width: int,
    sizes: Sequence[float] = (1.0,),
    ratios: Sequence[float] = (1.0,),
    steps: Sequence[float] = (-1.0, -1.0),
    offsets: Sequence[float] = (0.5, 0.5),
    clip: bool = False,
) -> Arrays:
    shapes = [(size, ratios[0]) for size in sizes] + [(sizes[0], ratio) for ratio in ratios[1:]]
    even = min(steps) <= 0
    step_y, step_x = (1 / real(feature_height), 1 / real(feature_width)) if even else (real(steps[0]), real(steps[1]))
    boxes = []
    for row in range(feature_height):
        for column in range(feature_width):
            y, x = (row + real(offsets[0])) * step_y, (column + real(offsets[1])) * step_x
            for size, ratio in shapes:
                root = np.sqrt(real(ratio))
                width = real(size) * real(feature_height) / real(feature_width) * root / 2
                height = real(size) / root / 2
                boxes.append((x - width, y - height, x + width, y + height))
    anchors = np.array(boxes, real)
    return {"anchors": np.clip(anchors, 0, 1) if clip else anchors}


def corners(box: np.ndarray, form: str) -> np.ndarray:
    if form == "corner":
        return box
    return np.array([box[0] - box[2] / 2, box[1] - box[3] / 2, box[0] + box[2] / 2, box[1] + box[3] / 2], box.dtype)


def area(box: np.ndarray, form: str) -> np.floating:
    width, height = (box[2] - box[0], box[3] - box[1]) if form == "corner" else (box[2], box[3])
    return width.dtype.type(0) if width < 0 or height < 0 else width * height


def shared(a: np.ndarray, b: np.ndarray) -> np.floating:
    zero = a.dtype.type(0)
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return (width if width > 0 else zero) * (height if height > 0 else zero)


def box_iou(real: type, left: np.ndarray, right: np.ndarray, *, format: str = "corner") -> Arrays:
    left, right = left.astype(real), right.astype(real)
    iou = np.zeros((len(left), len(right)), real)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            both = shared(corners(a, format), corners(b, format))
            if both > 0:
                iou[i, j] = both / (area(a, format) + area(b, format) - both)
    return {"iou": iou}


def converted(box: np.ndarray, before: str, after: str) -> np.ndarray:
    if before == after or box[0] < 0:
        return box
    if after == "corner":
        return corners(box, "center")
    return np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2, box[2] - box[0], box[3] - box[1]], box.dtype)
