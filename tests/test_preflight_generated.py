"""What the compiler generates for the service passes the preflight, but for what is left to fill in."""

from collections.abc import Iterator
from typing import Any

import pytest
from knobsmith.model.catalog import Algorithm
from knobsmith.targets.python.in_memory import load_client
from knobsmith.targets.python.runtime.jobs import preflight

from tests.support.sagemaker_documents import FORMS, PROJECTS, algorithms, catalog_of, document, filled


@pytest.fixture(scope="module")
def modules() -> Iterator[dict[str, Any]]:
    """The client of each algorithm, by name."""
    clients = [load_client(catalog_of(root)) for root in PROJECTS]
    yield {
        algorithm.name: client.algorithm(algorithm.name)
        for root, client in zip(PROJECTS, clients, strict=True)
        for algorithm in catalog_of(root).algorithms
    }
    for client in clients:
        client.close()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("algorithm", algorithms(), ids=lambda algorithm: algorithm.name)
def test_a_generated_request_has_placeholders_and_no_other_error(
    modules: dict[str, Any], algorithm: Algorithm, form: str
) -> None:
    problems = preflight(modules[algorithm.name], document(algorithm, form))
    assert {problem.code for problem in problems if problem.severity == "error"} == {"KS517"}


@pytest.mark.parametrize("algorithm", algorithms(), ids=lambda algorithm: algorithm.name)
def test_a_request_for_each_branch_has_no_problem_when_it_is_filled_in(
    modules: dict[str, Any], algorithm: Algorithm
) -> None:
    assert preflight(modules[algorithm.name], filled(document(algorithm, "tuning-job"))) == ()


@pytest.mark.parametrize("algorithm", algorithms(), ids=lambda algorithm: algorithm.name)
def test_the_flat_request_is_told_what_it_ignores(modules: dict[str, Any], algorithm: Algorithm) -> None:
    flat = filled(document(algorithm, "tuning-job.flat"))
    found = preflight(modules[algorithm.name], flat)
    lost = " ".join(tag["Value"] for tag in flat.get("Tags", []))
    assert ("KS507" in {one.code for one in found}) <= ("tuned where they are ignored" in lost)
    assert {one.severity for one in found if one.code == "KS507"} <= {"info"}
    assert {one.code for one in found} <= {"KS507", "KS518"}
    assert ("KS518" in {one.code for one in found}) <= ("a rule refuses" in lost)
