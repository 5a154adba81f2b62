"""Each end is drawn or not as it is closed or open, and each scale is one that the service can bear."""

import json
from itertools import pairwise
from typing import Any

import pytest
from knobsmith.judging.numbers import number_text
from knobsmith.targets.sagemaker.lowering import ENDS, MOST_CATEGORIES, lowered
from knobsmith.views.tuning.sagemaker_request import Range
from knobsmith.views.tuning.space import Space

from tests.support.compile import compile_algorithm
from tests.support.sagemaker_documents import documents_of
from tests.support.sagemaker_service import draws

NEXT = 1.0000000000000002
THIRD = 1.0000000000000004


def range_of(type: str, tuning: dict[str, Any], **facets: Any) -> Range:
    """The range of a parameter with this tuning."""
    (tuned,) = Space(compile_algorithm(spec_of({"type": type, "tuning": tuning, **facets}))).tuned.values()
    axis = tuned.axes[0].axis
    assert axis is not None
    return lowered(tuned.parameter, axis)


def spec_of(*entries: dict[str, Any]) -> str:
    parameters = {f"p{place}": {"doc": "A.", "if_unset": "none", **entry} for place, entry in enumerate(entries)}
    return json.dumps({"knobsmith": 1, "algorithm": "example", "title": "E", "doc": "E.", "parameters": parameters})


@pytest.mark.parametrize(
    ("type", "range", "facets", "low", "high"),
    [
        ("integer", "[3, 5]", {}, "3", "5"),
        ("integer", "(3, 5)", {}, "4", "4"),
        ("number", "[0.5, 2]", {}, "0.5", "2"),
        ("number", "(0.5, 2)", {}, "0.5000000000000001", "1.9999999999999998"),
        ("number", "(0.5, 2)", {"precision": "float32"}, "0.5000000596046448", "1.9999998807907104"),
        ("number", "(0, 1)", {}, "5e-324", "0.9999999999999999"),
        ("number", "(0, 1)", {"precision": "float32"}, "1.401298464324817e-45", "0.9999999403953552"),
        ("number", "[0.0000001, 1e21]", {}, "1e-7", "1e+21"),
        ("number", "[-0.0, 100000]", {}, "0", "100000"),
    ],
)
def test_an_end_is_sent_as_the_last_number_that_may_be_drawn(
    type: str, range: str, facets: dict[str, Any], low: str, high: str
) -> None:
    found = range_of(type, {"range": range, "scale": "linear"}, **facets)
    assert (found.low, found.high) == (low, high)
    assert found.kind == ("Integer" if type == "integer" else "Continuous")


@pytest.mark.parametrize(
    ("tuning", "scaling"),
    [
        ({"range": "[0.1, 1]"}, "Auto"),
        ({"range": "[0, 1]"}, "Auto"),
        ({"range": "(0, 1]"}, "Linear"),
        ({"range": "(0.1, 1]"}, "Auto"),
        ({"range": "(0, 1]", "scale": "linear"}, "Linear"),
        ({"range": "[0.1, 1]", "scale": "log"}, "Logarithmic"),
        ({"range": "[0.1, 0.9]", "scale": "reverse-log"}, "ReverseLogarithmic"),
    ],
)
def test_the_service_may_choose_no_scale_that_starts_at_a_denormal(tuning: dict[str, Any], scaling: str) -> None:
    assert range_of("number", tuning).scaling == scaling


@pytest.mark.parametrize(
    ("type", "facets", "values", "tokens"),
    [
        ("boolean", {"wire": "1/0"}, [True, False], ("1", "0")),
        ("boolean", {"wire": "True/False"}, [False, True], ("False", "True")),
        ("list", {"items": {"type": "integer"}, "wire": "comma"}, [[1, 2], []], ("1,2", "")),
        ("list", {"items": {"type": "integer"}, "wire": "tuple"}, [[1, 2]], ("(1, 2)",)),
        ("number", {}, [1e-7, 1, 0.5], ("1e-7", "1", "0.5")),
        ("integer", {"special": {"auto": "Chosen."}}, ["auto", 16], ("auto", "16")),
    ],
)
def test_categories_are_written_as_the_training_reads_them(
    type: str, facets: dict[str, Any], values: list[Any], tokens: tuple[str, ...]
) -> None:
    found = range_of(type, {"values": values}, **facets)
    assert (found.kind, found.values) == ("Categorical", tokens)


@pytest.mark.parametrize(
    ("type", "tuning", "values"),
    [
        ("integer", {"range": "[2, 11]", "step": 3}, ["2", "5", "8", "11"]),
        ("integer", {"range": "(0, 9]", "step": 4}, ["1", "5", "9"]),
        ("number", {"range": "[0.1, 1]", "step": 0.3}, ["0.1", "0.4", "0.7", "1"]),
        ("integer", {"range": "[7, 7]", "step": 2}, ["7"]),
    ],
)
def test_few_steps_are_categories(type: str, tuning: dict[str, Any], values: list[str]) -> None:
    assert list(range_of(type, {**tuning, "scale": "linear"}).values) == values


def test_of_many_steps_as_many_as_there_may_be_are_tried_evenly_and_both_ends() -> None:
    found = range_of("integer", {"range": "[8, 1024]", "step": 8, "scale": "linear"}, multiple_of=8)
    numbers = [int(value) for value in found.values]
    assert len(numbers) == len(set(numbers)) == MOST_CATEGORIES
    assert (numbers[0], numbers[-1]) == (8, 1024)
    assert all(number % 8 == 0 for number in numbers)
    assert {second - first for first, second in pairwise(numbers)} <= {32, 40}


def test_both_ends_of_either_kind_are_drawn() -> None:
    """As the table says: on ranges so short that each of their values is an end."""
    spec = spec_of(
        {"type": "integer", "tuning": {"range": "[3, 4]"}},
        {"type": "number", "tuning": {"range": f"[1, {NEXT}]", "scale": "linear"}},
        {"type": "number", "tuning": {"range": f"(1, {THIRD}]", "scale": "linear"}},
        {"type": "integer", "tuning": {"range": "(6, 8)"}},
    )
    request = documents_of(compile_algorithm(spec))["tuning-job"]
    found = [drawn.hyperparameters for drawn in draws(request, 200)]
    assert {one["p0"] for one in found} == {"3", "4"}
    assert {one["p1"] for one in found} == {"1", number_text(NEXT)}
    assert {one["p2"] for one in found} == {number_text(NEXT), number_text(THIRD)}
    assert {one["p3"] for one in found} == {"7"}
    assert ENDS == {"Integer": (True, True), "Continuous": (True, True)}
