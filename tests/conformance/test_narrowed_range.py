"""A client of an older spec is found out by the vectors of the spec as it is now, until it is generated again."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from knobsmith.conformance import Client, GeneratedPython, conform
from knobsmith.conformance import Command as Program
from knobsmith.model.catalog import Catalog
from knobsmith.pipeline import compile_project
from knobsmith.targets.vectors.target import vectors

from tests.support.node import node_binary
from tests.support.sample import edit, make_sample
from tests.targets.cpp.building import build
from tests.targets.typescript.fixture import HERE, Package


def typescript(catalog: Catalog) -> Client:
    folder = Package(catalog.algorithms).folder
    return Program(shlex.join([str(node_binary()), str(HERE / "conformance.mjs"), str(folder)]))


def cpp(catalog: Catalog) -> Client:
    return Program(shlex.join(build(catalog.algorithms, flags=("-O0",))))


CLIENTS: dict[str, Callable[[Catalog], Client]] = {"python": GeneratedPython, "typescript": typescript, "cpp": cpp}
EDITS = {
    "a lower end": ("rate", 'range: "(0, 1]"', 'range: "(0.001, 1]"'),
    "an upper end": ("epochs", '"[1, 100]"', '"[1, 99]"'),
    "an end that opens": ("rate", 'range: "(0, 1]"', 'range: "(0, 1)"'),
}


def compiled(project: Path) -> Catalog:
    catalog = compile_project(project).catalog
    assert catalog is not None
    return catalog


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("change", EDITS)
def test_a_narrowed_range_makes_a_client_fail_until_it_is_generated_again(
    client: str, change: str, tmp_path: Path
) -> None:
    parameter, wide, narrow = EDITS[change]
    project = make_sample(tmp_path)
    before = compiled(project)
    edit(project, wide, narrow)
    after = compiled(project)
    (old,), (new,) = before.algorithms, after.algorithms
    assert list(vectors(old)) != list(vectors(new))

    stale = CLIENTS[client](before)
    assert conform([old], [stale]).disagreements == ()
    found = conform([new], [stale]).disagreements
    assert {one.vector.partition("/")[0] for one in found} == {parameter}
    assert any("valid is True, expected False" in line for one in found for line in one.differences)
    assert conform([new], [CLIENTS[client](after)]).disagreements == ()
