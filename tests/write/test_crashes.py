"""Crashes, refusals of the disk and runs at the same time: the next run repairs, and nothing mixes."""

import ctypes
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from knobsmith.write import Rendered, exclusive, files, plan, write

from tests.support.command import KNOBSMITH, Command, spawn
from tests.support.sample import edit, tree
from tests.support.writer import VERSIONS

OLD: Rendered = {"one": {"a": "old", "b/c": "old", "gone/x": "old", "same": "same", "turns": "file"}}
NEW: Rendered = {"one": {"a": "new", "b/c": "new", "fresh/y": "new", "same": "same", "turns/into": "folder"}}
STEPS = ("_stage", "_place", "_remove", "_discard")


class Crash(Exception):
    """The process ends here."""


def written(folder: Path, rendered: Rendered) -> dict[str, bytes]:
    """What a folder holds after an undisturbed run."""
    write(folder, plan(folder, rendered))
    return tree(folder)


def test_after_a_crash_at_any_step_the_next_run_repairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = written(tmp_path / "old", OLD), written(tmp_path / "new", NEW)
    crashes = 0
    for step in range(100):
        folder = tmp_path / f"{step}"
        written(folder, OLD)
        (folder / "mine").write_text("mine", encoding="utf-8")
        if not crashed_at(step, folder, monkeypatch):
            break
        crashes += 1
        half = tree(folder)
        assert half["mine"] == b"mine"
        assert all(half[path] in (old.get(path), new.get(path)) for path in ("a", "b/c", "same") if path in half)
        for again, expected in ((NEW, new), (OLD, old)):
            copy = tmp_path / f"{step}-{expected is new}"
            subprocess.run(["cp", "-a", str(folder), str(copy)], check=True)
            assert written(copy, again) == {**expected, "mine": b"mine"}
    assert crashes > 12


def crashed_at(step: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Write, and crash before the step of this number; False if there are fewer."""
    taken = 0
    with monkeypatch.context() as patched:
        for name in STEPS:
            original = getattr(files, name)

            def counted(*arguments: object, original: object = original) -> object:
                nonlocal taken
                taken += 1
                if taken > step:
                    raise Crash
                return original(*arguments)  # type: ignore[operator]

            patched.setattr(files, name, counted)
        try:
            write(folder, plan(folder, NEW))
        except Crash:
            return True
        return False


def test_a_crash_is_told_from_a_finished_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard above bites: a write that forgets to claim first leaves files that nobody removes."""
    monkeypatch.setattr(files, "claims_during", lambda claims, rendered: claims)
    new = written(tmp_path / "new", NEW)
    leftovers = []
    for step in range(30):
        folder = tmp_path / f"{step}"
        written(folder, OLD)
        crashed_at(step, folder, monkeypatch)
        leftovers.append(written(folder, {"one": {}}))
    assert any(len(left) > 1 for left in leftovers)
    assert new


def test_killed_at_random_moments_it_is_repaired_by_the_next_run(tmp_path: Path) -> None:
    whole = {text.encode() for version in VERSIONS for files in version.values() for text in files.values()}
    folder, chance, halves = tmp_path / "killed", random.Random(7), 0
    for number in range(10):
        command = [sys.executable, "-m", "tests.support.writer", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.1))
            process.send_signal(signal.SIGKILL)
        halves += (folder / ".staging").exists()
        left = {path: text for path, text in tree(folder).items() if not path.startswith(".staging/")}
        json.loads(left.pop("manifest.json"))
        assert set(left.values()) <= whole
        last = VERSIONS[number % 2]
        assert written(folder, last) == written(tmp_path / str(number), last)
    assert halves > 0  # some of these moments were moments of writing


def test_runs_at_the_same_time_do_not_mix(project: Path) -> None:
    running = [subprocess.Popen([*KNOBSMITH, "generate"], cwd=project, stdout=subprocess.DEVNULL) for _ in range(4)]
    for number in range(3):
        time.sleep(0.1)
        edit(project, "Fits a line" + "!" * number, "Fits a line" + "!" * (number + 1))
    running.append(subprocess.Popen([*KNOBSMITH, "generate"], cwd=project, stdout=subprocess.DEVNULL))
    assert [process.wait(timeout=60) for process in running] == [0] * 5
    assert spawn("generate", "--check", "--format", "json", cwd=project).code == 0


