"""Patterns as languages of the solver hold exactly the texts in which ``search`` finds them."""

import z3
from hypothesis import example, given
from knobsmith.prove.languages import in_language
from knobsmith.prove.texts import string_text, string_value
from knobsmith.regex import search

from tests.strategies_regex import patterns, texts


@given(patterns(), texts())
@example("^a|b$", "xb")
@example("^a|b$", "ax")
@example("(?:a$|^b)*", "")
@example("(?:^a){2}", "aa")
@example("(?:^a|b){1,3}$", "abb")
@example("a(?:^|b)c", "abc")
@example("a(?:$|b)c", "ac")
@example("(?:a|^)b", "b")
@example("$^", "")
@example("$^", "a")
@example("x{0}y", "y")
@example("[\\s\\S]$", "\n")
@example("^(?:)$", "")
@example("(^)?a", "ba")
def test_a_language_holds_what_search_finds(pattern: str, text: str) -> None:
    found = z3.simplify(in_language(string_value(text), pattern))
    assert z3.is_true(found) if search(pattern, text) else z3.is_false(found)


@given(patterns())
def test_a_text_of_a_language_is_found(pattern: str) -> None:
    text = z3.String("text")
    solver = z3.Solver()
    solver.set("rlimit", 200_000)
    solver.add(in_language(text, pattern), z3.Length(text) <= 8)
    if solver.check() == z3.sat:
        assert search(pattern, string_text(solver.model().eval(text, model_completion=True)))


@given(texts())
@example("\\u{41}")
@example("\\u0041")
@example('"\\')
def test_texts_survive_the_solver(text: str) -> None:
    assert string_text(z3.simplify(string_value(text))) == text
    assert z3.simplify(z3.Length(string_value(text))).as_long() == len(text)
