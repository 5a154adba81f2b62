"""The generated C++ client gives the verdicts that the language asks for, under strict compilers and sanitizers."""

import sys
from functools import cache
from typing import Any

import pytest
from knobsmith.conformance import Command, conform
from knobsmith.model.catalog import Algorithm

from tests.support.tried_algorithms import real_algorithms
from tests.targets.cpp.building import SANITIZED, build, compilers

Json = Any
# How the same program is built; all of them have to agree.
BUILDS = {compiler: (compiler, ("-O1",) if compiler == "g++" else ("-O0",)) for compiler in compilers()} | {
    "sanitized": ("g++", ("-O0", "-g1", *SANITIZED))
}


@cache
def algorithms() -> list[Algorithm]:
    return real_algorithms()


@pytest.mark.parametrize("build_name", BUILDS)
def test_all_conformance_vectors(build_name: str) -> None:
    compiler, flags = BUILDS[build_name]
    report = conform(algorithms(), [Command(" ".join(build(algorithms(), compiler=compiler, flags=flags)))])
    assert not report.disagreements, "\n".join(map(str, report.disagreements[:5]))
    assert report.asked > 6_000


def test_the_client_as_a_command() -> None:
    asked = {"algorithm": "object-detection", "form": "native", "config": {"optimizer": "sdg"}, "context": {}}
    answers = Command(f"{sys.executable} -m tests.targets.cpp.client").answers([asked])
    codes = [(one["code"], one["parameter"]) for one in next(answers)["findings"]]
    assert codes[0] == ("values", "optimizer")
