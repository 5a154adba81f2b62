"""The detector's operators of MXNet."""

from typing import Any

import numpy as np

from vision_kernels.replay.adapters import (
    Arrays,
    Computed,
    Overruled,
    array,
    check_affordable,
    hyperparameters,
    operation,
)
from vision_kernels.replay.machine import Machine, Refused
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import CaseError

_TARGETS = {
    "overlap_threshold": 0.5, "negative_mining_ratio": -1.0, "negative_mining_thresh": 0.5, "ignore_label": -1.0,
    "minimum_negative_samples": 0, "variances": (0.1, 0.1, 0.2, 0.2),
}  # fmt: skip
# What a status other than 0 means, and a word of the check with which MXNet stops there.
_FAULTS = {
    1: ("the row that ends the true boxes must hold -1 throughout", "p_label"),
    2: ("as many anchors as wanted must be fit to become background", "num_negative"),
}
_DETECTION = 6


@operation("contrib.MultiBoxPrior")
def _prior_boxes(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(
        case, feature_h=1, feature_w=1, sizes=(1.0,), ratios=(1.0,), steps=(-1.0, -1.0), offsets=(0.5, 0.5),
        clip=False,
    )  # fmt: skip
    height, width = hyper.pop("feature_h"), hyper.pop("feature_w")
    each = len(hyper["sizes"]) + len(hyper["ratios"]) - 1
    check_affordable("anchors", height, width, each, 4)
    # Sizes that are none are for the kernel to refuse.
    count = max(height * width * each, 0) if type(height) is type(width) is int else 0
    anchors = machine.put(np.empty((count, 4), np.float32))
    machine.call("mxnet_prior_boxes", anchors=anchors, feature_height=height, feature_width=width, **_with_lists(hyper))
    return Computed({"anchors": machine.get(anchors)[None]})


@operation("contrib.MultiBoxTarget")
def _target(case: Case, machine: Machine) -> Computed:
    found = _matched(case.inputs(), hyperparameters(case, **_TARGETS), machine)
    return Computed(_by_mxnet_names(found))


def _matched(inputs: Arrays, hyper: dict[str, Any], machine: Machine) -> Arrays:
    # MXNet takes minimum_negative_samples, which does nothing on the processor.
    names = ("overlap_threshold", "negative_mining_ratio", "ignore_label", "variances")
    scalars = {name: hyper[name] for name in names}
    scalars["negative_mining_threshold"] = hyper["negative_mining_thresh"]
    arrays = [_anchors(inputs), array(inputs, "label"), array(inputs, "cls_pred")]
    result = machine.call("mxnet_match_anchors", *map(machine.put, arrays), **_with_lists(scalars))
    found = {name: machine.get(each) for name, each in result._asdict().items()}
    for sample, status in enumerate(found["status"]):
        if status:  # where MXNet stops
            fault, word = _FAULTS[int(status)]
            message = f"mxnet_match_anchors: status[{sample}] is {status}: {fault}"
            raise Refused("mxnet_match_anchors", scalars, message, (word, *(word for _, word in _FAULTS.values())))
    return found


def _anchors(inputs: Arrays) -> np.ndarray:
    anchors = array(inputs, "anchors", 3)
    if len(anchors) != 1:
        raise CaseError(f"anchors must be those of all samples, of the shape [1, a, 4]; it is {list(anchors.shape)}")
    return np.asarray(anchors[0])


def _by_mxnet_names(found: Arrays) -> Arrays:
    n, anchors = found["class_target"].shape
    return {
        "loc_target": found["location_target"].reshape(n, 4 * anchors),
        "loc_mask": found["location_mask"].reshape(n, 4 * anchors),
        "cls_target": found["class_target"],
    }


@operation("contrib.MultiBoxDetection")
def _detection(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(
        case, nms_threshold=0.5, threshold=0.01, clip=True, force_suppress=False, nms_topk=-1,
        variances=(0.1, 0.1, 0.2, 0.2), background_id=0,
    )  # fmt: skip
    inputs = case.inputs()
    names = ("clip", "force_suppress", "nms_topk", "variances")
    scalars = {name: hyper[name] for name in names}
    # Beyond its range MXNet takes the threshold for none. It takes background_id too, which does nothing.
    suppresses = 0 < hyper["nms_threshold"] <= 1
    scalars["nms_threshold"] = hyper["nms_threshold"] if suppresses else 0.0
    scalars["score_threshold"] = hyper["threshold"]
    location = _locations(inputs)
    arrays = [array(inputs, "cls_prob"), location, _anchors(inputs)]
    result = machine.call("mxnet_detect", *map(machine.put, arrays), **_with_lists(scalars))
    computed = Computed({"out": machine.get(result.detection)}, detections=frozenset({"out"}))
    if suppresses and hyper["nms_topk"] > 0:
        computed.overruled["out"] = _rows_past(hyper["nms_topk"])
    return computed


def _locations(inputs: Arrays) -> np.ndarray:
    """The predicted offsets, four of each anchor."""
    location = array(inputs, "loc_pred", 2)
    if location.shape[1] % 4:
        raise CaseError(f"loc_pred must hold four numbers for each anchor; its shape is {list(location.shape)}")
    return location.reshape(len(location), location.shape[1] // 4, 4)


def _rows_past(kept: int) -> Overruled:
    def are_stale(recorded: np.ndarray) -> np.ndarray:
        stale = (np.arange(recorded.shape[1]) >= kept) & (recorded[..., 0] == -1)
        return np.broadcast_to(stale[..., None], recorded.shape)

    return Overruled("MXNet leaves scores and boxes of others in rows past nms_topk; ours hold -1", are_stale, -1.0)


@operation("contrib.box_nms")
def _box_nms(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(
        case, overlap_thresh=0.5, valid_thresh=0.0, topk=-1, coord_start=2, score_index=1, id_index=-1,
        background_id=-1, force_suppress=False, in_format="corner", out_format="corner",
    )  # fmt: skip
    hyper["overlap_threshold"], hyper["valid_threshold"] = hyper.pop("overlap_thresh"), hyper.pop("valid_thresh")
    result = machine.call("mxnet_box_nms", machine.put(array(case.inputs(), "data")), **hyper)
    kept = machine.get(result.kept)
    places = (hyper["id_index"], hyper["score_index"], hyper["coord_start"], kept.shape[-1])
    return Computed({"out": kept}, detections=frozenset({"out"} if places == (0, 1, 2, _DETECTION) else ()))


@operation("contrib.box_iou")
def _box_iou(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, format="corner")
    inputs = case.inputs()
    left, right = machine.put(array(inputs, "lhs", 2)), machine.put(array(inputs, "rhs", 2))
    check_affordable("iou", len(inputs["lhs"]), len(inputs["rhs"]))
    result = machine.call("mxnet_box_iou", left, right, box_format=hyper["format"])
    return Computed({"iou": machine.get(result.iou)})


@operation("SSD training head")
def _head(case: Case, machine: Machine) -> Computed:
    hyper = hyperparameters(case, **_TARGETS, smooth_l1_scalar=1.0)
    inputs = case.inputs()
    found = _matched(inputs, hyper, machine)
    scores, location = array(inputs, "cls_pred"), _locations(inputs)
    arrays = [
        scores, location, found["class_target"], found["location_target"],
        found["location_mask"],
    ]  # fmt: skip
    result = machine.call("mxnet_detection_loss", *map(machine.put, arrays), sigma=hyper["smooth_l1_scalar"])
    n, anchors = location.shape[:2]
    losses = {
        "prob": machine.get(result.probability),
        "loc_loss": machine.get(result.location_loss).reshape(n, 4 * anchors),
        "grad_cls_pred": machine.get(result.class_gradient),
        "grad_loc_pred": machine.get(result.location_gradient).reshape(n, 4 * anchors),
    }
    return Computed(_by_mxnet_names(found) | losses)


def _with_lists(scalars: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in scalars.items()}
