"""Losses agree with the oracle, for few and for many classes, samples and positions."""

from typing import Any

import numpy as np
import pytest
import vision_kernels
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels import oracle
from tests.kernels.arrays import Arrays, view_off_by_one
from tests.kernels.declared import functions
from tests.kernels.drawing import draw_scalars

EXTENTS = st.one_of(st.integers(0, 9), st.sampled_from([33, 128, 257]))
CLASSES = st.one_of(st.integers(1, 9), st.sampled_from([33, 128, 257, 1000]))


def single(array: np.ndarray) -> np.ndarray:
    return array.astype(np.float32)


def one_hot(n: int, k: int, rng: np.random.Generator) -> np.ndarray:
    return single(np.eye(k)[rng.integers(0, k, n)])


def inputs(function: str, n: int, k: int, s: int, rng: np.random.Generator) -> Arrays:
    logits, label_type = single(rng.normal(size=(n, k)) * 8), rng.choice([np.float32, np.int32, np.int64])
    match function:
        case "mxnet_softmax_cross_entropy":
            return {"logits": logits, "label": rng.integers(0, k, n).astype(label_type)}
        case "mxnet_softmax_cross_entropy_per_position":
            labels = rng.integers(-1, k + 1, (n, s)).astype(label_type)
            return {"logits": single(rng.normal(size=(n, k, s)) * 8), "label": labels}
        case "keras_softmax_cross_entropy":
            return {"logits": logits, "target": one_hot(n, k, rng)}
        case "keras_sparse_softmax_cross_entropy":
            return {"logits": logits, "label": rng.integers(0, k, n).astype(rng.choice([np.int32, np.int64]))}
        case "keras_cross_entropy_of_probabilities":
            return {"probability": single(rng.random((n, k)) + 1e-3), "target": one_hot(n, k, rng)}
        case "mxnet_sigmoid_cross_entropy":
            label, weight = single(rng.integers(0, 2, (n, k))), single(rng.random(k))
            return {"logits": logits, "label": label, "class_weight": weight}
        case "keras_sigmoid_cross_entropy":
            return {"logits": logits, "label": single(rng.integers(0, 2, (n, k)))}
        case "keras_sigmoid_cross_entropy_of_probabilities":
            return {"probability": single(rng.random((n, k))), "label": single(rng.integers(0, 2, (n, k)))}
        case "smooth_l1":
            return {"difference": logits}
        case _:
            return {"weight": logits}


def finite_scalars(function: str, rng: np.random.Generator) -> dict[str, Any]:
    """Draws outside of the hazards."""
    while True:
        scalars = draw_scalars(function, rng)
        if not vision_kernels.hazards(function, **scalars):
            return scalars


@pytest.mark.parametrize("function", oracle.LOSSES)
@given(n=EXTENTS, k=CLASSES, s=EXTENTS, seed=st.integers(0, 2**32 - 1), shifted=st.booleans())
def test_losses_agree_with_the_oracle(function: str, n: int, k: int, s: int, seed: int, shifted: bool) -> None:
    rng = np.random.default_rng(seed)
    scalars, arrays = finite_scalars(function, rng), inputs(function, n, k, s, rng)
    expected = oracle.loss(function, arrays, np.float64, **scalars)
    if not scalars.get("use_weighted_loss", True):
        arrays.pop("class_weight")
    given_arrays = {name: view_off_by_one(array) if shifted else array for name, array in arrays.items()}
    result = getattr(vision_kernels, function)(**given_arrays, **scalars)._asdict()
    scale = abs(scalars.get("gradient_scale", 1.0))
    for name, array in result.items():
        wanted = np.asarray(expected[name])
        assert array.shape == wanted.shape
        assert array.dtype == np.float32
        size = np.max(np.abs(wanted), initial=0.0) if name in ("value", "loss") else scale
        np.testing.assert_allclose(array, wanted, rtol=5e-5, atol=2e-6 * max(1.0, size) + 1e-37, err_msg=name)


def test_results_go_where_the_caller_says() -> None:
    logits, label = np.ones((3, 2), np.float32), np.zeros(3, np.int64)
    loss = np.zeros(3, np.float32)
    result = vision_kernels.mxnet_softmax_cross_entropy(logits, label, loss=loss)
    assert result.loss is loss
    np.testing.assert_allclose(loss, np.log(2), rtol=1e-6)
    assert result.gradient.shape == (3, 2)


def test_label_that_is_no_class_gives_nan_to_keras() -> None:
    result = vision_kernels.keras_sparse_softmax_cross_entropy(
        np.ones((3, 2), np.float32), np.array([0, 2, -1]), label_smoothing=0.0
    )
    assert np.isnan(result.loss).tolist() == [False, True, True]
    assert np.isnan(result.gradient).all(axis=1).tolist() == [False, True, True]


def test_every_loss_has_an_oracle() -> None:
    computed = {name for name, function in functions().items() if function["file"] == "losses"}
    assert computed == set(oracle.LOSSES)
