"""A schema beside the verdicts it claims to foresee."""

import json
import math
from typing import Any

import jsonschema_rs
from knobsmith.model.base import as_json
from knobsmith.model.catalog import Algorithm
from knobsmith.targets.jsonschema import algorithm_schema

from tests.independent import verdict

Json = Any


class Foreseen:
    """An algorithm's schema and its verdicts without context.

    The law: what a verdict accepts the schema accepts; what has an error that the schema does not list as lost it
    refuses.
    """

    def __init__(self, algorithm: Algorithm) -> None:
        self.published = as_json(algorithm)
        self.schema: Json = json.loads(json.dumps(algorithm_schema(algorithm)))
        jsonschema_rs.meta.validate(self.schema)
        self._validator = jsonschema_rs.validator_for(self.schema)
        lost = self.schema["x-knobsmith"]["not_carried"]
        self.lost = {(loss["code"], loss["parameter"]) for loss in lost}
        self._lost_rules = {loss["code"] for loss in lost if loss["parameter"] is None}

    def accepts(self, config: Json) -> bool:
        """What the schema says."""
        return bool(self._validator.is_valid(config))

    def complaint(self, config: Json) -> str | None:
        """What the schema says otherwise than the verdict, where it claims not to."""
        found = verdict(self.published, config, {}, "native")
        errors = [finding for finding in found["findings"] if finding["severity"] == "error"]
        accepted = self.accepts(config)
        if not errors and not accepted:
            reasons = [error.message for error in self._validator.iter_errors(config)]
            return f"refuses what is valid: {reasons}"
        surely = [error for error in errors if not self._is_lost(error)]
        if surely and accepted:
            return f"accepts what has {surely}"
        return None

    def _is_lost(self, error: Json) -> bool:
        return (error["code"], error["parameter"]) in self.lost or error["code"] in self._lost_rules


def is_json(value: Json) -> bool:
    """Whether a value can be handed to a validator at all: finite, of Unicode, and of a size that it reads."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) < 2**63
    if isinstance(value, str):
        return not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, dict):
        return all(map(is_json, value.values()))
    return all(map(is_json, value)) if isinstance(value, list) else True
