"""Phases 1 to 3: names, reading, constant facts.

The readers of an algorithm decide the usual case: known names, values in the domain, nothing to be said. Everything
else is read again, with care.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ._codes import CONTEXT_NAME, DOMAIN, NAMES, READING, UNKNOWN_NAMES, find
from ._domains import broken_facts, choice_of, has_meaning
from ._state import UNKNOWN, Found, Laws, Reader, State
from ._values import Refusal, read_native, read_text
from .facts import ContextFact, Domain, Parameter

_ODD = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


def read_wire_config(laws: Laws, config: Mapping[str, str], context: Mapping[str, str] | None) -> State:
    """What a configuration and a context in wire form say."""
    return _read(laws, laws.wire, config, context, is_wire=True)


def read_native_config(laws: Laws, config: Mapping[str, object], context: Mapping[str, object] | None) -> State:
    """What a configuration and a context of native values say."""
    return _read(laws, laws.native, config, context, is_wire=False)


def read_members(laws: Laws, members: Sequence[tuple[str, object]], context: Mapping[str, object] | None) -> State:
    """What native values say whose names may stand there several times, as they may in a text of JSON."""
    config = dict(members)
    if len(config) == len(members):
        return read_native_config(laws, config, context)
    times = Counter(laws.names[key] for key, _ in members if key in laws.names)
    twice = [name for name, count in times.items() if count > 1]
    state = read_native_config(laws, {key: config[key] for key in config if laws.names.get(key) not in twice}, context)
    for name in twice:
        _conflict(state, name, [key for key, _ in members if laws.names.get(key) == name])
    return state


def is_mapping(value: object) -> bool:
    """Whether something has names with values, as all have that has `items`. It is asked nothing itself."""
    return hasattr(type(value), "items")


def read_context_texts(laws: Laws, context: Mapping[str, str]) -> dict[str, object]:
    """Native values of a context in wire form; what cannot be read stays text, and validation will say so."""
    values: dict[str, object] = dict(context)
    for name in laws.facts.context.keys() & context.keys():
        fact = laws.facts.context[name]
        value = read_text(fact.domain, fact.wire, context[name])
        if not isinstance(value, Refusal):
            values[name] = value
    return values


def _read(
    laws: Laws,
    readers: Mapping[str, Reader],
    config: Mapping[str, Any],
    context: Mapping[str, Any] | None,
    *,
    is_wire: bool,
) -> State:
    if type(config) is not dict and not is_mapping(config):
        return _read_nothing(laws, config, context, is_wire=is_wire)
    given: dict[str, Any] = {}
    odd: list[str] = []
    for name, value in config.items():
        try:
            known = readers[name](value)
        except _ODD:
            known = None
        if known is None:
            odd.append(name)
        else:
            given[name] = known
    state = State(laws, given)
    if context is not None:
        _read_context(state, context, is_wire)
    if odd:
        _read_oddities(state, config, odd, is_wire)
    return state


def _read_nothing(laws: Laws, config: object, context: Mapping[str, Any] | None, *, is_wire: bool) -> State:
    """What is said where there should be a configuration, and is none."""
    state = State(laws, {})
    state.found += (_misread("", config),)
    if context is not None:
        _read_context(state, context, is_wire)
    return state


def _read_context(state: State, context: Mapping[str, object], is_wire: bool) -> None:
    if not is_mapping(context):
        state.found += (_misread(CONTEXT_NAME, context),)
        return
    laws = state.laws
    readers = laws.wire_context if is_wire else laws.native_context
    values = dict(laws.context)
    unknown: list[Found] = []
    for key, given in context.items():
        try:
            known = readers[key](given)
        except _ODD:
            known = None
        fact = laws.facts.context.get(key)
        if fact is None:
            unknown.append(_unknown(f"context.{key}", key))
        elif given is not None:
            name = f"context.{key}"
            values[key] = _value(state, name, fact, given, is_wire) if known is None else known
            if name in state.failed:
                values[key] = UNKNOWN
    state.context = values
    state.found += tuple(unknown)


def _read_oddities(state: State, config: Mapping[str, object], keys: list[str], is_wire: bool) -> None:
    """Read what was not taken at a glance; a configuration may hold any number of keys that nobody knows."""
    unknown: list[Found] = []
    for key in keys:
        name = state.laws.names.get(key)
        if name is None:
            unknown.append(_unknown(str(key), None))
        else:
            _read_oddity(state, config, key, name, is_wire)
    state.found += tuple(unknown)


def _read_oddity(state: State, config: Mapping[str, object], key: str, name: str, is_wire: bool) -> None:
    """Read what stands under the name, or an alias, of a hyperparameter."""
    parameter = state.laws.facts.parameters[name]
    if parameter.aliases and _is_given_twice(state, parameter, config):
        return
    if key != name:
        find(state, NAMES, name, "alias", "warning", key)
    given = config[key]
    if given is None and not is_wire:
        if parameter.required or parameter.default is not None or parameter.computed is not None:
            find(state, READING, name, "type")
            state.given[name] = None
            state.fail(name)
        return
    state.given[name] = value = _value(state, name, parameter, given, is_wire)
    if name not in state.failed:
        state.values[name] = value


def _is_given_twice(state: State, parameter: Parameter, config: Mapping[str, object]) -> bool:
    name = parameter.name
    keys = tuple([key for key in (name, *parameter.aliases) if key in config])
    if len(keys) > 1 and name not in state.failed:
        _conflict(state, name, keys)
    return len(keys) > 1


def _conflict(state: State, name: str, keys: Sequence[str]) -> None:
    find(state, NAMES, name, "alias-conflict", detail=tuple(keys))
    state.given[name] = None
    state.fail(name)


def _value(state: State, name: str, fact: Parameter | ContextFact, given: object, is_wire: bool) -> Any:
    """The value that was meant; the name has failed if it is None or not valid."""
    domain = fact.domain
    value = read_text(domain, fact.wire, given) if is_wire else read_native(domain, given)
    if isinstance(value, Refusal):
        find(state, READING, name, "type", detail=value)
        state.fail(name)
        return None
    meant = _without_aliases(domain, value)
    if meant != value:
        find(state, READING, name, "alias", "warning", (value, meant))
    broken = broken_facts(domain, meant)
    if broken:
        for code in broken:
            find(state, DOMAIN, name, code, detail=meant)
        state.fail(name)
    else:
        state.noted += tuple([(name, code) for code in _remarks(domain, meant)])
    return meant


def _misread(subject: str, given: object) -> Found:
    """Something else stands where names with values should: a configuration, which has no name, or a context."""
    return Found((NAMES, UNKNOWN_NAMES, subject, 1), "type", "error", subject, given)


def _unknown(shown: str, fact: str | None) -> Found:
    return Found((NAMES, UNKNOWN_NAMES, shown, 0), "unknown", "error", shown, fact)


def _without_aliases(domain: Domain, value: Any) -> Any:
    """A value with aliases of choices, its own and those of its items, replaced."""
    if isinstance(value, tuple) and domain.items is not None:
        value = tuple([_without_aliases(domain.items, item) for item in value])
    if domain.values is not None and choice_of(domain, value) is None:
        for choice in domain.values:
            if choice.aliases and value in choice.aliases:
                return choice.value
    return value


def _remarks(domain: Domain, value: Any) -> list[str]:
    """What is to be said of a valid value once it is known to be used."""
    if has_meaning(domain, value):
        return []
    items = domain.items if isinstance(value, tuple) else None
    found = [code for item in value for code in _remarks(items, item)] if items else []
    choice = choice_of(domain, value)
    if choice is not None and choice.deprecated is not None:
        found.append("deprecated")
    if domain.values is not None and domain.open and choice is None:
        found.append("open")
    return list(dict.fromkeys(found))
