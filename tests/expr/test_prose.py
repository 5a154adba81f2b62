"""Conditions in words, in five languages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.expr import parse
from knobsmith.expr.phrases import Phrases, phrases_of
from knobsmith.expr.prose import code, only_name, prose, value_prose
from knobsmith.expr.syntax import Expr, Not
from knobsmith.records import fields

from tests.strategies_expr import conditions

LOCALES = ["en", "fr", "de", "es", "zh"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('optimizer == "adam"', "`optimizer` is `adam`"),
        ('"adam" != optimizer', "`optimizer` is not `adam`"),
        ('optimizer in ["sgd", "nag"]', "`optimizer` is `sgd` or `nag`"),
        ('optimizer in ["sgd", "nag", "adam"]', "`optimizer` is `sgd`, `nag` or `adam`"),
        ('!(optimizer in ["sgd", "nag"])', "`optimizer` is neither `sgd` nor `nag`"),
        ('optimizer in ["sgd"]', "`optimizer` is `sgd`"),
        ("a > 2 && has(b)", "`a` is above 2 and `b` is set"),
        ("a >= 2 && b < 0.5 && !(c > 1)", "`a` is at least 2, `b` is below 0.5 and `c` is at most 1"),
        ("2 < a", "`a` is above 2"),
        ("flag && !other", "`flag` is `true` and `other` is `false`"),
        ("flag == false", "`flag` is `false`"),
        ("a && (b || c)", "`a` is `true`, and (`b` is `true` or `c` is `true`)"),
        ("a && b || c", "`a` is `true` and `b` is `true`, or `c` is `true`"),
        ("!(a && b)", "`a` is `false` or `b` is `false`"),
        ("!has(a) || has(context.n)", "`a` is not set or `context.n` is set"),
        ("size(steps) > 0", "the length of `steps` is above 0"),
        ("2 * width < height", "`2 * width` is below `height`"),
        ("`drop-rate` * 2 < 1", "`` `drop-rate` * 2 `` is below 1"),
        ("image_shape.height == 224", "`image_shape.height` is 224"),
        ("steps.all(s, s <= epochs)", "for every item `s` of `steps`, `s` is at most `epochs`"),
        ("!steps.all(s, s <= epochs)", "for some item `s` of `steps`, `s` is above `epochs`"),
        ("steps.exists(s, s > 1) && a", "(for some item `s` of `steps`, `s` is above 1), and `a` is `true`"),
        ('"conv" in layers', "`layers` contains `conv`"),
        ('name.matches("^a`b")', "`name` matches ``^a`b``"),
        ("(a > 1) == b", "`(a > 1) == b` holds"),
        ('a == ""', '`a` is `""`'),
        ("true", "this is always so"),
        ("a in []", "this is never so"),
    ],
)
def test_english(text: str, words: str) -> None:
    assert prose(parse(text)) == words


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "it is neither `sgd` nor `nag`, and (it is at most `b` or `b` is not set)"),
        ("fr", "il ne vaut ni `sgd` ni `nag`, et (il vaut au plus `b` ou `b` n’est pas défini)"),
        ("de", "er ist weder `sgd` noch `nag`, und (er ist höchstens `b` oder `b` ist nicht gesetzt)"),
        ("es", "este no es ni `sgd` ni `nag`, y (este es menor o igual que `b` o `b` no está definido)"),
        ("zh", "它不是`sgd`、`nag`中的任何一个，且（它不大于`b`，或`b`未设置）"),
        ("zh_CN", "它不是`sgd`、`nag`中的任何一个，且（它不大于`b`，或`b`未设置）"),
        ("ja", "it is neither `sgd` nor `nag`, and (it is at most `b` or `b` is not set)"),
    ],
)
def test_other_languages_speak_of_the_subject_in_their_own_words(locale: str, words: str) -> None:
    expr = parse('!(x in ["sgd", "nag"]) && (b >= x || !has(b))')
    assert prose(expr, locale, subject="x") == words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('optimizer == "adam"', "optimizer"),
        ("a > 1 && a < 3", "a"),
        ("a > b", None),
        ("a > context.n", None),
        ("1 < 2", None),
    ],
)
def test_only_name(text: str, name: str | None) -> None:
    assert only_name(parse(text)) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("width", "`width`"),
        ("2 * width", "`2 * width`"),
        ("1e-7", "1e-7"),
        ('"auto"', "`auto`"),
        ("size(steps)", "the length of `steps`"),
    ],
)
def test_value(text: str, words: str) -> None:
    assert value_prose(parse(text)) == words


@given(conditions(), st.sampled_from(LOCALES))
def test_anything_can_be_said_and_denied(expr: Expr, locale: str) -> None:
    said, denied = prose(expr, locale), prose(Not(expr), locale)
    assert said != denied
    assert "{" not in re.sub("(`+).*?\\1", "", said)
    assert prose(Not(Not(expr)), locale) == said


@given(st.text(st.sampled_from("`ab \n\u200b") | st.characters(codec="utf-8"), max_size=9))
def test_no_text_leaves_its_code_span(text: str) -> None:
    span = code(text)
    fence = re.match("`+", span)
    assert fence is not None
    inner = span[len(fence.group()) : -len(fence.group())]
    assert span.endswith(fence.group())
    assert len(fence.group()) not in [len(run) for run in re.findall("`+", inner)]
    assert span.isprintable()


def test_all_languages_fill_the_same_places() -> None:
    def places(phrase: object) -> list[set[str]]:
        texts = phrase if isinstance(phrase, tuple) else (phrase,)
        return [set(re.findall(r"\{\w\}", str(text))) for text in texts]

    for field in fields(Phrases):
        wanted = places(getattr(phrases_of("en"), field))
        for locale in LOCALES:
            assert places(getattr(phrases_of(locale), field)) == wanted, (locale, field)
