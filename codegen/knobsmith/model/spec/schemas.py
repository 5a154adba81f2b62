"""JSON Schemas of the spec files, so that editors complete and check while an author types.

They accept more than the compiler: what `use` and families bring, and the grammars of ranges and expressions, are
beyond a schema. They never refuse what the compiler accepts.
"""

from typing import Any

from knobsmith.model.forms import Json, Key, Name, RecordOf
from knobsmith.model.spec.files import (
    FRAGMENT_KEYS,
    HEADER_KEYS,
    KERNELS_KEYS,
    LANGUAGE_VERSION,
    PROJECT,
    SECTION_KEYS,
)
from knobsmith.model.spec.sections import SECTIONS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def spec_schemas() -> dict[str, Json]:
    """The schema of each kind of file, by the key that names the kind."""
    return {
        "algorithm": _with_required_entries(_file("algorithm", (*HEADER_KEYS, *SECTION_KEYS), "An algorithm")),
        "fragment": _file("fragment", FRAGMENT_KEYS, "Shared definitions"),
        "kernels": _file("kernels", KERNELS_KEYS, "Kernel functions"),
        "project": _file("project", PROJECT.keys, "The project"),
    }


def _file(kind: str, keys: tuple[Key, ...], title: str) -> Json:
    defs: Json = {}
    whole = RecordOf(dict, keys, title).inline_schema(defs)
    named = "Name of the project." if kind == "project" else "Name of the file, without `.yaml`."
    return {
        "$schema": _DIALECT,
        "title": f"{title}, in knobsmith's spec language",
        "type": "object",
        "required": ["knobsmith", kind, *whole.get("required", [])],
        "properties": {
            "knobsmith": {"const": LANGUAGE_VERSION, "description": "Version of the language; stands first."},
            kind: {**Name().schema(defs), "description": f"{named} Stands second."},
            **whole["properties"],
        },
        "additionalProperties": False,
        "$defs": dict(sorted(defs.items())),
    }


def _with_required_entries(schema: Json) -> Json:
    """Entries need their required keys, unless they start from a fragment or a family of the file may state them."""
    sections: dict[str, Any] = {}
    for section in SECTIONS:
        required = [key.name for key in section.form.keys if key.required]
        sections[section.name] = {
            "additionalProperties": {"anyOf": [{"required": ["use"]}, {"required": required}]},
        }
    return {**schema, "if": {"not": {"required": ["families"]}}, "then": {"properties": sections}}
