"""Cases that are a folder: a sentence, spec files, and what is expected of them.

``constructs/<id>``: a construct of real algorithms, with verdicts that only hold if it is carried.
``diagnostics/<code>-<slug>``: the same spec once ``bad`` and once ``good``, or a file that is made.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.case_files import CASES, read_yaml
from tests.support.layout import PROJECT_FILE, place
from tests.support.projects import Found
from tests.support.verdict_cases import Run, run_of

Json = Any
Files = dict[str, bytes]

CONSTRUCTS = CASES / "constructs"
DIAGNOSTICS = CASES / "diagnostics"


@dataclass(frozen=True)
class ConstructCase:
    """A construct.

    Attributes:
        id: That of the construct.
        algorithm: The name of the one algorithm.
        files: The specs.
        findings: What ``knobsmith check`` finds; nothing if it is clean.
        runs: Configurations with verdicts, of which the parameters may be partial.
        catalog: JSON pointers into the published algorithm, with the values there.
    """

    id: str
    algorithm: str
    files: Files
    findings: list[Found]
    runs: list[Run]
    catalog: list[tuple[str, Json]]


@dataclass(frozen=True)
class DiagnosticCase:
    """A finding: ``bad`` has it and ``good`` has none; a bad file that is made has no good counterpart.

    Attributes:
        id: The name of the folder.
        code: The code that it is about.
        bad: The specs that have the finding.
        good: The same specs with the mistake undone.
        made: How to make the bad file instead.
        findings: What is found in the bad ones; a place of 0 is any.
    """

    id: str
    code: str
    bad: Files
    good: Files
    made: str | None
    findings: list[Found]


def construct_ids() -> list[str]:
    """The constructs that real algorithms need."""
    return (CONSTRUCTS / "ids.txt").read_text(encoding="utf-8").split()


def construct_case(id: str) -> ConstructCase:
    """The case of a construct."""
    expected = read_yaml(CONSTRUCTS / id / "expected.yaml")
    assert {"diagnostics"} <= expected.keys() <= {"diagnostics", "verdicts", "catalog"}, id
    files = _files(CONSTRUCTS / id)
    (algorithm,) = [path for path in files if "/" not in path]
    runs = [_run(f"{id}-{index}", run) for index, run in enumerate(expected.get("verdicts", []))]
    return ConstructCase(
        id,
        algorithm.removesuffix(".yaml"),
        files,
        [_finding(one, algorithm) for one in expected["diagnostics"]],
        runs,
        [(pointer, value) for pointer, value in expected.get("catalog", [])],
    )


def _run(id: str, run: Json) -> Run:
    plain = {key: run[key] for key in run if key != "sentence"}
    return run_of(id, plain, law=run.get("sentence", ""), spec="")


def diagnostic_cases() -> list[DiagnosticCase]:
    """All cases of diagnostics, in the order of their codes."""
    return [_diagnostic_case(folder) for folder in sorted(DIAGNOSTICS.iterdir())]


def _diagnostic_case(folder: Path) -> DiagnosticCase:
    expected = read_yaml(folder / "expected.yaml")
    assert {"diagnostics"} <= expected.keys() <= {"diagnostics", "make"}, folder.name
    bad, good = _files(folder / "bad"), _files(folder / "good")
    made = expected.get("make")
    assert bool(bad) is bool(good) is (made is None), folder.name
    algorithm = next((path for path in bad if "/" not in path and path != PROJECT_FILE), MADE)
    findings = [_finding(one, algorithm) for one in expected["diagnostics"]]
    return DiagnosticCase(folder.name, folder.name.split("-")[0], bad, good, made, findings)


def _files(folder: Path) -> Files:
    """All specs below a folder, by their paths in it."""
    paths = [path for path in sorted(folder.rglob("*.yaml")) if path.name != "expected.yaml"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _finding(one: Json, algorithm: str) -> Found:
    assert {"code"} <= one.keys() <= {"code", "severity", "file", "line", "column"}, one
    file = place(one.get("file", algorithm))
    return one["code"], one.get("severity", ""), file, one.get("line", 0), one.get("column", 0)


MADE = "made.yaml"

_GOOD = b"""knobsmith: 1
algorithm: made
title: Made
doc: Made by a test.
parameters:
  epochs: {type: integer, range: "[1, inf)", default: 1, doc: Passes over the training data.}
"""


def make_file(how: str, path: Path) -> None:
    """Make a spec that nobody keeps in a repository."""
    if how == "directory":
        path.mkdir(parents=True)
        return
    contents = {
        "latin-1": _GOOD.replace(b"Made by", "F\u00fcr".encode("latin-1")),
        "control-character": _GOOD.replace(b"Made by", b"Made\x07by"),
        "too-large": _GOOD + b"# knobsmith reads this far and no further\n" * 30_000,
        "deep": _GOOD + b"notes: " + b"[" * 200 + b"]" * 200 + b"\n",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(contents[how])
