"""What the hand-written pages show can be copied: specs compile, code runs."""

import re
from pathlib import Path

import pytest
from knobsmith.model.catalog import Catalog
from knobsmith.pipeline import compile_project
from knobsmith.targets.base import CONSTRUCTS

from tests.support.compile import compile_algorithm

DOCS = Path(__file__).parents[3] / "docs"
SPEC = """
knobsmith: 1
algorithm: example
title: Example
doc: One.
parameters:
  it: {parameter}
"""
ALGORITHM = re.compile(
    r"^(?: {4})?```yaml\n(?P<body>(?:(?!```).)*?algorithm: (?P<name>\S+)\n.*?)^(?: {4})?```$", re.S | re.M
)


def shown_parameters() -> list[str]:
    page = (DOCS / "how-to" / "add-a-hyperparameter.md").read_text(encoding="utf-8")
    return re.findall(r"`(\{type: .*\})`", page)


@pytest.mark.parametrize("parameter", shown_parameters())
def test_every_line_to_copy_is_a_legal_parameter(parameter: str) -> None:
    assert compile_algorithm(SPEC.format(parameter=parameter)).parameters[0].name == "it"


def test_the_algorithm_to_copy_is_legal() -> None:
    page = (DOCS / "how-to" / "add-an-algorithm.md").read_text(encoding="utf-8")
    found = ALGORITHM.search(page)
    assert found is not None
    text = "".join(f"{line.removeprefix('    ')}\n" for line in found["body"].splitlines())
    assert compile_algorithm(text, found["name"]).title == "Linear Classifier"


def test_the_parameters_of_the_language_page_are_legal() -> None:
    page = (DOCS / "reference" / "language.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if re.match(r"[a-z_]+: \{type: ", line)]
    assert len(lines) >= 4
    for line in lines:
        compile_algorithm(SPEC.format(parameter=line.partition(": ")[2]))


def test_the_target_to_copy_renders() -> None:
    page = (DOCS / "how-to" / "add-a-target.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", page, re.S | re.M)
    names: dict[str, type] = {}
    exec(code, names)
    target = names["NamesTarget"]()
    assert target.fidelity.keys() == CONSTRUCTS.keys()
    compiled = compile_project(DOCS.parent)
    assert isinstance(compiled.catalog, Catalog)
    files = list(target.render(compiled.catalog, {}))
    assert [file.path for file in files] == [f"names/{a.name}.txt" for a in compiled.catalog.algorithms]
    assert "momentum\n" in files[0].text
