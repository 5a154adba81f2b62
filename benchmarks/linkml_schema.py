"""The same hyperparameters as a LinkML schema: one class for each algorithm, from the published catalog.

LinkML has ranges with closed ends, enumerations, patterns, cardinalities, defaults and descriptions; it gets all of
these. It has no conditions, cases, special values or tuning, and gets none.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_RANGES = {"integer": "integer", "number": "float", "boolean": "boolean", "string": "string"}
_HEAD = {
    "id": "https://example.org/hyperparameters",
    "name": "hyperparameters",
    "description": "Hyperparameters of image algorithms.",
    "prefixes": {"linkml": "https://w3id.org/linkml/", "hp": "https://example.org/hyperparameters/"},
    "default_prefix": "hp",
    "default_range": "string",
    "imports": ["linkml:types"],
}


def schema(catalog: Path) -> str:
    """The schema, as JSON, which is YAML; ``catalog`` is the folder of the algorithms' models."""
    algorithms = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(catalog.glob("*.json"))]
    classes: dict[str, Any] = {}
    enumerations: dict[str, Any] = {}
    for algorithm in algorithms:
        if "parameters" not in algorithm:
            continue
        name = _camel(algorithm["name"])
        attributes = {p["name"]: _attribute(name, p) for p in algorithm["parameters"]}
        classes[name] = {"description": algorithm["doc"], "attributes": attributes}
        enumerations.update(_enumerations(name, algorithm["parameters"]))
    return json.dumps({**_HEAD, "classes": classes, "enums": enumerations}, indent=2)


def _attribute(owner: str, parameter: dict[str, Any]) -> dict[str, Any]:
    domain = parameter["domain"]
    items = domain.get("items") if domain["kind"] == "list" else domain
    stated: dict[str, Any] = {"description": parameter["doc"], "range": _range(owner, parameter, items or domain)}
    if domain["kind"] == "list":
        stated["multivalued"] = True
        if domain.get("fields"):
            stated["exact_cardinality"] = len(domain["fields"])
    stated.update(_ends(items or {}))
    if domain.get("pattern"):
        stated["pattern"] = domain["pattern"]
    if parameter.get("required"):
        stated["required"] = True
    default = (parameter.get("default") or {}).get("value")
    if (written := _written(stated["range"], default)) is not None:
        stated["ifabsent"] = written
    return stated


def _range(owner: str, parameter: dict[str, Any], domain: dict[str, Any]) -> str:
    """An enumeration for words, else the type."""
    return owner + _camel(parameter["name"]) if _is_enumeration(domain) else _RANGES[domain["kind"]]


def _is_enumeration(domain: dict[str, Any]) -> bool:
    return domain["kind"] == "string" and bool(domain.get("values"))


def _ends(domain: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The outermost constant ends; that an end is open is lost. The least and greatest of values stand for them."""
    intervals = (domain.get("range") or {}).get("intervals")
    numbers = [choice["value"] for choice in domain.get("values") or () if domain["kind"] in ("integer", "number")]
    if numbers:
        yield from (("minimum_value", min(numbers)), ("maximum_value", max(numbers)))
    elif intervals:
        for key, end in (("minimum_value", intervals[0]["lower"]), ("maximum_value", intervals[-1]["upper"])):
            if end.get("value") is not None:
                yield key, end["value"]


def _written(kind: str, default: Any) -> str | None:
    """A default as LinkML writes it; None for none, and for what is not of the type."""
    if isinstance(default, bool):
        return str(default) if kind == "boolean" else None
    if isinstance(default, int | float):
        return {"integer": f"int({default})", "float": f"float({default})"}.get(kind)
    if isinstance(default, str) and kind not in ("integer", "float", "boolean"):
        return f"string({default})" if kind == "string" else f"{kind}({default})"
    return None


def _enumerations(owner: str, parameters: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    for parameter in parameters:
        domain = parameter["domain"]
        if _is_enumeration(domain):
            meanings = {choice["value"]: {"description": choice.get("doc") or ""} for choice in domain["values"]}
            yield _range(owner, parameter, domain), {"permissible_values": meanings}


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.replace("_", "-").split("-"))
