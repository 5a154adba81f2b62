"""Every finding is made by a bad spec, at its place, and unmade in a good one that differs in nothing else."""

import re
from pathlib import Path

import pytest

from tests.support.construct_cases import DIAGNOSTICS, MADE, DiagnosticCase, diagnostic_cases, make_file
from tests.support.projects import Found, findings, write_project

CODEGEN = Path(__file__).parent.parent / "codegen"

CASES = diagnostic_cases()
WITH_GOOD = [case for case in CASES if case.good]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_bad_spec_has_exactly_these_findings(case: DiagnosticCase, tmp_path: Path) -> None:
    project = write_project(tmp_path, case.bad, severity_of(case))
    if case.made is not None:
        make_file(case.made, project / "spec" / "algorithms" / MADE)
    found = [one for one in findings(project) if is_compared(one, case)]
    expected = case.findings
    assert [reduced(one, like) for one, like in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected), found


@pytest.mark.parametrize("case", WITH_GOOD, ids=lambda case: case.id)
def test_the_good_spec_has_none(case: DiagnosticCase, tmp_path: Path) -> None:
    found = findings(write_project(tmp_path, case.good, severity_of(case)))
    assert [one for one in found if is_compared(one, case)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_is_one_sentence_about_its_own_code(case: DiagnosticCase) -> None:
    sentence = (DIAGNOSTICS / case.id / "sentence.md").read_text(encoding="utf-8")
    assert sentence.strip().endswith(".")
    assert sentence.count("\n") == 1
    assert case.code in [code for code, *_ in case.findings]


def test_every_code_of_check_has_a_case() -> None:
    # KS4xx concerns targets: it is found while generating, not while checking, and the tests of targets pin it.
    assert {code for code in codes_in_source() if not code.startswith("KS4")} == {case.code for case in CASES}


def codes_in_source() -> set[str]:
    """All codes that a law of the compiler has."""
    texts = [path.read_text(encoding="utf-8") for path in CODEGEN.rglob("*.py")]
    return {code for text in texts for code in re.findall(r'Rule\(\s*(?:code=)?"(KS\d{3})"', text)}


def severity_of(case: DiagnosticCase) -> dict[str, str]:
    """The cases are too small to have sources, except where sources are what they are about."""
    return {} if case.code == "KS301" else {"KS301": "off"}


def is_compared(found: Found, case: DiagnosticCase) -> bool:
    """Hints beside what a case is about say nothing against it."""
    return found[1] != "info" or found[0] == case.code


def reduced(found: Found, like: Found) -> Found:
    """A finding without what the expectation leaves open."""
    code, severity, file, line, column = found
    return code, like[1] and severity, file, like[3] and line, like[4] and column
