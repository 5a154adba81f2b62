"""Two arrays agree only if every number does: exactly where integers are told, and as closely as a hint can say."""

from typing import Any

import numpy as np
import pytest
from vision_kernels.replay.comparing import compare
from vision_kernels.replay.hints import Arrays, hint_of
from vision_kernels.replay.outcomes import CaseError
from vision_kernels.replay.tolerances import DEFAULTS, tolerance

EXACT = {"rtol": 0.0, "atol": 0.0}
LARGE = 2**53


@pytest.mark.parametrize("kind", [np.int64, np.uint64])
@pytest.mark.parametrize("number", [LARGE + 1, 2**62 + 1, 2**63 - 1])
def test_large_integers_are_not_rounded(kind: type, number: int) -> None:
    recorded = np.array([3, number], kind)
    assert compare("out", recorded, recorded, EXACT).problem == ""
    found = compare("out", recorded - np.array([0, 1], kind), recorded, EXACT)
    assert found.problem == f"out[1] must be {number}; it is {number - 1}"
    assert found.largest_error == 1


def test_integers_of_unlike_types_are_compared_by_their_values() -> None:
    signed, unsigned = np.array([-1, 2**63 - 1], np.int64), np.array([2**64 - 1, 2**63 - 1], np.uint64)
    found = compare("out", signed, unsigned, EXACT)
    assert found.problem == f"out[0] must be {2**64 - 1}; it is -1"
    assert compare("out", np.array([LARGE + 1]), np.array([float(LARGE)]), EXACT).largest_error == 1
    assert compare("out", np.array([LARGE + 1]), np.array([np.inf]), EXACT).problem


@pytest.mark.parametrize("kind", [np.complex128, object, "U3", "datetime64[s]"])
def test_what_is_no_real_number_agrees_with_nothing(kind: Any) -> None:
    with pytest.raises(CaseError, match="must hold booleans, integers or floating-point numbers"):
        compare("out", np.ones(2), np.ones(2).astype(np.int64).astype(kind), DEFAULTS)


def test_half_precision_is_compared_with_half_precision_alone() -> None:
    with pytest.raises(CaseError, match="out must be in half precision only if the result is, which is float32"):
        compare("out", np.ones(2, np.float32), np.ones(2, np.float16), {"ulp": 1.0})


@pytest.mark.parametrize("number", [65504.0, 1.0, 2.0**-14, 2.0**-24, 0.0, 1000.0, 0.33325195])
def test_units_of_half_precision_are_those_of_the_recorded_number(number: float) -> None:
    recorded = np.array([number], np.float16)
    below = np.nextafter(recorded, np.float16(-np.inf))
    two_below = np.nextafter(below, np.float16(-np.inf))
    assert compare("out", below, recorded, {"ulp": 1.0}).problem == ""
    if number not in (1.0, 2.0**-14):  # below a power of 2 they are half as large
        assert compare("out", two_below, recorded, {"ulp": 1.0}).problem
    assert compare("out", np.array([number / 2 - 1], np.float16), recorded, {"ulp": 4.0}).problem


@pytest.mark.parametrize("both", [np.array(1.5), np.array(3), np.array(True), np.zeros((0, 4))])
def test_arrays_without_axes_or_numbers_agree_with_themselves(both: np.ndarray) -> None:
    assert compare("out", both, both, EXACT).problem == ""


def test_nan_is_within_no_tolerance() -> None:
    assert compare("out", np.array([np.nan]), np.array([1.0]), {"rtol": 0.9, "atol": 1e5}).problem
    assert compare("out", np.array([1.0]), np.array([2.0]), {"rtol": np.nan, "atol": 0.0}).problem


