"""A check of a large tuning job before it is launched."""

import json

from benchmarks.measuring import PYTHON, Arguments, Command, milliseconds, output_of, summarise
from benchmarks.report import Claim, Section
from benchmarks.settings import Settings

_LIMIT = 0.05


def measure(settings: Settings) -> Section:
    """Time the preflight of a request with as many definitions as the service takes."""
    rounds = 5 if settings.quick else 50
    worker: Arguments = [PYTHON, "-m", "benchmarks.preflight_worker", str(rounds)]
    told = json.loads(output_of(Command(worker, environment=settings.client)))
    times = {name: summarise(seconds) for name, seconds in told.items()}
    return Section(
        "Checking a tuning job before it is launched",
        "A request for image-classification with ten definitions, through the generated client: every problem, with "
        "its place. The time beside the start of the process.",
        [
            Claim(f"preflight: {name}", "at most 50 ms", milliseconds(one.median), one.median <= _LIMIT)
            for name, one in times.items()
            if one.runs > 1
        ],
        ["request", "median", "least", "spread"],
        [[name, milliseconds(one.median), milliseconds(one.least), f"{one.spread:.0%}"] for name, one in times.items()],
        ["*The first time* includes the import of what checks jobs, which the client leaves until it is needed."],
    )
