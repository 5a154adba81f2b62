"""Conditions as text: where they may be broken, joined and turned round."""

import re
from collections.abc import Sequence

from knobsmith.targets.source_text import INDENT, WIDTH

# A string, or a bracket, or anything else up to the next of these.
_PIECE = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[()\[\]{}]|[^"'()\[\]{}]+""")
_JOINT = re.compile(r" (?=(?:and|or) )")
_ONE_SIDED = re.compile(r"(\S+) (<|<=|>|>=) (\S+)")
_TURNED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_OPPOSITE = {" in ": " not in ", " == ": " != ", " is ": " is not "}


def both(parts: Sequence[str]) -> str:
    """Conditions that must all hold."""
    if "False" in parts:
        return "False"
    kept = [part for part in parts if part != "True"]
    if len(kept) == 1:
        return kept[0]
    return " and ".join(f"({part})" if _is_joined(part, "or") else part for part in kept) or "True"


def either(parts: Sequence[str]) -> str:
    """Conditions of which one must hold."""
    possible = [part for part in dict.fromkeys(parts) if part != "False"]
    return "True" if "True" in possible else " or ".join(possible) or "False"


def negated(test: str) -> str:
    """The opposite of a condition."""
    if test in ("True", "False"):
        return "False" if test == "True" else "True"
    if len(joints(test)) > 1:
        return f"not ({test})"
    if one_sided := _ONE_SIDED.fullmatch(test):
        left, operator, right = one_sided.groups()
        return f"{left} {_TURNED[operator]} {right}"
    subject, space, rest = test.partition(" ")
    for operator, opposite in _OPPOSITE.items():
        if f"{space}{rest}".startswith(operator) and not rest.startswith("is not "):
            return f"{subject}{opposite}{rest.removeprefix(operator.lstrip())}"
    return f"not {test}"


def broken(before: str, condition: str, after: str, margin: str) -> list[str]:
    """A condition with what stands around it, broken into lines before `and` and `or` if it is long."""
    line = f"{margin}{before}{condition}{after}"
    if len(line) <= WIDTH:
        return [line]
    return [f"{margin}{before}(", *(f"{margin}{INDENT}{part}" for part in joints(condition)), f"{margin}){after}"]


def joints(condition: str) -> list[str]:
    """The parts of a condition, each but the first with the `and` or `or` before it."""
    depth, parts = 0, [""]
    for piece in _PIECE.findall(condition):
        if piece in "([{":
            depth += 1
        elif piece in ")]}":
            depth -= 1
        elif depth == 0 and piece[0] not in "\"'":
            first, *rest = _JOINT.split(piece)
            parts[-1] += first
            parts.extend(rest)
            continue
        parts[-1] += piece
    return parts


def _is_joined(condition: str, word: str) -> bool:
    return any(part.startswith(f"{word} ") for part in joints(condition)[1:])
