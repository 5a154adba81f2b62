"""Text to tree and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.expr import ExprSyntaxError, from_json, parse, print_expr, to_json
from knobsmith.expr.parser import MAX_CHARACTERS
from knobsmith.expr.syntax import (
    Arithmetic,
    Both,
    Comparison,
    ContextName,
    Either,
    Expr,
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
    Variable,
    children,
    names_read,
    walk,
)

from tests.strategies_expr import trees, typed

a, b, c = Name("a"), Name("b"), Name("c")


@given(trees())
def test_reading_what_was_printed_gives_the_same_tree(expr: Expr) -> None:
    assert parse(print_expr(expr)) == expr


@given(trees())
def test_printing_is_canonical(expr: Expr) -> None:
    text = print_expr(expr)
    assert print_expr(parse(f"( {text} )")) == text


@given(trees())
def test_json_survives_a_tool_that_knows_only_one_kind_of_number(expr: Expr) -> None:
    def without_fraction(value: object) -> object:
        if isinstance(value, list):
            return [without_fraction(item) for item in value]
        return int(value) if isinstance(value, float) and value.is_integer() else value

    assert from_json(without_fraction(json.loads(json.dumps(to_json(expr))))) == expr


@pytest.mark.parametrize(
    ("text", "expr"),
    [
        ("a || b && c", Either(a, Both(b, c))),
        ("a && b && c", Both(Both(a, b), c)),
        ("a - b - c", Arithmetic("-", Arithmetic("-", a, b), c)),
        ("a + b * c", Arithmetic("+", a, Arithmetic("*", b, c))),
        ("!a == b", Comparison("==", Not(a), b)),
        ("-a[0]", Negate(ItemAt(a, Literal(0)))),
        ("-1", Literal(-1)),
        ("- 1", Literal(-1)),
        ("-(1)", Negate(Literal(1))),
        ("--1", Negate(Literal(-1))),
        ("a -1", Arithmetic("-", a, Literal(1))),
        ("-0.0", Literal(0.0)),
        ("1", Literal(1)),
        ("1.0", Literal(1.0)),
        ("1e2", Literal(100.0)),
        ("`drop-rate` < 1", Comparison("<", Name("drop-rate"), Literal(1))),
        ("`context`", Name("context")),
        ("`in` in [`for`]", Membership(Name("in"), ListLiteral((Name("for"),)))),
        ("context.nodes", ContextName("nodes")),
        ("context.shape.height", FieldOf(ContextName("shape"), "height")),
        ("has", Name("has")),
        ("size.min", FieldOf(Name("size"), "min")),
        ("has(context.`a-b`)", Has(ContextName("a-b"))),
        ("a.matches('^\\\\d')", Matches(a, "^\\d")),
        ("a.all(s, s < b)", Quantifier("all", a, "s", Comparison("<", Variable("s"), b))),
        ("a.all(s, s < `s`)", Quantifier("all", a, "s", Comparison("<", Variable("s"), Name("s")))),
        ("s.exists(s, has(s))", Quantifier("exists", Name("s"), "s", Has(Name("s")))),
        ('a == "it\'s" || a == \'say "hi"\'', Either(*(Comparison("==", a, Literal(t)) for t in ("it's", 'say "hi"')))),
        (r"'\"\'\\\/\b\f\n\r\t\u00e9\ud83d\ude00'", Literal("\"'\\/\b\f\n\r\té😀")),
        ("a\n  &&\tb", Both(a, b)),
    ],
)
def test_text_has_this_tree(text: str, expr: Expr) -> None:
    assert parse(text) == expr


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("((a))||(b&&c)", "a || b && c"),
        ("(a||b)&&c", "(a || b) && c"),
        ("a+(b-c)", "a + (b - c)"),
        ("!(a==b)", "!(a == b)"),
        ("a in ['x','y']", 'a in ["x", "y"]'),
        ("a<1e-07||a>1E22||a==32.0", "a < 1e-7 || a > 1e22 || a == 32.0"),
        ("`a` . `b-c` [ 0 ]", "a.`b-c`[0]"),
        ('a == "\\u200b\\u00e9"', 'a == "\\u200bé"'),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    assert print_expr(parse(text)) == canonical


@given(typed())
def test_places_lead_to_the_text_of_each_node(expr: Expr) -> None:
    text = print_expr(expr)
    read = parse(text)
    assert read.span == (0, len(text))
    for node in walk(read):
        piece = text[slice(*node.span)]
        if not any(isinstance(inner, Variable) for inner in walk(node)):
            assert parse(piece) == node


@pytest.mark.parametrize(
    ("text", "wrong", "message", "help"),
    [
        ("a & b", "&", "`&` is no operator", "write `&&`"),
        ("a = b", "=", "`=` is no operator", "write `==`"),
        ("a === b", "===", "`===` is no operator", "write `==`"),
        ("a !== b", "!==", "`!==` is no operator", "write `!=`"),
        ("a => b", "=>", "`=>` is no operator", "write `>=`"),
        ("a <> b", "<>", "`<>` is no operator", "write `!=`"),
        ("a ≤ b", "≤", "`≤` is no operator", "write `<=`"),
        ("a ** 2", "**", "`**` is no operator", "there is no power; multiply"),
        ("a and b", "and", "`and` is no operator", "write `&&`"),
        ("not a", "not", "`not` is no operator", "write `!`"),
        ("a not in [1]", "not", "`not` is no operator", "write `!(x in [...])`"),
        ("a ? b : c", "?", "there is no `?:`", "state the alternatives as `cases`, each with its `when`"),
        ('a == "b', '"b', "a string has no end", 'close it with `"`; inside a string write `\\"`'),
        ("`a", "`a", "a name has no end", "close it with a backquote"),
        ("1 < a < 3", "<", "comparisons do not chain", "compare two things at a time: `a < b && b < c`"),
        ("012", "012", "`012` is no number", "write it as JSON does: `12`, `0.5` or `1e-7`"),
        (".5", ".5", "`.5` is no number", "write it as JSON does: `12`, `0.5` or `1e-7`"),
        ("1e400", "1e400", "`1e400` is beyond the largest number", "numbers end at about 1.8e308"),
        ("9007199254740992", "9007199254740992", "`9007199254740992` is beyond ±(2^53 - 1)", "write `1e16`"),
        ("a == null", "null", "there is no `null`", "ask `has(NAME)`"),
        ("for > 1", "for", "`for` is a keyword", "write a name like this one in backquotes: `` `for` ``"),
        ("a.in", "in", "`in` stands where a name is expected", "backquotes"),
        ("context == 1", "context", "`context` is no value", "name a fact, `context.NAME`"),
        ("len(a)", "len", "there is no function `len`", "use one of `has`, `size`, `min`, `max`"),
        ("a.map(b, c)", "map", "there is no method `map`", "use one of `matches`, `all`, `exists`"),
        ("has(a + 1)", "a + 1", "`has` asks about something else than a name", "give it a parameter"),
        ("min(a)", "min(a)", "`min` has 1 argument", "give it two or more numbers"),
        ("size(a, b)", "size(a, b)", "`size` has 2 arguments", "give it one argument"),
        ("a.all(b)", "a.all(b)", "`all` has 1 argument", "give it an item's name and a condition"),
        ("a.all(`s`, b)", "`s`", "something else than a plain name stands for the item", "name the item first"),
        ("a.matches(b)", "b", "`matches` has something else than a string", "write a regular expression in quotes"),
        ('"\\d"', "\\d", "`\\d` is no escape", "write `\\\\d` for a backslash before `d`"),
        ('"\\ud83d"', '"\\ud83d"', "a string contains half a surrogate pair", "write both halves"),
        ('"a\tb"', "\t", "a string contains a control character", "write it as `\\t`"),
        ("`1a`", "`1a`", "what stands in backquotes is no name", "use letters"),
        ("a b", "b", "`b` stands where an operator is expected", "join two conditions with `&&` or `||`"),
        ("a)", ")", "`)` stands where an operator is expected", "remove it"),
        ("(a", "", "the expression ends where an operator or `)` is expected", "close the bracket"),
        ("a +", "", "the expression ends where a name, a number", "write what is missing"),
        ("a ++ b", "+", "`+` stands before a value", "drop it"),
        ("{a}", "{", "`{` means nothing here", "put a string in quotes"),
        ("", "", "it is empty", "write a condition or a value"),
    ],
)
def test_error_says_what_is_wrong_where_and_what_to_do(text: str, wrong: str, message: str, help: str) -> None:
    with pytest.raises(ExprSyntaxError) as caught:
        parse(text)
    error = caught.value
    assert text[error.start : error.end] == wrong
    assert error.message.startswith(message)
    assert help in error.help
    assert error.code == "KS021"


@pytest.mark.parametrize(
    "text",
    [
        "a" * MAX_CHARACTERS,
        "!" * 31 + "a",
        "(" * 32 + "a" + ")" * 32,
        " + ".join("a" * 32),
        '"' + "(" * 90 + '"',
        "||".join("a" * 667),
    ],
)
def test_what_is_just_within_the_limits_is_read(text: str) -> None:
    parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * (MAX_CHARACTERS + 1),
        "!" * 32 + "a",
        "(" * 33 + "a" + ")" * 33,
        " + ".join("a" * 33),
        "!" * 1999 + "a",
        "(" * 999 + "a" + ")" * 999,
        "a" + "[a" * 660 + "]" * 660,
        "-" * 1998 + "a",
        "[].all(s, " * 150 + "a" + ")" * 150,
    ],
)
def test_what_is_beyond_the_limits_is_refused_as_such(text: str) -> None:
    with pytest.raises(ExprSyntaxError) as caught:
        parse(text)
    assert caught.value.code == "KS036"


@pytest.mark.parametrize(("operator", "kind"), [("&&", Both), ("||", Either)])
def test_a_chain_too_long_for_the_levels_is_divided_into_halves(operator: str, kind: type[Both] | type[Either]) -> None:
    def levels(expr: Expr) -> int:
        return 1 + max(map(levels, children(expr)), default=0)

    names = [f"x{number}" for number in range(250)]
    text = f" {operator} ".join(names)
    expr = parse(f"!({text})")
    assert levels(expr) == 10
    assert expr.span == (0, len(text) + 3)
    assert names_read(expr) == tuple(names)
    assert {type(node) for node in walk(expr)} == {Not, kind, Name}
    assert all(text[slice(*node.span)] for node in walk(parse(text)))
    assert from_json(to_json(expr)) == expr


def test_a_chain_within_the_levels_stays_as_it_is_written() -> None:
    chain: Expr = Name("x0")
    for number in range(1, 32):
        chain = Both(chain, Name(f"x{number}"))
    assert parse(" && ".join(f"x{number}" for number in range(32))) == chain


def test_of_two_mistakes_the_first_is_told_unless_the_second_leaves_the_grammar() -> None:
    for text, wrong in (("f(012)", "012"), ("f(1) && 012", "f"), ("f(1) && )", ")")):
        with pytest.raises(ExprSyntaxError) as caught:
            parse(text)
        assert text[caught.value.start : caught.value.end] == wrong


_WORDS = "a context s 1 0.5 1e9 \"x\" 'y' `z` true null in for has( size( .all(s, &&"
_soup = st.lists(st.sampled_from([*_WORDS.split(" "), *"()[].,!-+*/%<&=?\\é|"]), max_size=30)


@given(st.text(max_size=60) | _soup.map(" ".join) | _soup.map("".join))
def test_any_text_is_an_expression_or_a_syntax_error(text: str) -> None:
    try:
        expr = parse(text)
    except ExprSyntaxError as error:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.message
        assert error.help
    else:
        assert parse(print_expr(expr)) == expr


@given(
    st.sampled_from(["(", "!", "-", "[", "a[", "a.all(s,", "has(", "a||", "a+", "1,", "a.b", '"', "`a`."]),
    st.integers(1, 2500),
)
def test_repetition_exhausts_nothing(piece: str, count: int) -> None:
    for text in (piece * count, piece * count + "a"):
        try:
            parse(text)
        except ExprSyntaxError:
            continue


_junk = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3), lambda x: st.lists(x, max_size=4))


@given(_junk)
def test_arrays_that_stand_for_no_expression_are_refused(tree: object) -> None:
    try:
        expr = from_json(tree)
    except ValueError:
        return
    assert to_json(expr) == tree
