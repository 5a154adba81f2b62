"""Resizing of photographs on two processor threads, beside Pillow-SIMD and OpenCV."""

import json

from benchmarks.environment import Environment
from benchmarks.kernels.photographs import COUNT, HEIGHT, SIDE, THREADS, WIDTH
from benchmarks.measuring import PYTHON, ROOT, Arguments, Command, Summary, output_of, ratio, summarise
from benchmarks.report import Claim, Section, at_least, unmeasured
from benchmarks.settings import Settings

_OURS, _PILLOW, _OPENCV = "ours", "Pillow-SIMD", "OpenCV"
_MODULES = {_OURS: "images_with_ours", _PILLOW: "images_with_pillow", _OPENCV: "images_with_opencv"}
# Method, peer, and how many times as fast as it ours should be at least.
_TARGETS = (
    ("area", _PILLOW, 1.0),
    ("lanczos3, antialiased", _PILLOW, 1.0),
    ("bilinear", _OPENCV, 0.67),
    ("bicubic", _OPENCV, 0.67),
)

Times = dict[str, dict[str, Summary]]


def measure(settings: Settings) -> Section:
    """Time every contender in turns, each in a process of its own."""
    times = _times(not settings.quick, *((2, 3) if settings.quick else (5, 10)))
    return Section(
        "Resizing images on the processor",
        f"{COUNT} images of {WIDTH} x {HEIGHT} pixels in bytes, red, green and blue, to {SIDE} x {SIDE}; {THREADS} "
        "threads, wall-clock time of calls from Python.",
        [_claim(times, *target) for target in _TARGETS],
        ["method", "contender", "images/s", "best", "spread"],
        [_row(method, name, time) for name, methods in times.items() for method, time in methods.items()],
        ["Pillow keeps what lies between its two passes in bytes, ours keeps more; OpenCV does not antialias."],
    )


def _times(install: bool, rounds: int, calls: int) -> Times:
    """The seconds of one call, by contender and method."""
    environment = Environment(".venv-bench-images", "images.in")
    peers = {} if environment.prepare(install) else dict.fromkeys((_PILLOW, _OPENCV), environment.python)
    seconds: dict[str, dict[str, list[float]]] = {}
    for _ in range(rounds):
        for name, python in {_OURS: PYTHON, **peers}.items():
            command: Arguments = [python, "-m", f"benchmarks.kernels.{_MODULES[name]}", str(calls)]
            for method, values in json.loads(output_of(Command(command, ROOT)).splitlines()[-1]).items():
                seconds.setdefault(name, {}).setdefault(method, []).extend(values)
    return {name: {method: summarise(v) for method, v in methods.items()} for name, methods in seconds.items()}


def _claim(times: Times, method: str, peer: str, target: float) -> Claim:
    figure = f"resizing, {method}: times as fast as {peer}"
    if peer not in times:
        return unmeasured(figure, f"at least {target:.2g}x", "not installed")
    return at_least(figure, ratio(times[peer][method], times[_OURS][method]), target)


def _row(method: str, name: str, time: Summary) -> list[str]:
    rates = [f"{COUNT / seconds:,.0f}" for seconds in (time.median, time.least)]
    return [method, name, *rates, f"{time.spread:.0%}"]
