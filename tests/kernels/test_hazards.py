"""A hazard is declared where ordinary numbers come to NaN or infinity inside of the domains; draws find no other."""

import numpy as np
import pytest
import vision_kernels

from tests.kernels.declared import functions, hazards, steps
from tests.kernels.oracle import LOSSES
from tests.kernels.witnesses import SCALARS_OF_LOSSES, WITNESSES, result_of, results_of_losses

COMPUTED_HERE = [name for name in functions() if name in (*steps(), *LOSSES, "keras_clip_norm")]


@pytest.mark.parametrize(("function", "rule"), WITNESSES)
def test_hazard_of_an_update_makes_numbers_that_are_none(function: str, rule: str) -> None:
    witness = WITNESSES[function, rule]
    assert not np.isfinite(result_of(function, witness)).all()


@pytest.mark.parametrize(("function", "rule"), WITNESSES)
def test_hazard_of_an_update_is_told(function: str, rule: str) -> None:
    told = vision_kernels.hazards(function, **WITNESSES[function, rule].scalars)
    assert any(message.startswith(hazards(function)[rule]) for message in told)


def test_hazards_of_losses_make_numbers_that_are_none_and_are_told() -> None:
    for (function, rule), result in results_of_losses().items():
        assert not np.isfinite(result).all(), function
        told = vision_kernels.hazards(function, **SCALARS_OF_LOSSES[function])
        assert any(message.startswith(hazards(function)[rule]) for message in told)


def test_every_hazard_has_a_witness() -> None:
    declared = {(function, rule) for function in COMPUTED_HERE for rule in hazards(function)}
    assert declared == set(WITNESSES) | set(results_of_losses())


@pytest.mark.parametrize("function", steps())
def test_defaults_have_no_hazard_but_where_they_come_to_one(function: str) -> None:
    expected = {
        "mxnet_rmsprop_centered_step": {"epsilon-covers-rounding", "weight-fits-half-precision"},
        "mxnet_adam_half_step": {"epsilon-above-zero"},
    }
    told = vision_kernels.hazards(function)
    found = {rule for rule, message in hazards(function).items() if any(one.startswith(message) for one in told)}
    assert found == expected.get(function, set())


@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.7, 0.71, 0.9, 0.99, 1.0])
@pytest.mark.parametrize("decay", [1e-4, 0.5, 0.79, 0.81, 0.85, 0.87, 0.99, 1.0])
def test_the_decay_of_nag_is_a_hazard_where_its_recursion_has_an_eigenvalue_beyond_one(
    momentum: float, decay: float
) -> None:
    kept = 1 - (1 + momentum) * decay
    recursion = [[kept, momentum**2], [-decay * kept, momentum * (1 - decay * momentum)]]
    grows = np.abs(np.linalg.eigvals(recursion)).max() > 1 + 1e-6
    told = vision_kernels.hazards("mxnet_nag_step", learning_rate=1.0, weight_decay=decay, momentum=momentum)
    rule = hazards("mxnet_nag_step")["decay-is-stable"]
    assert any(message.startswith(rule) for message in told) == grows


@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.9, 1.0])
@pytest.mark.parametrize("decay", [1e-4, 0.5, 1.0])
def test_the_decay_of_gradient_descent_is_stable_in_all_of_its_domain(momentum: float, decay: float) -> None:
    recursion = [[1 - decay, momentum], [-decay, momentum]]
    assert np.abs(np.linalg.eigvals(recursion)).max() <= 1 + 1e-6
