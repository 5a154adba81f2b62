"""How properties are tested, and what most tests of whole commands start from."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.command import Command, Done, here
from tests.support.sample import make_sample

# `ci`, the usual one, draws the same examples every time. HYPOTHESIS_PROFILE=explore looks for new ones.
_SLOW_MACHINES = [HealthCheck.too_slow]
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=_SLOW_MACHINES)
settings.register_profile("explore", max_examples=2_000, deadline=None, suppress_health_check=_SLOW_MACHINES)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project in the current folder."""
    monkeypatch.chdir(make_sample(tmp_path / "project"))
    return tmp_path / "project"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """The command, run in this process: what it prints and its exit code."""

    def command(*arguments: str, stdin: str | bytes = b"") -> Done:
        return here(arguments, stdin, capsys)

    return command
