"""A call that breaks a law says which, and leaves every array as it was."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import vision_kernels

from tests.kernels.arrays import numbered, state_type
from tests.kernels.declared import functions, needed_states, steps

Arguments = dict[str, Any]
Change = Callable[[Arguments], None]


def defaults(function: str) -> dict[str, Any]:
    scalars = {s["name"]: s["default"] for s in functions()[function]["scalars"] if s["name"] != "step"}
    return numbered(function, scalars, 1)


def call_of(function: str) -> Arguments:
    """A valid call on two tensors, of 5 and of 2 x 3 weights."""
    kind, scalars = state_type(function), defaults(function)
    rng = np.random.default_rng(1)

    def tensors() -> list[np.ndarray]:
        return [rng.random(5).astype(kind), rng.random((2, 3)).astype(kind)]

    states = {name: tensors() for name in needed_states(function, scalars)}
    return {"weight": tensors(), "gradient": tensors(), **states, **scalars}


def replaced(name: str, make: Callable[[np.ndarray], Any]) -> Change:
    """Puts something else in the place of the second array of an argument."""

    def change(arguments: Arguments) -> None:
        arguments[name][1] = make(arguments[name][1])

    return change


def frozen(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


def misaligned(array: np.ndarray) -> np.ndarray:
    memory = np.zeros(array.nbytes + 1, np.uint8)
    view = memory[1:].view(array.dtype).reshape(array.shape)
    view[...] = array
    return view


def shares_weight(arguments: Arguments) -> None:
    arguments["gradient"][1] = arguments["weight"][1]


def overlaps_partly(arguments: Arguments) -> None:
    memory = np.ones(9, arguments["weight"][0].dtype)
    arguments["weight"][0], arguments["gradient"][0] = memory[:5], memory[4:]


def same_weight_twice(arguments: Arguments) -> None:
    arguments["weight"][0] = arguments["weight"][1]
    for name, value in arguments.items():
        if isinstance(value, list):
            arguments[name][0] = value[1].copy() if name != "weight" else value[1]


def shorter(name: str) -> Change:
    return lambda arguments: arguments.__setitem__(name, arguments[name][:1])


def given_as(name: str, value: Any) -> Change:
    return lambda arguments: arguments.__setitem__(name, value)


ARRAYS: dict[str, tuple[Change, type[Exception], str]] = {
    "dtype of a weight": (replaced("weight", lambda a: a.astype(np.float64)), TypeError, r"weight\[1\] must be"),
    "dtype of a gradient": (replaced("gradient", lambda a: a.astype(np.int32)), TypeError, r"gradient\[1\] must be"),
    "shape": (replaced("gradient", lambda a: np.ones((3, 2), a.dtype)), ValueError, r"gradient\[1\] must"),
    "rank": (replaced("gradient", lambda a: a.reshape(6).copy()), ValueError, r"gradient\[1\] must"),
    "order of columns": (replaced("gradient", np.asfortranarray), ValueError, r"gradient\[1\] must"),
    "every other element": (replaced("weight", lambda a: np.repeat(a, 2, 1)[:, ::2]), ValueError, r"weight\[1\] must"),
    "alignment": (replaced("gradient", misaligned), ValueError, r"gradient\[1\] must"),
    "read-only weight": (replaced("weight", frozen), ValueError, r"weight\[1\] must"),
    "no array": (replaced("weight", lambda a: a.tolist()), TypeError, r"weight\[1\] must"),
    "nothing": (replaced("gradient", lambda a: None), TypeError, r"gradient\[1\] must"),
    "weight as its own gradient": (shares_weight, ValueError, r"(weight|gradient)\[1\] must"),
    "memory in common": (overlaps_partly, ValueError, r"(weight|gradient)\[0\] must"),
    "one weight twice": (same_weight_twice, ValueError, r"weight\[\d\] must"),
    "shorter list of gradients": (shorter("gradient"), ValueError, r"gradient must"),
    "shorter list of weights": (shorter("weight"), ValueError, r"\w+ must"),
    "array without a list": (given_as("gradient", np.ones(3, np.float32)), TypeError, r"gradient must"),
    "no list": (given_as("gradient", None), TypeError, r"gradient must"),
}  # fmt: skip


def contents(arguments: Arguments) -> list[bytes]:
    lists = [value for value in arguments.values() if isinstance(value, list)]
    return [array.tobytes() for value in lists for array in value if isinstance(array, np.ndarray)]


def assert_refused(function: str, arguments: Arguments, error: Any, words: str) -> None:
    before = contents(arguments)
    with pytest.raises(error, match=rf"^{function}: {words}") as told:
        getattr(vision_kernels, function)(**arguments)
    assert "\n" not in str(told.value)
    assert contents(arguments) == before


@pytest.mark.parametrize("function", steps())
@pytest.mark.parametrize(("change", "error", "words"), ARRAYS.values(), ids=ARRAYS)
def test_arrays_that_do_not_fit_are_refused(function: str, change: Change, error: type[Exception], words: str) -> None:
    arguments = call_of(function)
    change(arguments)
    assert_refused(function, arguments, error, words)


@pytest.mark.parametrize("function", steps())
def test_states_are_checked_as_the_weight_is(function: str) -> None:
    for name in needed_states(function, defaults(function)):
        for change, words in (
            (replaced(name, lambda a: a.astype(np.float64)), rf"{name}\[1\] must be"),
            (replaced(name, lambda a: a[:1].copy()), rf"{name}\[1\] must"),
            (replaced(name, frozen), rf"{name}\[1\] must"),
            (shorter(name), f"{name} must"),
            (given_as(name, None), f"{name} must be"),
        ):
            arguments = call_of(function)
            change(arguments)
            assert_refused(function, arguments, (TypeError, ValueError), words)


def out_of_domain(scalar: dict[str, Any]) -> list[Any]:
    domain = scalar["domain"]
    if domain["kind"] == "boolean":
        return [1, 0.0, "true", None]
    if domain["values"] is not None:
        return ["neither", "", 1, None]
    wrong: list[Any] = ["1", None, [1.0], float("nan"), float("inf"), True]
    if domain["kind"] == "integer":
        wrong += [1.0, 2**80]
    if domain["range"] is not None:
        (interval,) = domain["range"]["intervals"]
        lower, upper = interval["lower"], interval["upper"]
        wrong += [] if lower["value"] is None else [below(lower["value"], 1), below(lower["value"], 0.001)]
        wrong += [] if lower["value"] is None or lower["closed"] else [lower["value"]]
        wrong += [] if upper["value"] is None else [-below(-upper["value"], 1), -below(-upper["value"], 0)]
    return wrong


def below(end: float, distance: float) -> float:
    """A number that lies below an end by so much, or if that is too little for a double to tell, by as little as can be."""
    return min(end - distance, np.nextafter(end, -np.inf).item())


@pytest.mark.parametrize("function", steps())
def test_scalars_outside_of_their_domains_are_refused(function: str) -> None:
    for scalar in functions()[function]["scalars"]:
        for value in out_of_domain(scalar):
            arguments = {**call_of(function), scalar["name"]: value}
            assert_refused(function, arguments, (TypeError, ValueError), f"{scalar['name']} must")


@pytest.mark.parametrize("function", steps())
def test_scalar_of_a_hyperparameter_names_it(function: str) -> None:
    for scalar in functions()[function]["scalars"]:
        if scalar["hyperparameter"] is not None:
            with pytest.raises(
                ValueError, match=rf"must lie in .*\(hyperparameter {scalar['hyperparameter']}\); it is 7"
            ):
                getattr(vision_kernels, function)(**{**call_of(function), scalar["name"]: 7.0})


def test_message_is_law_then_fact() -> None:
    arguments = {**call_of("mxnet_adam_step"), "beta_1": 1.5}
    with pytest.raises(ValueError) as told:
        vision_kernels.mxnet_adam_step(**arguments)
    law = "mxnet_adam_step: beta_1 must lie in [0, 1] (hyperparameter image-classification/beta_1); it is 1.5"
    assert str(told.value) == law


def test_half_precision_needs_a_master_and_single_precision_has_none() -> None:
    half = [np.ones(3, np.float16)]
    arguments = {"momentum": 0.0, "weight_decay": 0.0}
    with pytest.raises((TypeError, ValueError), match="^mxnet_sgd_step: master must be given"):
        vision_kernels.mxnet_sgd_step(half, [np.ones(3, np.float16)], **arguments)
    single, master = [np.ones(3, np.float32)], [np.ones(3, np.float32)]
    with pytest.raises((TypeError, ValueError), match="^mxnet_sgd_step: master"):
        vision_kernels.mxnet_sgd_step(single, [np.ones(3, np.float32)], master=master, **arguments)


def test_losses_check_their_symbols() -> None:
    logits = np.ones((3, 2), np.float32)
    with pytest.raises(ValueError, match=r"^mxnet_softmax_cross_entropy: label must"):
        vision_kernels.mxnet_softmax_cross_entropy(logits, np.zeros(4, np.int32))
    with pytest.raises(TypeError, match=r"^mxnet_softmax_cross_entropy: label must be"):
        vision_kernels.mxnet_softmax_cross_entropy(logits, np.zeros(3, np.float64))
    with pytest.raises(ValueError, match=r"^mxnet_softmax_cross_entropy: "):
        vision_kernels.mxnet_softmax_cross_entropy(np.ones((3, 0), np.float32), np.zeros(3, np.int32))
    with pytest.raises(ValueError, match=r"^mxnet_softmax_cross_entropy: gradient must share no memory"):
        vision_kernels.mxnet_softmax_cross_entropy(logits, np.zeros(3, np.int32), gradient=logits)
    with pytest.raises((TypeError, ValueError), match=r"^mxnet_sigmoid_cross_entropy: class_weight must be given"):
        vision_kernels.mxnet_sigmoid_cross_entropy(logits, logits.copy(), use_weighted_loss=True)


def test_schedule_checks_its_rule() -> None:
    updates = np.arange(1, 5)
    with pytest.raises(ValueError, match="the warm-up must not begin above the base learning rate"):
        vision_kernels.mxnet_learning_rate(
            updates, base_learning_rate=0.1, boundaries=[3], warmup_steps=2, warmup_begin_learning_rate=0.5
        )


def test_unknown_function_is_told_with_those_there_are() -> None:
    for ask in (vision_kernels.describe, vision_kernels.hazards):
        with pytest.raises(vision_kernels.UnknownFunctionError, match="mxnet_sgd_step"):
            ask("mxnet_sgd")
