"""What a case says is understood or refused: a field, a hyperparameter or an array that is passed over could mean all."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import vision_kernels
from vision_kernels.replay import Outcome, Status, replay
from vision_kernels.replay.machine import Machine, machine

from tests.kernels.folders import write
from tests.kernels.oracle.golden import arrays_of, cases


@pytest.fixture
def cpu() -> Iterator[Machine]:
    with machine("cpu") as found:
        yield found


def changed(folder: Path, cpu: Machine, name: str, change: Any = None, arrays: Any = None) -> Outcome:
    """What becomes of a recorded case after changes to what its manifest says, and to its arrays."""
    case = deepcopy(next(case for case in cases() if case["id"] == name))
    stored = {}
    for section in ("inputs", "expected"):
        for what, array in arrays_of(case, section).items():
            stored[f"{section}.{what}"] = array.copy()
            case[section][what] = {"key": f"{section}.{what}"}
    if change is not None:
        change(case)
    if arrays is not None:
        arrays(stored)
    (outcome,) = replay(write(folder, {**case, "file": "arrays.npz"}, arrays=stored), cpu)
    return outcome


def put(*path: Any, value: Any) -> Any:
    def change(entry: dict[str, Any]) -> None:
        *outer, last = path
        for key in outer:
            entry = entry[key]
        entry[last] = value

    return change


REFUSED = [
    ("mx_sgd_00", ("variant",), "keras3", "'variant' must be left out for optimizer.sgd"),
    ("tf_sgd_00_keras3", ("variant",), "keras4", "'variant' must be one of keras3, tf_keras, tf_keras_legacy"),
    ("tf_sgd_00_keras3", ("weight_dtype",), "float32", "must have only"),
    ("mx_edge_00_sgd", ("nonfinite",), 3, "nonfinite must be 0"),
    ("mx_sgd_00", ("tensors", 0, "size"), 9, "the size of .s1 must be 1"),
    ("mx_sgd_00", ("tensors", 0, "all_steps_kept"), False, "all_steps_kept of .s1 must be True"),
    ("mx_sgd_00", ("tensors", 0, "offset"), 0, "must be a list of objects of all_steps_kept, size, tag"),
    ("mx_sgd_00", ("steps",), 5, "'steps', the number of gradients, must be 10"),
    ("mx_sgd_00", ("inputs", "grads.s9"), {"key": "inputs.grads.s7"}, "there is 'grads.s9'"),
    ("mx_sgd_00", ("tolerance_hint", "columns_1_5"), {"atol": 1}, "it has 'columns_1_5'"),
    ("mx_sgd_00", ("tolerance_hint", "out_given_matrix"), {"atol": 1}, "it has 'out_given_matrix'"),
    ("mx_boxnms_00", ("tolerance_hint", "columns_0"), "exact", "it has 'columns_0'"),
    ("mx_det_00", ("tolerance_hint", "columns_0"), "near", "'columns_0' of 'tolerance_hint' must be 'exact'"),
    ("mx_metric_00", ("hyper", "batches"), 2, "batches must be 3"),
    ("mx_hsl_00", ("hyper", "drawn_hsl"), [[0, 0, 0]] * 3, "drawn_hsl must be"),
    ("mx_hsl_00", ("hyper", "random_h"), 20, "delta_hsl must hold shifts of at most [20, 50, 50]"),
    ("mx_hsl_00", ("hyper", "random_x"), 20, "hyper must have only"),
    ("mx_affine_00", ("hyper", "max_rotate_angle"), 5, "angle_deg of 'drawn' must lie in [-5, 5]"),
    ("mx_affine_00", ("hyper", "max_random_scale"), float("nan"), "must hold finite numbers"),
    ("mx_affine_00", ("hyper", "drawn", 0, "angle_deg"), 6, "M_forward must follow from 'drawn'"),
    ("mx_affine_00", ("hyper", "warp_size_wh"), [], "the number of warp_size_wh must be 3"),
    ("mx_affine_00", ("hyper", "inter_method"), -1, "must be 0 to 4 or 9; it is -1"),
    ("mx_affine_00", ("hyper", "pad"), 1, "hyper must have only"),
    ("tf_rotate_00", ("hyper", "angle_deg"), 12.0, "angle_deg must be 36"),
    ("tf_rotate_00", ("layer_call_identical",), False, "layer_call_identical must be True"),
    ("tf_zoom_00", ("hyper", "width_zoom"), 0.5, "width_zoom must be 1.2"),
    (
        "tf_projective_0_bilinear",
        ("hyper", "batch"),
        "twice the same",
        "batch must be 'image_a and its horizontal flip'",
    ),
    ("tf_edge_resize_nearest", ("hyper", "uint8_input_gives_dtype"), "float32", "must be uint8"),
    ("tf_edge_resize_nearest", ("expected", "out_twice"), {"key": "expected.to_1x1"}, "it has 'out_twice'"),
    ("mx_softmaxout_00", ("inputs", "weight"), {"key": "inputs.label"}, "there is 'weight'"),
    ("mx_mult_00_sgd", ("param_names",), ["a", "b", "c", "d"], "param_names must be"),
]


@pytest.mark.parametrize(
    ("name", "path", "value", "words"), REFUSED, ids=[f"{name} {path[-1]}" for name, path, *_ in REFUSED]
)
def test_what_is_not_understood_or_not_so_is_an_error(
    tmp_path: Path, cpu: Machine, name: str, path: tuple[Any, ...], value: Any, words: str
) -> None:
    assert changed(tmp_path, cpu, name).status is Status.AGREES
    outcome = changed(tmp_path, cpu, name, put(*path, value=value))
    assert outcome.status is Status.ERROR, outcome
    assert words in outcome.reason


@pytest.mark.parametrize(("name", "what"), [("mx_det_00", "out"), ("mx_hflip", "out_nd_flip_top_bottom")])
def test_array_of_another_shape_is_an_error_where_its_numbers_would_mean_nothing(
    tmp_path: Path, cpu: Machine, name: str, what: str
) -> None:
    for shape in ((), (0,), (3, 1, 1, 1)):
        outcome = changed(tmp_path, cpu, name, arrays=put(f"expected.{what}", value=np.zeros(shape, np.float32)))
        assert outcome.status is Status.ERROR
        assert f"{what} must have the shape" in outcome.reason


@pytest.mark.parametrize(("name", "what"), [("tf_edge_bce_00_0", "logits"), ("mx_smoothl1_00", "head_grad")])
def test_input_that_would_be_spread_over_another_is_an_error(
    tmp_path: Path, cpu: Machine, name: str, what: str
) -> None:
    def spread(arrays: dict[str, np.ndarray]) -> None:
        arrays[f"inputs.{what}"] = arrays[f"inputs.{what}"][..., None]

    outcome = changed(tmp_path, cpu, name, arrays=spread)
    assert outcome.status is Status.ERROR
    assert f"{what} must have the shape of" in outcome.reason


def test_result_with_antialiasing_is_compared_where_it_is_said_to_be_identical(
    tmp_path: Path, cpu: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = next(case["id"] for case in cases() if case.get("antialias_identical") is True)
    resize = vision_kernels.resize

    def wrong(*arrays: Any, **options: Any) -> Any:
        result = resize(*arrays, **options)
        if options["antialias"]:
            result.resized[0][...] += 1
        return result

    assert changed(tmp_path, cpu, name).status is Status.AGREES
    monkeypatch.setattr(vision_kernels, "resize", wrong)
    outcome = changed(tmp_path, cpu, name)
    assert outcome.status is Status.DIFFERS
    assert outcome.reason.startswith("out_antialias[")


def test_class_of_a_detection_is_exact_however_loose_its_score_is(tmp_path: Path, cpu: Machine) -> None:
    loose = put("tolerance_hint", "columns_1_5", value={"atol": 10.0})
    assert changed(tmp_path, cpu, "mx_det_00", loose).status is Status.AGREES
    outcome = changed(tmp_path, cpu, "mx_det_00", loose, put("expected.out", (0, 0, 0), value=4.0))
    assert outcome.reason.startswith("out[0, 0, 0] must be 4.0")


def test_anchors_are_those_of_all_samples(tmp_path: Path, cpu: Machine) -> None:
    def twice(arrays: dict[str, np.ndarray]) -> None:
        arrays["inputs.anchors"] = np.repeat(arrays["inputs.anchors"], 2, axis=0)

    assert "of the shape [1, a, 4]; it is [2, 178, 4]" in changed(tmp_path, cpu, "mx_det_00", arrays=twice).reason


def test_array_that_is_missing_is_an_error_where_nothing_is_computed(tmp_path: Path, cpu: Machine) -> None:
    outside = put("hyper", "threshold", value=2.0)
    assert changed(tmp_path, cpu, "mx_det_00", outside).status is Status.OUT_OF_SCOPE

    def without_its_array(case: dict[str, Any]) -> None:
        outside(case)
        case["expected"]["out"]["key"] = "nowhere"

    assert "'nowhere'; it is not" in changed(tmp_path, cpu, "mx_det_00", without_its_array).reason
