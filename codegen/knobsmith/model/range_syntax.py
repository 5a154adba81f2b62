"""Ranges as text: `(0, 1]`, `{0} | [2, 10]`, `[1, epochs]`.

A parameter's name may hold `-` and stands as it is; one that holds `.`, or is called `inf` or `context`, stands in
backquotes, because a dot leads to a field.
"""

import math
import re
from collections.abc import Iterator
from itertools import groupby
from typing import NoReturn

from knobsmith.expr.syntax import ContextName, Expr, FieldOf, Name
from knobsmith.model.domain import Bound, Interval, Range
from knobsmith.records import Record, replace

MAX_CHARACTERS = 2_000
_TOKEN = re.compile(
    r"\s*(?:(?P<infinity>[+-]?inf(?![\w-]))"
    r"|(?P<number>[+-]?\.?\d[\w.]*(?:(?<=[eE])[+-]\w*)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_-]*|`[^`]*`)"
    r"|(?P<mark>[\[\](){},|.])"
    r"|(?P<foreign>\S))"
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}")
_DECIMAL_COMMA = re.compile(r"(?<![\w.,])(-?[0-9]+),([0-9]+)(?![\w.])")
_BARE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_EXAMPLE = "write an interval such as `[1, inf)`, or points such as `{0, 2}`, joined by `|`"
_INFINITY = {"∞": "inf", "Infinity": "inf", "infinity": "inf", "oo": "inf"}


class RangeSyntaxError(ValueError):
    """A text is no range.

    Attributes:
        message: What is wrong, to be read after a comma: "`inf` is closed".
        help: What to do about it.
        start: Offset of the first wrong character.
        end: Offset after the last one; may equal ``start`` at the end of the text.
    """

    def __init__(self, message: str, help: str, start: int, end: int) -> None:
        super().__init__(f"{message}: {help}")
        self.message = message
        self.help = help
        self.start = start
        self.end = end


def parse_range(text: str) -> Range:
    """The meaning of a range. Whether it is empty, and whether its pieces ascend, is not asked here.

    Raises:
        RangeSyntaxError: For the first thing that is wrong, with its place.
    """
    if len(text) > MAX_CHARACTERS:
        help = "state the values as `values`, or the gaps as a rule"
        raise RangeSyntaxError(f"it has {len(text):,} characters", help, MAX_CHARACTERS, len(text))
    return _Reader(text).range()


def print_range(range: Range) -> str:
    """The text of a range; reading it gives the same range."""
    pieces: list[str] = []
    for is_point, group in groupby(range.intervals, _is_point):
        intervals = list(group)
        if is_point:
            points = ", ".join(spell_constant(interval.lower.value) for interval in intervals)
            pieces.append(f"{{{points}}}")
        else:
            pieces.extend(map(print_interval, intervals))
    return " | ".join(pieces)


def print_interval(interval: Interval) -> str:
    """The text of one interval that is no single point."""
    lower, upper = interval.lower, interval.upper
    opening, closing = "[" if lower.closed else "(", "]" if upper.closed else ")"
    return f"{opening}{_print_end(lower, '-inf')}, {_print_end(upper, 'inf')}{closing}"


