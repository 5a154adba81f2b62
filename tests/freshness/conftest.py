"""A command that remembers, and a stand-in for the compiler that it looks at."""

from pathlib import Path

import knobsmith.__main__ as way_in
import pytest
from knobsmith import freshness
from knobsmith.cli import generating
from knobsmith.streams import guarded

from tests.freshness.memory import UP_TO_DATE, Generate, Ran


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the files of the compiler, which a test may change."""
    folder = tmp_path / "compiler"
    (folder / "targets").mkdir(parents=True)
    (folder / "pipeline.py").write_text("...", encoding="utf-8")
    (folder / "targets" / "page.jinja").write_text("...", encoding="utf-8")
    monkeypatch.setattr(freshness, "_PACKAGE", str(folder))
    return folder


@pytest.fixture
def generate(
    project: Path, package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Generate:
    runs = []
    original = generating.generate

    def counted(*arguments: object) -> object:
        runs.append(arguments)
        return original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(generating, "generate", counted)

    def run(*options: str) -> Ran:
        before = len(runs)
        code = guarded(way_in._run, ["generate", *options])
        return Ran(code, capsys.readouterr().out, len(runs) > before)

    return run


@pytest.fixture
def remembered(generate: Generate) -> Generate:
    """The same, after a run that is remembered."""
    assert generate().compiled
    assert generate() == Ran(0, UP_TO_DATE, False)
    return generate
