"""A run is repeated from memory only if it would do and say the very same; in doubt it runs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from knobsmith import freshness
from knobsmith.freshness import find_project

from tests.freshness.memory import UP_TO_DATE, Generate, Ran
from tests.support.command import KNOBSMITH, spawn
from tests.support.sample import break_default, edit, warn
from tests.support.terminal import in_terminal


def test_nothing_changed_is_answered_from_memory(remembered: Generate) -> None:
    assert remembered() == Ran(0, UP_TO_DATE, False)
    assert remembered("--check") == Ran(0, UP_TO_DATE, False)


def test_a_check_that_succeeded_is_remembered_too(generate: Generate, project: Path) -> None:
    generate()
    shutil.rmtree(project / ".knobsmith")
    assert generate("--check").compiled
    assert generate() == Ran(0, UP_TO_DATE, False)


def test_other_requests_run(remembered: Generate) -> None:
    for options in (
        ["--diff"],
        ["--target", "catalog"],
        ["--format", "json"],
        ["--project", "."],
        ["--format", "text"],
    ):
        assert remembered(*options).compiled


def test_warnings_are_repeated(generate: Generate, project: Path) -> None:
    warn(project)
    first, second, third = generate(), generate(), generate()
    assert (first.compiled, second.compiled) == (True, False)
    assert " warning KS132: " in second.out
    assert second == third
    assert first.out.replace("generated/: 9 new\n", UP_TO_DATE) == second.out


def test_errors_are_not_remembered(remembered: Generate, project: Path) -> None:
    break_default(project)
    for _ in range(2):
        assert remembered()[::2] == (1, True)
    edit(project, "default: 1.5,", "default: 0.1,")
    assert remembered() == Ran(0, UP_TO_DATE, False)  # as it was before the error


def test_staleness_is_not_remembered(remembered: Generate, project: Path) -> None:
    (project / "generated" / "catalog.json").unlink()
    for _ in range(2):
        assert remembered("--check")[::2] == (1, True)
    assert remembered().compiled
    assert remembered("--check") == Ran(0, UP_TO_DATE, False)


def test_another_interpreter_runs(remembered: Generate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version", "3.99")
    assert remembered().compiled


def test_another_set_of_installed_packages_runs(
    generate: Generate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site-packages" / "jinja2-3.1.6.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "site-packages"))
    generate()
    assert not generate().compiled
    (tmp_path / "site-packages" / "jinja2-3.1.6.dist-info").rename(
        tmp_path / "site-packages" / "jinja2-3.1.7.dist-info"
    )
    assert generate().compiled


def test_another_day_runs_because_suppressions_expire(remembered: Generate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness.time, "strftime", lambda form: "2099-01-01")
    assert remembered().compiled


def test_another_current_folder_runs_because_paths_are_shown_from_there(
    generate: Generate, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warn(project)
    generate()
    assert generate().out.startswith("spec/")
    monkeypatch.chdir(project / "spec")
    assert generate().out.startswith("../spec/")
    assert generate() == Ran(0, generate().out, False)


def test_a_copy_of_a_project_is_judged_by_its_own_files(
    remembered: Generate, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["cp", "-a", project, tmp_path / "copy"], check=True)
    monkeypatch.chdir(tmp_path / "copy")
    assert remembered() == Ran(0, UP_TO_DATE, True)
    assert remembered() == Ran(0, UP_TO_DATE, False)
    edit(tmp_path / "copy", "Fits a line.", "Fits a plane.")
    assert remembered().compiled


def test_a_project_that_is_moved_takes_its_memory_along(
    remembered: Generate, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.rename(tmp_path / "moved")
    monkeypatch.chdir(tmp_path / "moved")
    assert remembered() == Ran(0, UP_TO_DATE, False)


def test_a_state_that_comes_with_a_checkout_is_not_believed(
    remembered: Generate, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x"]
    subprocess.run([*git, "init", "-q"], cwd=project, check=True)
    subprocess.run([*git, "add", "--force", "."], cwd=project, check=True)
    subprocess.run([*git, "commit", "-q", "-m", "forged"], cwd=project, check=True)
    subprocess.run([*git, "clone", "-q", project, tmp_path / "clone"], check=True)
    monkeypatch.chdir(tmp_path / "clone")
    assert (tmp_path / "clone" / ".knobsmith" / "state").exists()
    assert remembered("--check").compiled


def test_a_checkout_of_another_version_and_back_is_seen(remembered: Generate, project: Path) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x", "-C", str(project)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "one"], check=True)
    edit(project, "Fits a line.", "Fits a lime.")
    subprocess.run([*git, "commit", "-q", "-am", "two"], check=True)
    assert remembered().compiled
    assert not remembered().compiled
    subprocess.run([*git, "checkout", "-q", "HEAD~1", "--", "spec"], check=True)
    assert remembered().compiled
    assert not remembered().compiled


def test_colour_is_repeated_for_those_who_see_it(project: Path) -> None:
    warn(project)
    assert spawn("generate", cwd=project).code == 0
    shown = in_terminal([*KNOBSMITH, "generate"], project)
    plain = spawn("generate", cwd=project)
    assert "\033[33;1mwarning\033[0m" in shown.text
    assert "\033" not in plain.out
    assert shown.text.replace("\033[33;1m", "").replace("\033[0m", "") == plain.out


def test_the_answer_from_memory_imports_no_compiler(project: Path) -> None:
    assert spawn("generate", cwd=project).code == 0
    code = "import sys, knobsmith.__main__ as way_in\nsys.argv = ['knobsmith', 'generate']\ncode = way_in.main()\n"
    code += "assert 'knobsmith.cli' not in sys.modules, 'compiled'\nsys.exit(code)"
    assert spawn(cwd=project, start=[sys.executable, "-c", code]) == (0, UP_TO_DATE, "")
    edit(project, "Fits a line.", "Fits a plane.")
    assert "AssertionError: compiled" in spawn(cwd=project, start=[sys.executable, "-c", code]).err


def test_the_nearest_project_above_is_found(project: Path, tmp_path: Path) -> None:
    inner = project / "examples" / "inner"
    (inner / "spec").mkdir(parents=True)
    assert find_project(str(inner)) == str(project)
    (inner / "spec" / "knobsmith.yaml").touch()
    assert find_project(str(inner / "spec")) == str(inner)
    assert find_project(str(tmp_path)) is None
