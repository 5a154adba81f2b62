"""The Python, TypeScript and C++ clients of the same algorithms, asked the same."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import Any

from knobsmith.model.catalog import Algorithm

from tests.support.tried_algorithms import random_specs, real_algorithms, worked_examples
from tests.support.verdicts import differences, same_texts
from tests.targets.cpp.building import answer, build, run
from tests.targets.cpp.wanted import without_wording
from tests.targets.typescript.fixture import Package, awkward, worded_difference

Json = Any
WRITTEN = ("writes", "writes_defaults")


class ThreeClients:
    """Clients of the real algorithms, the worked examples, and random specs."""

    def __init__(self) -> None:
        self._typescript = Package(
            [*real_algorithms(), awkward(), *worked_examples().values(), *random_specs().values()]
        )
        self._programs = _programs()

    @property
    def algorithms(self) -> Sequence[Algorithm]:
        """The algorithms, the real ones first."""
        return self._typescript.catalog.algorithms

    def answers(self, requests: Sequence[Json]) -> list[tuple[Json, Json, Json]]:
        """What each of the three says to each request: Python, TypeScript, C++."""
        with ThreadPoolExecutor(2) as pool:
            typescript = pool.submit(self._typescript.answers, requests)
            cpp = pool.submit(self._answers_of_cpp, requests)
            python = [self._typescript.python.answer(request) for request in requests]
            return list(zip(python, typescript.result(), cpp.result(), strict=True))

    def _answers_of_cpp(self, requests: Sequence[Json]) -> list[Json]:
        answers = []
        for program, own in groupby(requests, lambda request: self._programs[request["algorithm"]]):
            answers += [answer(line) for line in run(program, map(json.dumps, own))]
        return answers


def _programs() -> dict[str, tuple[str, ...]]:
    """For each algorithm the program that knows it; the same ones as other tests of the C++ client use."""
    real = real_algorithms()
    examples, drawn = list(worked_examples().values()), [awkward(), *random_specs().values()]
    return {
        **dict.fromkeys(_names(real), tuple(build(real))),
        **dict.fromkeys(_names(examples), tuple(build(examples, flags=("-O0",), batch=75))),
        **dict.fromkeys(_names(drawn), tuple(build(drawn, flags=("-O0",), batch=16))),
    }


def _names(algorithms: Sequence[Algorithm]) -> list[str]:
    return [algorithm.name for algorithm in algorithms]


def disagreement(python: Json, typescript: Json, cpp: Json) -> str | None:
    """What one of the others says otherwise than Python: TypeScript in the same words, C++ in its own."""
    worded = worded_difference(python, typescript)
    if worded is not None:
        return f"typescript: {worded}"
    lines = differences(without_wording(python), cpp)
    lines += [f"{key} {cpp[key]}, expected {python[key]}" for key in WRITTEN if not same_texts(python[key], cpp[key])]
    return f"cpp: {lines[0]}" if lines else None
