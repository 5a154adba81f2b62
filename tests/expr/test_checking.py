"""Names and types: what fits is accepted, what does not is refused where it stands."""

from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knobsmith.expr import UNKNOWN, Names, Values, ValueType, check, field_index, holds, parse, print_expr, type_of
from knobsmith.expr.cel import to_cel
from knobsmith.expr.checking import TypeProblem
from knobsmith.expr.outcomes import StaticFacts, when_true, when_unknown
from knobsmith.expr.prose import prose
from knobsmith.expr.rewriting import rebuild
from knobsmith.expr.syntax import ContextName, Expr, FieldOf, Has, Literal, Name, Quantifier, children

from tests.expr.formula_semantics import Meaning
from tests.strategies_expr import trees, typed
from tests.strategies_scope import SCOPE, environments

KINDS = ["boolean", "integer", "number", "string", "list"]


@given(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), typed(kind))))
def test_well_typed_expressions_are_accepted(of_kind: tuple[str, Expr]) -> None:
    kind, expr = of_kind
    assert check(expr, SCOPE, kind) == []
    found = type_of(expr, SCOPE)
    assert found is not None
    assert found.kind == kind


MISFITS = [
    ("`no-such` == 1", "`no-such`", "KS030"),
    ("shape.depth > 1", "shape.depth", "KS030"),
    ("flag + 1 > 0", "flag", "KS031"),
    ("epochs && flag", "epochs", "KS031"),
    ("offset % 2 == 1", "offset", "KS031"),
    ("epochs / 2 == 1", "epochs / 2", "KS031"),
    ('optimizer == "adm"', '"adm"', "KS035"),
    ('clip in [1, "Auto"]', '"Auto"', "KS035"),
]


@st.composite
def planted(draw: st.DrawFn) -> tuple[str, int, str, str]:
    """A condition with one thing in it that does not fit: its text, and that thing's offset, text and code."""
    text = "\0"
    for _ in range(draw(st.integers(0, 3))):
        other = print_expr(draw(typed("boolean", 2)))
        text = draw(
            st.sampled_from([f"({text}) && ({other})", f"({other}) || ({text})", f"!({text})", f"steps.all(q, {text})"])
        )
    wrong, mark, code = draw(st.sampled_from(MISFITS))
    return text.replace("\0", wrong), text.index("\0") + wrong.index(mark), mark, code


@given(planted())
def test_planted_misfit_is_found_at_its_place_and_nothing_else_is(case: tuple[str, int, str, str]) -> None:
    text, start, mark, code = case
    (problem,) = check(parse(text), SCOPE)
    assert problem.code == code
    assert problem.offsets == (start, start + len(mark))


@given(typed("boolean", 4))
def test_unknown_name_is_found_wherever_it_stands(expr: Expr) -> None:
    def renamed(node: Expr) -> Expr:
        if isinstance(node, Name):
            return Name("no-such")
        return rebuild(node, renamed)

    changed = parse(print_expr(renamed(expr)))
    codes = {problem.code for problem in check(changed, SCOPE)}
    assert codes <= {"KS030", "KS031"}
    assert ("KS030" in codes) == ("`no-such`" in print_expr(changed))


def _over_scope(expr: Expr) -> Expr:
    """The same tree, reading names that exist."""
    match expr:
        case Name(name=name):
            return Name(sorted(SCOPE.parameters)[crc32(name.encode()) % len(SCOPE.parameters)])
        case ContextName(name=name):
            return ContextName(sorted(SCOPE.facts)[crc32(name.encode()) % len(SCOPE.facts)])
        case Has(target=target):
            return Has(_over_scope(target))  # type: ignore[arg-type]
        case FieldOf(base=base):
            return FieldOf(_over_scope(base), "height")
        case _:
            return rebuild(expr, _over_scope)


