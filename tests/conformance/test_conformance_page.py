"""The page about conformance speaks of the vectors that there are."""

import re
from pathlib import Path

from knobsmith.pipeline import compile_project
from knobsmith.targets.base import CONSTRUCTS, Fidelity
from knobsmith.targets.vectors.target import TARGET, vectors

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "conformance.md").read_text(encoding="utf-8")
PROJECTS = (ROOT, ROOT / "examples" / "scikit-learn", ROOT / "tests" / "conformance" / "everything")
CLIENTS = ("python", "typescript", "cpp")


def asked(project: Path) -> int:
    """How many questions there are to a client: each vector in each of its forms."""
    catalog = compile_project(project).catalog
    assert catalog is not None
    lines = [line for algorithm in catalog.algorithms for line in vectors(algorithm)]
    return sum(form in line for line in lines for form in ("native", "wire"))


def test_the_page_counts_the_vectors_of_now() -> None:
    told = re.search(r"(\d+) answers, 0 of them wrong", PAGE)
    assert told is not None
    assert int(told[1]) == len(CLIENTS) * sum(map(asked, PROJECTS)), "run `make conformance`"


def test_every_client_answered_every_question() -> None:
    tables = PAGE.split("\n## ")[1:]
    assert len(tables) == len(PROJECTS)
    for table, project in zip(tables, PROJECTS, strict=True):
        rows = [row for row in table.splitlines() if row.startswith("| ") and "construct" not in row]
        for column in range(len(CLIENTS)):
            assert sum(int(row.split("|")[column + 2].strip(" exact()")) for row in rows) == asked(project)


def test_the_page_has_a_row_for_every_construct() -> None:
    told = {CONSTRUCTS[name] for name, carried in TARGET.fidelity.items() if carried.fidelity is Fidelity.EXACT}
    assert {line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("| ")} - {"construct"} == told
