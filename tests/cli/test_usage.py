"""What can be typed, and what is said to what cannot."""

from pathlib import Path

import pytest
from knobsmith import __version__

from tests.support.command import Command

COMMANDS = ["init", "check", "generate", "explain", "validate", "preflight", "rules", "schema"]


def test_the_version_is_that_of_the_package(run: Command) -> None:
    assert run("--version") == (0, f"knobsmith {__version__}\n", "")


def test_help_names_every_command_and_the_exit_codes(run: Command) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert all(command in out for command in COMMANDS)
    assert "0 no error (warnings allowed), 1 errors found, 2 wrong usage" in " ".join(out.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, run: Command) -> None:
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: knobsmith {command}")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["check", "--nope"],
        ["check", "--format", "xml"],
        ["check", "--no-proof"],
        ["check", "extra"],
        ["generate", "--check", "--diff"],
        ["preflight"],
        ["preflight", "vizier", "job.json"],
        ["generate", "--diff", "--format", "json"],
        ["generate", "--target"],
        ["validate"],
        ["validate", "tiny", "--format", "github"],
        ["validate", "tiny", "--context", "workers"],
        ["validate", "tiny", "--context", "=1"],
        ["validate", "tiny", "--context", "workers=1", "--context", "workers=2"],
        ["explain"],
        ["init"],
        ["schema", "recipe"],
        ["rules", "KS999"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2_and_words_on_standard_error(
    arguments: list[str], run: Command, project: Path
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "knobsmith" in err
    assert "Traceback" not in err
    assert not (project / "generated").exists()


@pytest.mark.parametrize("command", [["check"], ["generate"], ["explain", "tiny"], ["validate", "tiny"]], ids=" ".join)
def test_outside_a_project_the_way_into_one_is_told(
    command: list[str], run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*command)
    assert (code, out) == (2, "")
    assert "knobsmith init" in err


def test_a_project_is_found_from_any_folder_in_it(run: Command, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "spec" / "algorithms")
    assert run("check", "--no-proofs").code == 0


def test_a_project_can_be_named(run: Command, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.parent)
    assert run("check", "--no-proofs", "--project", "project").code == 0
    code, _, err = run("check", "--project", "elsewhere")
    assert code == 2
    assert "elsewhere: no folder `spec`" in err


def test_a_project_without_project_file_is_an_error_with_a_place(run: Command, project: Path) -> None:
    (project / "spec" / "knobsmith.yaml").unlink()
    code, out, _ = run("check", "--project", ".")
    assert code == 1
    assert "spec/knobsmith.yaml:1:1 error KS001" in out
