"""An answer beside what a vector expects."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = Any
_LONGEST = 200
_STATE = ("state", "used", "reason", "value")


def differences(head: Mapping[str, Json], vector: Mapping[str, Json], answer: Mapping[str, Json]) -> Iterator[str]:
    """What an answer says otherwise than expected, a line each; what it does not speak of is not compared.

    Only ``valid`` must be there.
    """
    if answer.get("valid") is not vector["valid"]:
        yield f"valid is {_shown(answer.get('valid'))}, expected {_shown(vector['valid'])}"
    if "findings" in answer:
        told = answer["findings"]
        found = [_finding(one) for one in told] if isinstance(told, list) else told
        if found != vector["findings"]:
            yield f"findings are {_shown(found)}, expected {vector['findings']}"
    if "parameters" in answer:
        expected = {**head["parameters"], **vector["parameters"]}
        states = answer["parameters"] if isinstance(answer["parameters"], dict) else {}
        if list(states) != list(expected):
            yield f"parameters are {list(states)}, expected {list(expected)}"
        for name, state in expected.items():
            yield from _of_parameter(name, state, states.get(name))
    if "writes" in answer and vector["valid"]:
        written = vector["writes"] if "writes" in vector else vector["wire"]["config"]
        if answer["writes"] != written:
            yield f"writes {answer['writes']}, expected {written}"


def _finding(found: Json) -> list[Json]:
    return [found.get("code"), found.get("severity"), found.get("parameter")] if isinstance(found, dict) else [found]


def _of_parameter(name: str, expected: Json, found: Json) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"nothing is said of {name}"
        return
    for key, wanted in zip(_STATE, expected, strict=True):
        said = found.get(key)
        if key == "reason" and isinstance(said, str):
            said = said.partition(":")[0]
        if not same(said, wanted):
            yield f"{key} of {name} is {_shown(said)}, expected {_shown(wanted)}"


def same(left: Json, right: Json) -> bool:
    """Equality of JSON values: 1 is 1.0, but not true; a number is the double that its digits come nearest to."""
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if type(left) in (int, float) and type(right) in (int, float):
        return float(left) == float(right)
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def _shown(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
