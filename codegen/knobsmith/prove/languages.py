"""Patterns as regular languages of the solver.

What a part of a pattern matches depends on where it stands only through ``^`` and ``$``. So each part is four
languages: of the texts it matches from the start of the whole text or not, up to its end or not. A text matched
anywhere is matched at the start too, so a part may always be read as if it did not stand there.
"""

from collections.abc import Callable
from functools import cache, reduce
from typing import Any

import z3

from knobsmith.prove.texts import LAST_CODE_POINT
from knobsmith.records import Record
from knobsmith.regex import Alternation, Anchor, Characters, Concatenation, Group, Node, Repetition, parse

# Whether a part begins at the start of the whole text, and whether it ends at its end.
_Place = tuple[bool, bool]
_ANYWHERE: _Place = (False, False)
_PLACES: tuple[_Place, ...] = (_ANYWHERE, (False, True), (True, False), (True, True))


class _Matched(Record):
    """What a part matches at one place: a language, None if it is empty, and whether the empty text is in it."""

    language: Any
    empty: bool


_Part = dict[_Place, _Matched]


def in_language(text: Any, pattern: str) -> Any:
    """That a pattern is found in a text."""
    return z3.InRe(text, _searched(pattern))


@cache
def _searched(pattern: str) -> Any:
    """All texts in which a pattern is found: anything may stand before and after it, unless an anchor forbids."""
    part = _part(parse(pattern))
    sort = z3.ReSort(z3.StringSort())
    found = []
    for at_start, at_end in _PLACES:
        language = part[at_start, at_end].language
        weaker = [p for p in _PLACES if p[0] <= at_start and p[1] <= at_end and p != (at_start, at_end)]
        if language is not None and not any(_is_same(language, part[place].language) for place in weaker):
            before = _EMPTY_TEXT if at_start else z3.Full(sort)
            after = _EMPTY_TEXT if at_end else z3.Full(sort)
            found.append(_sequence(before, language, after))
    return _union(*found) if found else z3.Empty(sort)


def _part(node: Node) -> _Part:
    match node:
        case Characters():
            spans = [_span(first, last) for first, last in node.spans if first <= LAST_CODE_POINT]
            return _everywhere(_Matched(_union(*spans), False))
        case Anchor(place="start"):
            return {place: _READS_NOTHING if place[0] else _MATCHES_NOTHING for place in _PLACES}
        case Anchor():
            return {place: _READS_NOTHING if place[1] else _MATCHES_NOTHING for place in _PLACES}
        case Concatenation():
            return reduce(_after, [_part(part) for part in node.parts], _EMPTY)
        case Alternation():
            return reduce(_or, [_part(branch) for branch in node.branches])
        case Group():
            return _part(node.body)
        case Repetition():
            return _repeated(_part(node.body), node.least, node.most)


def _after(left: _Part, right: _Part) -> _Part:
    """One after the other: the place between them is neither start nor end unless one of them reads nothing."""

    def at(place: _Place) -> _Matched:
        first, second = left[place[0], False], right[False, place[1]]
        empty = left[place].empty and right[place].empty
        return _Matched(
            _union(
                _sequence(first.language, second.language),
                right[place].language if first.empty else None,
                left[place].language if second.empty else None,
                _EMPTY_TEXT if empty else None,
            ),
            empty,
        )

    if _hangs_on_place(left) or _hangs_on_place(right):
        return _at_each_place(at)
    first, second = left[_ANYWHERE], right[_ANYWHERE]
    return _everywhere(_Matched(_sequence(first.language, second.language), first.empty and second.empty))


def _or(left: _Part, right: _Part) -> _Part:
    def at(place: _Place) -> _Matched:
        one, other = left[place], right[place]
        return _Matched(_union(one.language, other.language), one.empty or other.empty)

    if _hangs_on_place(left) or _hangs_on_place(right):
        return _at_each_place(at)
    return _everywhere(at(_ANYWHERE))


def _repeated(body: _Part, least: int, most: int | None) -> _Part:
    if _hangs_on_place(body):
        needed = reduce(_after, [body] * least, _EMPTY)
        if most is None:
            return _after(needed, _starred(body))
        return reduce(_after, [_or(body, _EMPTY)] * (most - least), needed)
    matched = body[_ANYWHERE]
    if matched.language is None or most == 0:
        return _EMPTY if least == 0 else body
    if most is None:
        # The solver takes 0 as the highest count for "without end".
        language = z3.Star(matched.language) if least == 0 else z3.Loop(matched.language, least, 0)
    else:
        language = z3.Loop(matched.language, least, most)
    return _everywhere(_Matched(language, least == 0 or matched.empty))


def _starred(body: _Part) -> _Part:
    """Any number of times; only the first may begin at the start, only the last end at the end."""
    between = body[_ANYWHERE].language
    middle = _EMPTY_TEXT if between is None else z3.Star(between)

    def at(place: _Place) -> _Matched:
        several = _sequence(body[place[0], False].language, middle, body[False, place[1]].language)
        return _Matched(_union(_EMPTY_TEXT, body[place].language, several), True)

    return _at_each_place(at)


def _at_each_place(at: Callable[[_Place], _Matched]) -> _Part:
    return {place: at(place) for place in _PLACES}


def _everywhere(matched: _Matched) -> _Part:
    return dict.fromkeys(_PLACES, matched)


def _hangs_on_place(part: _Part) -> bool:
    return any(matched is not part[_ANYWHERE] for matched in part.values())


def _span(first: int, last: int) -> Any:
    return z3.Range(_character(first), _character(min(last, LAST_CODE_POINT)))


def _character(code: int) -> Any:
    return z3.StringVal(f"\\u{{{code:x}}}")


def _sequence(*languages: Any) -> Any:
    """One language after the other; None if one of them is the empty language."""
    if any(language is None for language in languages):
        return None
    kept = [language for language in languages if not _is_same(language, _EMPTY_TEXT)]
    if len(kept) < 2:
        return kept[0] if kept else _EMPTY_TEXT
    return z3.Concat(*kept)


def _union(*languages: Any) -> Any:
    """Several languages as one; None if all are empty."""
    kept: list[Any] = []
    for language in languages:
        if language is not None and not any(_is_same(language, other) for other in kept):
            kept.append(language)
    if len(kept) < 2:
        return kept[0] if kept else None
    return z3.Union(*kept)


def _is_same(left: Any, right: Any) -> bool:
    return left is right or (left is not None and right is not None and left.eq(right))


_EMPTY_TEXT = z3.Re(z3.StringVal(""))
_READS_NOTHING, _MATCHES_NOTHING = _Matched(_EMPTY_TEXT, True), _Matched(None, False)
_EMPTY = _everywhere(_READS_NOTHING)
