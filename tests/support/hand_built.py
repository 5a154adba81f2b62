"""Parts of the published catalog, written by hand where a test wants no compiler between itself and the form."""

from typing import Any

Json = Any


def domain(kind: str, **facts: Json) -> Json:
    """A domain; ranges and lengths are lists of intervals, values plain, special entries without their docs."""
    plain: dict[str, Json] = {
        "kind": kind,
        "values": None,
        "open": False,
        "range": None,
        "multiple_of": None,
        "precision": "float64",
        "pattern": None,
        "length": None,
        "items": None,
        "fields": [],
        "unique": False,
        "increasing": False,
        "special": [],
    }
    assert facts.keys() <= plain.keys()
    for key in ("range", "length"):
        if key in facts:
            facts[key] = {"intervals": facts[key]}
    if "values" in facts:
        facts["values"] = [choice(value) for value in facts["values"]]
    facts["special"] = [
        {"word": None, "value": None, "interval": None, "doc": "Special.", **s} for s in facts.get("special", [])
    ]
    return {**plain, **facts}


def choice(value: Json, aliases: tuple[Json, ...] = ()) -> Json:
    """One of the values of a domain."""
    return {"value": value, "doc": None, "aliases": list(aliases), "deprecated": None, "identifier": None}


def interval(lower: float | None, upper: float | None, brackets: str) -> Json:
    """An interval with constant ends; None is infinite."""
    return {
        "lower": {"value": lower, "name": None, "closed": brackets[0] == "["},
        "upper": {"value": upper, "name": None, "closed": brackets[1] == "]"},
    }


def parameter(name: str, facts: Json, **keys: Json) -> Json:
    """A parameter with a domain; conditions are texts."""
    plain: dict[str, Json] = {
        "name": name,
        "doc": "One.",
        "domain": facts,
        "wire": None,
        "default": None,
        "if_unset": None,
        "required": False,
        "required_when": None,
        "used_when": None,
        "forbidden_when": None,
        "cases": [],
        "recommended": None,
        "examples": [],
        "tuning": None,
        "aliases": [],
        "deprecated": None,
    }
    assert keys.keys() <= plain.keys()
    for key in ("required_when", "used_when", "forbidden_when"):
        if key in keys:
            keys[key] = {"text": keys[key], "tree": None}
    return {**plain, **keys}


def algorithm(*parameters: Json, context: tuple[Json, ...] = ()) -> Json:
    """An algorithm whose effects are decided in the order of its parameters."""
    return {
        "name": "example",
        "context": list(context),
        "parameters": list(parameters),
        "rules": [],
        "effect_order": [one["name"] for one in parameters],
    }
