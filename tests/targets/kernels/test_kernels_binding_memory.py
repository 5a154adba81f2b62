"""A binding takes arrays only from memory that it can compute in: where, how they lie there, and beside what."""

from typing import Any

import numpy as np
import pytest

from tests.targets.kernels.descending import Arrays, refused
from tests.targets.kernels.elsewhere import Elsewhere

_GPU, _PINNED = 2, 3


def test_arrays_must_lie_where_the_backend_computes(cpu: Any) -> None:
    values = np.ones(4, np.float32)
    text = "gradient[0] must lie in host memory; it lies elsewhere (DLPack's kind 2)"
    with pytest.raises(ValueError) as caught:
        cpu.descent_step([values], [Elsewhere(np.ones(4, np.float32), (_GPU, 0))])
    assert str(caught.value) == f"descent_step: {text}" and values.tolist() == [1] * 4


def test_memory_that_is_pinned_for_a_gpu_is_host_memory(cpu: Any) -> None:
    values = np.ones(4, np.float32)
    cpu.descent_step([Elsewhere(values, (_PINNED, 0))], [np.ones(4, np.float32)])
    assert values.tolist() == [0.5] * 4


def test_arrays_must_lie_on_one_device(cpu: Any) -> None:
    values = np.ones(4, np.float32)
    with pytest.raises(ValueError) as caught:
        cpu.descent_step([values], [Elsewhere(np.ones(4, np.float32), (_PINNED, 1))])
    assert str(caught.value) == "descent_step: gradient[0] must lie on device 0 like weight[0]; it lies on device 1"
    assert values.tolist() == [1] * 4


def test_what_is_written_must_be_writable(cpu: Any) -> None:
    arrays = Arrays()
    arrays.weight[1].flags.writeable = False
    refused(cpu, ValueError, "weight[1] must be writable; it is read-only", arrays)


def test_what_is_read_may_be_read_only(cpu: Any) -> None:
    arrays = Arrays()
    arrays.gradient[0].flags.writeable = False
    cpu.descent_step(arrays.weight, arrays.gradient)
    assert arrays.weight[0][0, 0] == 0


def test_arrays_must_be_contiguous_in_the_order_of_c(cpu: Any) -> None:
    arrays = Arrays()
    arrays.weight[0] = np.asfortranarray(np.ones((2, 3), np.float32))
    text = "weight[0] must be contiguous, in C order; it has the shape (2, 3) and the strides (1, 2): `np.ascontiguousarray` makes a copy that is"
    refused(cpu, ValueError, text, arrays)
    arrays = Arrays()
    arrays.gradient[1] = np.ones(8, np.float32)[::2]
    text = "gradient[1] must be contiguous, in C order; it has the shape (4,) and the strides (2,): `np.ascontiguousarray` makes a copy that is"
    refused(cpu, ValueError, text, arrays)


def test_an_axis_of_one_element_has_any_stride(cpu: Any) -> None:
    weight, gradient = np.ones((1, 3), np.float32), np.ones((2, 3), np.float32)[::2]
    cpu.descent_step([weight], [gradient])
    assert weight.tolist() == [[0.5] * 3]


def test_elements_must_be_aligned(cpu: Any) -> None:
    arrays = Arrays()
    arrays.gradient[1] = np.zeros(17, np.uint8)[1:].view(np.float32)
    refused(cpu, ValueError, "gradient[1] must start at a multiple of 4 bytes; it starts 1 beyond one", arrays)


@pytest.mark.parametrize("offset", [-3, -1, 0, 1, 3])
def test_what_is_written_overlaps_nothing(cpu: Any, offset: int) -> None:
    memory = np.ones(16, np.float32)
    weight, gradient = memory[4:8], memory[4 + offset : 8 + offset]
    with pytest.raises(
        ValueError, match=r"^descent_step: weight\[0\] must share no memory with another array"
    ) as caught:
        cpu.descent_step([weight], [gradient])
    assert str(caught.value).endswith("because it is written; it shares some with gradient[0]")
    assert memory.tolist() == [1] * 16


def test_what_is_written_in_one_entry_is_not_read_in_another(cpu: Any) -> None:
    memory = np.ones(64, np.float32)
    weights = [memory[8:12], memory[20:24], memory[40:44]]
    gradients = [memory[0:4], memory[30:34], memory[23:27]]
    with pytest.raises(ValueError, match=r"weight\[1\] must share no memory .* shares some with gradient\[2\]"):
        cpu.descent_step(weights, gradients)


def test_neighbours_do_not_overlap_and_readers_may(cpu: Any) -> None:
    memory = np.ones(12, np.float32)
    cpu.descent_step([memory[:4], memory[4:8]], [memory[8:], memory[8:]])
    assert memory.tolist() == [0.5] * 8 + [1.0] * 4
