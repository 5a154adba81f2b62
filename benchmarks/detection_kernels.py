"""Matching of anchors, detection and metrics on two processor threads, beside MXNet, scikit-learn and pycocotools."""

import json

from benchmarks.environment import Environment
from benchmarks.kernels.detector import (
    BATCH,
    CLASSES,
    COUNTING,
    DENSE_DETECTION,
    IMAGES,
    MATCHING,
    PRECISION,
    PREDICTIONS,
    SPARSE,
    SPARSE_DETECTION,
    THREADS,
)
from benchmarks.measuring import PYTHON, ROOT, Arguments, Command, Summary, output_of, ratio, summarise
from benchmarks.report import Claim, Section, at_least, unmeasured
from benchmarks.settings import Settings

_OURS, _MXNET, _SCIKIT_LEARN, _COCO = "ours", "MXNet", "scikit-learn", "pycocotools"
_TARGETS = (
    (MATCHING, _MXNET, 3.0),
    (SPARSE_DETECTION, _MXNET, 3.0),
    (DENSE_DETECTION, _MXNET, 3.0),
    (COUNTING, _SCIKIT_LEARN, 10.0),
    (PRECISION, _COCO, 10.0),
)

Times = dict[str, dict[str, Summary]]


def measure(settings: Settings) -> Section:
    """Time every contender in turns, each in a process of its own."""
    times = _times(not settings.quick, *((1, 2) if settings.quick else (3, 5)))
    return Section(
        "Detection and metrics on the processor",
        f"A batch of {BATCH} samples with 8732 anchors and {CLASSES} classes; a trained detector leaves {SPARSE} "
        f"candidates in it, an untrained one all anchors; {PREDICTIONS // 10**6} million predictions; {IMAGES} images "
        f"with a hundred detections each. {THREADS} threads, wall-clock time of calls from Python.",
        [_claim(times, *target) for target in _TARGETS],
        ["task", "contender", "median", "least", "spread"],
        [_row(task, name, time) for name, tasks in times.items() for task, time in tasks.items()],
        [
            "scikit-learn sorts all predictions; ours counts them between 200 thresholds, as Keras does.",
            "pycocotools matches and interpolates as COCO does, here at one overlap; ours as PASCAL VOC does.",
        ],
    )


def _contenders(install: bool) -> dict[str, Arguments]:
    """What to start, by name, as far as it can be had."""
    mxnet = Environment(".venv-bench-mxnet", "mxnet.lock")
    started: dict[str, Arguments] = {
        _OURS: [PYTHON, "-m", "benchmarks.kernels.detection_with_ours"],
        _SCIKIT_LEARN: [PYTHON, "-m", "benchmarks.kernels.area_with_scikit_learn"],
    }
    if mxnet.prepare(install) is None:
        started[_MXNET] = [mxnet.python, "-m", "benchmarks.kernels.detection_with_mxnet"]
    coco = Environment(".venv-bench-coco", "coco.lock")
    if coco.prepare(install) is None:
        started[_COCO] = [coco.python, "-m", "benchmarks.kernels.precision_with_pycocotools"]
    return started


def _times(install: bool, rounds: int, calls: int) -> Times:
    """The seconds of one call, by contender and task."""
    seconds: dict[str, dict[str, list[float]]] = {}
    contenders = _contenders(install)
    for _ in range(rounds):
        for name, arguments in contenders.items():
            told = output_of(Command([*arguments, str(calls)], ROOT)).splitlines()[-1]
            for task, values in json.loads(told).items():
                seconds.setdefault(name, {}).setdefault(task, []).extend(values)
    return {name: {task: summarise(v) for task, v in tasks.items()} for name, tasks in seconds.items()}


def _claim(times: Times, task: str, peer: str, target: float) -> Claim:
    figure = f"{task}: times faster than {peer}"
    if peer not in times:
        return unmeasured(figure, f"at least {target:g}x", "not installed")
    return at_least(figure, ratio(times[peer][task], times[_OURS][task]), target)


def _row(task: str, name: str, time: Summary) -> list[str]:
    return [task, name, *(f"{seconds * 1e3:.3g} ms" for seconds in (time.median, time.least)), f"{time.spread:.0%}"]
