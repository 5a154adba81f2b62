"""`knobsmith preflight`: exit codes, formats, and how the algorithm is told."""

import json
from pathlib import Path

import pytest

from tests.support.command import Command, Done

ROOT = Path(__file__).parents[2]
ROW = "- {{name: momentum, type: ContinuousParameterRanges, range: 'MinValue: {low}, MaxValue: 0.9'}}\n"


def write(folder: Path, text: str, name: str = "table.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def preflight(run: Command) -> Command:
    def checked(*arguments: str, stdin: str | bytes = b"") -> Done:
        return run("preflight", "sagemaker", *arguments, "--project", str(ROOT), stdin=stdin)

    return checked


def test_a_good_table_has_no_problems(preflight: Command, tmp_path: Path) -> None:
    file = write(tmp_path, ROW.format(low=0.1))
    assert preflight(file, "--algorithm", "object-detection") == (0, "no problems\n", "")


def test_a_problem_is_shown_at_its_place(preflight: Command, tmp_path: Path) -> None:
    file = write(tmp_path, ROW.format(low="0,1"))
    code, out, err = preflight(file, "--algorithm", "object-detection")
    assert (code, err) == (1, "")
    assert out.startswith(f"{file}:1:71 error KS504: ")
    assert out.endswith("^^^\n1 error\n")


def test_a_warning_is_no_failure(preflight: Command, tmp_path: Path) -> None:
    good = (ROOT / "tests/cases/preflight/KS507-a-setting-that-the-branch-ignores/bad.yaml").read_text(encoding="utf-8")
    code, out, _ = preflight(write(tmp_path, good))
    assert (code, out.splitlines()[-1]) == (0, "1 warning")


def test_programs_and_pull_requests_are_told(preflight: Command, tmp_path: Path) -> None:
    file = write(tmp_path, ROW.format(low=0))
    (found,) = json.loads(preflight(file, "--algorithm", "object-detection", "--format", "json").out)
    assert (found["code"], found["line"], found["column"], found["subject"]) == ("KS505", 1, 71, "[0].range")
    assert preflight(file, "--algorithm", "object-detection", "--format", "github").out.startswith("::error file=")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("algorithm: object-detection\nranges:\n  " + ROW.format(low=0), "a.yaml"),
        (ROW.format(low=0), "my-object-detection-table.yaml"),
        ('{"HyperParameterTuningJobName": "object-detection-7"}', "job.json"),
        ('{"AlgorithmSpecification": {"TrainingImage": "x/object-detection:1"}, "HyperParameters": {}}', "job.json"),
    ],
)
def test_the_algorithm_is_told_by_the_file(preflight: Command, tmp_path: Path, text: str, name: str) -> None:
    assert preflight(write(tmp_path, text, name)).code == 1


def test_without_a_clue_the_algorithm_is_asked_for(preflight: Command, tmp_path: Path) -> None:
    code, out, err = preflight(write(tmp_path, ROW.format(low=0)))
    assert (code, out) == (2, "")
    assert "add `--algorithm` with one of image-classification, " in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such-file.json"], "no-such-file.json: this one is missing; check the path"),
        (["{file}", "--algorithm", "objekt-detection"], "no algorithm `objekt-detection`"),
        (["{file}", "--context", "x"], "--context x: write KEY=VALUE"),
        (["{file}", "--algorithm", "object-detection", "--parent", "none.json"], "none.json: this one is missing"),
    ],
)
def test_wrong_usage_says_what_to_type(preflight: Command, tmp_path: Path, arguments: list[str], said: str) -> None:
    file = write(tmp_path, ROW.format(low=0))
    code, out, err = preflight(*(argument.format(file=file) for argument in arguments))
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("text", "code"),
    [("- a: 1\n\tb: 2\n", "KS004"), ("a: &x 1\n", "KS007"), ('{"a": 1, "a": 2}', "KS008"), ("- [1]\n", "KS519")],
)
def test_what_is_wrong_with_the_file_is_told(preflight: Command, tmp_path: Path, text: str, code: str) -> None:
    done = preflight(write(tmp_path, text), "--algorithm", "object-detection")
    assert done.code == 1
    assert code in done.out


