"""Small calls of every function that has a kernel: what a sanitizer can watch, which slows a kernel down a hundredfold.

Arrays are only copied to the GPU and back. So no kernel runs but those of this package, and whatever they read was
written by one of them or by a copy.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
import vision_kernels

from tests.kernels.calls import NAMES, SIZES, Arguments, call_of, copied
from tests.kernels.gpu.trying import Tried

# Less than a warp; more than a block, a chunk of an update and the classes that a thread looks at by itself; and, for
# lists of boxes, more keys than a block sorts at a time.
LARGE = {**SIZES, "n": 9, "k": 467, "s": 5, "h": 33, "w": 35, "a": 150, "t": 70, "m": 150, "l": 9, "r": 40}
LARGE |= {"buckets": 200, "height": 21, "width": 17, "length": 1030}
LONG = {**SIZES, "n": 1, "a": 2100, "m": 2100, "t": 3, "w": 7}
OF_LISTS = ("mxnet_match_anchors", "mxnet_detect", "mxnet_box_nms")
# What the defaults leave out, beside the values of words and flags.
_VARIANTS: dict[str, list[Arguments]] = {
    "mxnet_match_anchors": [{"negative_mining_ratio": 3.0, "negative_mining_threshold": 0.9}],
    "mxnet_detect": [{"nms_topk": 70, "nms_threshold": 0.2}, {"nms_threshold": 0.0}],
    "mxnet_box_nms": [{"topk": 70, "valid_threshold": 0.25}, {"topk": 0}],
    "random_uniform": [{"start": 3}],
    "mxnet_prior_boxes": [{"sizes": [0.2, 0.4], "ratios": [1.0, 2.0, 0.5], "feature_height": 19, "feature_width": 17}],
}


def names() -> list[str]:
    return [name for name in NAMES if "cuda" in vision_kernels.describe(name).backends]


def calls_of(function: str, rng: np.random.Generator) -> Iterator[Arguments]:
    for sizes in (SIZES, LARGE, *([LONG] if function in OF_LISTS else [])):
        for variant in variants_of(function):
            yield call_of(function, rng, sizes) | variant


def variants_of(function: str) -> Iterator[Arguments]:
    """Each word and each flag, one after the other."""
    yield {}
    for scalar in vision_kernels.describe(function).scalars:
        values = scalar.values if scalar.type == "string" else (False, True) if scalar.type == "boolean" else ()
        yield from ({scalar.name: value} for value in values if value != scalar.default)
    yield from _VARIANTS.get(function, [])


class SmallCalls(Tried):
    def test_every_function_gives_what_the_cpu_gives(self) -> None:
        for number, function in enumerate(names()):
            for arguments in calls_of(function, np.random.default_rng(number)):
                shown = {name: value for name, value in arguments.items() if isinstance(value, (bool, int, float, str))}
                with self.subTest(function=function, **shown):
                    self._agrees(function, arguments)

    def _agrees(self, function: str, arguments: Arguments) -> None:
        host = copied(arguments)
        with vision_kernels.backend("cpu"):
            expected = _outcome(function, host)
        device = {name: self._put(value) for name, value in arguments.items()}
        device |= self._results(arguments, expected)
        for name, found in _outcome(function, device).items():
            for ours, wanted in zip(_listed(found), _listed(expected[name]), strict=True):
                _compare(ours.cpu().numpy(), wanted, f"{function}: {name}")

    def _put(self, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return self.place.put(value)
        return [self._put(one) for one in value] if isinstance(value, list) else value

    def _results(self, arguments: Arguments, expected: Arguments) -> Arguments:
        """Memory for the results of a call that has no array to tell its place."""
        if any(isinstance(one, np.ndarray) for value in arguments.values() for one in _listed(value)):
            return {}
        return {
            name: torch.empty_like(torch.from_numpy(array), device=self.place.device)
            for name, array in expected.items()
        }


def _outcome(function: str, arguments: Arguments) -> dict[str, Any]:
    """What a call returns and changes, by name."""
    result = getattr(vision_kernels, function)(**arguments)
    changed = [tensor.name for tensor in vision_kernels.describe(function).tensors if tensor.access == "inout"]
    returned = {} if result is None else result._asdict()
    return returned | {name: arguments[name] for name in changed if name in arguments}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _compare(found: np.ndarray, wanted: np.ndarray, message: str) -> None:
    if wanted.dtype.kind != "f":
        np.testing.assert_array_equal(found, wanted, err_msg=message)
        return
    largest = float(np.max(np.abs(wanted), initial=0.0, where=np.isfinite(wanted)))
    np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-6 * largest, err_msg=message)
