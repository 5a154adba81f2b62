"""The algorithms that clients are tried on: real ones, the worked examples, and specs drawn at random."""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from knobsmith.model.catalog import Algorithm
from knobsmith.pipeline import compile_project
from knobsmith.records import replace

from tests.strategies_specs import specs
from tests.support.compile import compile_algorithm
from tests.support.verdict_cases import verdict_runs

ROOT = Path(__file__).parents[2]
SPECS = 30
# The same draws in every run and in every process.
QUIET = settings(
    phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None, derandomize=True, deadline=None
)


@cache
def real_algorithms() -> list[Algorithm]:
    """The algorithms of this project, and those of its examples."""
    examples = sorted(path.parent.parent for path in ROOT.glob("examples/*/spec/knobsmith.yaml"))
    return [algorithm for folder in (ROOT, *examples) for algorithm in algorithms_of(folder)]


def algorithms_asked_about() -> list[Algorithm]:
    """The algorithms of the project that `knobsmith conformance` asks about, else of this one."""
    return algorithms_of(Path(os.environ.get("KNOBSMITH_PROJECT", ROOT)))


def algorithms_of(project: Path) -> list[Algorithm]:
    """The algorithms of a project without errors."""
    compiled = compile_project(project)
    assert compiled.catalog is not None and not compiled.has_errors, list(map(str, compiled.diagnostics))
    return list(compiled.catalog.algorithms)


@cache
def worked_examples() -> dict[str, Algorithm]:
    """The algorithms of the worked examples, by the texts of their specs."""
    return _named("example", (run.spec for run in verdict_runs()))


@cache
def random_specs() -> dict[str, Algorithm]:
    """Algorithms that use everything, by the texts of their specs."""
    texts: list[str] = []

    @settings(QUIET, max_examples=SPECS)
    @given(specs())
    def gather(text: str) -> None:
        texts.append(text)

    gather()
    return _named("random", texts)


def _named(prefix: str, texts: Iterable[str]) -> dict[str, Algorithm]:
    """All are called alike in their specs; they get names of their own, so that one package holds them."""
    return {
        text: replace(compile_algorithm(text), name=f"{prefix}-{place}")
        for place, text in enumerate(dict.fromkeys(texts))
    }
