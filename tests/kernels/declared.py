"""What the spec declares of the kernels, from the generated catalogue."""

import json
from functools import cache
from pathlib import Path
from typing import Any

CATALOG = Path(__file__).parents[2] / "generated" / "catalog" / "kernels.json"
Function = dict[str, Any]
Scalar = dict[str, Any]


@cache
def functions() -> dict[str, Function]:
    return {function["name"]: function for function in json.loads(CATALOG.read_text())["kernels"]}


def steps() -> list[str]:
    """Functions that update weights."""
    return [name for name in functions() if name.endswith("_step")]


def hazards(function: str) -> dict[str, str]:
    """The messages of a function's warning rules, by the rules' names."""
    rules = functions()[function]["rules"]
    return {rule["name"]: rule["message"] for rule in rules if rule["severity"] == "warning"}


def bounds(scalar: Scalar) -> tuple[float | None, float | None] | None:
    """Ends of a scalar's range, None for an open side; None where it has no range at all."""
    stated = scalar["domain"]["range"]
    if stated is None:
        return None
    (interval,) = stated["intervals"]
    return interval["lower"]["value"], interval["upper"]["value"]


def is_open_at_bottom(scalar: Scalar) -> bool:
    return not scalar["domain"]["range"]["intervals"][0]["lower"]["closed"]


def states(function: str) -> list[str]:
    """Arrays that an update reads and writes beside the weight and its master."""
    tensors = functions()[function]["tensors"]
    return [each["name"] for each in tensors if each["access"] == "inout" and each["name"] not in ("weight", "master")]


def needed_states(function: str, scalars: dict[str, Any]) -> list[str]:
    """The states without those that these scalars make needless."""
    needless = set()
    if "momentum" in scalars and not scalars["momentum"] > 0:
        needless.add("velocity")
    if "centered" in scalars and not scalars["centered"]:
        needless.add("mean")
    return [name for name in states(function) if name not in needless]