@settings(max_examples=400)
@given(trees(3).map(_over_scope), environments())
def test_any_tree_is_judged_and_what_is_accepted_works(expr: Expr, env: Values) -> None:
    problems = check(expr, SCOPE)
    assert all(problem.fact and problem.help for problem in problems)
    prose(expr, "fr")
    if not problems:
        facts = StaticFacts(SCOPE)
        outcome = holds(expr, env)
        assert Meaning(env).holds(when_true(expr, facts)) is (outcome is True)
        assert Meaning(env).holds(when_unknown(expr, facts)) is (outcome is UNKNOWN)
        to_cel(expr, SCOPE)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ('optimzer == "adam"', [("KS030", "optimzer", "write `optimizer`")]),
        ("nodes > 1", [("KS030", "nodes", "write `context.nodes`")]),
        ("context.epochs > 1", [("KS030", "context.epochs", "write `epochs`")]),
        ("context.nodse > 1", [("KS030", "context.nodse", "write `nodes`")]),
        ("optimizer == adam", [("KS030", "adam", 'put the string in quotes: `"adam"`')]),
        ("has(epoch)", [("KS030", "epoch", "write `epochs`")]),
        ("drop_rate > 0", [("KS030", "drop_rate", "write `` `drop-rate` ``")]),
        ("shape.heigth > 0", [("KS030", "shape.heigth", "write `height`")]),
        ("steps.height > 0", [("KS030", "steps.height", "give the list `fields`, or write an index: `[0]`")]),
        ('optimizer == "adm"', [("KS035", '"adm"', 'write "adam"')]),
        ('"adm" == optimizer', [("KS035", '"adm"', 'write "adam"')]),
        ('optimizer in ["sgd", "x"]', [("KS035", '"x"', 'known are "sgd", "adam", "nag"')]),
        ('"x" in layers', [("KS035", '"x"', 'known are "conv", "dense"')]),
        ('layers == ["conv", "x"]', [("KS035", '"x"', 'known are "conv", "dense"')]),
        ('clip == "infinity"', [("KS035", '"infinity"', 'write "Infinity"')]),
        ('lr == "0.5"', [("KS031", '"0.5"', "write the value without quotes")]),
        ('flag == "true"', [("KS031", '"true"', "write the value without quotes")]),
        ("optimizer == 3", [("KS031", "3", "put it in quotes if a string is meant")]),
        ("epochs", [("KS031", "epochs", "compare it: `epochs > 0`")]),
        ("steps && flag", [("KS031", "steps", "ask for its `size`, or use `all` or `exists`")]),
        ("!optimizer", [("KS031", "optimizer", "compare it with `==` or `in`")]),
        ("flag < 1", [("KS031", "flag", "use the boolean itself as the condition")]),
        ("steps > 1", [("KS031", "steps", "use its `size`, or one of its items")]),
        (
            'optimizer < "b"',
            [("KS031", "optimizer", "use a number"), ("KS031", '"b"', "write the value without quotes")],
        ),
        ("size(epochs) > 1", [("KS031", "epochs", "put it in quotes if a string is meant")]),
        ("steps[lr] > 1", [("KS031", "lr", "use an integer")]),
        ("epochs[0] > 1", [("KS031", "epochs", "use a list")]),
        ("epochs / 2 > 1", [("KS031", "epochs / 2", "make one side a number")]),
        ("lr % 2 == 0", [("KS031", "lr", "use an integer")]),
        ("offset % 2 == 0", [("KS031", "offset", "give what it reads a range from 0")]),
        ("epochs % warmup == 0", [("KS031", "warmup", "give what it reads a range from 1")]),
        ("[1, true] == steps", [("KS031", "true", "use the boolean itself as the condition")]),
        ('size([1, "a"]) > 1', [("KS031", '"a"', "give all items one type")]),
        ("[].all(s, s)", [("KS031", "[]", "write a list with items")]),
        ("[][0] == 1", [("KS031", "[]", "write a list with items")]),
        ("1 in epochs", [("KS031", "epochs", "compare with `==`")]),
        ('"a" in name', [("KS031", "name", "look into a string with `.matches(...)`")]),
        ('flag && name.matches("(?=a)")', [("KS022", 'name.matches("(?=a)")', "")]),
        ("steps.all(s, s)", [("KS031", "s", "compare it: `s > 0`")]),
        ("steps.all(s, flag && s > t)", [("KS030", "t", "known are")]),
        ("a > 1 && b && c.d", [("KS030", "a", ""), ("KS030", "b", ""), ("KS030", "c", "")]),
    ],
)
def test_problem_says_where_and_what_to_do(text: str, problems: list[tuple[str, str, str]]) -> None:
    found = check(parse(text), SCOPE)
    assert [(problem.code, text[slice(*problem.offsets)]) for problem in found] == [case[:2] for case in problems]
    for problem, (_, _, help) in zip(found, problems, strict=True):
        assert help in problem.help
        assert problem.fact


