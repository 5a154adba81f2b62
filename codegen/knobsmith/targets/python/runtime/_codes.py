"""The order of findings: phases, then context, hyperparameters and rules, then codes."""

from typing import Any

from ._state import Found, State
from .facts import Severity

NAMES, READING, DOMAIN, EFFECT, PRESENCE, NARROWING, RULES, ADVICE = range(1, 9)
UNKNOWN_NAMES, CONTEXT, PARAMETERS, CROSS_RULES = range(4)
# What findings call the context as a whole; a configuration as a whole has no name.
CONTEXT_NAME = "context"
_CODES = (
    *("unknown", "alias-conflict", "alias", "type", "values", "range", "multiple_of", "pattern", "length", "items"),
    *("unique", "increasing", "forbidden", "required", "case", "ignored", "deprecated", "open", "recommended"),
)
# Phase 6 speaks of cases before ranges, all others the other way round.
_RANKS = {code: rank for rank, code in enumerate(_CODES)}
_AFTER_CASE = len(_CODES)


def find(state: State, phase: int, name: str, code: str, severity: Severity = "error", detail: Any = None) -> None:
    """Note a finding about a hyperparameter, or about a fact of the context if the name says so."""
    facts = state.laws.facts
    rank = _AFTER_CASE if phase == NARROWING and code == "range" else _RANKS[code]
    if name in facts.parameters:
        place = (phase, PARAMETERS, state.laws.places[name], rank)
    else:
        place = (phase, CONTEXT, list(facts.context).index(name.removeprefix("context.")), rank)
    state.found += (Found(place, code, severity, name, detail),)
