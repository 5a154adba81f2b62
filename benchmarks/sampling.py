"""Ten thousand configurations of a search space, beside the samplers of the tuners."""

import json
import os

from benchmarks.measuring import PYTHON, Arguments, Command, Summary, milliseconds, output_of, ratio, summarise
from benchmarks.report import Claim, Row, Section, unmeasured
from benchmarks.sampling_worker import CONFIGSPACE, OPTUNA, OURS, RAY
from benchmarks.settings import Settings

_LIMIT = 0.04


def measure(settings: Settings) -> Section:
    """Time draws from the space of image-classification."""
    rounds, count = (2, 1000) if settings.quick else (7, 10_000)
    folders = [settings.generated / folder for folder in ("python", "tuning/optuna", "tuning/ray")]
    environment = {"PYTHONPATH": os.pathsep.join(map(str, folders))}
    worker: Arguments = [PYTHON, "-m", "benchmarks.sampling_worker", str(rounds), str(count)]
    told = json.loads(output_of(Command(worker, environment=environment)))
    times = {name: summarise(seconds) for name, seconds in told.items() if not isinstance(seconds, str)}
    missing: list[Row] = [[name, why, "", "", ""] for name, why in told.items() if isinstance(why, str)]
    return Section(
        "Drawing from a search space",
        f"{count} configurations of image-classification at random, as dicts: nine hyperparameters, of which five "
        "or six are used, beside two that are given. All were asked in turns in one process.",
        [_limit(times[OURS], count), *(_beside(name, times, told) for name in (CONFIGSPACE, RAY, OPTUNA))],
        ["contender", "median", "least", "spread", "x generated sampler"],
        [_row(name, summary, times[OURS]) for name, summary in times.items()] + missing,
        [
            "The spaces of the tuners are written by hand with their conditions, as their manuals have them. What the "
            "generated packages give has the same conditions and exact ends; that for Optuna is judged as well.",
        ],
    )


def _limit(summary: Summary, count: int) -> Claim:
    scaled = summary.median * 10_000 / count
    return Claim(f"to draw {count} valid configurations", "at most 40 ms", milliseconds(scaled), scaled <= _LIMIT)


def _beside(name: str, times: dict[str, Summary], told: dict[str, list[float] | str]) -> Claim:
    figure = f"the same: {name}, times the generated sampler"
    if name not in times:
        return unmeasured(figure, "-", str(told[name]))
    return Claim(figure, "-", f"{ratio(times[name], times[OURS]):.1f}x", None)


def _row(name: str, summary: Summary, ours: Summary) -> Row:
    relative = f"{ratio(summary, ours):.1f}"
    return [name, milliseconds(summary.median), milliseconds(summary.least), f"{summary.spread:.0%}", relative]
