"""The published catalog: whole, valid by its own schema, and the same on every run."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from knobsmith.expr import from_json, parse
from knobsmith.model.base import as_json
from knobsmith.model.catalog import Catalog
from knobsmith.pipeline import compile_project
from knobsmith.records import replace
from knobsmith.targets.catalog import TARGET
from knobsmith.targets.catalog.schema import schema
from knobsmith.targets.json_text import json_text

from tests.support.compile import compile_algorithm

Json = Any
ROOT = Path(__file__).parents[3]
SCHEMA = "catalog/schema.json"
TINY = "knobsmith: 1\nalgorithm: {name}\ntitle: T\ndoc: D.\nparameters: {{k: {{type: integer, default: 1, doc: K.}}}}\n"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    compiled = compile_project(ROOT)
    assert compiled.catalog is not None
    return compiled.catalog


@pytest.fixture(scope="module")
def files(catalog: Catalog) -> dict[str, Json]:
    return {file.path: json.loads(file.text) for file in TARGET.render(catalog, {})}


def test_the_published_schema_is_that_of_the_model() -> None:
    published = Path(str(Path(schema.__code__.co_filename).parent / "schema.json")).read_text(encoding="utf-8")
    assert published == json_text(schema()), "run make accept"


def test_every_algorithm_is_valid_by_the_schema(files: dict[str, Json]) -> None:
    jsonschema_rs.meta.validate(schema())
    validator = jsonschema_rs.validator_for(schema())
    for entry in files["catalog.json"]["algorithms"]:
        assert [error.message for error in validator.iter_errors(files[entry["file"]])] == []


def test_the_index_is_valid_and_counts_what_is_there(files: dict[str, Json]) -> None:
    index = files["catalog.json"]
    validator = jsonschema_rs.validator_for({**schema(), "$ref": "#/$defs/Index"})
    assert [error.message for error in validator.iter_errors(index)] == []
    for entry in index["algorithms"]:
        algorithm = files[entry["file"]]
        assert entry["hyperparameters"] == len(algorithm["parameters"])
        assert entry["rules"] == len(algorithm["rules"]) and entry["metrics"] == len(algorithm["metrics"])


def test_the_schema_refuses_a_file_with_a_fact_missing(files: dict[str, Json]) -> None:
    algorithm = dict(files["catalog/object-detection.json"])
    del algorithm["parameters"]
    assert not jsonschema_rs.validator_for(schema()).is_valid(algorithm)


def test_text_and_tree_of_every_expression_say_the_same(files: dict[str, Json]) -> None:
    found = [expr for path, content in files.items() if path != SCHEMA for expr in expressions(content)]
    assert len(found) > 50
    for expr in found:
        assert from_json(expr["tree"]) == parse(expr["text"])


def expressions(part: Json) -> list[Json]:
    if isinstance(part, dict) and part.keys() == {"text", "tree"}:
        return [part]
    below = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return [expr for child in below for expr in expressions(child)]


def test_rendering_twice_gives_the_same_bytes(catalog: Catalog) -> None:
    assert list(TARGET.render(catalog, {})) == list(TARGET.render(deepcopy(catalog), {}))


def test_the_model_reads_back_what_was_published(catalog: Catalog, files: dict[str, Json]) -> None:
    for algorithm in catalog.algorithms:
        content = files[f"catalog/{algorithm.name}.json"]
        assert {key: content[key] for key in content if key not in ("$schema", "version")} == json.loads(
            json.dumps(as_json(algorithm))
        )


@pytest.mark.parametrize("name", ["schema", "Kernels"])
def test_no_algorithm_takes_the_place_of_another_file(catalog: Catalog, name: str) -> None:
    algorithm = compile_algorithm(TINY.format(name=name), name)
    paths = [file.path for file in TARGET.render(replace(catalog, algorithms=(algorithm,)), {})]
    assert f"catalog/{name}~.json" in paths and len(set(paths)) == len(paths)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": [1, 2]}, '{"a": [1, 2]}\n'),
        ([], "[]\n"),
        ({"a": 1e-7, "b": 0.5, "c": True, "d": None}, '{"a": 1e-7, "b": 0.5, "c": true, "d": null}\n'),
        ({"k" * 70: "v" * 70}, "{\n  " + f'"{"k" * 70}": "{"v" * 70}"' + "\n}\n"),
    ],
)
def test_json_stands_on_one_line_where_it_fits(value: Json, text: str) -> None:
    assert json_text(value) == text and json.loads(text) == value
