"""A generated package takes no name that something else is imported by."""

import subprocess
import sys

import pytest

from tests.resolve.specs import compiled, real_texts
from tests.support.node import node_binary

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


OTHERS = "knobsmith: 1\nproject: vision\nversion: 0.1.0\npackages: {{{key}: '{name}'}}\n"


def facts(key: str, name: str) -> list[str]:
    return [fact for fact, line, _ in found(OTHERS.format(key=key, name=name)) if line == 4]


@pytest.mark.parametrize(
    "name",
    ["Vision", "_vision", ".vision", "a b", "häuser", "a/b", "@a", "@/b", "@A/b", "a@b", "a" * 215, "../up", "~a"],
)
def test_what_npm_does_not_publish_is_refused(name: str) -> None:
    (fact,) = facts("npm", name)
    assert "npm" in fact


@pytest.mark.parametrize(
    "name", ["vision-hyperparameters", "@team/vision", "a.b", "2d", "a" * 214, "vision_2", "assertions"]
)
def test_what_npm_publishes_is_free(name: str) -> None:
    assert facts("npm", name) == []


@pytest.mark.parametrize("name", ["fs", "node_modules", "worker_threads", "favicon.ico"])
def test_what_node_and_npm_have_is_refused(name: str) -> None:
    (fact,) = facts("npm", name)
    assert "itself" in fact


def test_every_module_of_this_node_is_refused() -> None:
    script = "require('module').builtinModules.filter(name => !name.startsWith('_')).join(' ')"
    done = subprocess.run([str(node_binary()), "-p", script], capture_output=True, text=True, check=True)
    names = [name for name in done.stdout.split() if "/" not in name and ":" not in name]
    assert len(names) > 30
    for name in names:
        assert facts("npm", name) != [], name


@pytest.mark.parametrize(
    "name", ["3d", "_a", "a b", "häuser", "a/b", "a;b", "${a}", "a::b", "test", "ALL_BUILD", "install"]
)
def test_what_cmake_takes_for_no_package_is_refused(name: str) -> None:
    (fact,) = facts("cmake", name)
    assert "CMake" in fact


@pytest.mark.parametrize("name", ["vision_hyperparameters", "Vision", "vision-2.0", "c++vision", "tests"])
def test_what_cmake_takes_is_free(name: str) -> None:
    assert facts("cmake", name) == []


def test_a_derived_name_is_judged_only_where_there_is_a_package() -> None:
    project = "knobsmith: 1\nproject: install\nversion: 0.1.0\n"
    assert found(project) == []
    assert found(project + "targets: {cpp: {}}\n") == [("`install` is a target of CMake itself", 2, 10)]


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("json", "a module of Python itself"),
        ("class", "a keyword of Python"),
        ("3d", "no name that Python imports"),
        ("numpy", "a package whose arrays kernels take"),
        ("vision", "the name of the Python package too"),
        ("pydantic", "a package that generated ones import"),
    ],
)
def test_what_hides_a_module_from_kernels_is_refused(name: str, fact: str) -> None:
    (found,) = facts("kernels", name)
    assert found.endswith(f"is {fact}")


@pytest.mark.parametrize("name", ["vision_kernels", "vision-kernels", "ops"])
def test_what_python_imports_is_free_for_kernels(name: str) -> None:
    assert facts("kernels", name) == []
