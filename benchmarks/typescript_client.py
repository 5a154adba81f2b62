"""One validation through the generated TypeScript client, beside other libraries with the same grammar and rules."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measuring import ROOT, Arguments, Command, Failed, Summary, output_of, ratio, summarise
from benchmarks.projects import GENERATE
from benchmarks.report import Claim, Section, at_least, unmeasured
from benchmarks.settings import Settings
from tests.support.node import node_binary

_FOLDER = Path(__file__).resolve().parent / "typescript"
_PROJECT = """\
knobsmith: 1
project: wide
version: 0.1.0
packages: {python: wide, npm: wide, cmake: wide}
targets: {typescript: {}}
severity: {KS301: off}
"""
_OURS = "ours"
_TARGETS = {"ajv": 1.5, "zod": 4.0, "valibot": 4.0}
_NAMES = {
    _OURS: "the generated client: `parseWire`",
    "by hand": "straight on by hand, a value or nothing",
    "ajv": "ajv, compiled, behind a reader by hand",
}


def measure(settings: Settings) -> Section:
    """Time valid configurations of 38 hyperparameters with five rules, text by text, and weigh the bundles."""
    rounds, milliseconds = (3, 20) if settings.quick else (25, 100)
    try:
        with tempfile.TemporaryDirectory() as folder:
            package = _compiled(Path(folder))
            told = _asked("measure.mjs", package, str(rounds), str(milliseconds))
            sizes = _asked("bundle.mjs", package)
    except (Failed, OSError) as problem:
        return _section([unmeasured(_figure(name), "", str(problem).splitlines()[-1]) for name in _TARGETS], [])
    times = {name: summarise(seconds) for name, seconds in told.items()}
    claims = [at_least(_figure(name), ratio(times[name], times[_OURS]), target) for name, target in _TARGETS.items()]
    return _section(claims, [_row(name, times, sizes[name]) for name in times])


def _figure(name: str) -> str:
    return f"one validation in TypeScript (38 keys, 5 rules): times faster than {name}"


def _section(claims: list[Claim], rows: list[list[str]]) -> Section:
    return Section(
        "Validating a configuration in TypeScript",
        "38 hyperparameters, all given, and five rules over several of them, in wire form; 64 configurations in turn, "
        "as `JSON.parse` gives them. All contenders accept and refuse the same texts and were asked in turns in one "
        "process. Bundles are those of this one algorithm, made by esbuild.",
        claims,
        ["contender", "configurations a second", "x ours", "spread", "bundle, minified", "and compressed"],
        rows,
        [
            "The generated client reaches a verdict: findings with codes, words and help, and what each hyperparameter "
            "comes to, worded when somebody asks. Its bundle holds all these words; ajv's holds the compiler, too.",
        ],
    )


def _row(name: str, times: dict[str, Summary], sizes: list[int]) -> list[str]:
    time = times[name]
    relative = f"{times[_OURS].median / time.median:.2f}"
    weights = [f"{size / 1000:.1f} kB" for size in sizes]
    return [_NAMES.get(name, name), f"{1 / time.median:,.0f}", relative, f"{time.spread:.0%}", *weights]


def _compiled(folder: Path) -> Path:
    """The generated package, compiled."""
    (folder / "spec" / "algorithms").mkdir(parents=True)
    (folder / "spec" / "knobsmith.yaml").write_text(_PROJECT, encoding="utf-8")
    shutil.copy(_FOLDER / "spec.yaml", folder / "spec" / "algorithms" / "wide.yaml")
    output_of(Command(GENERATE, folder))
    package = folder / "generated" / "typescript"
    compiler: Arguments = [node_binary(), _FOLDER / "node_modules" / "typescript" / "bin" / "tsc", "-p", package]
    output_of(Command(compiler, ROOT))
    return package


def _asked(program: str, *arguments: str | Path) -> Any:
    return json.loads(output_of(Command([node_binary(), program, *arguments], _FOLDER)))
