"""One validation through the generated C++ client, beside what one would write by hand."""

import json
import shutil
import tempfile
from pathlib import Path

from benchmarks.measuring import ROOT, Command, Failed, Summary, output_of, ratio, summarise
from benchmarks.projects import GENERATE
from benchmarks.report import Claim, Section, at_least, unmeasured
from benchmarks.settings import Settings

_FOLDER = Path(__file__).resolve().parent / "cpp"
_SPEC = Path(__file__).resolve().parent / "typescript" / "spec.yaml"
_PROJECT = """\
knobsmith: 1
project: wide
version: 0.1.0
packages: {python: wide, npm: wide, cmake: wide}
targets: {cpp: {}}
severity: {KS301: off}
"""
_OURS, _HAND = "ours", "by hand"
_FIGURE = "one validation in C++ (38 keys, 5 rules): share of the speed of a parser by hand"
_TARGET = 0.8
_NAMES = {_OURS: "the generated client: `parse_wire`", _HAND: "straight on by hand, a value or nothing"}


def measure(settings: Settings) -> Section:
    """Time valid configurations of 38 hyperparameters with five rules, text by text."""
    rounds, milliseconds = (5, 20) if settings.quick else (25, 100)
    try:
        with tempfile.TemporaryDirectory() as folder:
            program = _compiled(Path(folder))
            told = json.loads(output_of(Command([program, str(rounds), str(milliseconds)], ROOT)))
    except (Failed, OSError) as problem:
        return _section([unmeasured(_FIGURE, "", str(problem).splitlines()[-1])], [])
    times = {name: summarise(seconds) for name, seconds in told.items()}
    claim = at_least(_FIGURE, ratio(times[_HAND], times[_OURS]), _TARGET)
    return _section([claim], [_row(name, times) for name in times])


def _section(claims: list[Claim], rows: list[list[str]]) -> Section:
    return Section(
        "Validating a configuration in C++",
        "The same 38 hyperparameters and five rules, in wire form, from a `std::map` of strings; g++ -O2. Both "
        "contenders accept and refuse the same texts and were asked in turns in one process.",
        claims,
        ["contender", "configurations a second", "x ours", "spread"],
        rows,
        [
            "The generated client reaches a verdict: findings, and what each hyperparameter comes to. "
            "What is written by hand stops at the first thing that is wrong and says nothing of it.",
        ],
    )


def _row(name: str, times: dict[str, Summary]) -> list[str]:
    time = times[name]
    return [
        _NAMES.get(name, name),
        f"{1 / time.median:,.0f}",
        f"{times[_OURS].median / time.median:.2f}",
        f"{time.spread:.0%}",
    ]


def _compiled(folder: Path) -> Path:
    """The program that measures."""
    (folder / "spec" / "algorithms").mkdir(parents=True)
    (folder / "spec" / "knobsmith.yaml").write_text(_PROJECT, encoding="utf-8")
    shutil.copy(_SPEC, folder / "spec" / "algorithms" / "wide.yaml")
    output_of(Command(GENERATE, folder))
    include = folder / "generated" / "cpp" / "include"
    program = folder / "measure"
    source = _FOLDER / "measure.cpp"
    output_of(Command(["g++", "-std=c++17", "-O2", f"-I{include}", f"-I{_FOLDER}", source, "-o", program], folder))
    return program
