"""Specs drawn at random to be compiled: every kind of condition and default over one rich scope, and all else."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from knobsmith.expr import print_expr
from knobsmith.expr.types import ValueType
from knobsmith.model.catalog import Algorithm
from knobsmith.records import replace

from tests.strategies_expr import conditions, typed
from tests.strategies_scope import SCOPE
from tests.strategies_specs import specs
from tests.support.compile import IllegalSpecError, compile_algorithm
from tests.support.tried_algorithms import QUIET

Json = Any
Drawn = tuple[str, str, str, str]


@cache
def drawn_specs(count: int) -> dict[str, Algorithm]:
    """Algorithms that use everything, by their names."""
    texts: list[str] = []

    @settings(QUIET, max_examples=count)
    @given(specs())
    def gather(text: str) -> None:
        texts.append(text)

    gather()
    return _legal("drawn", texts)


@cache
def drawn_expressions(count: int) -> dict[str, Algorithm]:
    """Algorithms whose conditions and defaults are deep, by their names."""
    texts: list[str] = []
    kinds = st.sampled_from(["integer", "number", "boolean", "string", "list"])
    computed = kinds.flatmap(lambda kind: st.tuples(st.just(kind), typed(kind, 2)))

    @settings(QUIET, max_examples=count)
    @given(conditions(3), conditions(2), computed)
    def gather(first: Json, second: Json, default: Json) -> None:
        kind, value = default
        texts.append(spec_of(print_expr(first), print_expr(second), kind, print_expr(value)))

    gather()
    return _legal("expression", texts)


def spec_of(first: str, second: str, kind: str, default: str) -> str:
    """A spec over the rich scope with two conditions and a computed default wherever one may stand."""
    own = {"doc": "Drawn at random.", "if_unset": "nothing happens"}
    asked = {"type": "integer", **own}
    made = {"type": kind, **own} | ({"items": {"type": "integer"}} if kind == "list" else {})
    cases = [{"when": first, "range": "[1, 5]"}, {"when": second, "range": "[2, 9]"}]
    parameters: dict[str, Json] = {
        "used": asked | {"used_when": first},
        "needed": asked | {"required_when": first},
        "barred": asked | {"forbidden_when": first, "used_when": second},
        "narrowed": asked | {"cases": cases},
        "made": made | {"default": {"expr": default}},
        "chosen": made | {"cases": [{"when": first, "default": {"expr": default}}]},
    }
    read = first + second + default
    parameters |= {name: _entry(type) for name, type in SCOPE.parameters.items() if name in read}
    rules = {"rule": {"when": second, "require": first, "message": "does not hold"}}
    head = {"knobsmith": 1, "algorithm": "example", "title": "Example", "doc": "Drawn at random."}
    context = {name: _fact(type) for name, type in SCOPE.facts.items() if name in read}
    return json.dumps(head | ({"context": context} if context else {}) | {"parameters": parameters, "rules": rules})


def _entry(type: ValueType) -> Json:
    return {**_domain(type), "doc": "One of the scope.", "if_unset": "nothing happens"}


def _fact(type: ValueType) -> Json:
    return {**_domain(type), "doc": "One of the scope."}


def _domain(type: ValueType) -> dict[str, Json]:
    return dict(_facets(type))


def _facets(type: ValueType) -> Iterator[tuple[str, Json]]:
    yield "type", type.kind
    if type.values is not None:
        yield "values", list(type.values)
    elif type.is_numeric and (type.lowest, type.highest) != (ValueType("integer").lowest, ValueType("integer").highest):
        upper = "inf)" if type.highest == ValueType("integer").highest else f"{type.highest}]"
        yield "range", f"[{type.lowest}, {upper}"
    if type.words:
        yield "special", dict.fromkeys(type.words, "A word.")
    if type.item is not None:
        yield "items", _domain(type.item)
    if type.fields:
        yield "fields", list(type.fields)


def _legal(prefix: str, texts: list[str]) -> Mapping[str, Algorithm]:
    """The legal ones, under names of their own, so that one package holds them."""
    found: dict[str, Algorithm] = {}
    for text in dict.fromkeys(texts):
        try:
            algorithm = compile_algorithm(text)
        except IllegalSpecError:
            continue
        name = f"{prefix}-{len(found)}"
        found[name] = replace(algorithm, name=name)
    return found