def test_mean_of_all_differences_is_bounded() -> None:
    recorded = np.zeros(10, np.uint8)
    limits = tolerance({"atol_levels": 6, "mean_abs_levels": 0.5}, recorded.dtype)
    few, many = recorded.copy(), recorded + np.uint8(1)
    few[0] = 5
    assert compare("out", few, recorded, limits).problem == ""
    assert (
        compare("out", many, recorded, limits).problem == "out must differ by at most 0.5 on average; it differs by 1"
    )


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        ({"rtol": 1}, r"must lie in \[0, 1\)"),
        ({"fraction_allowed_larger": 0.5}, r"must lie in \[0, 0.5\)"),
        ({"ulp_fp16": 1024}, r"must lie in \[0, 1024\)"),
        ({"atol_levels": 256}, r"must lie in \[0, 256\)"),
        ({"rtol": True}, "must be a number; it is True"),
        ({"atol": [1e-6]}, "must be a number"),
        ({"exact": "no"}, "must be True or False; it is 'no'"),
        ({"exact": 1}, "must be True or False; it is 1"),
        ({"nan_positions": "may differ"}, "must be 'must match'"),
        ({"columns_1_5": {"atol": 1}}, "it has 'columns_1_5'"),
    ],
)
@pytest.mark.parametrize("kind", ["float16", "float32", "uint8", "int64"])
def test_hint_of_no_use_is_refused_whatever_it_is_for(hint: dict[str, Any], words: str, kind: str) -> None:
    with pytest.raises(CaseError, match=words):
        tolerance(hint, np.dtype(kind))


def test_exact_is_exact_in_half_precision_and_for_bytes() -> None:
    for kind in ("float16", "float32", "uint8"):
        assert tolerance({"exact": True, "atol_levels": 3}, np.dtype(kind)) == EXACT
    assert tolerance({"rtol": 0.0}, np.dtype("float32")) == EXACT
    assert tolerance({}, np.dtype("float32")) == DEFAULTS


def test_a_hint_speaks_of_an_array_by_its_name_or_its_end() -> None:
    hint, arrays = {"rtol": 1e-6, "auc_pr": {"atol": 2e-6}}, Arrays(frozenset({"running_auc_pr", "running_recall"}))
    assert hint_of(hint, "running_auc_pr", arrays) == ({"rtol": 1e-6, "atol": 2e-6}, False)
    assert hint_of(hint, "running_recall", arrays) == ({"rtol": 1e-6}, False)
    two = Arrays(frozenset({"a", "b"}))
    assert hint_of({"a": {"atol": 1}, "others": "exact"}, "b", two) == ({"exact": True}, False)
    assert hint_of({"a": "exact"}, "a", two) == ({"exact": True}, False)
    assert hint_of({"unknown": {"atol": 1}}, "b", two) == ({"unknown": {"atol": 1}}, False)


def test_the_longest_end_of_a_name_decides() -> None:
    hint = {"pr": {"atol": 1}, "auc_pr": {"atol": 2}, "running_auc_pr": {"atol": 3}}
    arrays = Arrays(frozenset({"running_auc_pr", "final_auc_pr", "final_pr"}))
    assert [hint_of(hint, name, arrays)[0]["atol"] for name in ("running_auc_pr", "final_auc_pr", "final_pr")] == [
        3,
        2,
        1,
    ]


def test_columns_are_those_of_detections() -> None:
    hint: dict[str, Any] = {"columns_0": "exact", "columns_1_5": {"atol": 1e-3}}
    detections = Arrays(frozenset({"out"}), detections=frozenset({"out"}))
    assert hint_of(hint, "out", detections) == ({"atol": 1e-3}, True)
    assert hint_of(hint, "out", Arrays(frozenset({"out"}))) == (hint, False)
    recorded = np.zeros((2, 3, 6))
    computed = recorded.copy()
    computed[..., 1:] = 9e-4
    limits = tolerance({"atol": 1e-3}, recorded.dtype)
    assert compare("out", computed, recorded, limits, has_exact_classes=True).problem == ""
    computed[1, 2, 0] = 1e-9
    assert compare("out", computed, recorded, limits, has_exact_classes=True).problem.startswith("out[1, 2, 0]")


@pytest.mark.parametrize("hint", [{"others": "loose"}, {"a": 1e-6}, {"a": None}, {"columns_0": {"atol": 1}}])
def test_part_of_a_hint_that_is_none_is_refused(hint: dict[str, Any]) -> None:
    with pytest.raises(CaseError, match="of 'tolerance_hint' must be"):
        hint_of(hint, "a", Arrays(frozenset({"a"}), detections=frozenset({"a"})))
