"""What the phases of an algorithm call when there is something to say."""

from typing import Any

from ._codes import ADVICE, CROSS_RULES, EFFECT, NARROWING, PRESENCE, RULES, find
from ._state import FORBIDDEN, Found, State


def unuse(state: State, names: tuple[str, ...], read_as: Any) -> None:
    """Hyperparameters are not used: they are ignored if expressions read them as None, may be if as UNKNOWN."""
    values, unused, failed = state.values, state.unused, state.failed
    for name in names:
        unused[name] = read_as
        if name not in failed:
            values[name] = read_as


def forbid(state: State, name: str) -> None:
    """A hyperparameter must not be given."""
    state.unused[name] = FORBIDDEN
    if name in state.failed:
        return
    state.values[name] = None
    if name in state.given:
        find(state, EFFECT, name, "forbidden")
        state.fail(name)


def require(state: State, name: str) -> None:
    """A hyperparameter that is always required is not there."""
    find(state, EFFECT, name, "required")
    state.fail(name)


def miss(state: State, name: str) -> None:
    """A hyperparameter that is required at the moment is not there; the phase ends before expressions notice."""
    find(state, PRESENCE, name, "required")
    state.fail_later(name)


def break_case(state: State, name: str, case: int) -> None:
    """A hyperparameter is outside what a case allows; the phase ends before expressions notice."""
    find(state, NARROWING, name, "case", detail=case)
    state.fail_later(name)


def break_ends(state: State, name: str) -> None:
    """A hyperparameter is beyond an end of its range that is another one."""
    find(state, NARROWING, name, "range")
    state.fail_later(name)


def break_rule(state: State, name: str) -> None:
    """A rule does not hold."""
    rules = state.laws.facts.rules
    place = (RULES, CROSS_RULES, list(rules).index(name), 0)
    state.found += (Found(place, f"rule:{name}", rules[name].severity, name),)


def hold(state: State, name: str, case: int | None = None) -> None:
    """It is known which case decides over what a hyperparameter is tuned; None for the general facts."""
    state.cases[name] = case


def advise(state: State, name: str, case: int | None = None) -> None:
    """A hyperparameter is outside the recommended values, be it those of a case."""
    find(state, ADVICE, name, "recommended", "info", case)
