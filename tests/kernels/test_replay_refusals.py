"""A refusal counts as the framework's only if it is about what the case gives, and no difference hides behind a range."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import vision_kernels
from vision_kernels import describe
from vision_kernels.replay import Outcome, Status, adapters, replay
from vision_kernels.replay.causes import lies_outside
from vision_kernels.replay.command import main
from vision_kernels.replay.machine import Machine, machine
from vision_kernels.replay.manifests import Case

from tests.kernels.folders import sgd_case, write
from tests.kernels.oracle.golden import arrays_of, cases

RATE = {"learning_rate": 0.5}


@pytest.fixture
def cpu() -> Iterator[Machine]:
    with machine("cpu") as found:
        yield found


def outcome_of(folder: Path, cpu: Machine, case: dict[str, Any], **arrays: Any) -> Outcome:
    (outcome,) = replay(write(folder, case, arrays=arrays or None), cpu)
    return outcome


def raised(kind: str = "ValueError", message: Any = "no", **changes: Any) -> dict[str, Any]:
    return sgd_case(**{"expected": {}, "raises": {"type": kind, "message": message}, **changes})


def recorded(name: str, message: Any, **changes: Any) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """A recorded case that raised, with another message."""
    case = next(case for case in cases() if case["id"] == name)
    arrays = {place["key"]: arrays_of(case, "inputs")[what] for what, place in case["inputs"].items()}
    changed = {**case, "file": "arrays.npz", "raises": {**case["raises"], "message": message}, **changes}
    return changed, arrays or {"none": np.zeros(1)}


def test_refusal_of_another_hyperparameter_than_the_framework_speaks_of_differs(tmp_path: Path, cpu: Machine) -> None:
    hyper = {"learning_rate": 2.0, "momentum": 0.5, "rescale_grad": 1.0}
    outcome = outcome_of(tmp_path, cpu, raised(message="`momentum` must be below 0.5", hyper=hyper))
    assert outcome.status is Status.DIFFERS
    assert "the framework speaks of momentum: mxnet_sgd_step: learning_rate must lie in" in outcome.reason
    for message in ("learning_rate is too large", "Learning_Rate and momentum", "math domain error", ["no", "no"], ""):
        assert outcome_of(tmp_path, cpu, raised(message=message, hyper=hyper)).status is Status.REFUSED


def test_refusal_of_what_the_case_does_not_give_differs(
    tmp_path: Path, cpu: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_another_default(case: Case, machine: Machine) -> adapters.Computed:
        weight, gradient = (machine.put(np.ones(3, np.float32)) for _ in range(2))
        machine.call("mxnet_sgd_step", [weight], [gradient], learning_rate=0.1, momentum=7.0, weight_decay=0.0)
        raise AssertionError

    operation = adapters.Operation(with_another_default, (None,), frozenset())
    monkeypatch.setitem(adapters._OPERATIONS, "optimizer.sgd", operation)
    for case in (raised(hyper=RATE), sgd_case(hyper=RATE)):
        outcome = outcome_of(tmp_path, cpu, case)
        assert outcome.status is Status.DIFFERS
        assert "momentum must lie in" in outcome.reason


@pytest.mark.parametrize("problem", [TypeError("unexpected keyword"), ValueError("too many values"), KeyError("w0")])
def test_mistake_in_a_call_is_an_error_even_where_the_framework_raised(
    tmp_path: Path, cpu: Machine, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def broken(*arrays: Any, **options: Any) -> None:
        raise problem

    monkeypatch.setattr(vision_kernels, "mxnet_sgd_step", broken)
    outcome = outcome_of(tmp_path, cpu, raised())
    assert outcome.status is Status.ERROR
    assert outcome.reason.startswith(f"cannot be run: {type(problem).__name__}")


@pytest.mark.parametrize("given", [0.5, -3.0])
def test_wrong_range_of_a_kernel_is_no_difference_to_pass_over(
    tmp_path: Path, cpu: Machine, monkeypatch: pytest.MonkeyPatch, given: float
) -> None:
    """A kernel that refuses a value in its declared range, or for another range, or another value than was given."""
    step = vision_kernels.mxnet_sgd_step

    def strict(*arrays: Any, **options: Any) -> Any:
        if given in (0.5, options["momentum"]):
            interval = "[0, 0.25]" if given < 0 else "[0, 1]"
            raise ValueError(f"mxnet_sgd_step: momentum must lie in {interval}; it is {options['momentum']}")
        return step(*arrays, **options)

    monkeypatch.setattr(vision_kernels, "mxnet_sgd_step", strict)
    hyper = {"learning_rate": 0.5, "momentum": given}
    assert outcome_of(tmp_path, cpu, sgd_case(hyper=hyper)).status is Status.DIFFERS
    if given == 0.5:
        reason = outcome_of(tmp_path, cpu, raised(hyper=hyper)).reason
        assert "momentum is as it is declared" in reason


def test_value_out_of_range_names_the_range_of_the_spec(tmp_path: Path, cpu: Machine) -> None:
    outcome = outcome_of(tmp_path, cpu, sgd_case(hyper={"learning_rate": 0.5, "momentum": 1.5}))
    assert outcome.status is Status.OUT_OF_SCOPE
    assert outcome.reason.endswith("but the spec's range of momentum is [0, 1]")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400])
def test_number_that_is_not_finite_is_no_documented_difference(tmp_path: Path, cpu: Machine, value: float) -> None:
    assert outcome_of(tmp_path, cpu, sgd_case(hyper={"learning_rate": 0.5, "momentum": value})).status.failed


@pytest.mark.parametrize(
    ("name", "message", "status"),
    [
        ("mx_edge_target_05", "Check failed: p_label", Status.REFUSED),
        ("mx_edge_target_05", "Check failed: temp.size() >= num_negative", Status.DIFFERS),
        ("mx_edge_target_08", "Check failed: temp.size() >= num_negative", Status.REFUSED),
        ("mx_edge_target_08", "Check failed: p_label", Status.DIFFERS),
        ("mx_edge_target_09", "negative_mining_ratio must be whole", Status.DIFFERS),
        ("mx_edge_lr_00", "Factor must be no more than 1", Status.DIFFERS),
        ("mx_edge_lr_03", "Schedule step must be an increasing integer list", Status.DIFFERS),
        ("mx_edge_topk_4", "classes must be three", Status.DIFFERS),
        ("mx_edge_10_adam", "learning_rate must be small", Status.DIFFERS),
        ("mx_edge_10_adam", "float division by zero", Status.OUT_OF_SCOPE),
    ],
)
def test_framework_that_speaks_of_another_check_had_another_cause(
    tmp_path: Path, cpu: Machine, name: str, message: str, status: Status
) -> None:
    case, arrays = recorded(name, message)
    assert outcome_of(tmp_path, cpu, case, **arrays).status is status


def test_refusal_of_arrays_is_one_of_the_case(tmp_path: Path, cpu: Machine) -> None:
    case, arrays = recorded("mx_edge_target_05", "no")
    arrays = {key: array.astype(np.float64) for key, array in arrays.items()}
    stripped = {name: {"key": place["key"]} for name, place in case["inputs"].items()}
    outcome = outcome_of(tmp_path, cpu, {**case, "inputs": stripped}, **arrays)
    assert (outcome.status, outcome.reason.split(";")[0]) == (
        Status.REFUSED,
        "mxnet_match_anchors: anchors must be float32",
    )
    stripped = {"data": stripped["anchors"]}
    outcome = outcome_of(tmp_path, cpu, {**case, "inputs": stripped}, **arrays)
    assert outcome.status is Status.ERROR


def test_warning_about_a_default_foretells_nothing(tmp_path: Path, cpu: Machine) -> None:
    case, arrays = recorded("mx_edge_10_adam", "float division by zero")
    epsilon = {**case, "hyper": {"learning_rate": 0.1, "epsilon": 1e-8}}
    assert outcome_of(tmp_path, cpu, epsilon, **arrays).status is Status.DIFFERS


SCALARS = {
    (name, scalar.name): scalar for name in vision_kernels._descriptions.FUNCTIONS for scalar in describe(name).scalars
}


@pytest.mark.parametrize(
    ("function", "scalar", "inside", "outside"),
    [
        ("mxnet_sgd_step", "momentum", [0, 1, 0.5], [-1e-9, 1.5, float("nan"), float("inf"), "1", None, True]),
        ("mxnet_adam_step", "step", [1, 2], [0, 1.5, True]),
        ("mxnet_match_anchors", "negative_mining_threshold", [1e-9, 1], [0, 1.1]),
        ("mxnet_learning_rate", "boundaries", [[1], [1, 5]], [[], [0], [5, 5], [5, 3], ["a"], 5, [True]]),
        ("mxnet_learning_rate", "warmup_mode", ["linear"], ["cubic", 1]),
        ("mxnet_match_anchors", "variances", [[0.1] * 4], [[0.1] * 3, [0.0] * 4, [-1, 1, 1, 1]]),
        ("mxnet_prior_boxes", "clip", [True, False], [0, 1, "no"]),
        ("mxnet_prior_boxes", "sizes", [[0.5]], [[], [0.5, 0]]),
    ],
)
def test_declared_values_are_told_from_others(
    function: str, scalar: str, inside: list[Any], outside: list[Any]
) -> None:
    declared = SCALARS[function, scalar]
    assert not any(lies_outside(declared, value) for value in inside)
    assert all(lies_outside(declared, value) for value in outside)


def test_every_range_that_is_declared_can_be_read() -> None:
    for scalar in SCALARS.values():
        assert re.fullmatch(r"[\[(]\S+, \S+[\])]", scalar.range or "[0, 1]"), scalar
        assert scalar.default is None or not lies_outside(scalar, scalar.default), scalar


def test_memory_that_runs_out_is_an_error_of_that_case(
    tmp_path: Path, cpu: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*arrays: Any, **options: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(vision_kernels, "mxnet_nag_step", exhausted)
    first, second = replay(write(tmp_path, sgd_case(op="optimizer.nag"), sgd_case(id="other")), cpu)
    assert (first.status, second.status) == (Status.ERROR, Status.AGREES)
    assert first.reason == "cannot be run: it takes more memory than there is"


def test_interrupt_ends_the_replay_with_its_own_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*arrays: Any, **options: Any) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(vision_kernels, "mxnet_nag_step", interrupted)
    folder = write(tmp_path, sgd_case(), sgd_case(id="other", op="optimizer.nag"))
    assert main([str(folder)]) == 130
    told = capsys.readouterr()
    assert told.out.startswith("agrees")
    assert told.err == "interrupted\n"


def test_report_that_cannot_be_written_is_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "vision_kernels.replay", str(write(tmp_path, sgd_case()))]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:
        finished = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=buffered)
    assert finished.returncode == 1
    assert finished.stderr.startswith("the report must be written; ")
    assert len(finished.stderr.splitlines()) == 1
