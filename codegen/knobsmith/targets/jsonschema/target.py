"""Renders a schema for each algorithm, and one for each kind of spec file."""

from collections.abc import Iterator
from typing import Any

from knobsmith.expr.prose import prose, value_prose
from knobsmith.model.base import json_value
from knobsmith.model.catalog import Algorithm, Catalog, Parameter
from knobsmith.model.spec import spec_schemas
from knobsmith.targets.base import Options, OutputFile, carried, dropped, partial
from knobsmith.targets.json_text import json_text
from knobsmith.targets.jsonschema.checks import Check, Loss, checks
from knobsmith.targets.jsonschema.domains import domain_schema, losses
from knobsmith.targets.jsonschema.schemas import Schema, any_of
from knobsmith.targets.jsonschema.states import States, is_nullable

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WEIGHED = "what weighs two hyperparameters against each other is checked where one of them is listed or absent"


class JsonSchemaTarget:
    """Schemas of native configurations; each lists what it cannot carry under ``x-knobsmith``."""

    name = "jsonschema"
    fidelity = carried(
        named_range=partial(_WEIGHED),
        precision=dropped("a schema does not know float formats"),
        fields=partial("their number, not their names"),
        unique=partial("a value and its alias are two items to a schema"),
        increasing=dropped("no keyword compares the items of an array"),
        wire=dropped("a schema describes native values"),
        computed_default=partial("a default that is computed from others is not shown"),
        required_when=partial(_WEIGHED),
        forbidden_when=partial(_WEIGHED),
        cases=partial(_WEIGHED),
        rules=partial(_WEIGHED + "; warnings are no errors and are left out"),
        context=partial("a schema sees no job: its facts stand at their default, or are unknown"),
        used_when=partial("an ignored value is valid, so a schema only notes the condition"),
        group=dropped("properties stand side by side"),
        deprecated=partial("deprecated values are not marked"),
        recommended=dropped("advice is no error"),
        tuning=dropped("a schema says what is valid"),
        metrics=dropped("a schema says what is valid"),
        provenance=dropped("a schema says what is valid"),
    )

    def render(self, catalog: Catalog, options: Options) -> Iterator[OutputFile]:
        """A schema for each algorithm, then those of the spec files."""
        for algorithm in catalog.algorithms:
            yield OutputFile(f"jsonschema/{algorithm.name}.schema.json", json_text(algorithm_schema(algorithm)))
        for kind, schema in spec_schemas().items():
            yield OutputFile(f"jsonschema/spec/{kind}.schema.json", json_text(schema))


TARGET = JsonSchemaTarget()


def algorithm_schema(algorithm: Algorithm) -> dict[str, Any]:
    """The schema of an algorithm's native configurations, keyed by the names on the wire."""
    states = States(algorithm)
    found = list(checks(algorithm, states))
    always = [name for check in found for name in _always_required(check)]
    conditional = [check.fragment() for check in found if not _always_required(check)]
    lost = [*(loss for p in algorithm.parameters for loss in _domain_losses(p)), *_all_losses(found)]
    schema: dict[str, Any] = {
        "$schema": DIALECT,
        "title": algorithm.title,
        "description": algorithm.doc,
        "type": "object",
        "properties": dict(_properties(algorithm)),
        "required": always,
        "additionalProperties": False,
        "allOf": [fragment for fragment in conditional if fragment is not None],
        "x-knobsmith": _claims(algorithm, lost),
    }
    return {key: value for key, value in schema.items() if value != [] or key == "x-knobsmith"}


def _always_required(check: Check) -> list[str]:
    is_plain = isinstance(check.schema, dict) and set(check.schema) == {"required"}
    return list(check.schema["required"]) if is_plain and isinstance(check.schema, dict) else []


def _properties(algorithm: Algorithm) -> Iterator[tuple[str, dict[str, Any]]]:
    for parameter in algorithm.parameters:
        yield parameter.name, _property(parameter)
        for alias in parameter.aliases:
            about = f"Another name of {parameter.name}."
            yield alias, {"$ref": f"#/properties/{parameter.name}", "deprecated": True, "description": about}


def _property(parameter: Parameter) -> dict[str, Any]:
    schema = domain_schema(parameter.domain)
    if is_nullable(parameter):
        schema = _nullable(schema)
    about: dict[str, Any] = {"description": _description(parameter)}
    if parameter.default is not None and parameter.default.value is not None:
        about["default"] = json_value(parameter.default.value)
    if parameter.examples:
        about["examples"] = [json_value(example) for example in parameter.examples]
    if parameter.deprecated is not None:
        about["deprecated"] = True
    body = schema if isinstance(schema, dict) else {}
    # A value may be described as well; beside the parameter's description that stands apart.
    return {"allOf": [body], **about} if "description" in body else {**body, **about}


def _nullable(schema: Schema) -> Schema:
    """Accepts null as well: it says that the parameter is unset."""
    if isinstance(schema, dict) and isinstance(schema.get("type"), str):
        widened = {**schema, "type": [schema["type"], "null"]}
        if "enum" in schema:
            widened["enum"] = [*schema["enum"], None]
        if "enumDescriptions" in schema:
            widened["enumDescriptions"] = [*schema["enumDescriptions"], "Unset."]
        return any_of(schema, {"type": "null"}) if "const" in schema else widened
    return any_of(schema, {"type": "null"})


def _description(parameter: Parameter) -> str:
    parts = [parameter.doc.strip()]
    if parameter.unit:
        parts.append(f"Unit: {parameter.unit}.")
    if parameter.default is not None and parameter.default.expr is not None:
        parts.append(f"Default: {value_prose(parameter.default.expr)}.")
    if parameter.if_unset:
        parts.append(f"If unset: {parameter.if_unset}.")
    if parameter.used_when is not None:
        parts.append(f"Used when {prose(parameter.used_when)}; otherwise ignored.")
    if parameter.deprecated is not None:
        parts.extend(filter(None, [parameter.deprecated.reason]))
    return " ".join(parts)


def _claims(algorithm: Algorithm, lost: list[Loss]) -> dict[str, Any]:
    facts = {fact.name: json_value(fact.default) for fact in algorithm.context if fact.default is not None}
    return {
        "algorithm": algorithm.name,
        "form": "native",
        "exact": not lost,
        "not_carried": [
            {
                "code": loss.code,
                "parameter": loss.subject,
                "fidelity": "partial" if loss.carried else "dropped",
                "because": loss.because,
            }
            for loss in lost
        ],
        "context": {"assumed": facts, "unknown": [f.name for f in algorithm.context if f.default is None]},
    }


def _domain_losses(parameter: Parameter) -> Iterator[Loss]:
    for code, because in losses(parameter.domain):
        yield Loss(code, parameter.name, False, because)


def _all_losses(found: list[Check]) -> list[Loss]:
    return list(dict.fromkeys(loss for check in found for loss in check.losses))
