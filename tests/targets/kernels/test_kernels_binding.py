"""A binding checks every argument before anything is written, and says which law of which function is broken."""

import math
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.targets.kernels.building import built, fixture, load
from tests.targets.kernels.elsewhere import Elsewhere


@pytest.fixture(scope="module")
def cpu() -> Any:
    return load(built(fixture()))


class Arrays:
    """Two entries for `descent_step`; whatever is refused leaves them as they are."""

    def __init__(self, dtype: str = "float32") -> None:
        self.weight = [np.ones((2, 3), dtype), np.ones(4, dtype)]
        self.gradient = [np.full((2, 3), 2, dtype), np.full(4, 2, dtype)]
        self.velocity = [np.ones((2, 3), np.float32), np.ones(4, np.float32)]
        self.master = [np.ones((2, 3), np.float32), np.ones(4, np.float32)]

    @property
    def all(self) -> list[np.ndarray]:
        return [*self.weight, *self.gradient, *self.velocity, *self.master]


def refused(cpu: Any, error: type[Exception], text: str, arrays: Arrays | None = None, **given: Any) -> None:
    """`descent_step` refuses this with these words, and has written nothing."""
    used = arrays or Arrays()
    before = [array.copy() for array in used.all]
    weight, gradient = given.pop("weight", used.weight), given.pop("gradient", used.gradient)
    with pytest.raises(error) as caught:
        cpu.descent_step(weight, gradient, **given)
    assert str(caught.value) == f"descent_step: {text}"
    assert all(np.array_equal(old, new, equal_nan=True) for old, new in zip(before, used.all, strict=True))


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
    text = "weight[0] must be an array that its library hands over as it is; it is of the type ndarray"
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
    text = "weight[0] must be contiguous, in C order; it has the shape (2, 3) and the strides (1, 2)"
    refused(cpu, ValueError, text, arrays)
    arrays = Arrays()
    arrays.gradient[1] = np.ones(8, np.float32)[::2]
    text = "gradient[1] must be contiguous, in C order; it has the shape (4,) and the strides (2,)"
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


def pooled(cpu: Any, row: Any = None, **given: Any) -> list[float]:
    rows = np.arange(6, dtype=np.float32).reshape(2, 3) if row is None else row
    total = given.pop("total", None)
    made = np.full(len(rows), -1.0) if total is None else total
    cpu.pool(rows, **{"total": made, "every": 2, **given})
    return list(made)


@pytest.mark.parametrize(("mode", "result"), [("sum", [3, 12]), ("mean", [1, 4]), ("keep-first", [0, 3])])
def test_a_string_chooses_its_enumerator(cpu: Any, mode: str, result: list[float]) -> None:
    assert pooled(cpu, mode=mode) == result


def test_optional_tensors_count_if_they_are_given(cpu: Any) -> None:
    assert pooled(cpu, column_weight=np.array([1, 0, 2], np.float32)) == [4, 13]
    assert pooled(cpu, np.arange(6).reshape(2, 3), label=np.ones((2, 2), np.bool_)) == [3, 12]


_INTEGER = "every must be an integer from -9007199254740991 to 9007199254740991; it is"


@pytest.mark.parametrize(
    ("given", "error", "text"),
    [
        ({"mode": "max"}, ValueError, "mode must be \"sum\", \"mean\" or \"keep-first\"; it is 'max'"),
        ({"mode": "keep_first"}, ValueError, "mode must be \"sum\", \"mean\" or \"keep-first\"; it is 'keep_first'"),
        ({"mode": 1}, TypeError, "mode must be a string; it is 1"),
        ({"mode": "\ud800"}, ValueError, r"mode must be a string of whole characters; it is '\ud800'"),
        ({"name": "a"}, ValueError, "name must have a number of characters in [2, 5]; it is 'a'"),
        ({"name": "a1"}, ValueError, "name must match ^[a-z]+$; it is 'a1'"),
        ({"every": 3}, ValueError, "every must be a multiple of 2 or be 0; it is 3"),
        ({"every": -2}, ValueError, "every must lie in [1, inf) or be 0; it is -2"),
        ({"every": 2.0}, TypeError, "every must be an integer; it is 2.0"),
        ({"every": True}, TypeError, "every must be an integer; it is True"),
        ({"every": 2**53}, ValueError, f"{_INTEGER} 9007199254740992"),
        ({"every": -(10**30)}, ValueError, f"{_INTEGER} -1{'0' * 30}"),
        ({"flag": 1}, TypeError, "flag must be True or False; it is 1"),
        ({"steps": 3}, TypeError, "steps must be a list; it is of the type int"),
        ({"steps": "12"}, TypeError, "steps must be a list; it is of the type str"),
        ({"steps": []}, ValueError, "steps must have a number of items in [1, 4]; it is []"),
        ({"steps": [0]}, ValueError, "steps must hold items that lie in [1, inf); it is [0]"),
        ({"steps": [2, 2]}, ValueError, "steps must increase from item to item; it is [2, 2]"),
        ({"steps": [1, 2.0]}, TypeError, "steps[1] must be an integer; it is 2.0"),
        ({"steps": [1, True]}, TypeError, "steps[1] must be an integer; it is True"),
        ({"weights": [0.5, math.nan]}, ValueError, "weights[1] must be a finite number; it is nan"),
        ({"weights": [1, 1.0]}, ValueError, "weights must hold no item twice; it is [1, 1.0]"),
        ({"steps": [1, 2, 3, 4]}, ValueError, "there must be a column for each step; steps is [1, 2, 3, 4], k is 3"),
        ({"flag": True, "mode": "mean"}, ValueError, "only sums can be flagged; mode is 'mean', flag is True"),
        ({"stream": "0"}, TypeError, "stream must be the handle of a stream, an integer; it is '0'"),
        ({"label": np.ones((3, 2), np.bool_)}, ValueError, "label must have the shape [n, 2] with n = 2; it has (3, 2)"),
        ({"label": np.ones((2, 3), np.bool_)}, ValueError, "label must have the shape [n, 2]; it has (2, 3)"),
        ({"label": np.ones(2, np.bool_)}, ValueError, "label must have the shape [n, 2]; it has (2,)"),
        ({"label": np.ones((2, 2))}, TypeError, "label must be bool; it is float64"),
        ({"total": np.ones(3)}, ValueError, "total must have the shape [n] with n = 2; it has (3,)"),
        ({"total": None, "row": np.ones((2, 0), np.float32)}, ValueError,
         "row must have the shape [n, k] with k in [1, inf); it has (2, 0)"),
    ],
    ids=lambda part: repr(part) if isinstance(part, dict) else "",
)  # fmt: skip
def test_every_fact_of_a_domain_is_checked(cpu: Any, given: dict[str, Any], error: type[Exception], text: str) -> None:
    total = np.full(2, -1.0) if given.get("total") is None else given["total"]
    with pytest.raises(error) as caught:
        pooled(cpu, **{**given, "total": total})
    assert str(caught.value) == f"pool: {text}"
    assert (total == (-1.0 if given.get("total") is None else 1.0)).all()


