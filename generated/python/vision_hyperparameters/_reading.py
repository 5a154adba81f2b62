# Part of every package that `knobsmith generate` writes; do not edit.
"""Phases 1 to 3: names, reading, constant facts.

The readers of an algorithm decide the usual case in one pass: known names, values in the domain, nothing to be said.
Whatever else there is, they raise, and everything is read again with an explanation.
"""

from collections.abc import Mapping
from typing import Any

from ._codes import DOMAIN, NAMES, READING, UNKNOWN_NAMES, find
from ._domains import breaches, is_listed, is_special
from ._state import UNKNOWN, Found, Laws, Reader, State
from ._values import Unreadable, read_native, read_text
from ._wording import default_in_words, nearest, quoted
from .facts import Choice, ContextFact, Domain, Parameter

_ODD = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


def read_wire_config(laws: Laws, config: Mapping[str, str], context: Mapping[str, str] | None) -> State:
    """What a configuration and a context in wire form say."""
    readers = laws.wire
    try:
        given = {name: readers[name](text) for name, text in config.items()}
        facts = _read_facts(laws, laws.wire_context, context) if context else laws.context
    except _ODD:
        return _Reading(laws, wire=True).read(config, context or {})
    return State(laws, given, facts)


def read_native_config(laws: Laws, config: Mapping[str, object], context: Mapping[str, object] | None) -> State:
    """What a configuration and a context of native values say."""
    readers = laws.native
    try:
        given = {name: readers[name](value) for name, value in config.items()}
        facts = _read_facts(laws, laws.native_context, context) if context else laws.context
    except _ODD:
        return _Reading(laws, wire=False).read(config, context or {})
    return State(laws, given, facts)


def _read_facts(laws: Laws, readers: Mapping[str, Reader], context: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**laws.context, **{name: readers[name](value) for name, value in context.items()}}


def read_context_texts(laws: Laws, context: Mapping[str, str]) -> dict[str, object]:
    """Native values of a context in wire form; what cannot be read stays text, and validation will say so."""
    values: dict[str, object] = {}
    for name, text in context.items():
        fact = laws.facts.context.get(name)
        try:
            values[name] = read_text(name, fact.domain, fact.wire, text) if fact else text
        except Unreadable:
            values[name] = text
    return values


