"""What a schema states of each property, and that the specs themselves obey the schemas of spec files."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from knobsmith.model.spec import spec_schemas
from knobsmith.pipeline import compile_project
from knobsmith.targets.jsonschema import TARGET, algorithm_schema

from tests.support.case_files import read_yaml
from tests.support.compile import compile_algorithm

Json = Any
ROOT = Path(__file__).parents[3]
LARGEST = 2**53 - 1
SPEC = """
knobsmith: 1
algorithm: example
title: Example
doc: One.
parameters:
  it: {{{facts}, doc: One.}}
"""


def schema_of(facts: str) -> Json:
    return algorithm_schema(compile_algorithm(SPEC.format(facts=facts)))


def property_of(facts: str) -> Json:
    schema = schema_of(facts)
    return {key: value for key, value in schema["properties"]["it"].items() if key != "description"}


@pytest.mark.parametrize(
    ("facts", "property"),
    [
        (
            'type: number, range: "(0, 1]", default: 0.5',
            {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "default": 0.5},
        ),
        (
            'type: integer, range: "[1, inf)", default: 3',
            {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": 3},
        ),
        (
            'type: integer, range: "(0, 10)", multiple_of: 2, required: true',
            {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 10, "multipleOf": 2},
        ),
        (
            'type: integer, range: "{0} | [2, 10]", default: 0',
            {
                "allOf": [
                    {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST},
                    {"anyOf": [{"const": 0}, {"minimum": 2, "maximum": 10}]},
                ],
                "default": 0,
            },
        ),
        ("type: boolean, default: true", {"type": "boolean", "default": True}),
        ("type: string, values: [a, b], default: a", {"type": "string", "enum": ["a", "b"], "default": "a"}),
        (
            "type: string, values: {a: A., b: B.}, if_unset: none",
            {"type": ["string", "null"], "enum": ["a", "b", None], "enumDescriptions": ["A.", "B.", "Unset."]},
        ),
        (
            "type: string, values: [a], open: true, default: a",
            {"anyOf": [{"const": "a"}, {"type": "string"}], "default": "a"},
        ),
        (
            'type: string, pattern: "^[a-z]+$", length: "[1, 8)", default: a',
            {"type": "string", "pattern": "^[a-z]+$", "minLength": 1, "maxLength": 7, "default": "a"},
        ),
        (
            'type: number, range: "(0, inf)", special: {auto: chosen}, default: auto',
            {
                "anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"const": "auto", "description": "chosen"}],
                "default": "auto",
            },
        ),
        (
            "type: list, items: {type: number}, fields: [x, y], unique: true, wire: comma, default: [0, 1]",
            {
                "type": "array",
                "items": {"type": "number"},
                "minItems": 2,
                "maxItems": 2,
                "uniqueItems": True,
                "default": [0, 1],
            },
        ),
    ],
)
def test_a_property_states_its_facts(facts: str, property: Json) -> None:
    assert property_of(facts) == property


def test_deprecation_and_aliases_are_seen_by_editors() -> None:
    properties = schema_of("type: integer, default: 1, aliases: [old], deprecated: {reason: Old.}, examples: [2]")[
        "properties"
    ]
    assert properties["it"]["deprecated"] is True and properties["it"]["examples"] == [2]
    assert properties["old"] == {"$ref": "#/properties/it", "deprecated": True, "description": "Another name of it."}


def test_what_is_lost_is_listed() -> None:
    claims = schema_of("type: list, items: {type: integer}, increasing: true, default: []")["x-knobsmith"]
    assert not claims["exact"]
    assert [(loss["code"], loss["parameter"], loss["fidelity"]) for loss in claims["not_carried"]] == [
        ("increasing", "it", "dropped")
    ]


def test_a_schema_that_loses_nothing_says_so() -> None:
    assert schema_of("type: integer, default: 1")["x-knobsmith"]["exact"]


@pytest.mark.parametrize("kind", ["algorithms", "fragments", "kernels", ""])
def test_the_specs_obey_the_schemas_that_editors_use(kind: str) -> None:
    name = {"algorithms": "algorithm", "fragments": "fragment", "kernels": "kernels", "": "project"}[kind]
    schema = spec_schemas()[name]
    jsonschema_rs.meta.validate(schema)
    validator = jsonschema_rs.validator_for(schema)
    for path in sorted((ROOT / "spec" / kind).glob("*.yaml")):
        content = json.loads(json.dumps(read_yaml(path)))
        assert [f"{path.name}: {error.message}" for error in validator.iter_errors(content)] == []


def test_each_file_is_rendered_once_and_the_same() -> None:
    compiled = compile_project(ROOT)
    assert compiled.catalog is not None
    files = list(TARGET.render(compiled.catalog, {}))
    assert files == list(TARGET.render(deepcopy(compiled.catalog), {}))
    assert len({file.path for file in files}) == len(files)
    for file in files:
        jsonschema_rs.meta.validate(json.loads(file.text))
