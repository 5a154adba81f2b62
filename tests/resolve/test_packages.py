"""A generated package takes no name that something else is imported by."""

import sys

import pytest

from tests.resolve.specs import compiled, real_texts

PROJECT = "knobsmith: 1\nproject: {project}\nversion: 0.1.0\npackages: {{python: {python}}}\n"
ALGORITHM = {"algorithms/object-detection.yaml": real_texts()["algorithms/object-detection.yaml"]}
FRAGMENTS = {path: text for path, text in real_texts().items() if path.startswith("fragments/")}


def found(project: str) -> list[tuple[str, int, int]]:
    """The law of names, wherever it is broken; and what is wrong."""
    _, diagnostics = compiled({"knobsmith.yaml": project, **ALGORITHM, **FRAGMENTS})
    return [(one.fact, one.span.line, one.span.column) for one in diagnostics if one.code == "KS038"]


@pytest.mark.parametrize("name", ["json", "re", "typing", "os", "test", "__future__", "email"])
def test_a_module_of_python_is_refused(name: str) -> None:
    assert found(PROJECT.format(project="vision", python=name)) == [(f"`{name}` is a module of Python itself", 4, 20)]


@pytest.mark.parametrize(
    "name", ["pydantic", "pydantic-core", "pydantic.core", "typing_extensions", "annotated_types", "optuna", "ray"]
)
def test_what_the_client_imports_is_refused(name: str) -> None:
    assert found(PROJECT.format(project="vision", python=name)) == [
        (f"`{name}` is a package that generated ones import", 4, 20)
    ]


@pytest.mark.parametrize("name", ["1st", "a b", "../up", '""', "häuser", "a/b", "!x"])
def test_what_cannot_be_imported_is_refused(name: str) -> None:
    assert [line for _, line, _ in found(PROJECT.format(project="vision", python=f"'{name}'"))] == [4]


def test_a_keyword_is_refused() -> None:
    assert found(PROJECT.format(project="vision", python="class")) == [("`class` is a keyword of Python", 4, 20)]


@pytest.mark.parametrize(
    "name", ["vision_hyperparameters", "vision-hyperparameters", "vision.models", "jsons", "match"]
)
def test_other_names_are_free(name: str) -> None:
    assert found(PROJECT.format(project="json", python=name)) == []


def test_a_project_gives_its_package_a_name_only_where_there_is_one() -> None:
    project = "knobsmith: 1\nproject: json\nversion: 0.1.0\n"
    assert found(project) == [("`json` is a module of Python itself", 2, 10)]
    assert found(project + "targets: {catalog: {}}\n") == []


def test_every_module_of_this_python_is_refused() -> None:
    for name in sys.stdlib_module_names:
        assert found(PROJECT.format(project="vision", python=name)) != [], name
