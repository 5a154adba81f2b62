"""A binding checks scalars of every kind, and how arrays must agree with them and with each other."""

import math
from typing import Any

import numpy as np
import pytest


def pooled(cpu: Any, row: Any = None, **given: Any) -> list[float]:
    rows = np.arange(6, dtype=np.float32).reshape(2, 3) if row is None else row
    total = given.pop("total", None)
    made = np.full(len(rows), -1.0) if total is None else total
    cpu.pool(rows, **{"total": made, "every": 2, **given})
    return list(made)


@pytest.mark.parametrize(("mode", "result"), [("sum", [3, 12]), ("mean", [1, 4]), ("keep-first", [0, 3])])
def test_a_string_chooses_its_enumerator(cpu: Any, mode: str, result: list[float]) -> None:
    assert pooled(cpu, mode=mode) == result


def test_optional_tensors_count_if_they_are_given(cpu: Any) -> None:
    assert pooled(cpu, column_weight=np.array([1, 0, 2], np.float32)) == [4, 13]
    assert pooled(cpu, np.arange(6).reshape(2, 3), label=np.ones((2, 2), np.bool_)) == [3, 12]


_INTEGER = "every must be an integer from -9007199254740991 to 9007199254740991; it is"


@pytest.mark.parametrize(
    ("given", "error", "text"),
    [
        ({"mode": "max"}, ValueError, "mode must be \"sum\", \"mean\" or \"keep-first\"; it is 'max'"),
        ({"mode": "keep_first"}, ValueError, "mode must be \"sum\", \"mean\" or \"keep-first\"; it is 'keep_first'"),
        ({"mode": 1}, TypeError, "mode must be a string; it is 1"),
        ({"mode": "\ud800"}, ValueError, r"mode must be a string of whole characters; it is '\ud800'"),
        ({"name": "a"}, ValueError, "name must have a number of characters in [2, 5]; it is 'a'"),
        ({"name": "a1"}, ValueError, "name must match ^[a-z]+$; it is 'a1'"),
        ({"every": 3}, ValueError, "every must be a multiple of 2 or be 0; it is 3"),
        ({"every": -2}, ValueError, "every must lie in [1, inf) or be 0; it is -2"),
        ({"every": 2.0}, TypeError, "every must be an integer; it is 2.0"),
        ({"every": True}, TypeError, "every must be an integer; it is True"),
        ({"every": 2**53}, ValueError, f"{_INTEGER} 9007199254740992"),
        ({"every": -(10**30)}, ValueError, f"{_INTEGER} -1{'0' * 30}"),
        ({"flag": 1}, TypeError, "flag must be True or False; it is 1"),
        ({"steps": 3}, TypeError, "steps must be a list; it is of the type int"),
        ({"steps": "12"}, TypeError, "steps must be a list; it is of the type str"),
        ({"steps": []}, ValueError, "steps must have a number of items in [1, 4]; it is []"),
        ({"steps": [0]}, ValueError, "steps must hold items that lie in [1, inf); it is [0]"),
        ({"steps": [2, 2]}, ValueError, "steps must increase from item to item; it is [2, 2]"),
        ({"steps": [1, 2.0]}, TypeError, "steps[1] must be an integer; it is 2.0"),
        ({"steps": [1, True]}, TypeError, "steps[1] must be an integer; it is True"),
        ({"weights": [0.5, math.nan]}, ValueError, "weights[1] must be a finite number; it is nan"),
        ({"weights": [1, 1.0]}, ValueError, "weights must hold no item twice; it is [1, 1.0]"),
        ({"steps": [1, 2, 3, 4]}, ValueError, "there must be a column for each step; steps is [1, 2, 3, 4], k is 3"),
        ({"flag": True, "mode": "mean"}, ValueError, "only sums can be flagged; mode is 'mean', flag is True"),
        ({"stream": "0"}, TypeError, "stream must be the handle of a stream, an integer; it is '0'"),
        ({"label": np.ones((3, 2), np.bool_)}, ValueError, "label must have the shape [n, 2] with n = 2; it has (3, 2)"),
        ({"label": np.ones((2, 3), np.bool_)}, ValueError, "label must have the shape [n, 2]; it has (2, 3)"),
        ({"label": np.ones(2, np.bool_)}, ValueError, "label must have the shape [n, 2]; it has (2,)"),
        ({"label": np.ones((2, 2))}, TypeError, "label must be bool; it is float64"),
        ({"total": np.ones(3)}, ValueError, "total must have the shape [n] with n = 2; it has (3,)"),
        ({"total": None, "row": np.ones((2, 0), np.float32)}, ValueError,
         "row must have the shape [n, k] with k in [1, inf); it has (2, 0)"),
    ],
    ids=lambda part: repr(part) if isinstance(part, dict) else "",
)  # fmt: skip
def test_every_fact_of_a_domain_is_checked(cpu: Any, given: dict[str, Any], error: type[Exception], text: str) -> None:
    total = np.full(2, -1.0) if given.get("total") is None else given["total"]
    with pytest.raises(error) as caught:
        pooled(cpu, **{**given, "total": total})
    assert str(caught.value) == f"pool: {text}"
    assert (total == (-1.0 if given.get("total") is None else 1.0)).all()


def test_special_values_stand_beside_the_range(cpu: Any) -> None:
    assert pooled(cpu, every=0) == [3, 12]
    assert pooled(cpu, every=2**53 - 2) == [3, 12]


def test_a_scalar_without_default_must_be_given(cpu: Any) -> None:
    with pytest.raises(TypeError):
        cpu.pool(np.ones((2, 3), np.float32), total=np.ones(2))
