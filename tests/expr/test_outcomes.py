"""Formulas hold where the evaluator says so, however much is known beforehand, and so does the Python they become."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from knobsmith.expr import NOTHING, UNKNOWN, Values, check, evaluate, holds, parse
from knobsmith.expr import python_support as support
from knobsmith.expr.formula import FALSE, TRUE, Compared, Constant, Formula, IsNothing, IsTrue, IsUnknown, Reference
from knobsmith.expr.outcomes import StaticFacts, value, when_false, when_true, when_unknown
from knobsmith.expr.render_python import PythonNames, quoted, render_formula, render_term
from knobsmith.expr.syntax import ContextName, Expr, Name
from knobsmith.expr.walking import walk

from tests.expr.formula_semantics import Meaning
from tests.strategies_expr import conditions, typed
from tests.strategies_scope import SCOPE, environments, static_facts, texts

NOTHING_KNOWN = StaticFacts(SCOPE)
ALL_KNOWN = StaticFacts(
    SCOPE,
    frozenset([*map(Name, SCOPE.parameters), *map(ContextName, SCOPE.facts)]),
    frozenset(map(Name, SCOPE.parameters)),
)
_FORMULAS = {True: when_true, False: when_false, UNKNOWN: when_unknown}


@st.composite
def situations(draw: st.DrawFn) -> tuple[StaticFacts, Values]:
    facts = draw(st.just(NOTHING_KNOWN) | st.just(ALL_KNOWN) | static_facts())
    return facts, draw(environments(facts))


def _python_names() -> PythonNames:
    return PythonNames(lambda ref: f"{'p' if isinstance(ref, Name) else 'c'}[{quoted(ref.name)}]", support="support.")


def _run(text: str, env: Values) -> object:
    names = {"p": env.parameters, "c": env.facts, "UNKNOWN": UNKNOWN, "NOTHING": NOTHING, "support": support}
    return eval(text, names)


@settings(max_examples=400)
@given(conditions(), situations())
def test_formulas_hold_exactly_where_the_outcome_is_theirs(expr: Expr, situation: tuple[StaticFacts, Values]) -> None:
    facts, env = situation
    outcome = holds(expr, env)
    for wanted, lower in _FORMULAS.items():
        assert Meaning(env).holds(lower(expr, facts)) == (outcome is wanted)


@settings(max_examples=400)
@given(conditions(), situations())
def test_rendered_python_yields_what_the_formula_says(expr: Expr, situation: tuple[StaticFacts, Values]) -> None:
    facts, env = situation
    outcome = holds(expr, env)
    for wanted, lower in _FORMULAS.items():
        text = render_formula(lower(expr, facts), _python_names())
        assert _run(text, env) is (outcome is wanted), text


@settings(max_examples=300)
@given(st.sampled_from(["integer", "number", "boolean", "string", "list"]).flatmap(typed), situations())
def test_value_is_defined_and_unknown_exactly_where_the_evaluator_says(
    expr: Expr, situation: tuple[StaticFacts, Values]
) -> None:
    facts, env = situation
    outcome = evaluate(expr, env)
    lowered = value(expr, facts)
    meaning = Meaning(env)
    assert meaning.holds(lowered.unknown) == (outcome is UNKNOWN)
    assert meaning.holds(lowered.defined) == (outcome not in (UNKNOWN, NOTHING))
    if meaning.holds(lowered.defined):
        assert _exactly(meaning.value(lowered.term)) == _exactly(outcome)
        assert _exactly(_run(render_term(lowered.term, _python_names()), env)) == _exactly(outcome)


def _exactly(found: object) -> object:
    """A value together with its type and, for a float, the sign of its zero."""
    if isinstance(found, tuple):
        return tuple(map(_exactly, found))
    return (type(found), found, math.copysign(1, found) if isinstance(found, float) else 0)


@given(typed("integer"), environments())
def test_integer_is_widened_where_a_number_is_wanted(expr: Expr, env: Values) -> None:
    lowered = value(expr, NOTHING_KNOWN, "number")
    assume(not check(expr, SCOPE, "number"))
    if Meaning(env).holds(lowered.defined):
        assert type(Meaning(env).value(lowered.term)) is float


@given(conditions(), static_facts())
def test_nothing_is_tested_that_is_known_beforehand(expr: Expr, facts: StaticFacts) -> None:
    for lower in _FORMULAS.values():
        for piece in walk(lower(expr, facts)):
            assert not isinstance(piece, IsUnknown) or facts.can_be_unknown(piece.ref)
            assert not isinstance(piece, IsNothing) or facts.can_be_nothing(piece.ref)


def _reference(name: str) -> Reference:
    return Reference(Name(name), SCOPE.parameters[name])


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ('optimizer == "adam"', Compared("==", _reference("optimizer"), Constant("adam"))),
        ('!(optimizer == "adam")', Compared("!=", _reference("optimizer"), Constant("adam"))),
        ('optimizer in ["adam"]', Compared("==", _reference("optimizer"), Constant("adam"))),
        ("flag", IsTrue(_reference("flag"))),
        ("flag == true", IsTrue(_reference("flag"))),
        ("false != flag", IsTrue(_reference("flag"))),
        ("has(clip)", TRUE),
        ("optimizer in []", FALSE),
        ("epochs < 0.5", None),
    ],
)
def test_what_always_has_a_value_needs_exactly_one_test(text: str, formula: Formula | None) -> None:
    lowered = when_true(parse(text), ALL_KNOWN)
    assert lowered == formula or (formula is None and isinstance(lowered, Compared))


NAMES = PythonNames(lambda ref: ref.name.replace("-", "_"))


@pytest.mark.parametrize(
    ("text", "when_it_is_true", "when_it_is_false"),
    [
        ('optimizer == "adam"', 'optimizer == "adam"', 'optimizer != "adam"'),
        ("epochs > 1 && !flag", "epochs > 1 and not flag", "epochs <= 1 or flag"),
        ("(flag || epochs > 1) && lr < 1", "(flag or epochs > 1) and lr < 1", "not flag and epochs <= 1 or lr >= 1"),
        ('mode in ["auto", "fast"]', 'mode in ("auto", "fast")', 'mode not in ("auto", "fast")'),
        ("clip > 1", "not isinstance(clip, str) and clip > 1", "not isinstance(clip, str) and clip <= 1"),
        ("steps[2] == 3", "len(steps) > 2 and steps[2] == 3", "len(steps) > 2 and steps[2] != 3"),
        ("shape.height == 3", "shape[1] == 3", "shape[1] != 3"),
        ("steps.all(s, s <= epochs)", "all(s <= epochs for s in steps)", "any(s > epochs for s in steps)"),
        ("2 * epochs < 9", "2 * epochs < 9", "2 * epochs >= 9"),
        ("-(epochs - 2 - 3) < 9", "-(epochs - 2 - 3) < 9", "-(epochs - 2 - 3) >= 9"),
        ("flag == (epochs > 1)", "flag == (epochs > 1)", "flag != (epochs > 1)"),
        ('name.matches("^a\\"")', 'found("^a\\"", name)', 'not found("^a\\"", name)'),
        ("min(epochs, lr) > 0.5", "min(float(epochs), lr) > 0.5", "min(float(epochs), lr) <= 0.5"),
        ("steps.exists(len, len > 1)", "any(len_ > 1 for len_ in steps)", "all(len_ <= 1 for len_ in steps)"),
    ],
)
def test_python_reads_as_if_written_by_hand(text: str, when_it_is_true: str, when_it_is_false: str) -> None:
    expr = parse(text)
    assert check(expr, SCOPE) == []
    assert render_formula(when_true(expr, ALL_KNOWN), NAMES) == when_it_is_true
    assert render_formula(when_false(expr, ALL_KNOWN), NAMES) == when_it_is_false


@pytest.mark.parametrize(
    ("text", "when_it_is_true", "when_it_is_unknown"),
    [
        ('optimizer == "adam"', 'optimizer == "adam"', "optimizer is UNKNOWN"),
        ("flag", "flag is True", "flag is UNKNOWN"),
        ("epochs > 1", "epochs is not UNKNOWN and epochs is not NOTHING and epochs > 1", "epochs is UNKNOWN"),
        ("has(lr)", "lr is not UNKNOWN and lr is not NOTHING", "lr is UNKNOWN"),
        ("!has(lr)", "lr is NOTHING", "lr is UNKNOWN"),
        ("has(context.nodes)", "nodes is not UNKNOWN", "False"),
        ("flag && lr > 1 && false", "False", "False"),
    ],
)
def test_python_guards_only_what_needs_it(text: str, when_it_is_true: str, when_it_is_unknown: str) -> None:
    assert render_formula(when_true(parse(text), NOTHING_KNOWN), NAMES) == when_it_is_true
    assert render_formula(when_unknown(parse(text), NOTHING_KNOWN), NAMES) == when_it_is_unknown


@given(texts | st.text())
def test_quoted_string_is_that_string_and_hides_nothing(text: str) -> None:
    literal = quoted(text)
    assert eval(literal) == text
    assert literal.isprintable()


def test_conditions_compared_with_conditions_cannot_blow_up() -> None:
    nested = "flag"
    for _ in range(8):
        nested = f"(({nested} && tune) == spot_)".replace("spot_", "context.spot")
    codes = [problem.code for problem in check(parse(nested), SCOPE)]
    assert codes == ["KS036"]
    assert check(parse("((((flag && tune) == flag) && tune) == flag)"), SCOPE) == []


def test_longest_chain_is_lowered_without_trouble() -> None:
    text = " && ".join(f"steps[{n}] > epochs" for n in range(29))
    formula = when_unknown(parse(text), NOTHING_KNOWN)
    assert len(render_formula(formula, NAMES)) < 20_000


@pytest.mark.parametrize(
    ("formula", "env"),
    [
        (Compared("<", _reference("epochs"), Constant(3)), Values(SCOPE)),
        (Compared("<", _reference("clip"), Constant(3.0)), Values(SCOPE, {"clip": "auto"})),
        (IsTrue(_reference("tune")), Values(SCOPE, {"tune": "Auto"})),
    ],
)
def test_missing_guard_would_be_noticed(formula: Formula, env: Values) -> None:
    with pytest.raises(AssertionError):
        Meaning(env).holds(formula)
