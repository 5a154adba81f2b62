"""The package that is generated for an algorithm with all constructs of the language, and its golden copy."""

from functools import cache
from pathlib import Path

from knobsmith.model.catalog import Algorithm, Catalog, Packages, Project
from knobsmith.targets.python.target import render_package, runtime_files

from tests.support.compile import compile_algorithm

HERE = Path(__file__).parent
SPEC = HERE.parents[1] / "conformance" / "everything" / "spec" / "algorithms" / "everything.yaml"
GOLDEN = HERE / "golden"
PROJECT = Project(
    name="everything", version="0.1.0", packages=Packages(python="everything", npm="everything", cmake="everything")
)


@cache
def everything() -> Algorithm:
    """The algorithm."""
    return compile_algorithm(SPEC.read_text(encoding="utf-8"), "everything")


def catalog(*algorithms: Algorithm) -> Catalog:
    """A catalog with these algorithms, or with everything."""
    return Catalog(project=PROJECT, algorithms=algorithms or (everything(),))


def golden_files() -> dict[Path, str]:
    """What the golden files should hold: the modules that are generated, not those that are copied."""
    rendered = render_package((everything(),), PROJECT.version)
    # With another suffix, so that linters and importers leave them alone.
    return {GOLDEN / f"{path}.txt": text for path, text in rendered.items() if path not in runtime_files()}
