"""A binding checks every argument before anything is written, and says which law of which function is broken."""

import math
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.targets.kernels.descending import Arrays, refused


def test_what_is_right_is_computed(cpu: Any) -> None:
    arrays = Arrays()
    cpu.descent_step(arrays.weight, arrays.gradient, rate=0.25, scale=2)
    assert np.array_equal(arrays.weight[0], np.zeros((2, 3))) and np.array_equal(arrays.weight[1], np.zeros(4))


def test_defaults_of_the_hyperparameter_count(cpu: Any) -> None:
    arrays = Arrays()
    cpu.descent_step(arrays.weight, arrays.gradient)
    assert arrays.weight[1].tolist() == [0, 0, 0, 0]


_RATE = "rate must lie in (0, 1] (hyperparameter tiny/rate); it is"


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (0, ValueError, f"{_RATE} 0.0"),
        (-0.0, ValueError, f"{_RATE} -0.0"),
        (math.nextafter(1, 2), ValueError, f"{_RATE} 1.0000000000000002"),
        (2**53 + 1, ValueError, f"{_RATE} 9007199254740992.0"),
        (math.nan, ValueError, "rate must be a finite number (hyperparameter tiny/rate); it is nan"),
        (math.inf, ValueError, "rate must be a finite number (hyperparameter tiny/rate); it is inf"),
        (10**400, ValueError, f"rate must be a finite number (hyperparameter tiny/rate); it is 1{'0' * 79}..."),
        (True, TypeError, "rate must be a number (hyperparameter tiny/rate); it is True"),
        ("1", TypeError, "rate must be a number (hyperparameter tiny/rate); it is '1'"),
        (None, TypeError, "rate must be a number (hyperparameter tiny/rate); it is None"),
        (np.ones(1), TypeError, "rate must be a number (hyperparameter tiny/rate); it is array([1.])"),
        (1j, TypeError, "rate must be a number (hyperparameter tiny/rate); it is 1j"),
    ],
    ids=repr,
)
def test_a_number_outside_of_its_domain_is_refused(cpu: Any, value: Any, error: type[Exception], text: str) -> None:
    refused(cpu, error, text, rate=value)


@pytest.mark.parametrize("value", [1, 1.0, math.ulp(0), np.float32(1), np.int8(1), Fraction(1, 2), 5e-324], ids=repr)
def test_every_number_in_its_domain_is_taken(cpu: Any, value: Any) -> None:
    arrays = Arrays()
    cpu.descent_step(arrays.weight, arrays.gradient, rate=value)
    assert arrays.weight[1][0] == np.float32(1) - np.float32(float(value)) * np.float32(2)


def test_a_closed_and_an_open_end_are_told_apart(cpu: Any) -> None:
    text = "momentum must lie in [0, 1) (hyperparameter tiny/momentum); it is 1.0"
    refused(cpu, ValueError, text, momentum=1)
    arrays = Arrays()
    cpu.descent_step(arrays.weight, arrays.gradient, momentum=math.nextafter(1, 0), velocity=arrays.velocity)


@pytest.mark.parametrize("value", [3, None, 2.5, "ab"], ids=repr)
def test_what_is_no_list_of_arrays_is_refused(cpu: Any, value: Any) -> None:
    kind = "is None" if value is None else f"is of the type {type(value).__name__}"
    refused(cpu, TypeError, f"weight must be a list of arrays; it {kind}", weight=value)


def test_a_single_array_is_no_list(cpu: Any) -> None:
    refused(cpu, TypeError, "gradient must be a list of arrays; it is of the type ndarray", gradient=np.ones(3))


@pytest.mark.parametrize("item", [None, 3, "text", [1.0], object()], ids=["None", "int", "str", "list", "object"])
def test_an_item_that_is_no_array_is_named_by_its_index(cpu: Any, item: Any) -> None:
    arrays = Arrays()
    kind = "is None" if item is None else f"is of the type {type(item).__name__}"
    text = f"gradient[1] must be an array that its library hands over as it is; it {kind}"
    refused(cpu, TypeError, text, arrays, gradient=[arrays.gradient[0], item])


