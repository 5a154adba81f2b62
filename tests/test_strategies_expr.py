"""The strategies make what they promise: every node, every outcome, and nothing ill-formed."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from knobsmith.expr import NOTHING, UNKNOWN, Outcome, Values, evaluate, holds
from knobsmith.expr.levels import MAX_LEVELS
from knobsmith.expr.outcomes import StaticFacts
from knobsmith.expr.syntax import (
    Arithmetic,
    Both,
    Comparison,
    ContextName,
    Either,
    Expr,
    Extreme,
    FieldOf,
    Has,
    ItemAt,
    ListLiteral,
    Literal,
    Matches,
    Membership,
    Name,
    Negate,
    Not,
    Quantifier,
    Size,
    Variable,
    children,
    walk,
)

from tests.strategies_expr import conditions, trees, typed
from tests.strategies_scope import SCOPE, environments, static_facts

NODES = [
    *(Literal, Name, ContextName, Variable, FieldOf, ItemAt, ListLiteral, Not, Negate, Arithmetic, Comparison),
    *(Membership, Both, Either, Has, Size, Extreme, Matches, Quantifier),
]


def _gathered(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Many of what a strategy makes."""
    made: list[Any] = []

    @settings(max_examples=count, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(strategy)
    def gather(one: object) -> None:
        made.append(one)

    gather()
    return made


@pytest.mark.parametrize("strategy", [trees(), conditions()], ids=["any tree", "well-typed"])
def test_every_node_turns_up(strategy: st.SearchStrategy[Expr]) -> None:
    found = {type(part) for expr in _gathered(strategy, 500) for part in walk(expr)}
    assert found == set(NODES)


def test_every_outcome_turns_up_at_every_kind_of_condition() -> None:
    pairs = _gathered(st.tuples(conditions(2), environments()), 4000)
    found = {(type(expr), holds(expr, env)) for expr, env in pairs}
    kinds = (Both, Either, Not, Comparison, Membership, Quantifier)
    assert {(kind, outcome) for kind in kinds for outcome in (True, False, NOTHING, UNKNOWN)} <= found


@given(trees())
def test_trees_stay_within_the_levels_of_the_language(expr: Expr) -> None:
    def levels(node: Expr) -> int:
        return 1 + max(map(levels, children(node)), default=0)

    assert levels(expr) <= MAX_LEVELS


@given(
    st.sampled_from(["integer", "number", "string", "list"]).flatmap(lambda kind: st.tuples(st.just(kind), typed(kind)))
)
def test_values_are_of_their_kind(pair: tuple[str, Expr]) -> None:
    kind, expr = pair
    outcome = evaluate(expr, Values(SCOPE, _sample(), {"nodes": 2, "content-type": "a/b", "size": 0.5}))
    kinds = {"integer": int, "number": float, "string": str, "list": tuple}
    assert outcome is NOTHING or isinstance(outcome, (kinds[kind], str))


def _sample() -> dict[str, Outcome]:
    return {"epochs": 3, "lr": 0.5, "name": "a", "optimizer": "sgd", "steps": (1, 2), "weights": (0.5,), "offset": 4}


@given(static_facts().flatmap(lambda facts: st.tuples(st.just(facts), environments(facts))))
def test_environments_obey_the_static_facts(pair: tuple[StaticFacts, Values]) -> None:
    facts, env = pair
    for name, outcome in env.parameters.items():
        assert outcome is not UNKNOWN or facts.can_be_unknown(Name(name))
        assert outcome is not NOTHING or facts.can_be_nothing(Name(name))
    for name, outcome in env.facts.items():
        assert outcome is not NOTHING
        assert outcome is not UNKNOWN or facts.can_be_unknown(ContextName(name))
