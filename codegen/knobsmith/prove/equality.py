"""Equality of two values of comparable kinds: like with like, a text with a word."""

from typing import Any

import z3

from knobsmith.prove.cells import AnyCell, Cell, ListCell, aligned, as_choice, as_string, scalar
from knobsmith.prove.texts import Texts, string_value


def equal(left: AnyCell, right: AnyCell, texts: Texts) -> Any:
    """That two values are the same; words are compared by their text."""
    if isinstance(left, ListCell) and isinstance(right, ListCell):
        return _ordinary_or_word(left, right, _same_items(left, right, texts))
    if isinstance(left, ListCell) or isinstance(right, ListCell):
        a_list, other = (left, scalar(right)) if isinstance(left, ListCell) else (right, scalar(left))
        return _is_word(a_list, other, texts)
    if left.is_text and right.is_text:
        return _same_text(left, right, texts)
    if left.is_text or right.is_text:
        return _is_word(right, left, texts) if left.is_text else _is_word(left, right, texts)
    a, b = aligned(left, right)
    return _ordinary_or_word(a, b, a.plain == b.plain)


def _ordinary_or_word(left: AnyCell, right: AnyCell, same: Any) -> Any:
    ordinary = z3.And(left.word == -1, right.word == -1, same)
    return z3.Or(ordinary, z3.And(left.word != -1, left.word == right.word))


def _same_items(left: ListCell, right: ListCell, texts: Texts) -> Any:
    shared = min(len(left.items), len(right.items))
    same = [z3.Or(left.length <= i, equal(left.items[i], right.items[i], texts)) for i in range(shared)]
    unseen = z3.And(left.length > shared, z3.FreshBool("unseen")) if left.cut and right.cut else z3.BoolVal(False)
    return z3.And(left.length == right.length, z3.Or(left.length <= shared, unseen), *same)


def _same_text(left: Cell, right: Cell, texts: Texts) -> Any:
    if left.kind == "literal" and right.kind == "literal":
        return z3.BoolVal(left.plain == right.plain)
    if "string" not in (left.kind, right.kind):
        return as_choice(left, texts).plain == as_choice(right, texts).plain
    if left.kind == right.kind or "literal" in (left.kind, right.kind):
        return as_string(left, texts).plain == as_string(right, texts).plain
    choice, string = (left, right) if left.kind == "choice" else (right, left)
    same = [z3.And(choice.plain == place, string.plain == string_value(text)) for place, text in texts]
    return z3.Or(*same)


def _is_word(value: AnyCell, text: Cell, texts: Texts) -> Any:
    """That a value of another type is the word that a text names."""
    return z3.And(value.word != -1, value.word == as_choice(text, texts).plain)
