"""Outcomes, by the sentences of the language's page."""

import pytest
from hypothesis import given
from knobsmith.expr import NOTHING, UNKNOWN, Missing, Values, check, evaluate, holds, parse, type_of
from knobsmith.expr.evaluate import same
from knobsmith.expr.syntax import Both, Either, Expr, Not

from tests.strategies_expr import conditions
from tests.strategies_scope import SCOPE, environments

LARGEST = 2**53 - 1

ENV = Values(
    SCOPE,
    {
        "epochs": 30,
        "offset": LARGEST,
        "warmup": "auto",
        "lr": 1e308,
        "drop-rate": 0.5,
        "clip": "Infinity",
        "flag": True,
        "tune": "Auto",
        "optimizer": "adam",
        "mode": UNKNOWN,
        "name": "warm_up é\U0001f600",
        "shape": (3, 224),
        "steps": (1, 2, 3),
        "weights": (0.5, "auto"),
        "layers": "none",
        "boxes": ((1, 2), (3, 4)),
    },
    {"nodes": 2, "spot": UNKNOWN},
)


def outcome(text: str, env: Values = ENV) -> object:
    expr = parse(text)
    found = type_of(expr, SCOPE)
    assert found is not None
    assert check(expr, SCOPE, found.kind) == []
    return evaluate(expr, env)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('optimizer == "adam"', True),
        ('optimizer in ["sgd", "nag"]', False),
        ("optimizer in []", False),
        ("shape.height == 224 && shape[0] == 3", True),
        ("size(steps) + size(name)", 13),
        ("steps.all(s, s <= epochs)", True),
        ("steps.exists(s, s > 2)", True),
        ("boxes.all(b, b.width < b.height)", True),
        ('name.matches("^warm_")', True),
        ('name.matches("arm")', True),
        ('name.matches("^arm")', False),
        ("epochs == 30.0 && 30.0 in [epochs]", True),
        ("steps == [1.0, 2, 3]", True),
        ("[1, 2.5]", (1.0, 2.5)),
        ("min(epochs, 3, 7)", 3),
        ("max(epochs, 0.5)", 30.0),
        ("7 % 4", 3),
        ("7 / 2.0", 3.5),
        ("-epochs", -30),
        ("0.1 + 0.2", 0.1 + 0.2),
        ("`drop-rate` * 2", 1.0),
        ("1 + 2 * 3 - 4", 3),
        ("(flag == false) == false", True),
    ],
)
def test_value(text: str, expected: object) -> None:
    found = outcome(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "text",
    [
        "warmup + 1",
        "clip < 2",
        "tune && flag",
        "tune || false",
        "!tune",
        "-clip",
        "min(clip, 1)",
        "size(layers)",
        "layers[0]",
        'layers.all(l, l == "conv")',
        '"conv" in layers',
        "steps[warmup]",
        "steps[3]",
        "steps[-1]",
        "offset + 1",
        "-offset - 1",
        "offset * 2",
        "1.0 / (epochs - 30)",
        "lr * 10",
        "-lr - lr",
        "lr / 0.1",
        "[steps[9]]",
        "1 in [steps[9], 1]",
    ],
)
def test_nothing(text: str) -> None:
    assert outcome(text) is NOTHING


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('clip == "Infinity"', True),
        ('clip != "auto"', True),
        ("clip == 3", False),
        ("clip != 3", True),
        ('clip in ["auto", 3]', False),
        ('tune == "Auto"', True),
        ("tune == true", False),
        ('weights[1] == "auto"', True),
        ('"auto" in weights', True),
        ('layers == "none"', True),
        ('layers == ["conv"]', False),
        ('weights == [0.5, "auto"]', True),
        ("has(clip)", True),
    ],
)
def test_words_are_compared(text: str, expected: bool) -> None:
    assert outcome(text) is expected


_T, _F, _N, _U = True, False, NOTHING, UNKNOWN


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (_T, _T, _T, _T),
        (_T, _F, _F, _T),
        (_F, _F, _F, _F),
        (_T, _N, _N, _T),
        (_F, _N, _F, _N),
        (_T, _U, _U, _T),
        (_F, _U, _F, _U),
        (_N, _N, _N, _N),
        (_N, _U, _U, _U),
        (_U, _U, _U, _U),
    ],
)
def test_truth_table(left: bool | Missing, right: bool | Missing, both: bool | Missing, either: bool | Missing) -> None:
    for first, second in ((left, right), (right, left)):
        env = Values(SCOPE, {"flag": first, "tune": second})
        assert outcome("flag && tune", env) is both
        assert outcome("flag || tune", env) is either
        assert outcome("[true, false].all(s, s && flag || !s && tune)", env) is both
        assert outcome("[true, false].exists(s, s && flag || !s && tune)", env) is either


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('mode == "fast"', UNKNOWN),
        ("has(mode)", UNKNOWN),
        ("has(context.spot)", False),
        ("has(context.nodes)", True),
        ("context.spot", UNKNOWN),
        ("context.spot && clip < 2", UNKNOWN),
        ("clip < 2 || context.spot", UNKNOWN),
        ("(clip < 2) == context.spot", UNKNOWN),
        ("steps.all(s, s < 3 && context.spot)", False),
        ("steps.all(s, s < 9 && context.spot)", UNKNOWN),
        ("layers.all(l, context.spot)", NOTHING),
    ],
)
def test_unknown_comes_first_but_does_not_hide_what_is_decided(text: str, expected: object) -> None:
    assert outcome(text) is expected


def test_unset_is_nothing_and_has_says_so() -> None:
    env = Values(SCOPE)
    assert outcome("lr < 1", env) is NOTHING
    assert outcome("has(lr)", env) is False
    assert outcome("lr < 1 || flag && !has(lr) || true", env) is True
    assert outcome("steps.all(s, s > 1)", env) is NOTHING
    assert outcome("context.nodes > 1", env) is UNKNOWN


def test_word_is_no_truth() -> None:
    assert holds(parse("tune"), ENV) is NOTHING
    assert evaluate(parse("tune"), ENV) == "Auto"
    assert outcome("[tune].all(t, t)") is NOTHING


def test_quantifiers_over_nothing_at_all() -> None:
    env = Values(SCOPE, {"steps": ()})
    assert outcome("steps.all(s, s > lr)", env) is True
    assert outcome("steps.exists(s, s > lr)", env) is False


def test_zero_has_no_sign() -> None:
    env = Values(SCOPE, {"lr": 0.0})
    assert str(outcome("-lr", env)) == "0.0"
    assert str(outcome("lr * -1", env)) == "0.0"


def test_values_of_different_kinds_are_never_the_same() -> None:
    assert same(1, 1.0)
    assert not same(1, True)
    assert not same((0,), (False,))
    assert same((1, (2.0,)), (1.0, (2,)))
    assert not same((1,), (1, 2))


@given(conditions(), conditions(), environments())
def test_de_morgan(left: Expr, right: Expr, env: Values) -> None:
    assert holds(Not(Both(left, right)), env) is holds(Either(Not(left), Not(right)), env)


@given(conditions(), conditions(), environments())
def test_order_of_conditions_does_not_matter(left: Expr, right: Expr, env: Values) -> None:
    assert holds(Both(left, right), env) is holds(Both(right, left), env)