def test_special_values_stand_beside_the_range(cpu: Any) -> None:
    assert pooled(cpu, every=0) == [3, 12]
    assert pooled(cpu, every=2**53 - 2) == [3, 12]


def test_a_scalar_without_default_must_be_given(cpu: Any) -> None:
    with pytest.raises(TypeError):
        cpu.pool(np.ones((2, 3), np.float32), total=np.ones(2))


class Pictures:
    """Two pictures of differing sizes, and what stands beside lists."""

    def __init__(self) -> None:
        self.picture = [np.arange(24, dtype=np.uint8).reshape(3, 4, 2), np.arange(12, dtype=np.uint8).reshape(2, 3, 2)]
        self.factor = np.array([1, 10], np.float32)
        self.own = np.array([1, 2], np.float32)
        self.window = [np.zeros((2, 3, 2), np.float32) for _ in range(2)]

    def call(self, cpu: Any, **given: Any) -> None:
        used = {"picture": self.picture, "factor": self.factor, "own_factor": self.own, "window": self.window}
        cpu.windows(**{**used, "rows": 2, "columns": 3, **given})


def test_tensors_beside_lists_are_shared_by_all_entries(cpu: Any) -> None:
    pictures = Pictures()
    pictures.call(cpu)
    factors = np.array([1, 10], np.float32)
    assert np.array_equal(pictures.window[0], pictures.picture[0][:2, :3] * factors)
    assert np.array_equal(pictures.window[1], pictures.picture[1][:2, :3] * factors * 2)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"rows": 0}, "rows must lie in [1, inf); it is 0"),
        (
            {"columns": 4, "window": [np.zeros((2, 4, 2), np.float32) for _ in range(2)]},
            "a window must fit into each picture; rows is 2, h is 2, columns is 4, w is 3",
        ),
        (
            {"rows": 1},
            "window[0] must have the shape [rows, columns, c] with rows = 1; it has (2, 3, 2)",
        ),
        ({"factor": np.ones(3, np.float32)}, "factor must have the shape [c] with c = 2; it has (3,)"),
        (
            {"own_factor": np.ones(3, np.float32)},
            "own_factor must have the shape [pictures] with pictures = 2; it has (3,)",
        ),
        ({"window": []}, "window must have as many arrays as picture, 2; it has 0"),
        (
            {"picture": [], "window": [], "own_factor": np.ones(1, np.float32)},
            "own_factor must have the shape [pictures] with pictures = 0; it has (1,)",
        ),
    ],
)
def test_sizes_beside_lists_have_their_laws(cpu: Any, given: dict[str, Any], text: str) -> None:
    pictures = Pictures()
    with pytest.raises(ValueError) as caught:
        pictures.call(cpu, **given)
    assert str(caught.value) == f"windows: {text}"
    assert not any(window.any() for window in pictures.window)


def test_an_empty_list_beside_what_all_share_is_nothing_to_do(cpu: Any) -> None:
    Pictures().call(cpu, picture=[], window=[], own_factor=np.ones(0, np.float32))


def test_computed_sizes_are_those_of_the_scalars(cpu: Any) -> None:
    number = np.zeros((4, 2))
    cpu.grid(number=number, rows=2, columns=[0.5, 1.5])
    assert number.tolist() == [[0, 0.5], [0, 1.5], [1, 0.5], [1, 1.5]]
    with pytest.raises(ValueError) as caught:
        cpu.grid(number=number, rows=3, columns=[0.5, 1.5])
    assert str(caught.value) == "grid: number must have the shape [n, 2] with n = 6; it has (4, 2)"
    with pytest.raises(ValueError) as caught:
        cpu.grid(number=number, rows=2**52, columns=[0.5] * 3)
    assert str(caught.value).startswith("grid: n = rows * size(columns) must be a size; rows is 4503599627370496")
