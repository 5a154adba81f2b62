"""How properties are tested, and what most tests of whole commands start from."""

from pathlib import Path

import pytest

from tests.support.command import Command, Done, here
from tests.support.profiles import choose_profile
from tests.support.sample import make_sample

choose_profile()


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
