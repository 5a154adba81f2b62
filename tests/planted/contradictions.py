"""Mistakes after which a spec contradicts itself, with the laws that must object."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.planted.places import Fact, Kind, Patch, ends, expressions, is_finite

IS_TEXT = re.compile(r'"([^"]*)"')
NAME = re.compile(r"[a-z]\w*")


def _numeric_default(fact: Fact) -> Iterator[Patch]:
    found, default = ends(fact.full.get("range")), fact.full.get("default")
    if found is None or not isinstance(default, (int, float)) or "special" in fact.full:
        return
    if is_finite(found.lower):
        yield {"default": int(float(found.lower)) - 1}
        if found.opening == "(":
            yield {"default": int(float(found.lower))}
    if is_finite(found.upper):
        yield {"default": int(float(found.upper)) + 1}
        if found.closing == ")":
            yield {"default": int(float(found.upper))}


def _chosen_default(fact: Fact) -> Iterator[Patch]:
    values, default = fact.full.get("values"), fact.full.get("default")
    if values and default is not None:
        yield {"default": f"{default}x" if isinstance(default, str) else 19}


def _default_of_another_type(fact: Fact) -> Iterator[Patch]:
    if "default" in fact.full:
        yield {"default": 3 if fact.full["type"] in ("string", "list", "boolean") else "many"}


def _no_default(fact: Fact) -> Iterator[Patch]:
    for key in ("default", "if_unset", "required"):
        if key in fact.full:
            yield {key: None}


def _default_beside_required(fact: Fact) -> Iterator[Patch]:
    if "default" in fact.full:
        yield {"required": True}


def _reversed_range(fact: Fact) -> Iterator[Patch]:
    found = ends(fact.full.get("range"))
    if found is not None and is_finite(found.lower) and is_finite(found.upper):
        yield {"range": str(replace(found, lower=found.upper, upper=found.lower))}


def _wide_tuning(fact: Fact) -> Iterator[Patch]:
    tuned, valid = ends((fact.full.get("tuning") or {}).get("range")), ends(fact.full.get("range"))
    if tuned is None or valid is None:
        return
    if is_finite(valid.lower):
        yield {"tuning": {"range": str(replace(tuned, opening="[", lower=str(int(float(valid.lower)) - 1)))}}
    if is_finite(valid.upper):
        yield {"tuning": {"range": str(replace(tuned, closing="]", upper=str(int(float(valid.upper)) + 1)))}}
    if valid.opening == "(":
        yield {"tuning": {"range": str(replace(tuned, opening="[", lower=valid.lower))}}
    if valid.closing == ")" and is_finite(valid.upper):
        yield {"tuning": {"range": str(replace(tuned, closing="]", upper=valid.upper))}}


def _endless_tuning(fact: Fact) -> Iterator[Patch]:
    tuned = ends((fact.full.get("tuning") or {}).get("range"))
    if tuned is not None:
        yield {"tuning": {"range": str(replace(tuned, closing=")", upper="inf"))}}


def _logarithm_of_zero(fact: Fact) -> Iterator[Patch]:
    tuned = ends((fact.full.get("tuning") or {}).get("range"))
    if tuned is not None and tuned.lower == "0" and tuned.opening == "[":
        yield {"tuning": {"scale": "log"}}


def _foreign_tuned_value(fact: Fact) -> Iterator[Patch]:
    values = (fact.full.get("tuning") or {}).get("values")
    if values and fact.full["type"] == "string":
        yield {"tuning": {"values": [*values, "newton"]}}


def _value_gone(fact: Fact, renamed: bool = False) -> Iterator[Patch]:
    """A value is removed, or renamed, that a default, a tuning space or a condition names."""
    values = fact.full.get("values")
    if not isinstance(values, dict):
        return
    named = {text for expression in expressions(fact.document) for text in IS_TEXT.findall(expression)}
    for value, doc in values.items():
        stated = [fact.full.get("default"), *((fact.full.get("tuning") or {}).get("values") or [])]
        if value in stated or (value in named and fact.section == "parameters"):
            yield {"values": {value: None, **({f"{value}x": doc} if renamed else {})}}


def _value_renamed(fact: Fact) -> Iterator[Patch]:
    yield from (
        patch for patch in _value_gone(fact, renamed=True) if not any(isinstance(v, int) for v in patch["values"])
    )


def _misspelt_name(key: str) -> Any:
    def plant(fact: Fact) -> Iterator[Patch]:
        text = fact.full.get(key)
        if text is not None:
            start = next(match for match in NAME.finditer(text) if match[0] not in ("has", "size", "context"))
            yield {key: f"{text[: start.start()]}{start[0]}q{text[start.end() :]}"}

    return plant


def _misspelt_text(key: str) -> Any:
    def plant(fact: Fact) -> Iterator[Patch]:
        text = fact.full.get(key)
        for match in IS_TEXT.finditer(text or ""):
            yield {key: f'{text[: match.start()]}"{match[1]}q"{text[match.end() :]}'}

    return plant


def _circle(fact: Fact) -> Iterator[Patch]:
    if "used_when" in fact.full:
        yield {"used_when": f"has({fact.name})"}


def _set(key: str, value: Any, among: str | None = None) -> Any:
    """States something wrong wherever a key stands."""

    def plant(fact: Fact) -> Iterator[Patch]:
        if (key if among is None else among) in fact.full:
            yield {key: value}

    return plant


def _foreign_wire(fact: Fact) -> Iterator[Patch]:
    if "wire" in fact.full:
        yield {"wire": "comma" if fact.full["type"] == "boolean" else "True/False"}


def _one_token(fact: Fact) -> Iterator[Patch]:
    if fact.full.get("type") == "boolean" and "wire" in fact.full:
        yield {"wire": "1/1"}


def _recommended_elsewhere(fact: Fact) -> Iterator[Patch]:
    if isinstance(fact.full.get("recommended"), list):
        yield {"recommended": [1, *fact.full["recommended"]]}


def _wide_case(fact: Fact) -> Iterator[Patch]:
    for index, case in enumerate(fact.full.get("cases") or ()):
        if "values" in case:
            foreign = "speed" if isinstance(case["values"][0], str) else 19
            cases = list(fact.full["cases"])
            cases[index] = {**case, "values": [*case["values"], foreign]}
            yield {"cases": cases}


def _misspelt_key(fact: Fact) -> Iterator[Patch]:
    for key in fact.own:
        if key != "use":
            yield {key: None, f"{key}q": fact.own[key]} if fact.section else {f"{key}q": fact.own[key]}


def _clashing_alias(fact: Fact) -> Iterator[Patch]:
    if fact.file == fact.algorithm:
        yield {"aliases": [next(name for name in fact.document["parameters"] if name != fact.name)]}


def _foreign_example(fact: Fact) -> Iterator[Patch]:
    found = ends(fact.full.get("range"))
    if found is not None and is_finite(found.lower):
        yield {"examples": [int(float(found.lower)) - 1]}


def _readable_word(fact: Fact) -> Iterator[Patch]:
    if fact.full["type"] == "boolean":
        yield {"special": {fact.full["wire"].split("/")[0]: "The service decides."}}


def _foreign_facet(fact: Fact) -> Iterator[Patch]:
    yield {"pattern": "^a$"} if fact.full["type"] != "string" else {"range": "[0, 1]"}


def _end_that_is_no_name(fact: Fact) -> Iterator[Patch]:
    found = ends(fact.full.get("range"))
    if found is not None and found.upper.isidentifier() and found.upper != "inf":
        yield {"range": str(replace(found, upper=f"{found.upper}q"))}


def _end_that_is_itself(fact: Fact) -> Iterator[Patch]:
    found = ends(fact.full.get("range"))
    if found is not None and is_finite(found.lower):
        yield {"range": str(replace(found, upper=fact.name, closing="]"))}


def _two_groups(fact: Fact) -> Iterator[Patch]:
    if "pattern" in fact.full:
        yield {"pattern": f"({fact.full['pattern']})"}


def _other_line(fact: Fact) -> Iterator[Patch]:
    if "example" in fact.full:
        yield {"example": "a line of another program"}


def _entry_gone(section: str) -> Any:
    """An entry is removed that others name."""

    def plant(fact: Fact) -> Iterator[Patch]:
        entries = fact.own.get(section) or {}
        if fact.file.startswith("algorithms/"):
            yield from ({section: {name: None}} for name in entries if _is_named(fact, section, name))

    return plant


def _is_named(fact: Fact, section: str, name: str) -> bool:
    """Whether the text of the file, declarations aside, names the entry for certain."""
    texts = [*expressions(fact.document)]
    own = fact.document.get("parameters", {}).values()
    if section == "groups":
        return any(entry.get("group") == name for entry in own)
    if section == "context":
        return any(f"context.{name}" in text for text in texts)
    return any(re.search(rf"(?<![\w.\"-]){re.escape(name)}(?![\w\"-])", text) for text in texts)


def _laws(*codes: str) -> frozenset[str]:
    return frozenset(codes)


CONTRADICTIONS: dict[str, Kind] = {
    "a default outside the range": Kind("parameters", _numeric_default, _laws("KS101")),
    "a default that is no value": Kind("parameters", _chosen_default, _laws("KS101")),
    "a default of another type": Kind("parameters", _default_of_another_type, _laws("KS033")),
    "neither required, nor default, nor prose": Kind("parameters", _no_default, _laws("KS103")),
    "a default beside required": Kind("parameters", _default_beside_required, _laws("KS102")),
    "a range that ends before it begins": Kind("parameters", _reversed_range, _laws("KS105")),
    "tuning beyond the valid range": Kind("parameters", _wide_tuning, _laws("KS113")),
    "tuning without end": Kind("parameters", _endless_tuning, _laws("KS114")),
    "a logarithmic scale from zero": Kind("parameters", _logarithm_of_zero, _laws("KS120")),
    "a tuned value that is none": Kind("parameters", _foreign_tuned_value, _laws("KS113")),
    "a value removed that something names": Kind("parameters", _value_gone, _laws("KS101", "KS113", "KS035")),
    "a value renamed that something names": Kind("parameters", _value_renamed, _laws("KS101", "KS113", "KS035")),
    "a misspelt name in used_when": Kind("parameters", _misspelt_name("used_when"), _laws("KS030")),
    "a misspelt name in required_when": Kind("parameters", _misspelt_name("required_when"), _laws("KS030", "KS031")),
    "a misspelt value in used_when": Kind("parameters", _misspelt_text("used_when"), _laws("KS035")),
    "a misspelt value in required_when": Kind("parameters", _misspelt_text("required_when"), _laws("KS035")),
    "a number as used_when": Kind("parameters", _set("used_when", "1 + 1"), _laws("KS031")),
    "a used_when that hangs on itself": Kind("parameters", _circle, _laws("KS032")),
    "an unknown group": Kind("parameters", _set("group", "nowhere"), _laws("KS030")),
    "an unknown source": Kind("parameters", _set("source", "nowhere"), _laws("KS030")),
    "an unknown implied key": Kind("parameters", _set("implied", ["tuning_when"]), _laws("KS030", "KS010", "KS011")),
    "a wire form of another type": Kind("parameters", _foreign_wire, _laws("KS023")),
    "one token for true and false": Kind("parameters", _one_token, _laws("KS023")),
    "an example outside the domain": Kind("parameters", _foreign_example, _laws("KS108")),
    "advice outside the domain": Kind("parameters", _recommended_elsewhere, _laws("KS107")),
    "a case wider than the parameter": Kind("parameters", _wide_case, _laws("KS106")),
    "a misspelt key": Kind("parameters", _misspelt_key, _laws("KS010")),
    "a misspelt key of a rule": Kind("rules", _misspelt_key, _laws("KS010")),
    "a misspelt key of a metric": Kind("metrics", _misspelt_key, _laws("KS010")),
    "a misspelt section": Kind("", _misspelt_key, _laws("KS010")),
    "a parameter without prose": Kind("parameters", _set("doc", None, "doc"), _laws("KS012")),
    "an alias that is another name": Kind("parameters", _clashing_alias, _laws("KS034")),
    "a facet of another type": Kind("parameters", _foreign_facet, _laws("KS037")),
    "another type": Kind("parameters", _set("type", "boolean", "range"), _laws("KS037")),
    "a type that is none": Kind("parameters", _set("type", "float", "type"), _laws("KS011")),
    "an end that names nothing": Kind("parameters", _end_that_is_no_name, _laws("KS030")),
    "an end that is the parameter itself": Kind("parameters", _end_that_is_itself, _laws("KS104")),
    "a shared entry that is none": Kind("parameters", _set("use", "optimizers/nothing", "use"), _laws("KS017")),
    "an impact that is none": Kind("parameters", _set("tuning", {"impact": "highest"}), _laws("KS011")),
    "a word that reads as a value": Kind("parameters", _readable_word, _laws("KS109")),
    "a rule that names nothing": Kind("rules", _misspelt_name("require"), _laws("KS030")),
    "a condition of a rule that names nothing": Kind("rules", _misspelt_name("when"), _laws("KS030")),
    "a rule that is a number": Kind("rules", _set("require", "1 + 1"), _laws("KS031")),
    "a misspelt value in a rule": Kind("rules", _misspelt_text("require"), _laws("KS035")),
    "a rule without message": Kind("rules", _set("message", None), _laws("KS012")),
    "a severity that is none": Kind("rules", _set("severity", "fatal"), _laws("KS011")),
    "a metric with two numbers": Kind("metrics", _two_groups, _laws("KS131")),
    "a metric that misses its line": Kind("metrics", _other_line, _laws("KS130")),
    "a pattern of another dialect": Kind("metrics", _set("pattern", "(?=a)(b)"), _laws("KS022")),
    "a direction that is none": Kind("metrics", _set("direction", "up"), _laws("KS011")),
    "nothing to tune for": Kind("metrics", _set("objective", False, "direction"), _laws("KS132")),
    "a group removed that has members": Kind("", _entry_gone("groups"), _laws("KS030")),
    "a fact of the job removed that is read": Kind("", _entry_gone("context"), _laws("KS030")),
    "a parameter removed that is read": Kind("", _entry_gone("parameters"), _laws("KS030")),
    "another name than the file's": Kind("", _set("algorithm", "other"), _laws("KS014")),
    "another language": Kind("", _set("knobsmith", 2), _laws("KS013")),
    "an algorithm without title": Kind("", _set("title", None), _laws("KS012")),
}
