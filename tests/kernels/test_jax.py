"""Arrays of JAX are read, and results for them handed over. They run where JAX can be imported, such as by `make test-torch`."""

import importlib.util

import numpy as np
import pytest
import vision_kernels

HAS_JAX = importlib.util.find_spec("jax") is not None
pytestmark = pytest.mark.skipif(not HAS_JAX, reason="JAX is not installed; `make test-torch` runs these")

if HAS_JAX:
    import jax
    from jax import numpy as jnp


def test_loss_and_gradient_are_those_of_jax() -> None:
    logits = jnp.asarray(np.random.default_rng(0).normal(size=(5, 4)).astype(np.float32))
    label = jnp.array([0, 1, 2, 3, 0])

    def loss(logits: "jax.Array") -> "jax.Array":
        return -jax.nn.log_softmax(logits)[jnp.arange(5), label]

    result = vision_kernels.keras_sparse_softmax_cross_entropy(logits, label, label_smoothing=0.0)
    assert isinstance(result.loss, jax.Array)
    np.testing.assert_allclose(result.loss, loss(logits), rtol=1e-6)
    np.testing.assert_allclose(result.gradient, jax.grad(lambda x: loss(x).mean())(logits), atol=1e-7)


def test_gradient_of_jax_updates_a_weight_of_numpy() -> None:
    weight = [np.ones(3, np.float32)]
    vision_kernels.mxnet_sgd_step(weight, [jnp.ones(3)], learning_rate=0.5, momentum=0.0, weight_decay=0.0)
    assert weight[0].tolist() == [0.5] * 3


def test_array_of_jax_is_never_written() -> None:
    array = jnp.ones(3)
    with pytest.raises(TypeError, match="it is one of JAX, which never change"):
        vision_kernels.mxnet_sgd_step([array], [np.ones(3, np.float32)], momentum=0.0)
    with pytest.raises(TypeError, match="it is one of JAX, which never change"):
        vision_kernels.smooth_l1(array, gradient=array)
    assert array.tolist() == [1.0] * 3


def test_array_without_a_value_is_refused() -> None:
    with pytest.raises(TypeError, match="a JAX array must have a value"):
        jax.jit(lambda array: vision_kernels.smooth_l1(array).loss)(jnp.ones(3))
