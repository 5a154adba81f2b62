"""Clients that agree are told from those that don't, and every way of not answering has its words."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from knobsmith.conformance import Broken, Cell, GeneratedPython, Report, Tally, conform, shortfalls, table
from knobsmith.conformance import Command as Program
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.pipeline import compile_project
from knobsmith.targets.base import Fidelity
from knobsmith.targets.vectors.target import TARGET as VECTORS
from knobsmith.targets.vectors.target import vectors

from tests.support.command import Command
from tests.support.sample import break_default, make_sample

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
EVERYTHING = ROOT / "tests" / "conformance" / "everything"
ALGORITHM = "object-detection"
# A third party's client: the generated package, asked line by line, with a fault for one kind of question.
DRIVER = """
import json, sys
from vision_hyperparameters import object_detection
for line in sys.stdin:
    request = json.loads(line)
    validate = object_detection.validate_wire if request["form"] == "wire" else object_detection.validate
    verdict = validate(request["config"], request["context"])
    answer = verdict.as_dict() | {"writes": verdict.to_wire() if verdict.valid else None}
    FAULT
    print(json.dumps(answer), flush=True)
"""


@cache
def catalog() -> Catalog:
    compiled = compile_project(ROOT)
    assert compiled.catalog is not None
    return compiled.catalog


def algorithm() -> Algorithm:
    found = catalog().algorithm(ALGORITHM)
    assert found is not None
    return found


def driven(tmp_path: Path, fault: str = "pass") -> Report:
    """The answers of a program with this fault."""
    path = tmp_path / "driver.py"
    path.write_text(DRIVER.replace("FAULT", fault), encoding="utf-8")
    return conform([algorithm()], [Program(f"{sys.executable} {path}")])


def cells(report: Report) -> set[Cell]:
    (tallies,) = report.tallies.values()
    return {tally.cell for tally in tallies.values()}


def test_the_generated_client_agrees() -> None:
    report = conform(catalog().algorithms, [GeneratedPython(catalog())])
    assert report.disagreements == ()
    assert cells(report) == {Cell.EXACT}
    assert report.asked > 5000


def test_a_program_agrees(tmp_path: Path) -> None:
    report = driven(tmp_path)
    assert report.disagreements == ()
    assert cells(report) == {Cell.EXACT}


@pytest.mark.parametrize(
    ("fault", "difference"),
    [
        ('answer["valid"] = True', "valid is True, expected False"),
        ('answer["findings"] = answer["findings"][:0]', "findings are []"),
        ('answer["parameters"].pop("momentum")', "nothing is said of momentum"),
        ('answer["parameters"]["momentum"]["used"] = True', "used of momentum is True, expected False"),
        ('answer["writes"] = {}', "writes {}"),
        (
            'answer["parameters"] = dict(reversed(answer["parameters"].items()))',
            "parameters are ['early_stopping_tolerance'",
        ),
    ],
)
def test_each_kind_of_fault_shows(tmp_path: Path, fault: str, difference: str) -> None:
    found = [line for one in driven(tmp_path, fault).disagreements for line in one.differences]
    assert any(difference in line for line in found), found[:5]


def test_what_a_client_does_not_support_is_no_fault(tmp_path: Path) -> None:
    fault = 'answer = {"unsupported": "no texts"} if request["form"] == "wire" else answer'
    report = driven(tmp_path, fault)
    (tallies,) = report.tallies.values()
    assert report.disagreements == ()
    assert tallies["wire"].cell is Cell.DROPPED
    assert tallies["range"].cell is Cell.PARTIAL


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("print(3)", "line 1 of its output is no JSON object"),
        ("print('{}')", "ended after 1 of"),
        ("pass", "ended after 0 of"),
        ("import sys; sys.exit(3)", "ended after 0 of"),
        ("import os; os.write(1, bytes([200, 10]))", "line 1 of its output is no JSON object"),
        ("print('[' * 100000)", "line 1 of its output is no JSON object"),
        ("import sys; [print('{}') for line in sys.stdin for _ in '12']", "more lines than there are requests"),
    ],
)
def test_a_program_that_does_not_answer(program: str, message: str) -> None:
    with pytest.raises(Broken, match=message):
        conform([algorithm()], [Program(f'{sys.executable} -c "{program}"')])


def test_a_program_that_never_answers() -> None:
    with pytest.raises(Broken, match="does not answer request 1 of"):
        conform([algorithm()], [Program(f'{sys.executable} -c "import time; time.sleep(60)"', patience_seconds=0.5)])


@pytest.mark.parametrize("answer", ['{"valid": null}', '{"valid": true, "findings": 3, "parameters": []}', "{}"])
def test_an_answer_that_is_no_verdict_is_wrong(answer: str, tmp_path: Path) -> None:
    assert cells(driven(tmp_path, f"answer = json.loads({answer!r})")) == {Cell.WRONG}


@pytest.mark.parametrize(("text", "message"), [("", "no command"), ('"', "no command"), ("/nowhere/at/all", "start")])
def test_what_is_no_program(text: str, message: str) -> None:
    with pytest.raises(Broken, match=message):
        conform([algorithm()], [Program(text)])


def test_a_table_says_what_each_client_carries(tmp_path: Path) -> None:
    fault = 'answer = {"unsupported": "no rules"} if "early_stopping_patience" in str(request["config"]) else answer'
    shown = table(driven(tmp_path, fault))
    assert "| types | partial (" in shown
    assert "| aliases" not in shown


@pytest.fixture
def asked(run: Command) -> Command:
    """The command on this project."""
    return lambda *arguments, stdin=b"": run("conformance", "--project", str(ROOT), *arguments, stdin=stdin)


def test_the_command(asked: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    code, out, err = asked("--algorithm", ALGORITHM, "--page", str(page))
    assert (code, err) == (0, "")
    assert "| rules over several parameters | exact (" in out
    assert out in page.read_text(encoding="utf-8")


def test_the_command_tells_a_fault(asked: Command, tmp_path: Path) -> None:
    path = tmp_path / "yes.py"
    path.write_text("import sys\nfor line in sys.stdin: print('{\"valid\": true}', flush=True)\n", encoding="utf-8")
    command = f"always-yes={sys.executable} {path}"
    code, out, _ = asked(command, "--algorithm", ALGORITHM)
    assert code == 1
    assert "valid is True, expected False" in out
    listed = json.loads(asked(command, "--algorithm", ALGORITHM, "--format", "json").out)
    assert {one["client"] for one in listed["disagreements"]} == {"always-yes"}


# A client that leaves everything out.
SILENT = """
import json, sys
for line in sys.stdin:
    print(json.dumps({"unsupported": "nothing is"}), flush=True)
