"""JSON Schemas, draft 2020-12, of native configurations and of spec files."""

from knobsmith.targets.jsonschema.target import TARGET, JsonSchemaTarget, algorithm_schema

__all__ = ["TARGET", "JsonSchemaTarget", "algorithm_schema"]
