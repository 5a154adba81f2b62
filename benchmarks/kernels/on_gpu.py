"""Times the CUDA backend beside PyTorch's fused optimizers and beside a copy of memory, and keeps the results.

``python -m benchmarks.kernels.on_gpu [FILE]``; without FILE they go to ``benchmarks/results/<gpu>.json``. It needs
PyTorch with a GPU and the built package, and nothing else. ``--rehearse FILE`` does the same once on the processor, so
that nothing but the GPU is left to try.
"""

import argparse
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
import vision_kernels

from benchmarks.kernels import workload as of

RESULTS = Path(__file__).resolve().parent.parent / "results"
ROUNDS, CALLS, WARMING = 9, 20, 2
Calls = dict[str, Callable[[], object]]


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    if given.rehearse and given.file is None:
        print("a rehearsal needs a FILE: what it tells is no result", file=sys.stderr)
        return 2
    if not given.rehearse and not torch.cuda.is_available():
        print("a GPU that PyTorch can use is needed; none was found", file=sys.stderr)
        return 2
    found = measured("cpu", 1, 1, 0) if given.rehearse else measured("cuda", ROUNDS, CALLS, WARMING)
    text = json.dumps(found, indent=2) + "\n"
    target = given.file or RESULTS / f"{slug(found['gpu'])}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    print(text)
    return 0


def measured(device: str, rounds: int, calls: int, warming: int) -> dict[str, object]:
    """What is written down: the machine, the medians, and the rates they come to."""
    torch.manual_seed(1)
    contenders = {**optimizers(device), **cross_entropies(device), "copy": copy(device)}
    seconds = timed(contenders, seconds_on_gpu if device == "cuda" else seconds_here, rounds, calls, warming)
    return {
        "gpu": torch.cuda.get_device_name() if device == "cuda" else None,
        "torch": torch.__version__,
        "cuda": torch.version.cuda,
        "parameters": sum(of.resnet50_sizes()),
        "microseconds": {name: round(value * 1e6, 2) for name, value in seconds.items()},
        **rates(seconds),
    }


def timed(
    contenders: Calls, clock: Callable[[Callable[[], object], int], float], rounds: int, calls: int, warming: int
) -> dict[str, float]:
    """Median seconds of one call, all contenders in turns; the first rounds warm up and do not count."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(warming + rounds):
        for name, call in contenders.items():
            taken = clock(call, calls) / calls
            if number >= warming:
                seconds[name].append(taken)
    return {name: statistics.median(values) for name, values in seconds.items()}


def seconds_on_gpu(call: Callable[[], object], calls: int) -> float:
    """Seconds between an event before a run of calls and one after it, on the GPU."""
    started, ended = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    torch.cuda.synchronize()
    started.record()
    for _ in range(calls):
        call()
    ended.record()
    torch.cuda.synchronize()
    return float(started.elapsed_time(ended)) / 1e3


def seconds_here(call: Callable[[], object], calls: int) -> float:
    started = time.perf_counter()
    for _ in range(calls):
        call()
    return time.perf_counter() - started


def optimizers(device: str) -> Calls:
    weight, gradient = (tensors(0.01, device) for _ in range(2))
    mean, mean_square, velocity = (tensors(0.0, device) for _ in range(3))
    theirs = {
        "adam": torch.optim.Adam(
            parameters(device), of.LEARNING_RATE, (of.BETA_1, of.BETA_2), of.EPSILON, of.WEIGHT_DECAY, fused=True
        ),
        "sgd": torch.optim.SGD(
            parameters(device), of.LEARNING_RATE, of.MOMENTUM, weight_decay=of.WEIGHT_DECAY, fused=True
        ),
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


def cross_entropies(device: str) -> Calls:
    logits = torch.randn(of.SAMPLES, of.CLASSES, device=device, requires_grad=True)
    values = logits.detach()
    label = torch.randint(0, of.CLASSES, (of.SAMPLES,), device=device)
    loss, slope = torch.empty(of.SAMPLES, device=device), torch.empty_like(values)

    def ours() -> None:
        vision_kernels.keras_sparse_softmax_cross_entropy(
            values, label, label_smoothing=of.SMOOTHING, loss=loss, gradient=slope
        )

    def theirs() -> None:
        logits.grad = None
        torch.nn.functional.cross_entropy(logits, label, label_smoothing=of.SMOOTHING).backward()

    return {"cross entropy": ours, "cross entropy, PyTorch": theirs}


def copy(device: str) -> Callable[[], object]:
    """A copy that moves as many bytes as an update by Adam."""
    count = of.BYTES["adam"] * sum(of.resnet50_sizes()) // 8
    source, target = (torch.zeros(count, device=device) for _ in range(2))
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


def tensors(scale: float, device: str) -> list[torch.Tensor]:
    return [torch.randn(size, device=device) * scale for size in of.resnet50_sizes()]


def parameters(device: str) -> list[torch.nn.Parameter]:
    made = [torch.nn.Parameter(tensor) for tensor in tensors(0.01, device)]
    for parameter in made:
        parameter.grad = torch.randn_like(parameter) * 0.01
    return made


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kernels.on_gpu", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="where the results go")
    parser.add_argument("--rehearse", action="store_true", help="run once on the processor")
    return parser


if __name__ == "__main__":
    sys.exit(main())
