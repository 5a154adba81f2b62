"""The oracle's detector agrees with what MXNet recorded, its metrics with MXNet and Keras."""

import numpy as np
import pytest

from tests.kernels.oracle import box_geometry, detection, golden, golden_detection, golden_metrics
from tests.kernels.oracle.golden import Case

DETECTION = [case for case in golden.cases() if case["op"] in golden_detection.RUNS]
METRICS = [case for case in golden.cases() if case["op"] in golden_metrics.RUNS]


def named(cases: list[Case]) -> list[object]:
    return [pytest.param(case, id=case["id"]) for case in cases]


def tolerance(case: Case, name: str) -> tuple[float, float]:
    hint = case.get("tolerance_hint", {})
    hint = hint.get(name, hint.get("columns_1_5", hint))
    return hint.get("rtol", 0.0), hint.get("atol", 0.0)


def agreed(case: Case) -> None:
    for each in golden_detection.run_detection(case):
        recorded, computed = each.recorded.astype(np.float64), each.computed.astype(np.float64)
        if case["op"] == "contrib.MultiBoxDetection":
            np.testing.assert_array_equal(computed[..., 0], recorded[..., 0])
            stale = golden_detection.stale_rows(case, each.recorded)
            assert np.all(computed[stale] == -1)
            recorded = np.where(stale[..., None], -1.0, recorded)
        if each.name in ("cls_target", "loc_mask"):
            np.testing.assert_array_equal(computed, recorded)
        rtol, atol = tolerance(case, each.name)
        np.testing.assert_allclose(computed, recorded, rtol=rtol, atol=atol, err_msg=each.name)


@pytest.mark.parametrize("case", named([case for case in DETECTION if not case.get("raises")]))
def test_the_detector_agrees(case: Case) -> None:
    agreed(case)


@pytest.mark.parametrize("case", named([case for case in [*DETECTION, *METRICS] if case.get("raises")]))
def test_what_mxnet_refuses_is_refused(case: Case) -> None:
    with pytest.raises(ValueError, match=r"status|must"):
        list((golden_detection.run_detection if case in DETECTION else golden_metrics.run_metric)(case))


@pytest.mark.parametrize("case", named([case for case in METRICS if not case.get("raises")]))
def test_the_metric_agrees(case: Case) -> None:
    exact = case.get("tolerance_hint", {}).get("exact")
    for each in golden_metrics.run_metric(case):
        slack = 0 if exact else 3e-6
        np.testing.assert_allclose(each.computed, each.recorded, rtol=slack, atol=slack, err_msg=each.name)


@pytest.mark.parametrize(
    ("case", "name", "change"),
    [
        ("mx_target_01", "plain_iou", lambda a, b: box_geometry.shared(a, b)),
        ("mx_det_00", "suppressing_iou", lambda a, b: np.float32(0)),
        ("mx_boxnms_06", "nms_iou", lambda a, b, form: np.float32(0)),
    ],
)
def test_a_change_of_the_overlap_is_noticed(
    case: str, name: str, change: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detection, name, change)
    with pytest.raises(AssertionError):
        agreed(next(each for each in DETECTION if each["id"] == case))