"""


def test_a_client_of_ours_is_held_to_what_its_target_claims(asked: Command, tmp_path: Path) -> None:
    path = tmp_path / "silent.py"
    path.write_text(SILENT, encoding="utf-8")
    silent = f"{sys.executable} {path}"
    code, out, err = asked(f"cpp={silent}", f"theirs={silent}", "--algorithm", ALGORITHM)
    assert (code, err) == (1, "")
    assert "cpp: types: dropped, and its target claims exact" in out.splitlines()
    assert "cpp: names of items: dropped, and its target claims partial" not in out.splitlines(), "it has none"
    assert not any(line.startswith(("theirs:", "python:")) for line in out.splitlines())
    listed = json.loads(asked(f"cpp={silent}", "--algorithm", ALGORITHM, "--format", "json").out)["shortfalls"]
    wanted = {"project": "vision", "client": "cpp", "construct": "type", "found": "dropped", "claimed": "exact"}
    assert wanted in listed
    assert asked(f"theirs={silent}", f"optuna={silent}", "--algorithm", ALGORITHM).code == 0


@pytest.mark.parametrize(
    ("agreed", "unsupported", "construct", "is_short"),
    [
        (3, 0, "type", False),
        (3, 1, "type", True),
        (0, 1, "type", True),
        (3, 1, "fields", False),
        (0, 1, "fields", True),
        (0, 1, "group", False),
    ],
)
def test_a_cell_is_compared_with_the_claim(agreed: int, unsupported: int, construct: str, is_short: bool) -> None:
    report = Report({"cpp": {construct: Tally(agreed, unsupported)}}, ())
    assert bool(list(shortfalls(report))) is is_short


def test_there_is_a_vector_of_every_construct() -> None:
    """One that no algorithm of a project here has would never be asked about."""
    catalogs = [compile_project(folder).catalog for folder in (ROOT, EVERYTHING)]
    tried = {line["construct"] for one in catalogs if one for line in vectors(one.algorithms[0])}
    told = {name for name, carried in VECTORS.fidelity.items() if carried.fidelity is Fidelity.EXACT}
    assert tried == told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("--algorithm", "object-detektion"), "no algorithm `object-detektion`"), (('"',), "is no command")],
)
def test_wrong_usage(arguments: tuple[str, ...], message: str, asked: Command) -> None:
    code, _, err = asked(*arguments)
    assert code == 2
    assert message in err


def test_a_program_that_is_not_there(asked: Command) -> None:
    code, _, err = asked("/nowhere/at/all")
    assert code == 1
    assert "does not start: No such file or directory" in err


SHOWS_PROJECT = """
import json, os, sys
for line in sys.stdin:
    print(json.dumps({"valid": os.environ["KNOBSMITH_PROJECT"]}), flush=True)
"""


def test_several_projects(asked: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    project = make_sample(tmp_path / "other")
    both = ("--project", str(project), "--algorithm", ALGORITHM, "--algorithm", "tiny")
    code, out, err = asked(*both, "--page", str(page))
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if line and not line.startswith("|")] == ["vision", "sample"]
    sections = page.read_text(encoding="utf-8").split("\n## ")
    assert [section.partition("\n")[0] for section in sections[1:]] == ["vision", "sample"]
    assert [section.count("| types | exact (") for section in sections] == [0, 1, 1]
    listed = json.loads(asked(*both, "--format", "json").out)
    alone = json.loads(asked("--algorithm", ALGORITHM, "--format", "json").out)
    of_ours, of_both = (one["clients"]["python"]["wire"]["agreed"] for one in (alone, listed))
    assert 0 < of_ours < of_both


def test_a_program_is_told_which_project_is_asked_about(asked: Command, tmp_path: Path) -> None:
    path = tmp_path / "shows.py"
    path.write_text(SHOWS_PROJECT, encoding="utf-8")
    project, twin = make_sample(tmp_path / "one"), make_sample(tmp_path / "two")
    program = f"shows={sys.executable} {path}"
    both = ("--project", str(project), "--project", str(twin), "--algorithm", "tiny", "--format", "json")
    found = json.loads(asked(program, *both).out)["disagreements"]
    told = {one["project"]: one["differences"][0] for one in found}
    assert told.keys() == {"sample", str(twin)}, "projects of one name are told apart"
    assert f"valid is '{project}'" in told["sample"]
    assert f"valid is '{twin}'" in told[str(twin)]


def test_one_project_with_errors_is_said(asked: Command, tmp_path: Path) -> None:
    project = make_sample(tmp_path / "broken")
    break_default(project)
    code, out, err = asked("--project", str(project))
    assert (code, out) == (1, "")
    assert "KS101" in err and "nobody was asked" in err
