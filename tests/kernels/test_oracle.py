"""The oracle agrees with what the frameworks recorded; only then may it judge anything else."""

import numpy as np
import pytest

from tests.kernels.oracle import golden, golden_losses, learning_rates
from tests.kernels.oracle.golden import Case, Compared

EDGES = 12
SMALLEST_NORMAL = np.finfo(np.float32).tiny
RECORDED = [case for case in golden.cases() if not case.get("raises")]


def named(cases: list[Case]) -> list[object]:
    return [pytest.param(case, id=case["id"]) for case in cases]


def tolerance(case: Case, compared: Compared) -> tuple[float, float]:
    hint = case["tolerance_hint"]
    if compared.recorded.dtype == np.float16:
        units = hint.get("ulp_fp16", hint.get("ulp_fp16_arrays"))
        return units * 2.0**-10, 2.0**-24
    if "variant" in case or case["op"].startswith("losses."):
        smallest = float(SMALLEST_NORMAL)  # TensorFlow flushes denormal numbers to 0
        return hint["rtol"], max(hint.get("atol", 0.0), smallest)
    rtol = hint.get("rtol", hint.get("rtol_fp32_arrays", 2e-6))
    return rtol, hint.get("atol", hint.get("atol_fp32_arrays", 1e-7))


def disagreements(case: Case, compared: Compared, slack: float = 1.0) -> np.ndarray:
    """Places where a number is out of tolerance, or only one side is finite, or the infinities differ."""
    ours, theirs = compared.computed.astype(np.float64), compared.recorded.astype(np.float64)
    assert ours.shape == theirs.shape, compared.name
    rtol, atol = tolerance(case, compared)
    with np.errstate(all="ignore"):
        near = np.abs(ours - theirs) <= slack * (atol + rtol * np.abs(theirs))
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    return ~(near | same)


def is_slot_without_momentum(case: Case, name: str) -> bool:
    """tf_keras keeps a velocity where no momentum needs one, and MXNet one that a negative momentum fills."""
    return not case["hyper"].get("momentum", 0.0) > 0 and name.startswith(("state_momentum", "state_mom"))


def squares_leave_single_precision(case: Case) -> np.ndarray:
    """Columns where the square of a gradient overflows or is denormal: order and flushing decide there."""
    gradients = golden.arrays_of(case, "inputs")["grads"].astype(np.float64)
    square = gradients**2
    return np.any((square > np.finfo(np.float32).max) | ((square > 0) & (square < SMALLEST_NORMAL)), axis=0)


@pytest.mark.parametrize("case", named([c for c in RECORDED if golden.is_loop(c) and c["group"] != EDGES]))
def test_training_loop_agrees_in_single_and_in_double_precision(case: Case) -> None:
    for real, slack in ((np.float32, 1.0), (np.float64, 4.0)):
        compared = [c for c in golden.run_loop(case, real) if not is_slot_without_momentum(case, c.name)]
        assert compared
        for each in compared:
            assert not disagreements(case, each, slack).any(), (real, each.name)


@pytest.mark.parametrize("case", named([c for c in RECORDED if golden.is_loop(c) and c["group"] == EDGES]))
def test_training_loop_agrees_at_the_edges(case: Case) -> None:
    for each in golden.run_loop(case, np.float32):
        if is_slot_without_momentum(case, each.name):
            continue
        wrong = disagreements(case, each)
        if "variant" in case:
            undecided = squares_leave_single_precision(case)
            wrong &= ~(undecided & ~(np.isfinite(each.computed) & np.isfinite(each.recorded)))
        assert not wrong.any(), each


@pytest.mark.parametrize("case", named([c for c in RECORDED if c["op"] in golden_losses.RUNS]))
def test_loss_agrees(case: Case) -> None:
    for each in golden_losses.run_loss(case, np.float32 if case["group"] == EDGES else np.float64):
        wrong = disagreements(case, each)
        if each.name.startswith("gluon_ce"):
            # Gluon subtracts logarithms at the size of the logits, and loses what is below their last place.
            logits = golden.arrays_of(case, "inputs")["data"]
            wrong &= np.abs(each.computed - each.recorded) > np.spacing(np.abs(logits).max()) + 1e-6
        assert not wrong.any(), each


@pytest.mark.parametrize("case", named([c for c in RECORDED if c["op"] == "lr_scheduler.MultiFactorScheduler"]))
def test_schedule_agrees(case: Case) -> None:
    hyper, updates = case["hyper"], golden.arrays_of(case, "inputs")["num_update"]
    rates = learning_rates(
        updates.tolist(),
        base_learning_rate=hyper["base_lr"],
        boundaries=hyper["step"],
        factor=hyper["factor"],
        warmup_steps=hyper.get("warmup_steps", 0),
        warmup_begin_learning_rate=hyper.get("warmup_begin_lr", 0),
        warmup_mode=hyper.get("warmup_mode", "linear"),
    )
    for recorded in golden.arrays_of(case, "expected").values():
        np.testing.assert_allclose(rates, recorded, rtol=1e-15)


@pytest.mark.parametrize(
    ("case", "change"),
    [
        ("mx_adam_02", {"epsilon": 2e-3}),
        ("mx_nag_02", {"weight_decay": 0.04}),
        ("tf_rmsprop_01_tf_keras_legacy", {"variant": "keras3"}),
        ("tf_adagrad_01_tf_keras", {"variant": "tf_keras_legacy"}),
    ],
)
def test_a_change_of_the_arithmetic_is_noticed(
    case: str, change: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = next(each for each in golden.cases() if each["id"] == case)
    scalars_of = golden.scalars_of
    monkeypatch.setattr(golden, "scalars_of", lambda *given: {**scalars_of(*given), **change})
    assert any(disagreements(found, each, 4.0).any() for each in golden.run_loop(found))
