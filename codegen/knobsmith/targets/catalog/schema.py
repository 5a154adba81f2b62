"""The JSON Schema of the catalog's files, derived from the model; ``make accept`` keeps ``schema.json`` beside it."""

import inspect
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from knobsmith.model.base import Record, as_json
from knobsmith.model.catalog import CATALOG_VERSION, Algorithm, Packages
from knobsmith.model.kernels import Dispatch, KernelFunction
from knobsmith.records import REQUIRED, fields

Json = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_HEAD: Json = {"$schema": {"type": "string"}, "version": {"const": CATALOG_VERSION, "type": "integer"}}
_PLAIN: dict[Any, Json] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}
# Values and expressions are marked in the model: their types in Python do not say how JSON has them.
_MARKED: dict[str, Json] = {
    "value": {"type": ["boolean", "number", "string", "array"]},
    "expression": {
        "properties": {"text": {"type": "string"}, "tree": {}},
        "required": ["text", "tree"],
        "type": "object",
    },
}


class AlgorithmFile(Algorithm):
    """The resolved model of an algorithm; every key is present, and null where nothing is stated."""


class Entry(Record):
    """An algorithm: the path of its file beside the index, and how much it holds."""

    name: str
    title: str
    file: str
    hyperparameters: int
    tunable: int
    context: int
    rules: int
    metrics: int


class IndexedProject(Record):
    """The project: its name, its version, and those of its packages."""

    name: str
    version: str
    locales: tuple[str, ...] = ("en",)
    packages: Packages


class Index(Record):
    """What a project holds. ``version`` counts breaking changes of these files, not of the project."""

    project: IndexedProject
    algorithms: tuple[Entry, ...]
    kernels: str | None


class Kernels(Record):
    """The kernel functions of a project and which value of which hyperparameter each serves."""

    kernels: tuple[KernelFunction, ...] = ()
    dispatch: tuple[Dispatch, ...] = ()


def schema() -> Json:
    """The schema of an algorithm's file; in ``$defs`` stand ``Index`` and ``Kernels``, those of the other files."""
    defs: Json = {}
    for file in (AlgorithmFile, Index, Kernels):
        _reference(file, defs)
        properties = defs[file.__name__]["properties"]
        ordered = properties | _HEAD if file is AlgorithmFile else _HEAD | properties
        defs[file.__name__] |= {"properties": ordered, "required": list(ordered)}
    return {
        "$schema": _DIALECT,
        "$ref": "#/$defs/AlgorithmFile",
        "$defs": dict(sorted(defs.items())),
        "title": "knobsmith catalog",
    }


def _reference(kind: type[Record], defs: Json) -> Json:
    """A record by its name; its own schema is put among the definitions. All keys are written, so all are required."""
    if kind.__name__ not in defs:
        entry: Json = {"additionalProperties": False, "description": inspect.getdoc(kind)}
        defs[kind.__name__] = entry
        types = get_type_hints(kind, include_extras=True)
        entry["properties"] = {field: _of_field(types[field], default, defs) for field, default in fields(kind).items()}
        entry |= {"required": list(entry["properties"]), "type": "object"}
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _of_field(type: Any, default: Any, defs: Json) -> Json:
    described = _of_type(type, defs)
    if default is not REQUIRED:
        described["default"] = as_json(default)
    return dict(sorted(described.items()))


def _of_type(type: Any, defs: Json) -> Json:
    """What JSON has for a type of the model."""
    parts = get_args(type)
    origin = get_origin(type)
    if type in _PLAIN:
        return dict(_PLAIN[type])
    if origin is Annotated:
        return dict(_MARKED[parts[1]])
    if origin is Literal:
        return {"enum": list(parts), "type": "string"}
    if origin in (Union, UnionType):
        return {"anyOf": [_of_type(part, defs) for part in parts]}
    if origin is tuple:
        return _of_items(parts, defs)
    return _reference(type, defs)


def _of_items(parts: tuple[Any, ...], defs: Json) -> Json:
    if parts[-1] is Ellipsis:
        return {"items": _of_type(parts[0], defs), "type": "array"}
    items = [_of_type(part, defs) for part in parts]
    return {"maxItems": len(items), "minItems": len(items), "prefixItems": items, "type": "array"}
