# Part of every package that `knobsmith generate` writes; do not edit.
"""What a verdict says of each hyperparameter, worked out when somebody asks."""

from collections.abc import Iterator
from typing import Any

from ._state import FORBIDDEN, UNKNOWN, State
from ._wording import values_read
from .facts import Parameter
from .findings import ParameterState


def parameter_states(state: State) -> Iterator[tuple[str, ParameterState]]:
    """The state of each hyperparameter, in the order of the documentation."""
    for name, parameter in state.laws.facts.parameters.items():
        if name in state.given:
            origin, value = "given", state.given[name]
        else:
            value = state.default_of(name)
            origin = "unset" if value is None else "default"
        used = state.unused.get(name, UNKNOWN) is UNKNOWN
        reason = _reason(state, parameter, value is UNKNOWN)
        yield name, ParameterState(origin, used, reason, None if value is UNKNOWN else value)  # type: ignore[arg-type]


def values_in_effect(state: State) -> dict[str, Any]:
    """What each hyperparameter is; None for no value, or for a default that hangs on what is not known."""
    given, values = state.given, {}
    for name in state.laws.facts.parameters:
        value = given[name] if name in given else state.default_of(name)
        values[name] = None if value is UNKNOWN else value
    return values


def _reason(state: State, parameter: Parameter, unknown_default: bool) -> str | None:
    """Why a hyperparameter is not used or not judged; None if it is both."""
    name = parameter.name
    unused = state.unused.get(name, name)
    if unused is FORBIDDEN and parameter.forbidden_when is not None:
        facts = values_read(state, parameter.forbidden_when.reads)
        condition = parameter.forbidden_when
        return f"forbidden: {facts}; not allowed when {condition.afterwards or condition.prose}"
    if unused is None and parameter.used_when is not None:
        facts = values_read(state, parameter.used_when.reads)
        return f"ignored: {facts}; used when {parameter.used_when.afterwards or parameter.used_when.prose}"
    if name in state.failed:
        return "not judged: it has an error"
    if unused is UNKNOWN:
        return f"not judged: {_open_question(parameter)}"
    return "not judged: its default hangs on what is not known" if unknown_default else None


def _open_question(parameter: Parameter) -> str:
    used, forbidden = parameter.used_when, parameter.forbidden_when
    parts = [f"it is used when {used.prose}"] if used else []
    parts += [f"it is not allowed when {forbidden.prose}"] if forbidden else []
    return f"{' and '.join(parts)}, which is not known"
