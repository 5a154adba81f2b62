"""A replay of the detector's cases notices each number that is wrong, and passes over those that mean nothing."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from vision_kernels.replay import Outcome, Status, replay
from vision_kernels.replay.machine import machine

from tests.kernels.folders import write
from tests.kernels.oracle.golden import arrays_of, cases

WITH_TOP_K = "mx_det_02"
KEPT = 20


def replayed(folder: Path, name: str, change: Any) -> Outcome:
    """What becomes of a recorded case after `change` had its way with the arrays that were recorded."""
    case = next(case for case in cases() if case["id"] == name)
    arrays = {
        place["key"]: array.copy()
        for section in ("inputs", "expected")
        for place, array in zip(case[section].values(), arrays_of(case, section).values(), strict=True)
    }
    change({what: arrays[place["key"]] for what, place in case["expected"].items()})
    with machine("cpu") as cpu:
        (outcome,) = replay(write(folder, {**case, "file": "arrays.npz"}, arrays=arrays), cpu)
    return outcome


def put(name: str, place: Any, value: float) -> Any:
    def change(recorded: dict[str, np.ndarray]) -> None:
        recorded[name][place] = value

    return change


def test_stale_rows_past_the_last_kept_one_mean_nothing(tmp_path: Path) -> None:
    outcome = replayed(tmp_path, WITH_TOP_K, put("out", (0, KEPT, 3), 77.0))
    assert outcome.status is Status.AGREES
    assert any("past nms_topk" in difference for difference in outcome.differences)


@pytest.mark.parametrize(
    ("case", "name", "place", "value"),
    [
        (WITH_TOP_K, "out", (0, KEPT - 1, 3), 77.0),
        # A class makes a row one that means something.
        (WITH_TOP_K, "out", (0, KEPT, 0), 1.0),
        ("mx_det_00", "out", (0, 0, 0), 4.0),
        ("mx_det_06", "out", (1, 0, 1), 0.5),
        ("mx_target_00", "loc_mask", (0, 0), 3),
        ("mx_target_00", "cls_target", (0, 0), 0.00001),
        ("mx_target_00", "loc_target", (0, 0), 0.001),
        ("mx_prior_02", "anchors", (0, 7, 2), 0.0),
        ("mx_boxiou_00", "iou", (1, 1), 0.5),
        ("mx_boxnms_02", "out", (0, 0, 5), 0.0),
        ("mx_ssd_head", "grad_loc_pred", (0, 3), 1.0),
        ("mx_metric_00", "running_top3", 1, 0.5),
        ("tf_bin_metrics_01", "running_auc_pr", 1, 0.25),
        ("tf_bin_metrics_01", "auc_false_positives", 5, 3.0),
        ("tf_cat_acc_00", "running", 0, 0.0),
    ],
)
def test_a_wrong_number_is_noticed(tmp_path: Path, case: str, name: str, place: Any, value: float) -> None:
    outcome = replayed(tmp_path, case, put(name, place, value))
    assert outcome.status is Status.DIFFERS
    assert outcome.reason.startswith(name)


def test_rows_mean_something_where_all_boxes_are_kept(tmp_path: Path) -> None:
    def change(recorded: dict[str, np.ndarray]) -> None:
        out = recorded["out"]
        suppressed = np.argwhere((out[..., 0] == -1) & (out[..., 1] != -1))[0]
        out[(*suppressed, 2)] += 1

    assert replayed(tmp_path, "mx_det_00", change).status is Status.DIFFERS
