"""Vectors are derived again only where something changed that may change them; who compares trusts nothing."""

from pathlib import Path

import pytest
from knobsmith.pipeline import generate
from knobsmith.targets.vectors import target as vectors_target

from tests.support.sample import make_sample


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that has vectors, generated once."""
    root = make_sample(tmp_path / "project")
    file = root / "spec" / "knobsmith.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  catalog: {}\n", "  vectors: {}\n"), encoding="utf-8")
    generate(root, "write")
    return root


def derived(project: Path, monkeypatch: pytest.MonkeyPatch, mode: str = "write") -> list[str]:
    """The algorithms whose vectors a run derives."""
    seen: list[str] = []
    derive = vectors_target.trials

    def noting(algorithm):  # type: ignore[no-untyped-def]
        seen.append(algorithm.name)
        return derive(algorithm)

    monkeypatch.setattr(vectors_target, "trials", noting)
    generate(project, mode)  # type: ignore[arg-type]
    return seen


def test_nothing_is_derived_again_if_nothing_changed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert derived(project, monkeypatch) == []


def test_a_changed_fact_derives_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = next((project / "spec" / "algorithms").glob("*.yaml"))
    spec.write_text(spec.read_text(encoding="utf-8").replace("(0, 1]", "(0, 0.5]"), encoding="utf-8")
    assert derived(project, monkeypatch) == [spec.stem]


def test_a_changed_text_does_not(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = next((project / "spec" / "algorithms").glob("*.yaml"))
    spec.write_text(spec.read_text(encoding="utf-8").replace("title: Tiny", "title: Small"), encoding="utf-8")
    assert derived(project, monkeypatch) == []


def test_changed_code_derives_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors_target, "derivation", lambda _: "another")
    assert len(derived(project, monkeypatch)) == 1


def test_vectors_that_somebody_edited_are_derived_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = (project / "generated" / "vectors").glob("*.jsonl")
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace('"valid": true', '"valid": false', 1), encoding="utf-8")
    assert len(derived(project, monkeypatch)) == 1
    assert file.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("mode", ["check", "diff"])
def test_who_compares_derives_everything(project: Path, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    assert len(derived(project, monkeypatch, mode)) == 1
