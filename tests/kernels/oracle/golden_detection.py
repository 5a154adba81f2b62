"""The golden cases of the detector's operators, run through the oracle."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tests.kernels.oracle import box_geometry, detection
from tests.kernels.oracle.golden import Case, Compared, arrays_of

Arrays = dict[str, np.ndarray]
Refusal = ValueError


def run_detection(case: Case, real: Any = np.float32) -> Iterator[Compared]:
    """All recorded arrays of a case beside those of the oracle. Raises ValueError where MXNet does."""
    with np.errstate(all="ignore"):
        ours = RUNS[case["op"]](arrays_of(case, "inputs"), case["hyper"], real)
    for name, recorded in arrays_of(case, "expected").items():
        yield Compared(name, ours[name].reshape(recorded.shape), recorded)


def stale_rows(case: Case, recorded: np.ndarray) -> np.ndarray:
    """Rows past `nms_topk`, where MXNet leaves scores and boxes that it should not have: ours hold -1 there."""
    kept, threshold = case["hyper"].get("nms_topk", -1), case["hyper"].get("nms_threshold", 0.5)
    past = np.arange(recorded.shape[1]) >= kept
    return past & bool(kept > 0 and 0 < threshold <= 1) & (recorded[..., 0] == -1)


def _renamed(hyper: dict[str, Any], **names: str) -> dict[str, Any]:
    """The hyperparameters that have effect on MXNet's processor operators, by our names."""
    without_effect = ("minimum_negative_samples", "smooth_l1_scalar", "background_id" if names else "")
    return {names.get(name, name): value for name, value in hyper.items() if name not in without_effect}


def _prior(_: Arrays, hyper: dict[str, Any], real: Any) -> Arrays:
    return box_geometry.prior_boxes(real, **_renamed(hyper, feature_h="feature_height", feature_w="feature_width"))


def _target(inputs: Arrays, hyper: dict[str, Any], real: Any) -> Arrays:
    scalars = _renamed(hyper, negative_mining_thresh="negative_mining_threshold")
    if not scalars.get("negative_mining_threshold", 0.5) > 0:
        raise Refusal("negative_mining_threshold must be above 0")
    out = detection.match_anchors(real, inputs["anchors"][0], inputs["label"], inputs["cls_pred"], **scalars)
    if out["status"].any():
        raise Refusal(f"status {out['status']}")
    return {
        "loc_target": out["location_target"],
        "loc_mask": out["location_mask"],
        "cls_target": out["class_target"],
    }


def _detection(inputs: Arrays, hyper: dict[str, Any], real: Any) -> Arrays:
    scalars = _renamed(hyper, threshold="score_threshold")
    location = inputs["loc_pred"].reshape(len(inputs["loc_pred"]), -1, 4)
    return {"out": detection.detect(real, inputs["cls_prob"], location, inputs["anchors"][0], **scalars)["detection"]}


def _box_nms(inputs: Arrays, hyper: dict[str, Any], _: Any) -> Arrays:
    names = {"overlap_thresh": "overlap_threshold", "valid_thresh": "valid_threshold"}
    return {"out": detection.box_nms(inputs["data"], **{names.get(name, name): v for name, v in hyper.items()})["kept"]}


def _box_iou(inputs: Arrays, hyper: dict[str, Any], real: Any) -> Arrays:
    return box_geometry.box_iou(real, inputs["lhs"], inputs["rhs"], **hyper)


def _head(inputs: Arrays, hyper: dict[str, Any], real: Any) -> Arrays:
    targets = _target(inputs, hyper, real)
    n, a = targets["cls_target"].shape
    out = detection.detection_loss(
        real,
        inputs["cls_pred"],
        inputs["loc_pred"].reshape(n, a, 4),
        targets["cls_target"],
        targets["loc_target"],
        targets["loc_mask"],
        sigma=hyper["smooth_l1_scalar"],
    )
    return targets | {
        "prob": out["probability"],
        "loc_loss": out["location_loss"],
        "grad_cls_pred": out["class_gradient"],
        "grad_loc_pred": out["location_gradient"],
    }


RUNS: dict[str, Callable[[Arrays, dict[str, Any], Any], Arrays]] = {
    "contrib.MultiBoxPrior": _prior,
    "contrib.MultiBoxTarget": _target,
    "contrib.MultiBoxDetection": _detection,
    "contrib.box_nms": _box_nms,
    "contrib.box_iou": _box_iou,
    "SSD training head": _head,
}
