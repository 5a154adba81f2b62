"""Renders the index ``catalog.json``, a file for each algorithm, one for the kernels, and the schema of them all."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from knobsmith.model.base import as_json
from knobsmith.model.catalog import CATALOG_VERSION, Algorithm, Catalog
from knobsmith.targets.base import Options, OutputFile, carried
from knobsmith.targets.json_text import json_text
from knobsmith.targets.paths import stem

# The schema depends on the compiler alone. Deriving it costs more than rendering all else, so it is kept as a file.
SCHEMA_FILE = "schema.json"
_KERNELS = "catalog/kernels.json"


class CatalogTarget:
    """The resolved model, whole: every key is present, and null where nothing is stated."""

    name = "catalog"
    fidelity = carried()

    def render(self, catalog: Catalog, options: Options) -> Iterator[OutputFile]:
        """The index, the algorithms, the kernels if there are any, the schema."""
        yield OutputFile("catalog.json", json_text(_index(catalog)))
        for algorithm in catalog.algorithms:
            yield OutputFile(algorithm_path(algorithm.name), json_text(_algorithm(algorithm)))
        if catalog.kernels or catalog.dispatch:
            yield OutputFile(_KERNELS, json_text(_kernels(catalog)))
        yield OutputFile("catalog/schema.json", published_schema())


def algorithm_path(name: str) -> str:
    """Where the model of an algorithm stands, relative to the generated folder."""
    return f"catalog/{stem(name, 'schema', 'kernels')}.json"


@cache
def published_schema() -> str:
    """The JSON Schema of the catalog's files."""
    return Path(__file__).with_name(SCHEMA_FILE).read_text(encoding="utf-8")


def _index(catalog: Catalog) -> dict[str, Any]:
    dumped = as_json(catalog.project)
    return {
        "$schema": "catalog/schema.json#/$defs/Index",
        "version": CATALOG_VERSION,
        "project": {key: dumped[key] for key in ("name", "version", "locales", "packages") if key in dumped},
        "algorithms": [_entry(algorithm) for algorithm in catalog.algorithms],
        "kernels": _KERNELS if catalog.kernels or catalog.dispatch else None,
    }


def _entry(algorithm: Algorithm) -> dict[str, Any]:
    tunable = [p for p in algorithm.parameters if p.tuning or any(case.tuning for case in p.cases)]
    return {
        "name": algorithm.name,
        "title": algorithm.title,
        "file": algorithm_path(algorithm.name),
        "hyperparameters": len(algorithm.parameters),
        "tunable": len(tunable),
        "context": len(algorithm.context),
        "rules": len(algorithm.rules),
        "metrics": len(algorithm.metrics),
    }


def _algorithm(algorithm: Algorithm) -> dict[str, Any]:
    head = {"$schema": "schema.json", "version": CATALOG_VERSION}
    return {**head, **as_json(algorithm)}


def _kernels(catalog: Catalog) -> dict[str, Any]:
    head = {"$schema": "schema.json#/$defs/Kernels", "version": CATALOG_VERSION}
    return head | {"kernels": as_json(catalog.kernels), "dispatch": as_json(catalog.dispatch)}
