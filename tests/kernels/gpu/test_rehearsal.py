"""What runs on a GPU is rehearsed without one, so that a slip of the pen costs none of the GPU's time."""

import importlib.util
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
import vision_kernels

from tests.kernels.declared import functions
from tests.kernels.gpu import tools

HAS_TORCH = importlib.util.find_spec("torch") is not None
with_torch = pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed; `make test-torch` runs these")

if HAS_TORCH:
    import torch

    from benchmarks.kernels import on_gpu as timing
    from tests.kernels.gpu import on_gpu, query, small_calls

ROOT = Path(__file__).resolve().parents[3]
RULES = (ROOT / "kernels" / "gpu.mk").read_text(encoding="utf-8")
SANITIZED = re.findall(r"\b(?:SmallCalls|Places|Updates)\.test_\w+", RULES)


@with_torch
@pytest.mark.parametrize("names", [[], SANITIZED], ids=["all", "sanitized"])
def test_checks_pass_in_a_rehearsal(names: list[str], capsys: Any) -> None:
    assert on_gpu.main(["--rehearse", *names]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("a rehearsal on ")
    assert f"Ran {len(names) or 10} tests" in told.err
    skipped = set(re.findall(r"\.(test_\w+)\) \.\.\. skipped", told.err))
    assert skipped == (set() if names else {
        "test_indices_beyond_32_bits_are_reached",
        "test_the_callers_stream_is_used",
        "test_arrays_of_two_places_are_refused",
        "test_captured_calls_compute_the_same_whenever_their_graph_is_launched",
        "test_arrays_away_from_the_current_device_are_computed_where_they_lie",
    })  # fmt: skip


@with_torch
def test_wrong_kernel_fails_the_checks(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(vision_kernels, "mxnet_sgd_step", lambda *arrays, **scalars: None)
    assert on_gpu.main(["--rehearse"]) == 1
    failed = set(re.findall(r"\.(test_\w+)\) \.\.\. FAIL", capsys.readouterr().err))
    assert failed == {
        "test_views_away_from_any_alignment_are_read_and_nothing_beside_is_written",
        "test_more_tensors_than_fit_into_one_launch_are_all_updated",
    }


@with_torch
@pytest.mark.parametrize("function", ["mxnet_sgd_step", "mxnet_box_nms", "random_uniform"])
def test_kernel_that_forgets_its_results_fails_the_small_calls(
    function: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    right = getattr(vision_kernels, function)

    def forgets_its_results(*arrays: Any, **arguments: Any) -> Any:
        result = right(*arrays, **arguments)
        for one in result or arguments["weight"]:
            if isinstance(one, torch.Tensor):
                one.zero_()
        return result

    monkeypatch.setattr(vision_kernels, function, forgets_its_results)
    assert on_gpu.main(["--rehearse", "SmallCalls"]) == 1
    failed = set(re.findall(r"FAIL: test_every_function.*function='(\w+)'", capsys.readouterr().err))
    assert failed == {function}


@with_torch
def test_small_calls_reach_every_function_that_has_a_kernel() -> None:
    declared = {name for name, function in functions().items() if "cuda" in function["backends"]}
    assert set(small_calls.names()) == declared
    assert {"nearest", "bilinear", "cubic"} <= {
        each.get("interpolation", "bilinear") for each in small_calls.variants_of("opencv_warp_affine")
    }
    assert any(each.get("negative_mining_ratio", -1.0) > 0 for each in small_calls.variants_of("mxnet_match_anchors"))


@with_torch
@pytest.mark.skipif(HAS_TORCH and torch.cuda.is_available(), reason="there is a GPU; `make gpu` runs these for good")
def test_without_a_gpu_nothing_is_checked_and_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(timing, "RESULTS", tmp_path)
    for run, code in ((query.main, 1), (lambda: on_gpu.main([]), 1), (lambda: timing.main([]), 2)):
        assert run() == code
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith("a GPU that PyTorch can use is needed; none was found")
        assert told.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@with_torch
def test_times_are_written_down_with_the_rates_that_follow(tmp_path: Path, capsys: Any) -> None:
    target = tmp_path / "results" / "rehearsed.json"
    assert timing.main(["--rehearse", str(target)]) == 0
    found = json.loads(target.read_text(encoding="utf-8"))
    assert json.loads(capsys.readouterr().out) == found
    assert list(found) == [
        "gpu",
        "torch",
        "cuda",
        "parameters",
        "microseconds",
        "gigabytes_per_second",
        "share_of_copy",
    ]
    assert (found["gpu"], found["torch"], found["parameters"]) == (None, torch.__version__, 25_557_032)
    updates = {"adam", "adam, PyTorch fused", "sgd", "sgd, PyTorch fused"}
    assert set(found["microseconds"]) == updates | {"cross entropy", "cross entropy, PyTorch", "copy"}
    assert set(found["gigabytes_per_second"]) == updates | {"copy"}
    assert set(found["share_of_copy"]) == updates
    assert all(math.isfinite(time) and time > 0 for time in found["microseconds"].values())
    for name, rate in found["gigabytes_per_second"].items():
        moved = (20 if name.startswith("sgd") else 28) * found["parameters"]
        assert rate == pytest.approx(moved / found["microseconds"][name] / 1e3, rel=1e-3, abs=0.06)


@with_torch
def test_rehearsal_is_never_kept_as_a_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(timing, "RESULTS", tmp_path)
    assert timing.main(["--rehearse"]) == 2
    assert "needs a FILE" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@with_torch
def test_results_are_named_after_the_gpu() -> None:
    assert timing.slug("NVIDIA H200 (80GB)") == "nvidia-h200-80gb"


def test_missing_tool_is_named_before_anything_is_built(capsys: Any) -> None:
    assert tools.main(["numpy", "no-such-package", "nor-this-one"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("no-such-package, nor-this-one: needed by ")


def test_tools_that_are_there_are_told_with_their_versions(capsys: Any) -> None:
    assert tools.main(["numpy"]) == 0
    assert re.match(r"Python 3\.\d+\.\d+, numpy \d", capsys.readouterr().out)
