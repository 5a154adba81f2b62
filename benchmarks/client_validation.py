"""One validation through the generated client, beside other libraries with the same grammar and the same rules."""

import json

from benchmarks.measuring import Arguments, Command, Summary, milliseconds, output_of, ratio, summarise
from benchmarks.report import Claim, Row, Section, at_most
from benchmarks.settings import Settings
from benchmarks.validation_worker import CONFIGS, OURS, PYDANTIC, WORDED


def measure(settings: Settings) -> Section:
    """Time valid and invalid configurations of image-classification, as the service gets them: text by text."""
    rounds, repetitions = (5, 100) if settings.quick else (40, 400)
    worker: Arguments = [settings.peers.python, "-m", "benchmarks.validation_worker", str(rounds), str(repetitions)]
    told = json.loads(output_of(Command(worker, environment=settings.client)))
    times = {
        name: {config: summarise(seconds) for config, seconds in results.items()}
        for name, results in told.items()
        if not isinstance(results, str)
    }
    missing: list[Row] = [[name, why, *("" for _ in CONFIGS)] for name, why in told.items() if isinstance(why, str)]
    return Section(
        "Validating a configuration",
        "image-classification in wire form, all findings collected. All contenders read numbers by the same strict "
        "grammar, reach the same verdict, and were asked in turns in one process.",
        [_claim(words, config, times) for words in ("", WORDED) for config in CONFIGS],
        ["contender", *(f"{config}: median" for config in CONFIGS), "greatest spread"],
        [_row(name, results) for name, results in times.items()] + missing,
        [
            "Every contender collects what it finds, with codes and places. *Findings worded* adds a sentence for "
            "each: `verdict.findings` beside `ValidationError.errors()`; those of the generated client come with help.",
            "*All told* is `verdict.as_dict()`: also whether each of 29 hyperparameters is used, why not, its value.",
            "pydantic skips all rules once a value is bad, and msgspec ends at the first bad value; the generated "
            "client judges whatever does not hang on one. msgspec and jsonschema-rs get numbers that a hand-written "
            "reader made of the texts; their rules over several values are Python, shared with pydantic.",
        ],
    )


def _claim(words: str, config: str, times: dict[str, dict[str, Summary]]) -> Claim:
    value = ratio(times[OURS + words][config], times[PYDANTIC + words][config])
    return at_most(f"one validation ({config}{words}): times hand-written pydantic", value, 1)


def _row(name: str, results: dict[str, Summary]) -> Row:
    spread = max(summary.spread for summary in results.values())
    return [name, *(milliseconds(results[config].median) for config in CONFIGS), f"{spread:.0%}"]