def spell_constant(value: object) -> str:
    """A number as a range shows it: a whole one without fraction while that is short."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    digits, mark, exponent = repr(value).partition("e")
    return f"{digits.removesuffix('.0')}e{int(exponent)}" if mark else digits


def _is_point(interval: Interval) -> bool:
    lower, upper = interval.lower, interval.upper
    return lower.closed and upper.closed and lower.value is not None and lower.value == upper.value


def _print_end(bound: Bound, infinity: str) -> str:
    if bound.name is not None:
        return _print_name(bound.name)
    return infinity if bound.value is None else spell_constant(bound.value)


def _print_name(expr: Expr) -> str:
    match expr:
        case Name(name=name):
            return name if _BARE_NAME.fullmatch(name) and name not in ("inf", "context") else f"`{name}`"
        case ContextName(name=name):
            return f"context.{_print_part(name)}"
        case FieldOf(base=base, field=field):
            return f"{_print_name(base)}.{_print_part(field)}"
        case _:
            raise AssertionError(f"{expr!r} is no end of a range")


def _print_part(name: str) -> str:
    return name if _BARE_NAME.fullmatch(name) else f"`{name}`"


class _Token(Record):
    kind: str
    text: str
    start: int
    end: int


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        yield _Token(kind, match[kind], match.start(kind), match.end(kind))
    yield _Token("end", "", len(text), len(text))


class _Reader:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._next = next(self._tokens)

    def range(self) -> Range:
        if self._next.kind == "end":
            self._fail("it is empty", _EXAMPLE)
        intervals = list(self._piece())
        while self._next.text == "|":
            self._take()
            intervals.extend(self._piece())
        if self._next.kind != "end":
            self._fail(f"`{self._next.text}` follows a complete range", "join pieces by `|`")
        if len(intervals) > 1:
            self._refuse_names(intervals)
        return Range(intervals=tuple(intervals))

    def _piece(self) -> Iterator[Interval]:
        if self._next.text == "{":
            yield from self._points()
        elif self._next.text in ("[", "("):
            yield self._interval()
        else:
            self._fail(f"{self._shown()} starts no interval", _EXAMPLE)

    def _points(self) -> Iterator[Interval]:
        self._take()
        while True:
            token = self._take()
            if token.kind != "number":
                self._fail(f"{_shown(token)} is no number", "list numbers between `{` and `}`", token)
            end = Bound(value=_number(token), closed=True)
            yield Interval(lower=end, upper=end)
            mark = self._expect((",", "}"), "separate numbers by `,` and close with `}`")
            if mark.text == "}":
                return

    def _interval(self) -> Interval:
        opening = self._take()
        lower = self._end(opening.text == "[", "-inf", opening)
        self._expect((",",), "separate the two ends by `,`")
        upper, token = self._upper()
        closing = self._expect(("]", ")"), "close the interval with `]`, or with `)` to leave the end out")
        is_closed = closing.text == "]"
        if is_closed and token.kind == "infinity":
            self._fail("an infinite end is open", f"write `{token.text})`", closing)
        return Interval(lower=lower, upper=replace(upper, closed=is_closed))

    def _upper(self) -> tuple[Bound, _Token]:
        token = self._next
        return self._end(False, "inf", token), token

    def _end(self, closed: bool, infinity: str, opening: _Token) -> Bound:
        token = self._take()
        if token.kind == "number":
            return Bound(value=_number(token), closed=closed)
        if token.kind == "infinity":
            if token.text.removeprefix("+") != infinity:
                side = "upper" if infinity == "inf" else "lower"
                self._fail(f"`{token.text}` is no {side} end", f"write `{infinity}`", token)
            if closed:
                self._fail("an infinite end is open", f"write `({infinity}`", opening)
            return Bound()
        if token.text in _INFINITY:
            self._fail(f"`{token.text}` is not how infinity is written", f"write `{infinity}`", token)
        if token.kind != "name":
            self._fail(f"{_shown(token)} is no end of an interval", "write a number, `inf` or a name", token)
        return Bound(name=self._name(token), closed=closed)

    def _name(self, token: _Token) -> Expr:
        expr: Expr = Name(_spelled(token), span=(token.start, token.end))
        if token.text == "context":
            field = self._field("write `context.NAME`")
            expr = ContextName(_spelled(field), span=(token.start, field.end))
        while self._next.text == ".":
            field = self._field("write a field behind the dot, as in `image_shape.height`")
            expr = FieldOf(expr, _spelled(field), span=(token.start, field.end))
        return expr

    def _field(self, help: str) -> _Token:
        self._expect((".",), help)
        token = self._take()
        if token.kind not in ("name", "infinity") or token.text.startswith(("-", "+")):
            self._fail(f"{_shown(token)} is no name", help, token)
        return token

    def _expect(self, marks: tuple[str, ...], help: str) -> _Token:
        token = self._take()
        if token.text not in marks or token.kind != "mark":
            wanted = " or ".join(f"`{mark}`" for mark in marks)
            advice = _advice(token, marks) or (_advice_on_commas(self._text) if "]" in marks else None)
            self._fail(f"{_shown(token)} stands where {wanted} is expected", advice or help, token)
        return token

    def _take(self) -> _Token:
        token, self._next = self._next, next(self._tokens, self._next)
        return token

    def _shown(self) -> str:
        return _shown(self._next)

    def _refuse_names(self, intervals: list[Interval]) -> None:
        for interval in intervals:
            for bound in (interval.lower, interval.upper):
                if bound.name is not None:
                    help = "use numbers, or state the rest as a rule"
                    raise RangeSyntaxError("one of several pieces ends at a name", help, *bound.name.span)

    def _fail(self, message: str, help: str, token: _Token | None = None) -> NoReturn:
        place = token or self._next
        raise RangeSyntaxError(message, help, place.start, place.end)


def _advice(token: _Token, marks: tuple[str, ...]) -> str | None:
    if token.text in ("+", "-", "*", "/", "%"):
        return "an end is a number or a name; state anything beyond as a rule"
    if "," in marks and token.text in (";", ":", ".."):
        return "separate the two ends by `,`"
    return None


def _advice_on_commas(text: str) -> str | None:
    """What to do about commas inside numbers: "write `0.1` with a point". A comma between two ends has a blank."""
    pairs = _DECIMAL_COMMA.findall(text)
    if not pairs:
        return None
    numbers = " and ".join(f"`{whole}.{fraction}`" for whole, fraction in pairs)
    return f"write {numbers} with a point; a comma separates the two ends"


def _shown(token: _Token) -> str:
    return f"`{token.text}`" if token.text else "the end of the text"


def _spelled(token: _Token) -> str:
    name = token.text.strip("`")
    if _NAME.fullmatch(name):
        return name
    help = "use letters, digits, `_`, `.` and `-`, at most 128, the first a letter or `_`"
    raise RangeSyntaxError(f"`{name}` is no name", help, token.start, token.end)


def _number(token: _Token) -> int | float:
    match = _NUMBER.fullmatch(token.text)
    if match is None:
        help = "write it as JSON does: `12`, `0.5` or `1e-7`"
        raise RangeSyntaxError(f"`{token.text}` is no number", help, token.start, token.end)
    nearest = float(token.text) + 0.0
    if not math.isfinite(nearest):
        help = "write `inf`, or a number below about 1.8e308"
        raise RangeSyntaxError(f"`{token.text}` is beyond the largest number", help, token.start, token.end)
    return nearest if match.group(1) or match.group(2) else int(token.text)
