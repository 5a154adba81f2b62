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


# The first project says that its algorithms run in images of the vendor, the other defines its metrics.
BUILT_IN = [algorithm.name for algorithm in catalog_of(PROJECTS[0]).algorithms]


def ready(algorithm: Algorithm, form: str) -> dict[str, Any]:
    """A request that is filled in, with an image of the vendor's where the project says that it is one."""
    image = {"training-image": f"example/{algorithm.name}:1"} if algorithm.name in BUILT_IN else {}
    found: dict[str, Any] = filled(document(algorithm, form), image)
    return found


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
    assert preflight(modules[algorithm.name], ready(algorithm, "tuning-job")) == ()


@pytest.mark.parametrize("algorithm", algorithms(), ids=lambda algorithm: algorithm.name)
def test_the_flat_request_is_told_what_it_ignores(modules: dict[str, Any], algorithm: Algorithm) -> None:
    flat = ready(algorithm, "tuning-job.flat")
    found = preflight(modules[algorithm.name], flat)
    lost = " ".join(tag["Value"] for tag in flat.get("Tags", []))
    assert ("KS507" in {one.code for one in found}) <= ("tuned where they are ignored" in lost)
    assert {one.severity for one in found if one.code == "KS507"} <= {"info"}
    assert {one.code for one in found} <= {"KS507", "KS518"}
    assert ("KS518" in {one.code for one in found}) <= ("a rule refuses" in lost)


@pytest.mark.parametrize("algorithm", algorithms(), ids=lambda algorithm: algorithm.name)
def test_a_request_for_the_vendors_image_is_none_for_another(modules: dict[str, Any], algorithm: Algorithm) -> None:
    found = preflight(modules[algorithm.name], filled(document(algorithm, "tuning-job")))
    assert [problem.code for problem in found] == (["KS520"] if algorithm.name in BUILT_IN else [])