@pytest.mark.parametrize(
    "text",
    [
        'clip == "auto" || clip > 2 || clip in ["auto", 1, 0.5]',
        'tune == "Auto" && tune',
        'mode == "auto" && mode != "fast"',
        'weights.exists(w, w == "auto" || w > 1)',
        'layers == "none" || "conv" in layers',
        'name == "anything"',
        "epochs == 1.0 && shape == [1, 2.5] && steps == []",
        "epochs % 7 == size(name) % epochs && min(epochs, 3) % (warmup + 1) == 0",
        "7 / 2.0 > lr && epochs / lr > 1",
        "flag == (epochs > 1) && (flag && tune) != true",
        'optimizer == mode && "a" == "b"',
        "boxes.all(box, box.width > box[1])",
        "has(context.nodes) && context.`content-type` == 'a/b' && context.size == size(name) || true",
    ],
)
def test_what_fits_is_left_alone(text: str) -> None:
    assert check(parse(text), SCOPE) == []


@pytest.mark.parametrize(
    ("text", "expected", "codes"),
    [
        ("epochs", "integer", []),
        ("epochs", "number", []),
        ("lr", "integer", ["KS031"]),
        ("lr", "boolean", ["KS031"]),
        ("warmup", "number", ["KS031"]),
        ("2 * warmup", "number", []),
        ("clip", "number", []),
        ("clip", ValueType("number"), ["KS031"]),
        ("clip", ValueType("number", words=("auto", "Infinity")), []),
        ("[1, 2.5]", ValueType("list", item=ValueType("integer")), ["KS031"]),
        ("[1, 2]", ValueType("list", item=ValueType("number")), []),
        ('"adm"', SCOPE.parameters["optimizer"], ["KS035"]),
        ('"auto"', SCOPE.parameters["clip"], []),
        ("optimizer", SCOPE.parameters["name"], []),
        ("name", SCOPE.parameters["clip"], ["KS031"]),
    ],
)
def test_result_must_be_what_is_asked_for(text: str, expected: object, codes: list[str]) -> None:
    assert [problem.code for problem in check(parse(text), SCOPE, expected)] == codes  # type: ignore[arg-type]


def test_string_without_closed_values_may_judge_literals_itself() -> None:
    scope = Names({"name": ValueType("string", words=("none",), admits=lambda text: text.startswith("warm"))})
    assert check(parse('name == "warm_up" || name == "none"'), scope) == []
    (problem,) = check(parse('name == "cold"'), scope)
    assert problem == TypeProblem(
        (8, 14), "KS035", '"cold" is no value of `name`', "write a value that its facts allow"
    )


def test_field_leads_to_its_index() -> None:
    expr = parse("shape.height > 1")
    field, quantifier = children(expr)[0], parse("boxes.all(box, box.height > 1)")
    assert isinstance(field, FieldOf)
    assert isinstance(quantifier, Quantifier)
    assert field_index(field, SCOPE) == 1
    assert field_index(FieldOf(Name("steps"), "height"), SCOPE) is None
    boxed = children(quantifier.predicate)[0]
    assert isinstance(boxed, FieldOf)
    box = SCOPE.parameters["boxes"].item
    assert box is not None
    assert field_index(boxed, SCOPE, {"box": box}) == 1


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [
        ("epochs + 1", 2, 1001),
        ("1 - epochs", -999, 0),
        ("-epochs * epochs", -1_000_000, -1),
        ("epochs % 7", 0, 6),
        ("min(epochs, 5)", 1, 5),
        ("size(shape)", 2, 2**53 - 1),
        ("offset * 0", 0, 0),
        ("offset + 1", -(2**53 - 1), 2**53 - 1),
        ("max(`drop-rate`, 3)", 3, 3),
    ],
)
def test_bounds_follow_arithmetic(text: str, lowest: float, highest: float) -> None:
    found = type_of(parse(text), SCOPE)
    assert found is not None
    assert (found.lowest, found.highest) == (lowest, highest)


def test_literal_is_only_a_literal() -> None:
    assert check(Literal(True), SCOPE) == []
