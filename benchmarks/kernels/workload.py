"""What the kernels and their peers are timed with; nothing here needs more than the standard library."""

import json
import sys
import time
from collections.abc import Callable, Iterator

LEARNING_RATE, MOMENTUM, WEIGHT_DECAY = 0.01, 0.9, 1e-4
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8
SMOOTHING = 0.1
SAMPLES, CLASSES = 256, 1000
THREADS = 2
# Bytes that an update moves for each float32 parameter: weight and state are read and written, the gradient is read.
BYTES = {"adam": 28, "sgd": 20}
# Bytes of state that an optimizer keeps for each parameter, and what its formula computes for one: products, sums,
# bounds, quotients and roots.
STATE_BYTES = {"adam": 8, "sgd": 4}
OPERATIONS = {"adam": 17, "sgd": 9}
_STAGES = ((64, 3), (128, 4), (256, 6), (512, 3))


def resnet50_sizes() -> list[int]:
    """Numbers of elements of ResNet-50's 161 parameter tensors: convolutions, normalisations, the last layer."""
    return list(_sizes())


def _sizes() -> Iterator[int]:
    yield from _convolution(3, 64, 7)
    channels = 64
    for width, blocks in _STAGES:
        for block in range(blocks):
            yield from _convolution(channels, width, 1)
            yield from _convolution(width, width, 3)
            yield from _convolution(width, 4 * width, 1)
            if block == 0:
                yield from _convolution(channels, 4 * width, 1)
            channels = 4 * width
    yield from (channels * CLASSES, CLASSES)


def _convolution(inputs: int, outputs: int, side: int) -> Iterator[int]:
    """The kernel, and scale and shift of the normalisation after it."""
    yield from (inputs * outputs * side * side, outputs, outputs)


def tell(calls: dict[str, Callable[[], object]]) -> None:
    """Time each call as often as the first argument says and print the seconds as JSON; the first two do not count."""
    rounds = int(sys.argv[1])
    seconds: dict[str, list[float]] = {}
    for name, call in calls.items():
        times = []
        for _ in range(rounds + 2):
            started = time.perf_counter()
            call()
            times.append(time.perf_counter() - started)
        seconds[name] = times[2:]
    print(json.dumps(seconds))
