"""The strategies give what they promise: every end with its neighbours, every choice its slips, what is wrong."""

import math
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.independent import verdict
from tests.strategies_configs import configs, native_points, near_numbers, near_texts, wire_points
from tests.support.hand_built import algorithm, choice, domain, interval, parameter

OPTIMIZER = parameter("optimizer", {**domain("string"), "values": [choice("sgd"), choice("adam-w", ("adamw",))]})
RATE = parameter(
    "rate",
    domain("number", range=[interval(0, 1, "(]")], special=[{"word": "auto"}, {"value": -1}]),
    default={"value": 0.25, "expr": None},
    used_when='optimizer == "sgd" || epochs > 17',
    aliases=["lr"],
)
EPOCHS = parameter("epochs", domain("integer", range=[interval(1, None, "[)")]), if_unset="one")
STEPS = parameter(
    "steps",
    domain("list", items=domain("integer", range=[interval(3, 9, "[]")]), length=[interval(2, 4, "[]")]),
    wire="comma",
)
FINE = parameter("fine", domain("boolean"), wire={"true": "1", "false": "0"})
NODES = {"name": "nodes", "doc": "Machines.", "domain": domain("integer"), "wire": None, "default": 5}
EXAMPLE = algorithm(OPTIMIZER, RATE, EPOCHS, STEPS, FINE, context=(NODES,))


def holds(points: list[Any], *wanted: Any) -> bool:
    shown = Counter(map(repr, points))
    return all(repr(one) in shown for one in wanted)


def test_neighbours_of_a_number_are_one_and_one_ulp_away() -> None:
    assert near_numbers(1) == [1, 0, 2, 1.0000000000000002, 0.9999999999999999]


def test_slips_of_a_text_keep_the_text_and_are_distinct() -> None:
    slips = near_texts("adam-w")
    assert slips[0] == "adam-w"
    assert len(slips) == len(set(slips))
    assert {"ADAM-W", "adam_w", "adam-w ", "adam-", "dam-w"} <= set(slips)


def test_every_end_default_word_and_number_of_a_condition_is_there_with_its_neighbours() -> None:
    points = native_points(EXAMPLE, RATE)
    assert holds(points, 0, 1, math.nextafter(0, 1), math.nextafter(1, 2), "auto", "Auto", -1, 0.25, 17, 18)
    assert holds(native_points(EXAMPLE, NODES), 5, 4, 6)


def test_every_choice_and_alias_is_there_with_its_slips() -> None:
    assert holds(native_points(EXAMPLE, OPTIMIZER), *near_texts("sgd"), *near_texts("adam-w"), *near_texts("adamw"))
    assert holds(wire_points(EXAMPLE, OPTIMIZER), *near_texts("sgd"), *near_texts("adam-w"), *near_texts("adamw"))


def test_lists_come_in_every_length_that_decides_and_with_items_that_decide() -> None:
    rows = [point for point in native_points(EXAMPLE, STEPS) if isinstance(point, list)]
    assert {1, 2, 3, 4, 5} <= {len(row) for row in rows}
    assert holds(rows, [2], [3], [9], [10])


@pytest.mark.parametrize("entry", [OPTIMIZER, RATE, EPOCHS, STEPS, FINE, NODES], ids=lambda entry: str(entry["name"]))
def test_every_type_and_unset_are_there_natively(entry: Any) -> None:
    kinds = {type(point) for point in native_points(EXAMPLE, entry)}
    assert {bool, int, float, str, list, dict, type(None)} <= kinds
    assert any(isinstance(point, float) and math.isnan(point) for point in native_points(EXAMPLE, entry))


def test_texts_come_in_the_own_form_and_in_those_of_others() -> None:
    assert holds(wire_points(EXAMPLE, FINE), "1", "0", "true", "True", "")
    assert holds(wire_points(EXAMPLE, STEPS), "1,2,3", "", "1 2 3", "(1, 2, 3)", "[1,2,3]", "1, 2, 3", "1,,2")
    assert holds(wire_points(EXAMPLE, RATE), "1", "1.0", "1e-400", "+1", "0,5", "auto", "0.9999999999999999")


def seen(strategy: st.SearchStrategy[Any], examples: int) -> list[Any]:
    found: list[Any] = []

    @settings(max_examples=examples, database=None, derandomize=True)
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found


@pytest.mark.parametrize("form", ["native", "wire"])
def test_configurations_are_valid_and_invalid_and_use_aliases_slips_and_context(form: str) -> None:
    examples = seen(configs(EXAMPLE, form), 400)
    names = {name for config, _ in examples for name in config}
    assert {"optimizer", "rate", "lr", "epochs", "steps", "fine"} < names
    assert any("nodes" in context for _, context in examples)
    assert any("rate" in config and "lr" in config for config, _ in examples)
    verdicts = [verdict(EXAMPLE, config, context, form) for config, context in examples]
    codes = {finding["code"] for one in verdicts for finding in one["findings"]}
    wanted = {"unknown", "alias", "alias-conflict", "type", "values", "range", "length", "items", "ignored"}
    assert wanted <= codes, wanted - codes
    valid = sum(one["valid"] and len(config) > 0 for one, (config, _) in zip(verdicts, examples, strict=True))
    assert len(examples) * 0.1 < valid < len(examples) * 0.9


def test_what_is_on_the_wire_is_text() -> None:
    for config, context in seen(configs(EXAMPLE, "wire"), 100):
        assert all(isinstance(text, str) for text in [*config.values(), *context.values()] if text != 1)
