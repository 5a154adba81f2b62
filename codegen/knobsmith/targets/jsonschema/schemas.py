"""JSON Schemas as plain values, and how they combine. ``True`` accepts everything, ``False`` nothing."""

from collections.abc import Iterable
from typing import Any

Schema = bool | dict[str, Any]
NOT_NULL: Schema = {"not": {"type": "null"}}


def all_of(*schemas: Schema) -> Schema:
    """Accepts what every one of the schemas accepts."""
    kept = _merged(_without_repetition(_flat(schemas, "allOf"), True))
    if any(schema != NOT_NULL and refuses_null(schema) for schema in kept):
        kept = [schema for schema in kept if schema != NOT_NULL]
    if False in kept:
        return False
    return True if not kept else kept[0] if len(kept) == 1 else {"allOf": kept}


def any_of(*schemas: Schema) -> Schema:
    """Accepts what at least one of the schemas accepts."""
    kept = _without_repetition(_flat(schemas, "anyOf"), False)
    if True in kept:
        return True
    return False if not kept else kept[0] if len(kept) == 1 else {"anyOf": kept}


def not_(schema: Schema) -> Schema:
    """Accepts what a schema refuses."""
    if isinstance(schema, bool):
        return not schema
    return schema["not"] if set(schema) == {"not"} else {"not": schema}


def one_of_values(values: Iterable[Any]) -> Schema:
    """Accepts the values that are listed."""
    listed = list(values)
    if not listed:
        return False
    return {"const": listed[0]} if len(listed) == 1 else {"enum": listed}


def implies(premise: Schema, conclusion: Schema) -> Schema:
    """Accepts what the premise refuses or the conclusion accepts."""
    if isinstance(premise, bool):
        return conclusion if premise else True
    if isinstance(conclusion, bool):
        return True if conclusion else not_(premise)
    return {"if": premise, "then": conclusion}


def _flat(schemas: Iterable[Schema], keyword: str) -> list[Schema]:
    found: list[Schema] = []
    for schema in schemas:
        nested = isinstance(schema, dict) and set(schema) == {keyword}
        found.extend(schema[keyword] if nested and isinstance(schema, dict) else [schema])
    return found


def _without_repetition(schemas: Iterable[Schema], neutral: bool) -> list[Schema]:
    kept: list[Schema] = []
    for schema in schemas:
        if schema is not neutral and schema not in kept:
            kept.append(schema)
    return kept


def _merged(schemas: list[Schema]) -> list[Schema]:
    """Schemas of an object that ask for the same key and its value become one."""
    found: dict[str, dict[str, Any]] = {}
    rest: list[Schema] = []
    for schema in schemas:
        key = _only_key(schema)
        if key is None or not isinstance(schema, dict):
            rest.append(schema)
        elif key in found:
            found[key] = _asking(key, all_of(_asked(found[key], key), _asked(schema, key)))
        else:
            found[key] = schema
    return [*found.values(), *rest]


def _only_key(schema: Schema) -> str | None:
    """The key of an object that is all that a schema speaks of, and asks to be there."""
    if not isinstance(schema, dict) or not set(schema) <= {"required", "properties"} or "required" not in schema:
        return None
    keys = {*schema["required"], *schema.get("properties", {})}
    return str(keys.pop()) if len(keys) == 1 else None


def _asked(schema: dict[str, Any], key: str) -> Schema:
    asked: Schema = schema.get("properties", {}).get(key, True)
    return asked


def _asking(key: str, schema: Schema) -> dict[str, Any]:
    return {"required": [key]} if schema is True else {"required": [key], "properties": {key: schema}}


def refuses_null(schema: Schema) -> bool:
    """Whether a schema is seen at once to refuse null."""
    if isinstance(schema, bool):
        return not schema
    if schema == {"not": {"type": "null"}} or (isinstance(schema.get("type"), str) and schema["type"] != "null"):
        return True
    listed = schema.get("enum", [schema["const"]] if "const" in schema else None)
    return (listed is not None and None not in listed) or any(map(refuses_null, schema.get("allOf", [])))
