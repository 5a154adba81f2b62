"""Updates of ResNet-50's parameters and a cross entropy on two processor threads, beside PyTorch and MXNet."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.environment import Environment
from benchmarks.kernels.workload import BYTES, CLASSES, OPERATIONS, SAMPLES, STATE_BYTES, THREADS, resnet50_sizes
from benchmarks.measuring import PYTHON, ROOT, Arguments, Command, Summary, output_of, ratio, summarise
from benchmarks.report import Claim, Section, at_least, unmeasured
from benchmarks.settings import Settings

_FOLDER = Path(__file__).resolve().parent / "kernels"
_OURS, _TORCH, _MXNET, _FLOOR = "ours", "PyTorch, fused", "MXNet", "plain C"
_OURS_ON_THEIRS = "ours, on PyTorch's tensors"
_HAND = "cross entropy by hand"
_NAMES = {"adam": "Adam", "sgd": "SGD with momentum"}
_CROSS_ENTROPY = f"cross entropy with smoothing [{SAMPLES}, {CLASSES}], with its gradient"

Times = Mapping[str, Mapping[str, Summary]]


@dataclass(frozen=True)
class Contender:
    """A program that times itself: what starts it, and the environment variables it needs."""

    arguments: Arguments
    environment: Mapping[str, str] = field(default_factory=dict)


def measure(settings: Settings) -> Section:
    """Time every contender in turns, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        times = _times(_contenders(Path(folder), not settings.quick), *((2, 3) if settings.quick else (5, 10)))
    parameters = sum(resnet50_sizes())
    return Section(
        "Training kernels on the processor",
        f"One update of {parameters / 1e6:.1f} M float32 parameters in {len(resnet50_sizes())} tensors, those of "
        f"ResNet-50, and a {_CROSS_ENTROPY}; {THREADS} threads, wall-clock time of calls from Python.",
        [*_update_claims(times), *_cross_entropy_claims(times)],
        ["kernel", "contender", "median", "least", "spread", "GB/s", "x plain C"],
        [
            _row(kernel, name, time, times[_FLOOR][kernel])
            for kernel in times[_OURS]
            for name, time in _of(times, kernel)
        ],
        [
            *(_counted(kernel, title) for kernel, title in _NAMES.items()),
            "Plain C is the floor: of an update, the same arrays, read and written in place with the least arithmetic "
            "that touches all of them; of the cross entropy, three loops over a row with the compiler's own "
            "exponential, which is not the same on every machine. A cross entropy moves 8 bytes for each logit and "
            "computes an exponential and 8 other operations.",
            "Two processes rarely get memory that is equally fast: PyTorch's updates and ours are compared on "
            "PyTorch's own tensors, in one process, a dozen calls of one after a dozen of the other.",
            "MXNet updates one tensor at a time, which is its fastest way here.",
        ],
    )


def _contenders(folder: Path, install: bool) -> dict[str, Contender]:
    """What to start, by name, as far as it can be had."""
    started = {_OURS: Contender([PYTHON, "-m", "benchmarks.kernels.with_ours"])}
    path = {"PYTHONPATH": str(_package_alone(folder))}
    for name, module, environment in (
        (_TORCH, "with_torch", Environment(".venv-bench-torch", "torch.in")),
        (_MXNET, "with_mxnet", Environment(".venv-bench-mxnet", "mxnet.lock")),
    ):
        if environment.prepare(install) is None:
            started[name] = Contender([environment.python, "-m", f"benchmarks.kernels.{module}"], path)
    program = folder / "floor"
    source = _FOLDER / "floor.cpp"
    output_of(Command(["g++", "-std=c++17", "-O3", "-march=native", "-ffast-math", "-pthread", source, "-o", program]))
    started[_FLOOR] = Contender([program])
    return started


def _package_alone(folder: Path) -> Path:
    """A folder with our package as it is installed, and nothing else of our environment."""
    installed = output_of(Command([PYTHON, "-c", "import vision_kernels; print(*vision_kernels.__path__)"])).strip()
    (folder / "vision_kernels").symlink_to(installed)
    return folder


def _times(contenders: Mapping[str, Contender], rounds: int, calls: int) -> dict[str, dict[str, Summary]]:
    """The seconds of one call, by contender and kernel."""
    seconds: dict[str, dict[str, list[float]]] = {name: {} for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            command = Command([*contender.arguments, str(calls)], ROOT, contender.environment)
            for kernel, values in json.loads(output_of(command).splitlines()[-1]).items():
                seconds[name].setdefault(kernel, []).extend(values)
    theirs = seconds.get(_TORCH, {})
    seconds[_OURS_ON_THEIRS] = {kernel: theirs.pop(f"{kernel} by ours") for kernel in _NAMES if theirs}
    return {name: {kernel: summarise(v) for kernel, v in kernels.items()} for name, kernels in seconds.items()}


def _update_claims(times: Times) -> list[Claim]:
    claims = []
    for kernel, title in _NAMES.items():
        for peer, mine, target in ((_TORCH, _OURS_ON_THEIRS, 1.0), (_MXNET, _OURS, 3.0)):
            figure = f"one update by {title}: times faster than {peer}"
            theirs = times.get(peer, {}).get(kernel)
            missing = unmeasured(figure, f"at least {target:g}x", "not installed")
            claims.append(missing if theirs is None else at_least(figure, ratio(theirs, times[mine][kernel]), target))
    return claims


def _cross_entropy_claims(times: Times) -> list[Claim]:
    figure = f"{_CROSS_ENTROPY}: times faster than PyTorch"
    theirs = times.get(_TORCH)
    if theirs is None:
        return [unmeasured(figure, "at least 2.5x", "not installed")]
    ours = times[_OURS]["cross entropy"]
    return [
        at_least(figure, ratio(theirs["cross entropy"], ours), 2.5),
        at_least(f"{figure}, by hand", ratio(theirs[_HAND], ours), 2.5),
    ]


def _of(times: Times, kernel: str) -> list[tuple[str, Summary]]:
    """Each contender's time of one kernel; what one does in two ways is listed twice."""
    listed = [(name, kernels[kernel]) for name, kernels in times.items() if kernel in kernels]
    by_hand = times.get(_TORCH, {}).get(f"{kernel} by hand")
    return listed if by_hand is None else [*listed, ("PyTorch, by hand", by_hand)]


def _counted(kernel: str, title: str) -> str:
    return (
        f"{title}, for each parameter: {STATE_BYTES[kernel]} bytes of state, {BYTES[kernel]} bytes moved, "
        f"{OPERATIONS[kernel]} operations."
    )


def _row(kernel: str, name: str, time: Summary, floor: Summary) -> list[str]:
    moved = BYTES.get(kernel, 0) * sum(resnet50_sizes())
    rate = f"{moved / time.median / 1e9:.1f}" if moved else ""
    milliseconds = [f"{seconds * 1e3:.3g} ms" for seconds in (time.median, time.least)]
    return [_NAMES.get(kernel, kernel), name, *milliseconds, f"{time.spread:.0%}", rate, f"{ratio(time, floor):.2f}"]