def test_arrays_of_other_byte_order_are_refused(cpu: Any) -> None:
    swapped = [np.ones((2, 3), ">f4"), np.ones(4, ">f4")]
    text = "weight[0] must be an array that its library hands over as it is; it is of the type ndarray and of the dtype >f4"
    refused(cpu, TypeError, text, weight=swapped)


@pytest.mark.parametrize("dtype", ["float64", "int32", "complex64", "uint8", "bool"])
def test_a_dtype_that_no_variant_has_is_refused(cpu: Any, dtype: str) -> None:
    arrays = Arrays(dtype)
    refused(cpu, TypeError, f"weight[0] must be float32 or float16 or bfloat16; it is {dtype}", arrays)


def test_a_dtype_must_be_that_of_the_tensor_it_is_like(cpu: Any) -> None:
    arrays = Arrays()
    arrays.gradient[1] = arrays.gradient[1].astype(np.float64)
    refused(cpu, TypeError, "gradient[1] must be float32 like weight[1]; it is float64", arrays)


def test_all_entries_are_of_one_variant(cpu: Any) -> None:
    arrays = Arrays()
    arrays.weight[1] = arrays.weight[1].astype(np.float16)
    refused(cpu, TypeError, "weight[1] must be float32 like weight[0]; it is float16", arrays)


def test_lists_must_have_one_length(cpu: Any) -> None:
    arrays = Arrays()
    refused(cpu, ValueError, "gradient must have as many arrays as weight, 2; it has 1", gradient=arrays.gradient[:1])


def test_shapes_must_agree(cpu: Any) -> None:
    arrays = Arrays()
    arrays.gradient[0] = np.ones((3, 2), np.float32)
    refused(cpu, ValueError, "gradient[0] must have the shape (2, 3) of weight[0]; it has (3, 2)", arrays)


def test_lists_may_be_empty_and_arrays_too(cpu: Any) -> None:
    cpu.descent_step([], [], momentum=0.5, velocity=[])
    cpu.descent_step((np.ones((0, 3), np.float32),), [np.ones((0, 3), np.float32)])


def test_a_tensor_is_required_while_its_condition_is_true(cpu: Any) -> None:
    text = "velocity must be given when momentum > 0 (momentum is 0.5); it is left out"
    refused(cpu, ValueError, text, momentum=0.5)
    arrays = Arrays()
    cpu.descent_step(arrays.weight, arrays.gradient, momentum=0.5, velocity=arrays.velocity)
    assert arrays.velocity[1][0] == 1.5


def test_a_tensor_is_required_for_the_variants_that_need_it_and_refused_for_others(cpu: Any) -> None:
    half = Arrays("float16")
    refused(cpu, ValueError, "master must be given when weight is float16; it is left out", half)
    cpu.descent_step(half.weight, half.gradient, master=half.master, rate=0.25)
    assert half.master[0].tolist() == [[0.75] * 3] * 2
    single = Arrays()
    refused(
        cpu, ValueError, "master must be left out when weight is float32; it is given", single, master=single.master
    )


def test_unknown_and_missing_arguments_are_refused(cpu: Any) -> None:
    with pytest.raises(TypeError):
        cpu.descent_step([], [], rat=1)
    with pytest.raises(TypeError):
        cpu.descent_step([])


class Bfloat16:
    """An array as ml_dtypes makes them for NumPy: neither DLPack nor a buffer carries it."""

    def __init__(self, *values: int) -> None:
        self.dtype = SimpleNamespace(name="bfloat16")
        self.bits = np.array(values, np.uint16)

    def view(self, dtype: str) -> np.ndarray:
        assert dtype == "uint16"
        return self.bits


def test_arrays_of_bfloat16_from_outside_of_numpy_are_taken(cpu: Any) -> None:
    master = np.ones(2, np.float32)
    cpu.descent_step([Bfloat16(1, 2)], [Bfloat16(3, 4)], master=[master], rate=0.25)
    assert master.tolist() == [0.75, 0.75]
    with pytest.raises(TypeError, match=r"gradient\[0\] must be bfloat16 like weight\[0\]; it is uint16"):
        cpu.descent_step([Bfloat16(1, 2)], [Bfloat16(3, 4).bits], master=[master])
