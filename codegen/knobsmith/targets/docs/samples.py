"""A small configuration of an algorithm: what is always required, with plausible values."""

import json
from collections.abc import Iterator

from knobsmith.judging import Unwritable, write_wire
from knobsmith.model.base import PlainValue, json_value
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.model.domain import Domain, Wire
from knobsmith.model.intervals import ends
from knobsmith.model.membership import contains

_PLAUSIBLE: tuple[int | float, ...] = (10, 100, 2, 1, 0.5, 0.1, 0)


def sample_config(algorithm: Algorithm) -> dict[str, PlainValue]:
    """A value for each required hyperparameter; for the first that has an example or default if none is required."""
    required = {p.name: sample_value(p) for p in algorithm.parameters if p.required and p.used_when is None}
    if required or not algorithm.parameters:
        return required
    first = next((p for p in algorithm.parameters if p.used_when is None), algorithm.parameters[0])
    return {first.name: sample_value(first)}


def sample_value(parameter: Parameter) -> PlainValue:
    """A valid value: an example, the default, a choice, or a plain number; one that the wire can hold, if any is."""
    stated = [*parameter.examples, *_advised(parameter)]
    if parameter.default is not None and parameter.default.value is not None:
        stated.append(parameter.default.value)
    valid = [value for value in (*stated, *_candidates(parameter.domain)) if contains(parameter.domain, value)]
    writable = (value for value in valid if written(parameter.wire, value) is not None)
    return next(writable, valid[0] if valid else "")


def written(wire: Wire, value: PlainValue) -> str | None:
    """The one text of a value; None if its form has none."""
    try:
        return write_wire(wire, value)
    except Unwritable:
        return None


def as_json(config: dict[str, PlainValue]) -> str:
    """A configuration in native form."""
    return json.dumps({name: json_value(value) for name, value in config.items()}, ensure_ascii=False)


def as_wire(algorithm: Algorithm, config: dict[str, PlainValue]) -> str:
    """A configuration in wire form."""
    texts = {p.name: written(p.wire, config[p.name]) for p in algorithm.parameters if p.name in config}
    return json.dumps({name: text for name, text in texts.items() if text is not None}, ensure_ascii=False)


def _advised(parameter: Parameter) -> tuple[PlainValue, ...]:
    return (parameter.recommended.values or ()) if parameter.recommended is not None else ()


def _drawn(domain: Domain) -> PlainValue:
    return next((value for value in _candidates(domain) if contains(domain, value)), "")


def _candidates(domain: Domain) -> Iterator[PlainValue]:
    yield from (choice.value for choice in domain.values or ())
    if domain.kind == "boolean":
        yield True
    if domain.kind in ("integer", "number"):
        yield from (value if domain.kind == "integer" else float(value) for value in _numbers(domain))
    if domain.kind == "string":
        yield from ("text", "a", "")
    if domain.kind == "list" and domain.items is not None:
        item = _drawn(domain.items)
        yield from ((item,) * count for count in (len(domain.fields), 1, 2, 3, 0) if count or not domain.fields)


def _numbers(domain: Domain) -> Iterator[int | float]:
    whole = domain.kind == "integer"
    yield from (value for value in _PLAUSIBLE if isinstance(value, int) or not whole)
    if domain.range is not None:
        low, high = ends(domain.range)
        if low is not None and high is not None:
            yield (low + high) // 2 if whole else (low + high) / 2
        yield from (end + step for end in (low, high) if end is not None for step in (0, 1, -1))
    if domain.multiple_of is not None:
        yield domain.multiple_of
