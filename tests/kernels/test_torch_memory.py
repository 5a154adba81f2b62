"""How tensors of PyTorch hand over their memory. They run where PyTorch can be imported, such as by `make test-torch`."""

import importlib.util

import pytest
import vision_kernels

HAS_TORCH = importlib.util.find_spec("torch") is not None
pytestmark = pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed; `make test-torch` runs these")

if HAS_TORCH:
    import torch


def _update(weight: "torch.Tensor", gradient: "torch.Tensor") -> None:
    options = {"learning_rate": 0.5, "momentum": 0.0, "weight_decay": 0.0}
    vision_kernels.mxnet_sgd_step([weight], [gradient], **options)


def test_parameter_with_a_history_is_updated_in_place() -> None:
    leaf = torch.nn.Parameter(torch.ones(3))
    kept = leaf * 1.0
    for weight in (leaf, kept):
        _update(weight, torch.ones(3))
        assert weight.tolist() == [0.5] * 3


def test_part_of_a_tensor_is_read_from_where_it_begins() -> None:
    weight = torch.ones(2)
    _update(weight, torch.arange(6.0).view(3, 2)[1])
    assert weight.tolist() == [0.0, -0.5]


def test_negative_of_what_is_in_memory_is_refused() -> None:
    negative = torch.tensor([1 + 2j]).conj().imag
    with pytest.raises(TypeError, match=r"mxnet_sgd_step: a tensor must hold its own numbers; .* `.resolve_neg\(\)`"):
        _update(torch.ones(1), negative)
    weight = torch.ones(1)
    _update(weight, negative.resolve_neg())
    assert weight.tolist() == [2.0]


def test_tensors_without_memory_are_refused() -> None:
    from torch._subclasses.fake_tensor import FakeTensorMode

    with FakeTensorMode():
        fake = torch.ones(3)
    for gradient in (fake, torch._efficientzerotensor(3)):
        with pytest.raises((TypeError, RuntimeError)):
            _update(torch.ones(3), gradient)


def test_subclass_of_tensor_is_taken() -> None:
    class Named(torch.Tensor):
        pass

    weight = torch.ones(3)
    _update(weight, torch.ones(3).as_subclass(Named))
    assert weight.tolist() == [0.5] * 3