def test_whoever_holds_the_lock_is_waited_for(run: Command, project: Path) -> None:
    run("generate")
    (project / "generated" / "catalog.json").unlink()
    with exclusive(str(project / ".knobsmith" / "lock")):
        process = subprocess.Popen([*KNOBSMITH, "generate"], cwd=project, stdout=subprocess.DEVNULL)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=1.5)
        assert not (project / "generated" / "catalog.json").exists()
    assert process.wait(timeout=60) == 0
    assert (project / "generated" / "catalog.json").exists()


def test_a_lock_dies_with_its_holder(project: Path) -> None:
    code = "with exclusive(sys.argv[1]): print(flush=True); time.sleep(60)"
    code = f"import sys, time; from knobsmith.write import exclusive\n{code}"
    lock = str(project / "lock")
    with subprocess.Popen([sys.executable, "-c", code, lock], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    with exclusive(lock):
        pass


def test_a_lock_is_not_taken_through_a_link(run: Command, project: Path) -> None:
    (project / "precious").write_text("mine", encoding="utf-8")
    (project / ".knobsmith").mkdir()
    (project / ".knobsmith" / "lock").symlink_to(project / "precious")
    code, out, err = run("generate")
    assert (code, out) == (1, "")
    assert err == f"knobsmith: {project}/.knobsmith/lock: Too many levels of symbolic links\n"
    assert (project / "precious").read_text(encoding="utf-8") == "mine"


def test_our_own_folder_is_not_used_through_a_link(run: Command, project: Path) -> None:
    (project / "outside").mkdir()
    (project / ".knobsmith").symlink_to(project / "outside")
    assert run("generate") == (1, "", f"knobsmith: {project}/.knobsmith: is a link: remove it\n")
    assert list((project / "outside").iterdir()) == []


def without_privileges() -> None:
    """Let permissions count for root as well: drop the capabilities that pass over them, from the next program on."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP; refused to ordinary users, who do not have them either


def unprivileged(*arguments: str, cwd: Path) -> tuple[int, str, str]:
    """Run the command as a user to whom permissions matter."""
    done = subprocess.run(
        [*KNOBSMITH, *arguments], cwd=cwd, capture_output=True, text=True, preexec_fn=without_privileges, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_a_read_only_folder_is_one_clear_line(run: Command, project: Path) -> None:
    run("generate")
    before = tree(project / "generated")
    edit(project, "Fits a line.", "Fits a plane.")
    (project / "generated").chmod(0o555)
    try:
        done = unprivileged("generate", cwd=project)
    finally:
        (project / "generated").chmod(0o755)
    assert done == (1, "", f"knobsmith: {project}/generated/.staging: Permission denied\n")
    assert tree(project / "generated") == before


def test_a_read_only_project_can_be_checked(run: Command, project: Path) -> None:
    run("generate")
    subprocess.run(["rm", "-r", ".knobsmith"], cwd=project, check=True)
    project.chmod(0o555)
    try:
        code, out, err = unprivileged("generate", "--check", cwd=project)
        refused = unprivileged("generate", cwd=project)
    finally:
        project.chmod(0o755)
    assert (code, err) == (0, "")
    assert out.startswith("generated/ is up to date")
    assert refused == (1, "", f"knobsmith: {project}/.knobsmith: Permission denied\n")


def test_a_spec_that_may_not_be_read_is_a_finding(project: Path) -> None:
    spec = project / "spec" / "algorithms" / "tiny.yaml"
    spec.chmod(0)
    try:
        code, out, _ = unprivileged("check", cwd=project)
    finally:
        spec.chmod(0o644)
    assert code == 1
    assert out.startswith("spec/algorithms/tiny.yaml:1:1 error KS001: ")
    assert os.access(spec, os.R_OK)
