"""The kernels agree with what the frameworks recorded, on the CPU."""

import json
from functools import cache

import pytest
from vision_kernels.replay import Outcome, Status, replay
from vision_kernels.replay.machine import machine

from tests.kernels.oracle.golden import FOLDER, cases

# Values that the kernels refuse although MXNet computes on: they lie outside of the hyperparameters' ranges.
OUT_OF_RANGE = {"mx_edge_01_sgd", "mx_edge_02_sgd", "mx_edge_06_sgd", "mx_edge_09_nag", "mx_edge_15_adam"}
# MXNet divides by 0 in Python, which raises; the kernel's hazard says so instead.
FORETOLD = {"mx_edge_10_adam"}
# Keras refuses the start of a sum that only the caller knows of.
OF_THE_CALLER = {"tf_edge_18_adagrad_tf_keras_legacy"}


@cache
def outcomes() -> dict[str, Outcome]:
    with machine("cpu") as cpu:
        return {outcome.case: outcome for outcome in replay(FOLDER, cpu)}


@pytest.mark.parametrize("case", [case["id"] for case in cases()])
def test_case_agrees(case: str) -> None:
    outcome = outcomes()[case]
    assert not outcome.status.failed, json.dumps(outcome.as_json(), indent=1)


def test_nothing_is_left_out_but_what_is_listed() -> None:
    left_out = {
        name
        for name, outcome in outcomes().items()
        if outcome.status is Status.OUT_OF_SCOPE and not outcome.reason.startswith("no kernel of this package")
    }
    assert left_out == OUT_OF_RANGE | FORETOLD | OF_THE_CALLER


def test_refusals_are_those_of_the_frameworks() -> None:
    raised = {case["id"] for case in cases() if case.get("raises")}
    refused = {name for name, outcome in outcomes().items() if outcome.status is Status.REFUSED}
    assert refused <= raised
    assert len(refused) >= 12


def test_single_precision_agrees_mostly_to_the_last_bit() -> None:
    compared = [outcome for outcome in outcomes().values() if outcome.largest_error is not None]
    assert sum(outcome.largest_error == 0 for outcome in compared) > len(compared) / 2
