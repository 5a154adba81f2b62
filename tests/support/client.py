"""The generated Python client, without a disk between the catalog and its verdicts."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Self

from knobsmith.model.catalog import Algorithm, Catalog, Packages, Project
from knobsmith.pipeline import compile_project
from knobsmith.targets.python import in_memory

Json = Any

_PROJECT = Project(name="cases", version="0.1.0", packages=Packages(python="cases", npm="cases", cmake="cases"))


class GeneratedClient:
    """The generated client of one algorithm. As a context manager, it is forgotten at the end."""

    def __init__(self, algorithm: Algorithm) -> None:
        self._client = in_memory.load_client(Catalog(project=_PROJECT, algorithms=(algorithm,)))
        self.module: Any = self._client.algorithm(algorithm.name)

    def verdict(self, config: Json, context: Json, form: str) -> dict[str, Json]:
        """The verdict on a configuration, as JSON."""
        verdict: dict[str, Json] = self._validated(config, context, form).as_dict()
        return verdict

    def wire(self, config: Json, context: Json, form: str, *, defaults: bool = False) -> dict[str, str]:
        """What is written of a valid configuration.

        Raises:
            ValueError: It is not valid, or holds a list that its form cannot hold.
        """
        written: dict[str, str] = self._validated(config, context, form).to_wire(defaults=defaults)
        return written

    def _validated(self, config: Json, context: Json, form: str) -> Any:
        return self.module.validate_wire(config, context) if form == "wire" else self.module.validate(config, context)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()


@cache
def client_of(algorithm: Algorithm) -> GeneratedClient:
    """The client of an algorithm; it is kept."""
    return GeneratedClient(algorithm)


class ProjectClient:
    """The generated client of a project."""

    def __init__(self, catalog: Catalog) -> None:
        self._client = in_memory.load_client(catalog)

    def validate(self, algorithm: str, config: Mapping[str, Json], context: Mapping[str, Json]) -> dict[str, Json]:
        """The verdict on a configuration in native form."""
        verdict: dict[str, Json] = self._client.algorithm(algorithm).validate(config, context).as_dict()
        return verdict

    def answer(self, request: Mapping[str, Json]) -> dict[str, Json]:
        """The verdict that a line of JSON asks for, with what is written back, without the defaults and with them."""
        module = self._client.algorithm(request["algorithm"])
        validate = module.validate_wire if request["form"] == "wire" else module.validate
        verdict = validate(request["config"], request["context"])
        return {
            **verdict.as_dict(),
            "writes": written(verdict.to_wire) if verdict.valid else None,
            "writes_defaults": written(lambda: verdict.to_wire(defaults=True)) if verdict.valid else None,
        }


def written(write: Callable[[], Mapping[str, str]]) -> dict[str, str] | None:
    """What is written, in its order; None if it cannot be."""
    try:
        return dict(write())
    except ValueError:
        return None


@cache
def load_client(spec_dir: Path) -> ProjectClient:
    """The client of the project whose ``knobsmith.yaml`` stands in a folder."""
    compiled = compile_project(spec_dir.parent)
    assert compiled.catalog is not None and not compiled.has_errors, list(map(str, compiled.diagnostics))
    return ProjectClient(compiled.catalog)