class _Reading:
    """Reads one configuration with care, and notes what it finds."""

    def __init__(self, laws: Laws, *, wire: bool) -> None:
        self._laws = laws
        self._wire = wire
        self._readers = laws.wire if wire else laws.native
        self._state = State(laws, {}, laws.context)

    def read(self, config: Mapping[str, object], context: Mapping[str, object]) -> State:
        self._read_context(context)
        self._read_names(config)
        for parameter in self._laws.facts.parameters.values():
            keys = [key for key in (parameter.name, *parameter.aliases) if key in config]
            if keys:
                self._read_parameter(parameter, keys, config)
        return self._state

    def _read_names(self, config: Mapping[str, object]) -> None:
        parameters = self._laws.facts.parameters
        known = {alias for parameter in parameters.values() for alias in parameter.aliases}
        for key in config:
            if key not in parameters and key not in known:
                message = f"{quoted(str(key))} is no hyperparameter of {self._laws.name}"
                self._unknown(str(key), message, nearest(str(key), [*parameters, *sorted(known)]))

    def _read_context(self, context: Mapping[str, object]) -> None:
        facts = self._laws.facts.context
        values = dict(self._laws.context)
        for key in context:
            if key not in facts:
                message = f"{quoted(str(key))} is no fact that {self._laws.name} asks of a job"
                self._unknown(f"context.{key}", message, nearest(str(key), facts))
        for name, fact in facts.items():
            if context.get(name) is not None:
                values[name] = self._read_fact(fact, context[name])
        self._state.context = values

    def _read_fact(self, fact: ContextFact, given: object) -> Any:
        name = f"context.{fact.name}"
        value = self._value(name, fact, given)
        if value is None or self._breaks(name, fact.domain, value):
            return UNKNOWN
        self._note(name, fact.domain, value)
        return value

    def _read_parameter(self, parameter: Parameter, keys: list[str], config: Mapping[str, object]) -> None:
        name, state = parameter.name, self._state
        if len(keys) > 1:
            message = f"`{name}` is given {len(keys)} times, as {' and as '.join(f'`{key}`' for key in keys)}"
            self._fail(NAMES, name, "alias-conflict", message, f"keep `{name}` only")
            return
        given = config[keys[0]]
        if keys[0] != name:
            message = f"`{keys[0]}` is another name of `{name}`"
            find(state, NAMES, name, "alias", "warning", (message, f"write `{name}`"))
        if given is None and not self._wire:
            if not _may_be_unset(parameter):
                reason = "is required" if parameter.required else default_in_words(parameter)
                self._fail(READING, name, "type", f"`{name}` must not be null: {reason}", "leave it out")
            return
        try:
            state.given[name] = state.values[name] = self._readers[name](given)
        except _ODD:
            self._read_oddity(parameter, given)

    def _read_oddity(self, parameter: Parameter, given: object) -> None:
        name, state = parameter.name, self._state
        value = state.given[name] = self._value(name, parameter, given)
        if value is None or self._breaks(name, parameter.domain, value):
            state.fail(name)
            return
        state.values[name] = value
        self._note(name, parameter.domain, value)

    def _value(self, name: str, fact: Parameter | ContextFact, given: object) -> Any:
        subject = f"`{name}`"
        try:
            if self._wire:
                value = read_text(subject, fact.domain, fact.wire, given)
            else:
                value = read_native(subject, fact.domain, given)
        except Unreadable as refusal:
            find(self._state, READING, name, "type", detail=(refusal.message, refusal.help))
            return None
        meant = _without_aliases(fact.domain, value)
        if meant != value:
            message = f"{quoted(value)} is another name of the value {quoted(meant)} of {subject}"
            find(self._state, READING, name, "alias", "warning", (message, f"write {quoted(meant)}"))
        return meant

    def _breaks(self, name: str, domain: Domain, value: Any) -> bool:
        found = list(breaches(f"`{name}`", domain, value))
        for breach in found:
            find(self._state, DOMAIN, name, breach.code, detail=(breach.message, breach.help))
        return bool(found)

    def _note(self, name: str, domain: Domain, value: Any) -> None:
        self._state.noted += tuple((name, code) for code in _remarks(domain, value))

    def _fail(self, phase: int, name: str, code: str, message: str, help: str) -> None:
        find(self._state, phase, name, code, detail=(message, help))
        self._state.given[name] = None
        self._state.fail(name)

    def _unknown(self, name: str, message: str, help: str) -> None:
        place = (NAMES, UNKNOWN_NAMES, name, 0)
        self._state.found += (Found(place, "unknown", "error", name, (message, help)),)


def _may_be_unset(parameter: Parameter) -> bool:
    return not parameter.required and parameter.default is None and parameter.computed is None


def _without_aliases(domain: Domain, value: Any) -> Any:
    """A value with aliases of choices, its own and those of its items, replaced."""
    if isinstance(value, tuple) and domain.items is not None:
        value = tuple(_without_aliases(domain.items, item) for item in value)
    if domain.values is None or is_listed(domain, value):
        return value
    return next((choice.value for choice in domain.values if value in choice.aliases), value)


def _remarks(domain: Domain, value: Any) -> list[str]:
    """What is to be said of a valid value once it is known to be used."""
    if any(is_special(special, value) for special in domain.special):
        return []
    items = domain.items if isinstance(value, tuple) else None
    found = [code for item in value for code in _remarks(items, item)] if items else []
    choice = _choice(domain, value)
    if choice is not None and choice.deprecated is not None:
        found.append("deprecated")
    if domain.values is not None and domain.open and choice is None:
        found.append("open")
    return list(dict.fromkeys(found))


def _choice(domain: Domain, value: Any) -> Choice | None:
    return next((choice for choice in domain.values or () if choice.value == value), None)
