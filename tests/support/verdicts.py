"""Verdicts as plain JSON, and what is different between two of them."""

from collections.abc import Mapping
from typing import Any

Json = Any

REASONS = ("ignored", "forbidden", "not judged")


def kind_of_reason(reason: str | None) -> str | None:
    """The leading word of a reason: ``ignored: `optimizer` is `sgd` ...`` is "ignored"."""
    if reason is None:
        return None
    kind = reason.split(":")[0]
    assert kind in REASONS, f"{reason!r} starts with none of {REASONS}"
    return kind


def same_json(left: Json, right: Json) -> bool:
    """Equality of JSON values: ``1`` and ``1.0`` are equal, ``1`` and ``true`` are not, nor ``NaN`` and anything."""
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(map(same_json, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return left == right
    return type(left) is type(right) and bool(left == right)


def same_texts(left: Mapping[str, str] | None, right: Mapping[str, str] | None) -> bool:
    """Whether the same is written in the same order, or nothing can be."""
    return left == right and list(left or ()) == list(right or ())


def differences(expected: Mapping[str, Json], found: Mapping[str, Json], *, is_partial: bool = False) -> list[str]:
    """What a verdict says otherwise than expected, one line each.

    Of a finding, ``message`` and ``help`` count only where they are expected. A reason is expected in full or by its
    leading word. With ``is_partial`` only those parameters count that are expected.
    """
    lines = []
    if found["valid"] is not expected["valid"]:
        lines.append(f"valid is {found['valid']}")
    lines += _finding_differences(expected["findings"], found["findings"])
    names, found_names = list(expected["parameters"]), list(found["parameters"])
    if names != found_names and not is_partial:
        lines.append(f"parameters are {found_names}, expected {names}")
    for name in names:
        lines += _state_differences(name, expected["parameters"][name], found["parameters"].get(name))
    return lines


def _finding_differences(expected: list[Json], found: list[Json]) -> list[str]:
    required = {"code", "severity", "parameter"}
    for finding in expected:
        assert required <= finding.keys() <= required | {"message", "help"}, f"{finding} is no finding"
    if len(expected) != len(found) or any(
        wanted[key] != got.get(key) for wanted, got in zip(expected, found, strict=True) for key in wanted
    ):
        return [f"findings are {[_short(f) for f in found]}, expected {[_short(f) for f in expected]}"]
    return []


def _short(finding: Json) -> str:
    message = f": {finding['message']}" if finding.get("message") else ""
    return f"{finding['code']} ({finding['severity']}) of {finding['parameter']}{message}"


def _state_differences(name: str, expected: Json, found: Json | None) -> list[str]:
    assert expected.keys() == {"state", "used", "reason", "value"}, f"{name}: {expected} is no state"
    if found is None:
        return [f"{name} is missing"]
    reason = expected["reason"]
    found_reason = kind_of_reason(found["reason"]) if reason in REASONS else found["reason"]
    agrees = {
        "state": found["state"] == expected["state"],
        "used": found["used"] is expected["used"],
        "reason": found_reason == reason,
        "value": same_json(found["value"], expected["value"]),
    }
    return [f"{name}.{key} is {found[key]!r}, expected {expected[key]!r}" for key in agrees if not agrees[key]]
