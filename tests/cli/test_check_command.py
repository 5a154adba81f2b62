"""``knobsmith check``: what is found, in each format, with the exit code that it deserves."""

import json
from pathlib import Path

import pytest

from tests.support.command import KNOBSMITH, Command
from tests.support.sample import BROKEN_AT, break_default, edit, warn
from tests.support.terminal import in_terminal

RED = "\033[31;1merror\033[0m"


def test_a_sound_project_is_exit_code_0_and_its_proofs_are_counted(run: Command, project: Path) -> None:
    code, out, err = run("check")
    assert (code, out) == (0, "")
    assert err.startswith("1 algorithm, 6 hyperparameters: no problems\n")
    assert "0 refuted, 0 unknown of the proofs" in err


def test_without_proofs_none_are_counted(run: Command, project: Path) -> None:
    assert run("check", "--no-proofs") == (0, "", "1 algorithm, 6 hyperparameters: no problems\n")


def test_an_error_is_exit_code_1_and_one_line_with_its_place_and_an_excerpt(run: Command, project: Path) -> None:
    break_default(project)
    code, out, err = run("check")
    first, line, carets = out.splitlines()
    assert code == 1
    assert first.startswith(f"{BROKEN_AT} error KS101: ")
    assert "default: 1.5" in line
    assert line.index("1.5") == carets.index("^^^")
    assert err == "1 algorithm, 6 hyperparameters: 1 error\n"


def test_a_warning_is_exit_code_0(run: Command, project: Path) -> None:
    warn(project)
    code, out, err = run("check", "--no-proofs")
    assert code == 0
    assert " warning KS132: " in out
    assert err.endswith(": 1 warning\n")


def test_a_refuted_proof_is_an_error(run: Command, project: Path) -> None:
    edit(project, "require: epochs <= 50 || rate < 0.5", "require: epochs <= 5")
    code, out, _ = run("check")
    assert code == 1
    assert " error KS201: " in out
    assert run("check", "--no-proofs").code == 0


def test_json_is_one_array_with_lines_and_columns_from_1(run: Command, project: Path) -> None:
    break_default(project)
    code, out, err = run("check", "--format", "json")
    (found,) = json.loads(out)
    assert (code, err) == (1, "")
    assert list(found) == [
        *("code", "severity", "file", "line", "column", "end_line", "end_column"),
        *("subject", "law", "fact", "help", "message"),
    ]
    assert (found["code"], found["severity"], found["subject"]) == ("KS101", "error", "parameters.rate.default")
    assert f"{found['file']}:{found['line']}:{found['column']}" == BROKEN_AT
    assert found["end_column"] - found["column"] == len("1.5")
    assert found["message"].startswith(found["law"])


def test_json_of_a_sound_project_is_an_empty_array(run: Command, project: Path) -> None:
    assert run("check", "--no-proofs", "--format", "json") == (0, "[]\n", "")


def test_github_gets_an_annotation_for_each_finding(run: Command, project: Path) -> None:
    break_default(project)
    warn(project)
    code, out, err = run("check", "--format", "github")
    error, warning = out.splitlines()
    assert (code, err) == (1, "")
    assert error.startswith(
        "::error file=spec/algorithms/tiny.yaml,line=10,col=50,endLine=10,endColumn=53,title=KS101::"
    )
    assert warning.startswith("::warning file=spec/algorithms/tiny.yaml,line=")


def test_an_annotation_cannot_be_left_by_a_text_of_a_spec(run: Command, project: Path) -> None:
    edit(project, "optimizer: {type", '"a\\n::error::%0A": {type')
    out = run("check", "--format", "github").out
    assert all(line.startswith("::error file=spec/") for line in out.splitlines())
    assert "::error::%0A" not in out


def test_a_terminal_is_not_steered_by_a_text_of_a_spec(run: Command, project: Path) -> None:
    edit(project, "optimizer: {type", '"\\e[2J\\a": {type')
    out = run("check").out
    assert "\\x1b[2J\\x07" in out
    assert out.isascii()
    assert "\033" not in out


def test_paths_lead_from_the_current_folder_to_the_file(
    run: Command, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_default(project)
    monkeypatch.chdir(project.parent)
    assert run("check", "--project", "project").out.startswith(f"project/{BROKEN_AT} error")
    (found,) = json.loads(run("check", "--project", "project", "--format", "json").out)
    assert found["file"] == "project/spec/algorithms/tiny.yaml"
    monkeypatch.chdir(project / "spec")
    text = run("check").out
    assert text.startswith(f"../{BROKEN_AT} error")
    assert "default: 1.5" in text


def test_findings_of_several_files_come_sorted_by_place(run: Command, project: Path) -> None:
    break_default(project)
    (project / "spec" / "algorithms" / "also.yaml").write_text("- a list\n", encoding="utf-8")
    (project / "spec" / "algorithms" / "zero.yaml").write_text("", encoding="utf-8")
    places = [line.split(" ")[0] for line in run("check").out.splitlines() if line.startswith("spec/")]
    assert places == ["spec/algorithms/also.yaml:1:1", BROKEN_AT, "spec/algorithms/zero.yaml:1:1"]


def test_colour_is_for_terminals(project: Path, run: Command) -> None:
    break_default(project)
    assert "\033" not in run("check").out
    code, text = in_terminal([*KNOBSMITH, "check"], project)
    assert code == 1
    assert RED in text
    assert text.replace(RED, "error").count("\033") == 0


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_who_wants_no_colour_gets_none(env: dict[str, str], project: Path) -> None:
    break_default(project)
    assert "\033" not in in_terminal([*KNOBSMITH, "check"], project, env).text
