"""Times that tell too little: then contents are looked at, and what changed during the run is not remembered."""

import hashlib
import time
from pathlib import Path

import pytest
from knobsmith import freshness
from knobsmith.cli import generating
from knobsmith.freshness import Memory

from tests.freshness.memory import NO_DOUBT, SPEC, Generate, Ran
from tests.support.sample import edit


def same_times(project: Path) -> None:
    """Let the state on record have the times that the spec has now, as if the clock had not moved in between."""
    state, status = project / ".knobsmith" / "state", (project / SPEC).stat()
    lines = state.read_text(encoding="utf-8").split("\n")
    place = next(number for number, line in enumerate(lines) if line.startswith(f"{SPEC}\t"))
    path, _, _, size, digest = lines[place].split("\t")
    lines[place] = "\t".join([path, str(status.st_mtime_ns), str(status.st_ctime_ns), size, digest])
    state.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("is_guarded", [True, False], ids=["with the guard", "without"])
def test_an_edit_that_size_and_times_do_not_show_is_seen_while_times_are_in_doubt(
    is_guarded: bool, remembered: Generate, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(project, "Fits a line.", "Fits a lime.")
    same_times(project)
    if not is_guarded:
        monkeypatch.setattr(freshness, "_RACY_NANOSECONDS", NO_DOUBT)
    assert remembered().compiled is is_guarded


def test_without_doubt_nothing_is_hashed(remembered: Generate, monkeypatch: pytest.MonkeyPatch) -> None:
    def hashing(self: Memory, place: str) -> None:
        raise AssertionError(place)

    monkeypatch.setattr(freshness, "_RACY_NANOSECONDS", NO_DOUBT)
    monkeypatch.setattr(Memory, "_identify", hashing)
    assert not remembered().compiled


def test_of_the_compiler_only_what_is_new_is_read(
    remembered: Generate, project: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in package.rglob("*.py")}
    state = project / ".knobsmith" / "state"
    assert all(digest in state.read_text(encoding="utf-8") for digest in digests.values())
    monkeypatch.setattr(freshness, "_RACY_NANOSECONDS", NO_DOUBT)
    edit(project, "Fits a line.", "Fits a plane.")
    assert remembered().compiled
    assert not any(digest in state.read_text(encoding="utf-8") for digest in digests.values())
    assert not remembered().compiled


def test_doubt_ends_once_the_files_are_old(remembered: Generate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "_RACY_NANOSECONDS", 50_000_000)
    time.sleep(0.1)
    remembered()  # hashes, and remembers that what it found is old by now
    test_without_doubt_nothing_is_hashed(remembered, monkeypatch)


def test_a_spec_that_changes_during_the_run_is_not_taken_for_what_was_generated(
    generate: Generate, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = generating.generate

    def slow(*arguments: object) -> object:
        outcome = original(*arguments)  # type: ignore[arg-type]
        edit(project, "Fits a line.", "Fits a plane.")
        return outcome

    with monkeypatch.context() as patched:
        patched.setattr(generating, "generate", slow)
        generate()
    assert generate().compiled
    assert "Fits a plane." in (project / "generated" / "catalog" / "tiny.json").read_text(encoding="utf-8")


def test_a_generated_file_that_changes_during_the_run_is_not_remembered(
    generate: Generate, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = generating.generate

    def slow(*arguments: object) -> object:
        outcome = original(*arguments)  # type: ignore[arg-type]
        (project / "generated" / "catalog.json").write_text("{}", encoding="utf-8")
        return outcome

    with monkeypatch.context() as patched:
        patched.setattr(generating, "generate", slow)
        generate()
    assert generate("--check") == Ran(1, STALE, True)


STALE = "generated/ is not what the specs say; run `knobsmith generate`:\n  differs catalog.json\n"
