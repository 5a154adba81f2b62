"""The evaluator agrees with cel-python: nothing and unknown are CEL's errors, which `&&` and `||` absorb alike."""

import operator
from typing import TypeGuard

import celpy
import pytest
from celpy import celtypes
from celpy.evaluation import CELEvalError, CELFunction
from hypothesis import assume, given, settings
from knobsmith.expr import UNKNOWN, Missing, Values, check, holds, parse
from knobsmith.expr.cel import CelNames, cel_presence, cel_reference, to_cel
from knobsmith.expr.syntax import ContextName, Expr, Name, Quantifier, Size, walk

from tests.strategies_expr import conditions
from tests.strategies_scope import SCOPE, environments

_ENVIRONMENT = celpy.Environment()


def _same(left: celtypes.Value, right: celtypes.Value) -> celtypes.BoolType:
    """Equality of the CEL specification, where values of different types are not equal; cel-python refuses these."""
    if isinstance(left, CELEvalError) or isinstance(right, CELEvalError):
        raise TypeError("an error is no value")
    if isinstance(left, list) and isinstance(right, list):
        return celtypes.BoolType(len(left) == len(right) and all(map(_same, left, right)))
    if _kind(left) == _kind(right) == "number":
        return celtypes.BoolType(operator.eq(*(float(x) if isinstance(x, float) else int(x) for x in (left, right))))
    return celtypes.BoolType(_kind(left) == _kind(right) and left == right)


def _kind(value: celtypes.Value) -> str:
    """Sums of doubles come as plain floats, so types are told by their nature."""
    if isinstance(value, celtypes.BoolType):
        return "boolean"
    return "number" if isinstance(value, (int, float)) else type(value).__name__


def _contains(item: celtypes.Value, container: celtypes.Value) -> celtypes.BoolType:
    if isinstance(container, dict):
        return celtypes.BoolType(item in container)
    if not isinstance(container, list):
        raise TypeError("`in` needs a list")
    if any(isinstance(value, CELEvalError) for value in (item, *container)):
        raise TypeError("an error is no value")
    return celtypes.BoolType(any(_same(item, other) for other in container))


def _item(container: celtypes.Value, index: celtypes.Value) -> celtypes.Value:
    """An index below 0 is an error in the CEL specification; cel-python counts from the end."""
    if isinstance(container, str) or (isinstance(container, list) and index < 0):
        raise IndexError(index)
    return container[index]


def _strictly(logic: CELFunction) -> CELFunction:
    """`&&` or `||` of cel-python, which takes `"word" && true` for the word, where CEL has an error."""

    def strict(left: celtypes.Value, right: celtypes.Value) -> celtypes.Value:
        sides = (side if isinstance(side, celtypes.BoolType) else CELEvalError("no truth") for side in (left, right))
        return logic(*sides)

    return strict


_FUNCTIONS = {
    "_==_": _same,
    "_!=_": lambda left, right: celtypes.BoolType(not _same(left, right)),
    "_in_": _contains,
    "_[_]": _item,
    "_&&_": _strictly(celtypes.logical_and),
    "_||_": _strictly(celtypes.logical_or),
}


def _cel(text: str, env: Values) -> bool | None:
    program = _ENVIRONMENT.program(_ENVIRONMENT.compile(text), functions=_FUNCTIONS)
    known = {
        root: {name: value for name, value in values.items() if not isinstance(value, Missing)}
        for root, values in (("params", env.parameters), ("context", env.facts))
    }
    activation = {root: celpy.json_to_cel(_plain(values)) for root, values in known.items()}
    try:
        value = program.evaluate(activation)
    except CELEvalError:
        return None
    return bool(value) if isinstance(value, celtypes.BoolType) else None


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _names(env: Values) -> CelNames:
    """Presence of what is unknown is an error too; CEL knows only that a key is absent."""

    def presence(ref: Name | ContextName) -> str:
        is_unknown = isinstance(ref, Name) and env.parameter(ref.name) is UNKNOWN
        return "params.unknown" if is_unknown else cel_presence(ref)

    return CelNames(cel_reference, presence)


def _is_taken_for_a_string(expr: Expr, env: Values) -> bool:
    """Whether a word stands in for a list where cel-python would count, or walk over, its letters."""
    asked = (node.operand if isinstance(node, Size) else node.container for node in walk(expr) if _looks_inside(node))
    return isinstance(env.parameter("layers"), str) and Name("layers") in asked


def _looks_inside(node: Expr) -> TypeGuard[Size | Quantifier]:
    return isinstance(node, (Size, Quantifier))


@settings(max_examples=300)
@given(conditions(), environments())
def test_evaluator_agrees_with_cel(expr: Expr, env: Values) -> None:
    assume(not _is_taken_for_a_string(expr, env))
    outcome = holds(expr, env)
    expected = None if isinstance(outcome, Missing) else outcome
    assert _cel(to_cel(expr, SCOPE, _names(env)), env) is expected


@pytest.mark.parametrize(
    ("text", "cel"),
    [
        ('optimizer == "adam" && epochs > 1', 'params.optimizer == "adam" && params.epochs > 1'),
        ("`drop-rate` < 1", 'params["drop-rate"] < 1.0'),
        ("has(lr) || has(`drop-rate`)", 'has(params.lr) || "drop-rate" in params'),
        ("epochs > `drop-rate`", 'double(params.epochs) > params["drop-rate"]'),
        ("shape.height == 224", "params.shape[1] == 224"),
        ("steps.all(s, s <= epochs)", "params.steps.all(s, s <= params.epochs)"),
        ("epochs - (epochs - 1) < 3", "params.epochs - (params.epochs - 1) < 3"),
        ("epochs in weights", "double(params.epochs) in params.weights"),
        ("lr in steps", "params.lr in params.steps.map(one, double(one))"),
        ("warmup == lr", "(type(params.warmup) == string ? params.warmup : double(params.warmup)) == params.lr"),
        ("!(flag && context.spot)", "!(params.flag && context.spot)"),
        ("-(-1) < --2", "-(-1) < -(-2)"),
        ('name == "\\u200b\\n"', 'params.name == "\\U0000200B\\n"'),
        ("epochs * 2 > 1", "params.epochs * 2 > 1"),
        (
            "offset * 2 > 1",
            "[params.offset * 2].filter(one, one >= -9007199254740991 && one <= 9007199254740991)[0] > 1",
        ),
        ("lr * 2 > 1", "[params.lr * 2.0].filter(one, one - one == 0.0)[0] > 1.0"),
        (
            "min(epochs, 3) > 1",
            "[[params.epochs, 3]].map(row, row.filter(one, row.all(other, one <= other)))[0][0] > 1",
        ),
    ],
)
def test_cel_text(text: str, cel: str) -> None:
    expr = parse(text)
    assert check(expr, SCOPE) == []
    assert to_cel(expr, SCOPE) == cel


def test_oracle_would_notice() -> None:
    env = Values(SCOPE, {"epochs": 3, "steps": (1,)})
    assert _cel("params.epochs > 2", env) is True
    assert _cel("params.epochs > 3", env) is False
    assert _cel("params.lr > 3.0", env) is None
    assert _cel("params.steps[-1] == 1", env) is None
    assert _cel("params.epochs == 'x'", env) is False
    assert _cel("params.epochs == 3.0 && [0.5 + 0.5] == [1.0]", env) is True
    assert _cel("[1e308 * 10.0].filter(one, one - one == 0.0)[0] > 1.0", env) is None
    assert _cel("[1e308 * 0.1].filter(one, one - one == 0.0)[0] > 1.0", env) is True
