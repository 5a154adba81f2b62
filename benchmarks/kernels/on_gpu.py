"""Times the CUDA backend beside PyTorch's fused optimizers and beside a copy of memory, and keeps the results.

``python -m benchmarks.kernels.on_gpu [FILE]``; without FILE they go to ``benchmarks/results/<gpu>.json``. It needs
PyTorch with a GPU and the built package, and nothing else.
"""

import json
import re
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

import torch
import vision_kernels

from benchmarks.kernels import workload as of

RESULTS = Path(__file__).resolve().parent.parent / "results"
ROUNDS, CALLS = 9, 20
Calls = dict[str, Callable[[], object]]


def main() -> int:
    if not torch.cuda.is_available():
        print("no GPU was found", file=sys.stderr)
        return 2
    torch.manual_seed(1)
    seconds = timed({**optimizers(), **cross_entropies(), "copy": copy()})
    found = {
        "gpu": torch.cuda.get_device_name(),
        "torch": torch.__version__,
        "cuda": torch.version.cuda,
        "parameters": sum(of.resnet50_sizes()),
        "microseconds": {name: round(value * 1e6, 2) for name, value in seconds.items()},
        **rates(seconds),
    }
    text = json.dumps(found, indent=2) + "\n"
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else RESULTS / f"{slug(found['gpu'])}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    print(text)
    return 0


def timed(calls: Calls) -> dict[str, float]:
    """Median seconds of one call on the GPU, all calls in turns, each round a run of calls between two events."""
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(ROUNDS + 2):
        for name, call in calls.items():
            started, ended = (torch.cuda.Event(enable_timing=True) for _ in range(2))
            torch.cuda.synchronize()
            started.record()
            for _ in range(CALLS):
                call()
            ended.record()
            torch.cuda.synchronize()
            if number >= 2:
                seconds[name].append(started.elapsed_time(ended) / 1e3 / CALLS)
    return {name: statistics.median(values) for name, values in seconds.items()}


def optimizers() -> Calls:
    weight, gradient = (tensors(0.01) for _ in range(2))
    mean, mean_square, velocity = (tensors(0.0) for _ in range(3))
    theirs = {
        "adam": torch.optim.Adam(
            parameters(), of.LEARNING_RATE, (of.BETA_1, of.BETA_2), of.EPSILON, of.WEIGHT_DECAY, fused=True
        ),
        "sgd": torch.optim.SGD(parameters(), of.LEARNING_RATE, of.MOMENTUM, weight_decay=of.WEIGHT_DECAY, fused=True),
    }

    def adam() -> None:
        vision_kernels.mxnet_adam_step(
            weight, gradient, mean, mean_square, learning_rate=of.LEARNING_RATE, beta_1=of.BETA_1, beta_2=of.BETA_2,
            epsilon=of.EPSILON, weight_decay=of.WEIGHT_DECAY, step=10,
        )  # fmt: skip

    def sgd() -> None:
        vision_kernels.mxnet_sgd_step(
            weight, gradient, velocity=velocity, learning_rate=of.LEARNING_RATE, momentum=of.MOMENTUM,
            weight_decay=of.WEIGHT_DECAY,
        )  # fmt: skip

    return {
        "adam": adam,
        "adam, PyTorch fused": theirs["adam"].step,
        "sgd": sgd,
        "sgd, PyTorch fused": theirs["sgd"].step,
    }


def cross_entropies() -> Calls:
    logits = torch.randn(of.SAMPLES, of.CLASSES, device="cuda", requires_grad=True)
    values = logits.detach()
    label = torch.randint(0, of.CLASSES, (of.SAMPLES,), device="cuda")
    loss, slope = torch.empty(of.SAMPLES, device="cuda"), torch.empty_like(values)

    def ours() -> None:
        vision_kernels.keras_sparse_softmax_cross_entropy(
            values, label, label_smoothing=of.SMOOTHING, loss=loss, gradient=slope
        )

    def theirs() -> None:
        logits.grad = None
        torch.nn.functional.cross_entropy(logits, label, label_smoothing=of.SMOOTHING).backward()

    return {"cross entropy": ours, "cross entropy, PyTorch": theirs}


def copy() -> Callable[[], object]:
    """A copy that moves as many bytes as an update by Adam."""
    count = of.BYTES["adam"] * sum(of.resnet50_sizes()) // 8
    source, target = (torch.zeros(count, device="cuda") for _ in range(2))
    return lambda: target.copy_(source)


def rates(seconds: dict[str, float]) -> dict[str, object]:
    """GB/s of each update and of the copy, and what share of the copy's the updates reach."""
    moved = {kernel: count * sum(of.resnet50_sizes()) for kernel, count in of.BYTES.items()}
    copied = of.BYTES["adam"] * sum(of.resnet50_sizes()) // 8 * 8 / seconds["copy"]
    reached = {
        name: moved[name.split(",")[0]] / value for name, value in seconds.items() if name.split(",")[0] in moved
    }
    return {
        "gigabytes_per_second": {name: round(rate / 1e9, 1) for name, rate in {**reached, "copy": copied}.items()},
        "share_of_copy": {name: round(rate / copied, 3) for name, rate in reached.items()},
    }


def tensors(scale: float) -> list[torch.Tensor]:
    return [torch.randn(size, device="cuda") * scale for size in of.resnet50_sizes()]


def parameters() -> list[torch.nn.Parameter]:
    made = [torch.nn.Parameter(tensor) for tensor in tensors(0.01)]
    for parameter in made:
        parameter.grad = torch.randn_like(parameter) * 0.01
    return made


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


if __name__ == "__main__":
    sys.exit(main())