@pytest.mark.parametrize("name", ["job.json", "job.yaml", "job.txt"])
@pytest.mark.parametrize("text", ["", "\n", "  \n\n"])
def test_an_empty_file_is_no_request(preflight: Command, tmp_path: Path, name: str, text: str) -> None:
    code, out, err = preflight(write(tmp_path, text, name), "--algorithm", "object-detection")
    assert (code, err) == (1, "")
    assert "error KS519: " in out
    assert out.endswith("1 error\n")


@pytest.mark.parametrize("text", ["# nothing yet\n", "---\n", "null\n", "{}", "[]", '""'])
def test_a_file_that_holds_nothing_is_no_request(preflight: Command, tmp_path: Path, text: str) -> None:
    code, out, _ = preflight(write(tmp_path, text, "job.yaml"), "--algorithm", "object-detection")
    assert (code, "error KS519: " in out) == (1, True)


def test_an_empty_parent_is_no_request(preflight: Command, tmp_path: Path) -> None:
    file, parent = write(tmp_path, ROW.format(low=0.1)), write(tmp_path, "", "parent.json")
    code, out, _ = preflight(file, "--algorithm", "object-detection", "--parent", parent)
    assert code == 1
    assert out.startswith(f"{parent}:1:1 error KS519: ")


@pytest.mark.parametrize(
    "row", ['{{"name": "momentum", "min": {end}, "max": 1}}', '["momentum", "Continuous", [0, {end}]]']
)
@pytest.mark.parametrize("end", ["1" * 5001, "1e999"])
def test_an_end_beyond_all_numbers_is_quoted_as_it_stands(
    preflight: Command, tmp_path: Path, row: str, end: str
) -> None:
    code, out, err = preflight(
        write(tmp_path, f"[{row.format(end=end)}]", "table.json"), "--algorithm", "object-detection"
    )
    assert (code, err) == (1, "")
    assert "KS504" in out
    assert f"`{end if len(end) < 80 else end[:77] + '...'}` is none" in out
    assert "inf" not in out


def test_a_request_quotes_an_end_beyond_all_numbers_too(preflight: Command, tmp_path: Path) -> None:
    row = f'{{"Name": "momentum", "MinValue": "0", "MaxValue": {"1" * 5001}}}'
    ranges = f'{{"ParameterRanges": {{"ContinuousParameterRanges": [{row}]}}}}'
    file = write(tmp_path, f'{{"HyperParameterTuningJobConfig": {ranges}}}', "job.json")
    code, out, err = preflight(file, "--algorithm", "object-detection")
    assert (code, err) == (1, "")
    assert "inf" not in out
    assert not any(len(line) > 600 for line in out.splitlines())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfea", "KS002: the file given is UTF-8 text"),
        (b"[" + b"0," * 600_000 + b"0]", "leave out what is no part of the job"),
        (b"[" + b"0," * 100_001 + b"0]", "KS003: the file given has at most"),
        (b"{a: [", "KS004: the file given is well-formed YAML"),
        (b"a: 1\n---\na: 2\n", "KS006: the file given is one YAML document"),
        (b"a: !x 1\n", "KS007: the file given uses no tag"),
        (b"%YAML 1.2\n---\na: 1\n", "write out what is meant"),
    ],
)
def test_what_is_wrong_with_the_file_speaks_of_no_spec(
    preflight: Command, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "job.json"
    path.write_bytes(content)
    code, out, err = preflight(str(path), "--algorithm", "object-detection")
    assert (code, err) == (1, "")
    assert said in out
    assert not any(word in out for word in ("spec", "knobsmith: 1", "use:", "several files"))


def test_json_may_be_indented_by_tabs(preflight: Command, tmp_path: Path) -> None:
    text = '[\n\t{\n\t\t"name": "momentum",\n\t\t"type": "Continuous",\n\t\t"min": 0.1,\n\t\t"max": 0.9\n\t}\n]\n'
    assert preflight(write(tmp_path, text, "table.json"), "--algorithm", "object-detection").code == 0


def test_a_spec_with_errors_comes_first(run: Command, tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    file = write(tmp_path, ROW.format(low=0))
    code, out, err = run("preflight", "sagemaker", file, "--project", str(tmp_path))
    assert (code, out) == (1, "")
    assert "nothing was checked" in err
