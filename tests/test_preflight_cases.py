"""Each law of jobs is broken by a bad document, at its place, and kept by a good one that differs in little else."""

from pathlib import Path
from typing import Any

import pytest
from knobsmith.catalogue import RULES
from knobsmith.cli.documents import read_document
from knobsmith.cli.preflighting import found_in
from knobsmith.diagnostics import Severity
from knobsmith.model.catalog import Catalog
from knobsmith.pipeline import compile_project

from tests.support.case_files import CASES, read_yaml

FOLDERS = sorted((CASES / "preflight").iterdir())
Found = list[dict[str, Any]]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    compiled = compile_project(Path(__file__).parent.parent)
    assert compiled.catalog is not None
    return compiled.catalog


def found(catalog: Catalog, folder: Path, name: str) -> Found:
    parents = sorted(folder.glob("parent*.yaml"))
    documents = [read_document(str(path)) for path in (folder / f"{name}.yaml", *parents)]
    report = found_in(catalog, read_yaml(folder / "expected.yaml")["algorithm"], documents)
    return [
        {"code": one.code, "severity": one.severity.value, "line": one.span.line, "column": one.span.column}
        for one in report
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_bad_job_has_exactly_these_findings(catalog: Catalog, folder: Path) -> None:
    expected = read_yaml(folder / "expected.yaml")["findings"]
    assert found(catalog, folder, "bad") == expected
    assert {one["code"] for one in expected} == {folder.name[:5]}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_good_job_has_none(catalog: Catalog, folder: Path) -> None:
    assert found(catalog, folder, "good") == []


def test_every_law_of_jobs_has_a_case() -> None:
    laws = {code for code in RULES if code.startswith("KS5")}
    assert laws == {folder.name[:5] for folder in FOLDERS}
    assert all(RULES[code].severity in (Severity.ERROR, Severity.WARNING) for code in laws)
