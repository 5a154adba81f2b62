"""A replay gives every case an outcome, tells a wrong number from a wrong file, and never ends in a traceback."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from vision_kernels import backends
from vision_kernels.replay import adapters
from vision_kernels.replay.command import main

from tests.kernels.folders import sgd_arrays, sgd_case, write

Report = tuple[int, list[dict[str, Any]], dict[str, int]]


@pytest.fixture
def replayed(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(folder: Path) -> Report:
        code = main([str(folder), "--format", "json"])
        *told, counts = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return code, told, counts["counts"]

    return run


def only(report: Report) -> dict[str, Any]:
    (outcome,) = report[1]
    return outcome


def test_case_that_agrees_says_how_closely(tmp_path: Path, replayed: Any) -> None:
    code, (outcome,), counts = replayed(write(tmp_path, sgd_case()))
    assert (code, outcome["status"], outcome["largest_error"]) == (0, "agrees", 0.0)
    assert outcome["tolerance"] == {"rtol": 1e-6, "atol": 1e-7}
    assert (outcome["id"], outcome["op"], counts["agrees"], sum(counts.values())) == ("case", "optimizer.sgd", 1, 1)


@pytest.mark.parametrize("wrong", [0.25001, np.nan, np.inf, -0.25], ids=str)
def test_wrong_number_is_a_difference_at_its_place(tmp_path: Path, replayed: Any, wrong: float) -> None:
    arrays = sgd_arrays()
    arrays["case.w_steps"][1, 0] = wrong
    code, (outcome,), counts = replayed(write(tmp_path, sgd_case(), arrays=arrays))
    assert (code, outcome["status"], counts["differs"]) == (1, "differs", 1)
    assert outcome["reason"].startswith("w_steps[1, 0] must be")


def test_last_state_is_compared_as_well(tmp_path: Path, replayed: Any) -> None:
    arrays = sgd_arrays()
    arrays["case.state_mom"][2] = 0
    outcome = only(replayed(write(tmp_path, sgd_case(), arrays=arrays)))
    assert outcome["reason"].startswith("state_mom[2] must be 0.0")


def test_learning_rates_in_the_manifest_are_compared(tmp_path: Path, replayed: Any) -> None:
    outcome = only(replayed(write(tmp_path, sgd_case(steps=2, lr_after_each_step=[0.5, 0.25]))))
    assert outcome["status"] == "differs"
    assert outcome["reason"].startswith("lr_after_each_step[1] must be 0.25")


def test_value_outside_of_its_range_agrees_with_a_framework_that_raised(tmp_path: Path, replayed: Any) -> None:
    hyper = {"learning_rate": 0.5, "momentum": 1.5}
    raised = sgd_case(hyper=hyper, expected={}, raises={"type": "ValueError", "message": "no"})
    code, (outcome,), _ = replayed(write(tmp_path, raised))
    assert (code, outcome["status"]) == (0, "refused")
    assert outcome["reason"].startswith("mxnet_sgd_step: momentum must lie in [0, 1]")


def test_value_outside_of_its_range_is_out_of_scope_where_the_framework_computed_on(
    tmp_path: Path, replayed: Any
) -> None:
    code, (outcome,), counts = replayed(write(tmp_path, sgd_case(hyper={"learning_rate": 0.5, "momentum": 1.5})))
    assert (code, outcome["status"], counts["out of scope"]) == (0, "out of scope", 1)
    assert "momentum must lie in [0, 1]" in outcome["reason"]


def test_refusal_for_another_reason_is_a_failure(tmp_path: Path, replayed: Any) -> None:
    hyper = {"learning_rate": 0.5, "momentum": "half"}
    code, (outcome,), _ = replayed(write(tmp_path, sgd_case(hyper=hyper)))
    assert code == 1
    assert outcome["status"] in ("differs", "error")


def test_exception_that_the_kernels_do_not_share_is_a_difference(tmp_path: Path, replayed: Any) -> None:
    raised = sgd_case(expected={}, raises={"type": "ValueError", "message": "no"})
    code, (outcome,), _ = replayed(write(tmp_path, raised))
    assert (code, outcome["status"]) == (1, "differs")


def test_operation_without_a_kernel_is_out_of_scope_with_that_reason(
    tmp_path: Path, replayed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in sorted(adapters.OPERATIONS_OF_THE_FRAMEWORKS):
        monkeypatch.delitem(adapters._OPERATIONS, name)
        code, (outcome,), _ = replayed(write(tmp_path, sgd_case(op=name)))
        assert (code, outcome["status"]) == (0, "out of scope")
        assert outcome["reason"] == f"no kernel of this package computes {name}"


BAD_CASES: dict[str, tuple[dict[str, Any], str]] = {
    "unknown operation": ({"op": "optimizer.ftrl"}, "'op' must be a known operation"),
    "unknown hyperparameter": ({"hyper": {"learning_rate": 1, "nu": 1}}, "hyper must have only"),
    "unknown variant": ({"op": "optimizer.SGD", "variant": "keras2", "hyper": {}}, "'variant' must be one of keras3"),
    "variant of a framework that has none": ({"variant": "keras3"}, "'variant' must be left out for optimizer.sgd"),
    "unknown field": ({"device": "gpu"}, "a case of optimizer.sgd must have only"),
    "field of another operation": ({"param_names": ["w"]}, "it has 'param_names'"),
    "unknown field of an array": (
        {"inputs": {"w0": {"key": "case.w0", "slice": 1}, "grads": {"key": "case.grads"}}},
        "must have only a key, a shape and a dtype; it has 'slice'",
    ),
    "input that is not read": (
        {"inputs": {name: {"key": f"case.{name}"} for name in ("w0", "grads", "state_mom")}},
        "optimizer.sgd reads, grads, w0; there is 'state_mom'",
    ),
    "exception beside results": ({"raises": {"type": "ValueError"}}, "arrays or an exception; it expects both"),
    "exception with more to say": ({"expected": {}, "raises": {"type": "E", "code": 1}}, "and only a 'message'"),
    "exception that says no words": ({"expected": {}, "raises": {"type": "E", "message": [1]}}, "is a string or some"),
    "no exception": ({"raises": None}, "'raises' must be an object with a 'type'"),
    "hyperparameter of another type": ({"hyper": {"momentum": "half"}}, "momentum must be a number; it is 'half'"),
    "truth value for a number": ({"hyper": {"momentum": True}}, "momentum must be a number; it is True"),
    "another schedule": ({"hyper": {"lr_scheduler": {"type": "Poly", "step": [1]}}}, "must be MultiFactorScheduler"),
    "multiplier without names": ({"hyper": {"lr_mult": {"w": 2}}}, "lr_mult must be for names of"),
    "wrong count of numbers that are not finite": ({"nonfinite": 1}, "nonfinite must be 0"),
    "wrong dtype of weights": ({"weight_dtype": "float16"}, "weight_dtype must be float32"),
    "wrong tensors": ({"tensors": [{"tag": "s1"}]}, "'tensors' must tell once of w0; it tells 0 times"),
    "missing key": ({"inputs": {"w0": {"key": "nowhere"}, "grads": {"key": "case.grads"}}}, "'nowhere'; it is not"),
    "missing input": ({"inputs": {"w0": {"key": "case.w0"}}}, "inputs must have 'grads'"),
    "no weight": ({"inputs": {"grads": {"key": "case.grads"}}}, "must have a first weight"),
    "missing file": ({"file": "nowhere.npz"}, "nowhere.npz must lie beside the manifest"),
    "path out of the folder": ({"file": "../arrays.npz"}, "'file' must name a file beside the manifest"),
    "no file": ({"file": None}, "'file' must name a file"),
    "shape of the manifest": ({"inputs": {"w0": {"key": "case.w0", "shape": [4]}}}, "must have the shape [4]"),
    "dtype of the manifest": (
        {"inputs": {"w0": {"key": "case.w0", "dtype": "float16"}}},
        "must have the dtype float16",
    ),
    "gradients of another shape": (
        {"inputs": {"w0": {"key": "case.w0"}, "grads": {"key": "case.w0"}}},
        "grads must be float32 of the shape [steps, 3]",
    ),
    "more steps than gradients": ({"steps": 3}, "'steps', the number of gradients, must be 2"),
    "steps that are no number": ({"steps": "two"}, "'steps', the number of gradients, must be 2"),
    "unknown result": ({"expected": {"w_every": {"key": "case.w0"}}}, "expected must have only"),
    "expected shape": ({"expected": {"w_steps": {"key": "case.w0"}}}, "w_steps must have the shape [2, 3]"),
    "nothing expected": ({"expected": {}}, "must expect an array or an exception"),
    "unknown tolerance": ({"tolerance_hint": {"about": 1}}, "'tolerance_hint' must have only"),
    "tolerance that is no number": ({"tolerance_hint": {"rtol": "1e-6"}}, "rtol of 'tolerance_hint' must be a number"),
    "place that is no object": ({"inputs": {"w0": "case.w0"}}, "must be an object with a 'key'"),
    "operation that is no string": ({"op": 7}, "'op' must be a string"),
    "hyperparameters that are no object": ({"hyper": []}, "'hyper' must be an object"),
    "exception without a type": ({"raises": {"message": "no"}}, "'raises' must be an object with a 'type'"),
    "schedule of no shape": ({"hyper": {"lr_scheduler": 1}, "steps": 2}, "lr_scheduler must be an object"),
    "schedule without steps": ({"hyper": {"lr_scheduler": {}}, "steps": 2}, "it has no 'step'"),
    "learning rates that are no numbers": (
        {"lr_after_each_step": ["a", "b"], "steps": 2},
        "must hold finite numbers alone",
    ),
}


@pytest.mark.parametrize(("changes", "words"), BAD_CASES.values(), ids=BAD_CASES)
def test_bad_case_is_one_clear_error_and_hides_no_other(
    tmp_path: Path, replayed: Any, changes: dict[str, Any], words: str
) -> None:
    good = sgd_case(id="good")
    code, (outcome, other), counts = replayed(write(tmp_path, sgd_case(**changes), good))
    assert (code, outcome["status"], counts["error"]) == (1, "error", 1), outcome
    assert words in outcome["reason"]
    assert "\n" not in outcome["reason"]
    assert other["status"] == "agrees"


@pytest.mark.parametrize("case", [7, None, [], "case", {}], ids=str)
def test_case_that_is_no_object_is_an_error(tmp_path: Path, replayed: Any, case: Any) -> None:
    outcome = only(replayed(write(tmp_path, case)))
    assert (outcome["status"], outcome["id"]) == ("error", "manifest.json case 0")


def test_same_id_twice_is_an_error(tmp_path: Path, replayed: Any) -> None:
    code, (_, second), _ = replayed(write(tmp_path, sgd_case(), sgd_case()))
    assert (code, second["reason"]) == (1, "'id' must be unique; another case of the folder has it")


@pytest.mark.parametrize("length", [0, 1, 100, 400])
def test_damaged_file_of_arrays_is_an_error(tmp_path: Path, replayed: Any, length: int) -> None:
    path = write(tmp_path, sgd_case()) / "arrays.npz"
    path.write_bytes(path.read_bytes()[:length])
    assert only(replayed(tmp_path))["status"] == "error"


def test_flipped_bytes_in_a_file_of_arrays_are_an_error(tmp_path: Path, replayed: Any) -> None:
    path = write(tmp_path, sgd_case()) / "arrays.npz"
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        code, (outcome,), _ = replayed(tmp_path)
        assert outcome["status"] in ("agrees", "error"), (place, outcome)
        assert code == (outcome["status"] != "agrees")


def test_pickled_objects_are_not_loaded(tmp_path: Path, replayed: Any) -> None:
    write(tmp_path, sgd_case())
    np.savez(tmp_path / "arrays.npz", **{"case.w0": np.array([object()], object)})
    assert "pickle" in only(replayed(tmp_path))["reason"].lower()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": "another"}', '{"format": "oracle-manifest-1"}', "[" * 10**5]
)
def test_manifest_that_cannot_be_read_is_an_error(tmp_path: Path, replayed: Any, text: str) -> None:
    write(tmp_path, sgd_case())
    (tmp_path / "manifest.json").write_text(text)
    code, (outcome,), _ = replayed(tmp_path)
    assert (code, outcome["id"], outcome["status"]) == (1, "manifest.json", "error")


def test_folder_without_a_manifest_is_a_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert main([str(folder)]) == 2
        assert "must be a folder with a manifest" in capsys.readouterr().err


def test_missing_backend_is_a_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(backends, "_loaded", {})
    monkeypatch.setitem(sys.modules, "vision_kernels._cuda", None)
    assert main([str(write(tmp_path, sgd_case())), "--backend", "cuda"]) == 2
    assert capsys.readouterr().err.startswith("arrays on a GPU need the CUDA backend")


def test_text_has_a_line_for_each_case_and_the_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(write(tmp_path, sgd_case(), sgd_case(id="other", op="nothing")))]) == 1
    first, second, counts = capsys.readouterr().out.splitlines()
    assert first.split()[:3] == ["agrees", "case", "optimizer.sgd"]
    assert second.startswith("error")
    assert counts == "1 agrees, 0 refused, 0 out of scope, 0 differs, 1 error"


@pytest.mark.parametrize("hint", [{"rtol": float("nan")}, {"atol": float("inf")}, {"atol": -1}, {"rtol": 10**400}])
def test_tolerance_that_is_no_tolerance_is_an_error(tmp_path: Path, replayed: Any, hint: dict[str, Any]) -> None:
    report = replayed(write(tmp_path, sgd_case(tolerance_hint=hint)))
    assert only(report)["status"] == "error"
    assert "of 'tolerance_hint' must lie in [0, 1" in only(report)["reason"]


def test_difference_where_nothing_is_allowed_has_no_share(tmp_path: Path, replayed: Any) -> None:
    wrong = sgd_arrays() | {"case.state_mom": np.array([-0.25, -2, -1], np.float32)}
    report = replayed(write(tmp_path, sgd_case(tolerance_hint={"exact": True}), arrays=wrong))
    assert (only(report)["status"], only(report)["share_of_tolerance"]) == ("differs", None)


def test_folder_without_a_case_is_a_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(write(tmp_path))]) == 2
    assert "there was nothing to replay" in capsys.readouterr().err


def test_names_of_cases_do_not_look_like_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(write(tmp_path, sgd_case(id="a\nagrees  b\x1b[1m")))]) == 0
    assert "a\\nagrees  b\\x1b[1m" in capsys.readouterr().out
