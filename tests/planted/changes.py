"""Mistakes that leave a spec whole and make it say something else, with the targets whose files must then change."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.planted.places import Fact, Kind, Patch, ends, is_finite

# A schema carries no tuning, no advice, no metrics, and of conditions those that it can say; see its own tests.
ALL = frozenset(("catalog", "docs", "jsonschema", "python"))
BUT_SCHEMAS = ALL - {"jsonschema"}
TUNERS = frozenset(("optuna", "ray"))
PAGES = frozenset(("catalog", "docs"))


def _other_default(fact: Fact) -> Iterator[Patch]:
    default, found = fact.full.get("default"), ends(fact.full.get("range"))
    if isinstance(default, bool) and fact.full["type"] == "boolean":
        yield {"default": not default}
    elif fact.full.get("values") and default is not None:
        yield {"default": next(value for value in fact.full["values"] if value != default)}
    elif found is not None and isinstance(default, (int, float)):
        yield {"default": 1 if default != 1 and found.closing == "]" else default + 1 if found.upper == "inf" else 0.25}


def _other_end(fact: Fact) -> Iterator[Patch]:
    """The valid range is wider than it should be, so nothing contradicts it."""
    found = ends(fact.full.get("range"))
    if found is None:
        return
    if is_finite(found.lower):
        yield {"range": str(replace(found, lower=str(int(float(found.lower)) - 1)))}
    if is_finite(found.upper):
        yield {"range": str(replace(found, upper=str(int(float(found.upper)) + 1)))}


def _other_bracket(fact: Fact) -> Iterator[Patch]:
    found = ends(fact.full.get("range"))
    if found is None:
        return
    if is_finite(found.lower):
        yield {"range": str(replace(found, opening="[" if found.opening == "(" else "("))}
    if is_finite(found.upper):
        yield {"range": str(replace(found, closing="]" if found.closing == ")" else ")"))}


def _more_values(fact: Fact) -> Iterator[Patch]:
    values = fact.full.get("values")
    if isinstance(values, dict):
        yield {"values": {"another" if isinstance(next(iter(values)), str) else 18_000: "Another one."}}


def _fewer_values(fact: Fact) -> Iterator[Patch]:
    for value in fact.full.get("values") or ():
        yield {"values": {value: None}}


def _value_in_other_words(fact: Fact) -> Iterator[Patch]:
    for value in fact.full.get("values") or ():
        yield {"values": {value: "Something else."}}


def _negated(key: str) -> Any:
    def plant(fact: Fact) -> Iterator[Patch]:
        if key in fact.full:
            yield {key: f"!({fact.full[key]})"}

    return plant


def _dropped(*keys: str) -> Any:
    def plant(fact: Fact) -> Iterator[Patch]:
        yield from ({key: None} for key in keys if key in fact.full)

    return plant


def _set(key: str, value: Any) -> Any:
    def plant(fact: Fact) -> Iterator[Patch]:
        if fact.full.get(key, value) != value:
            yield {key: value}

    return plant


def _narrow_tuning(fact: Fact) -> Iterator[Patch]:
    found = ends((fact.full.get("tuning") or {}).get("range"))
    if found is not None:
        yield {"tuning": {"range": str(replace(found, opening="(" if found.opening == "[" else "["))}}
        yield {"tuning": {"range": str(replace(found, upper="0.3" if float(found.upper) <= 1 else "17"))}}


def _fewer_tuned(fact: Fact) -> Iterator[Patch]:
    values = (fact.full.get("tuning") or {}).get("values") or ()
    yield from ({"tuning": {"values": [one for one in values if one != gone]}} for gone in values)


def _other_impact(fact: Fact) -> Iterator[Patch]:
    tuning = fact.full.get("tuning")
    if tuning:
        yield {"tuning": {"impact": "low"}}


def _other_scale(fact: Fact) -> Iterator[Patch]:
    if "range" in (fact.full.get("tuning") or {}):
        yield {"tuning": {"scale": "linear"}}


def _other_wire(fact: Fact) -> Iterator[Patch]:
    if "wire" in fact.full:
        yield {"wire": "yes/no" if fact.full["type"] == "boolean" else "space"}


def _optional(fact: Fact) -> Iterator[Patch]:
    if fact.full.get("required"):
        yield {"required": None, "if_unset": "the service guesses"}


def _compulsory(fact: Fact) -> Iterator[Patch]:
    if "if_unset" in fact.full and "required_when" not in fact.full:
        yield {"if_unset": None, "required": True}


def _case_gone(fact: Fact) -> Iterator[Patch]:
    cases = fact.full.get("cases") or []
    yield from ({"cases": [case for case in cases if case is not gone] or None} for gone in cases)


def _case_negated(fact: Fact) -> Iterator[Patch]:
    cases = fact.full.get("cases") or []
    for index, case in enumerate(cases):
        yield {"cases": [*cases[:index], {**case, "when": f"!({case['when']})"}, *cases[index + 1 :]]}


def _other_operator(fact: Fact) -> Iterator[Patch]:
    text = fact.full["require"]
    for before, after in ((" < ", " <= "), (" > ", " >= "), (" <= ", " < "), (" >= ", " > "), (" == ", " != ")):
        if before in text:
            yield {"require": text.replace(before, after, 1)}
    for before, after in ((" && ", " || "), (" || ", " && ")):
        if before in text:
            yield {"require": text.replace(before, after, 1)}


def _other_severity(fact: Fact) -> Iterator[Patch]:
    yield {"severity": "error" if "severity" in fact.full else "warning"}


def _other_items(fact: Fact) -> Iterator[Patch]:
    if "items" in fact.full:
        yield {"items": {"range": "[2, inf)"}}


def _other_direction(fact: Fact) -> Iterator[Patch]:
    yield {"direction": "minimize"}


def _rule_gone(section: str) -> Any:
    def plant(fact: Fact) -> Iterator[Patch]:
        if fact.file.startswith("algorithms/"):
            yield from ({section: {name: None}} for name in fact.own[section])

    return plant


def _other_pattern(fact: Fact) -> Iterator[Patch]:
    if "pattern" in fact.full:
        yield {"pattern": f".*{fact.full['pattern']}"}


CHANGES: dict[str, Kind] = {
    "another default": Kind("parameters", _other_default, targets=ALL),
    "another end": Kind("parameters", _other_end, targets=ALL),
    "an end opened or closed": Kind("parameters", _other_bracket, targets=ALL),
    "an end of a fact of the job": Kind("context", _other_end, targets=BUT_SCHEMAS),
    "one value more": Kind("parameters", _more_values, targets=ALL),
    "one value less": Kind("parameters", _fewer_values, targets=ALL),
    "a value in other words": Kind("parameters", _value_in_other_words, targets=ALL),
    "a negated used_when": Kind("parameters", _negated("used_when"), targets=ALL),
    "a negated required_when": Kind("parameters", _negated("required_when"), targets=BUT_SCHEMAS),
    "no condition": Kind("parameters", _dropped("used_when", "required_when"), targets=BUT_SCHEMAS),
    "a negated condition of a group": Kind("groups", _negated("used_when"), targets=ALL),
    "no condition of a group": Kind("groups", _dropped("used_when"), targets=ALL),
    "another title of a group": Kind("groups", _set("title", "Other"), targets=PAGES),
    "a narrower tuning range": Kind("parameters", _narrow_tuning, targets=BUT_SCHEMAS | TUNERS),
    "no tuning": Kind("parameters", _dropped("tuning"), targets=BUT_SCHEMAS | TUNERS),
    "one tuned value less": Kind("parameters", _fewer_tuned, targets=BUT_SCHEMAS | TUNERS),
    "another impact": Kind("parameters", _other_impact, targets=BUT_SCHEMAS),
    "another scale": Kind("parameters", _other_scale, targets=BUT_SCHEMAS),
    "another precision": Kind("parameters", _dropped("precision"), targets=BUT_SCHEMAS),
    "another wire form": Kind("parameters", _other_wire, targets=BUT_SCHEMAS),
    "optional instead of required": Kind("parameters", _optional, targets=ALL),
    "required instead of optional": Kind("parameters", _compulsory, targets=ALL),
    "no case": Kind("parameters", _case_gone, targets=BUT_SCHEMAS),
    "a negated case": Kind("parameters", _case_negated, targets=BUT_SCHEMAS),
    "no bound on a length, no order, no advice": Kind(
        "parameters", _dropped("length", "increasing", "recommended"), targets=BUT_SCHEMAS
    ),
    "no meaning of a special value": Kind("parameters", _dropped("special"), targets=ALL),
    "no alias": Kind("parameters", _dropped("aliases"), targets=ALL),
    "other items": Kind("parameters", _other_items, targets=ALL),
    "another unit": Kind("parameters", _set("unit", "furlongs"), targets=PAGES),
    "other prose": Kind("parameters", _set("doc", "Something else."), targets=ALL),
    "other prose about nothing": Kind("parameters", _set("if_unset", "nobody knows"), targets=PAGES),
    "no notes, no errata": Kind("parameters", _dropped("notes", "errata"), targets=PAGES),
    "another operator": Kind("rules", _other_operator, targets=BUT_SCHEMAS),
    "a negated demand": Kind("rules", _negated("require"), targets=BUT_SCHEMAS),
    "a negated condition of a rule": Kind("rules", _negated("when"), targets=BUT_SCHEMAS),
    "another severity": Kind("rules", _other_severity, targets=BUT_SCHEMAS),
    "another message": Kind("rules", _set("message", "it is broken"), targets=BUT_SCHEMAS),
    "no rule": Kind("", _rule_gone("rules"), targets=BUT_SCHEMAS),
    "no parameter": Kind("", _rule_gone("parameters"), targets=ALL),
    "another direction": Kind("metrics", _other_direction, targets=BUT_SCHEMAS),
    "another pattern of a metric": Kind("metrics", _other_pattern, targets=BUT_SCHEMAS),
    "another title": Kind("", _set("title", "Other"), targets=ALL),
    "another source": Kind("sources", _set("title", "Other"), targets=PAGES),
}
