"""Every construct that real algorithms need is carried: checked clean, judged as expected, kept in the catalog."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from knobsmith.model.base import as_json

from tests.independent import to_wire, verdict
from tests.support.client import client_of
from tests.support.compile import compile_folder
from tests.support.construct_cases import CONSTRUCTS, ConstructCase, construct_case, construct_ids
from tests.support.projects import findings, write_project
from tests.support.verdict_cases import Run
from tests.support.verdicts import differences, same_json

IDS = construct_ids()
# What is missing is found by its own test below.
CASES = [construct_case(id) for id in IDS if (CONSTRUCTS / id).is_dir()]
RUNS = [pytest.param(case, run, id=run.id) for case in CASES for run in case.runs]
POINTERS = [pytest.param(case, *entry, id=f"{case.id}{entry[0]}") for case in CASES for entry in case.catalog]


def test_every_construct_has_a_folder_and_every_folder_is_a_construct() -> None:
    assert sorted(path.name for path in CONSTRUCTS.iterdir() if path.is_dir()) == sorted(IDS)
    assert len(IDS) == len(set(IDS))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_construct_is_one_sentence_and_says_what_would_fail_without_it(case: ConstructCase) -> None:
    sentence = (CONSTRUCTS / case.id / "sentence.md").read_text(encoding="utf-8")
    assert sentence.strip().endswith(".")
    assert sentence.count("\n") == 1
    assert case.runs or case.catalog or case.findings


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_construct_is_checked_with_these_findings(case: ConstructCase, tmp_path: Path) -> None:
    project = write_project(tmp_path, case.files, {"KS301": "off"})
    found = [
        (code, file, line, column) for code, severity, file, line, column in findings(project) if severity != "info"
    ]
    assert found == [(code, file, line, column) for code, _, file, line, column in case.findings]


@pytest.mark.parametrize(("case", "run"), RUNS)
def test_a_construct_is_judged_as_expected(case: ConstructCase, run: Run) -> None:
    algorithm = algorithm_of(case)
    published = as_json(algorithm)
    ours = verdict(published, run.config, run.context, run.form)
    assert differences(run.verdict, ours, is_partial=True) == []
    theirs = client_of(algorithm).verdict(run.config, run.context, run.form)
    assert differences(run.verdict, theirs, is_partial=True) == []
    if run.wire is not None:
        assert list(to_wire(published, run.config, run.form, context=run.context).items()) == list(run.wire.items())
        assert list(client_of(algorithm).wire(run.config, run.context, run.form).items()) == list(run.wire.items())


@pytest.mark.parametrize(("case", "pointer", "value"), POINTERS)
def test_a_construct_is_kept_in_the_catalog(case: ConstructCase, pointer: str, value: Any) -> None:
    assert same_json(pointed_at(as_json(algorithm_of(case)), pointer), value)


def algorithm_of(case: ConstructCase) -> Any:
    return _compiled(case.id)


@cache
def _compiled(id: str) -> Any:
    case = construct_case(id)
    return compile_folder(case.files, case.algorithm)


def pointed_at(document: Any, pointer: str) -> Any:
    """What a JSON pointer (RFC 6901) leads to."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        document = document[int(key)] if isinstance(document, list) else document[key]
    return document
