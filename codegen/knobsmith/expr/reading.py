"""From tokens to nodes: one method for each thing that the parser builds.

The parser is wide where a precise message needs it; what it lets through by mistake is refused here.
"""

import json
import math
import re
from typing import Any

from knobsmith.expr.errors import ExprSyntaxError
from knobsmith.expr.spelling import FUNCTIONS, KEYWORDS, LARGEST_INTEGER, METHODS, NAME, NUMBER
from knobsmith.expr.syntax import (
    Arithmetic,
    Both,
    Comparison,
    ContextName,
    Either,
    Expr,
    Extreme,
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
    Size,
)
from knobsmith.expr.tokens import Token
from knobsmith.records import replace

Part = Any  # a node or a token: the parser says which stands where


class Reading:
    """Builds a tree bottom up. Holds no state: one serves all texts."""

    def either(self, parts: list[Part]) -> Expr:
        """``a || b``."""
        return Either(parts[0], parts[1], span=_around(parts))

    def both(self, parts: list[Part]) -> Expr:
        """``a && b``."""
        return Both(parts[0], parts[1], span=_around(parts))

    def comparison(self, parts: list[Part]) -> Expr:
        """``a < b``."""
        left, operator, right = parts
        return Comparison(operator.text, left, right, span=_around(parts))

    def membership(self, parts: list[Part]) -> Expr:
        """``a in b``."""
        return Membership(parts[0], parts[1], span=_around(parts))

    def arithmetic(self, parts: list[Part]) -> Expr:
        """``a + b``."""
        left, operator, right = parts
        return Arithmetic(operator.text, left, right, span=_around(parts))

    def negation(self, parts: list[Part]) -> Expr:
        """``!a``."""
        return Not(parts[1], span=_around(parts))

    def negative(self, parts: list[Part]) -> Expr:
        """``-a``."""
        return Negate(parts[1], span=_around(parts))

    def negative_number(self, parts: list[Part]) -> Expr:
        """``-1``: one literal."""
        value = _number(parts[1])
        return Literal(-value if value else value, span=_around(parts))

    def group(self, parts: list[Part]) -> Expr:
        """``(a)``: no node, but the brackets belong to its place."""
        inner: Expr = parts[1]
        return inner if isinstance(inner, Name) else replace(inner, span=_around(parts))

    def field(self, parts: list[Part]) -> Expr:
        """``a.b``."""
        return FieldOf(parts[0], _spelled(parts[1]), span=_around(parts))

    def item(self, parts: list[Part]) -> Expr:
        """``a[b]``."""
        return ItemAt(parts[0], parts[1], span=_around(parts))

    def listing(self, parts: list[Part]) -> Expr:
        """``[a, b]``."""
        return ListLiteral(tuple(parts[1:-1]), span=_around(parts))

    def name(self, parts: list[Part]) -> Expr:
        """``a``, or one of the two booleans."""
        token = parts[0]
        if token.text in ("true", "false"):
            return Literal(token.text == "true", span=_around(parts))
        return Name(_spelled(token), span=_around(parts))

    def context(self, parts: list[Part]) -> Expr:
        """``context.a``."""
        return ContextName(_spelled(parts[1]), span=_around(parts))

    def number(self, parts: list[Part]) -> Expr:
        """``0.5``."""
        return Literal(_number(parts[0]), span=_around(parts))

    def string(self, parts: list[Part]) -> Expr:
        """``"a"``."""
        return Literal(_unescaped(parts[0]), span=_around(parts))

    def call(self, parts: list[Part]) -> Expr:
        """``size(a)`` and the other functions."""
        function, _, *arguments, _ = parts
        span = _around(parts)
        match function.text:
            case "has":
                (target,) = _exactly(1, "has", arguments, span)
                if not isinstance(target, (Name, ContextName)):
                    raise ExprSyntaxError(
                        "`has` asks about something else than a name",
                        "give it a parameter or `context.NAME`; compare values otherwise",
                        *target.span,
                    )
                return Has(target, span=span)
            case "size":
                return Size(*_exactly(1, "size", arguments, span), span=span)
            case "min" | "max" as kind if len(arguments) >= 2:
                return Extreme(kind, tuple(arguments), span=span)
            case "min" | "max" as kind:
                raise ExprSyntaxError(f"`{kind}` has {_count(arguments)}", "give it two or more numbers", *span)
            case unknown:
                raise _no_such("function", unknown, FUNCTIONS, function)

    def method(self, parts: list[Part]) -> Expr:
        """``a.matches("^b")`` and the other methods."""
        subject, method, _, *arguments, _ = parts
        span = _around(parts)
        match method.text:
            case "matches":
                (pattern,) = _exactly(1, "matches", arguments, span)
                if isinstance(pattern, Literal) and isinstance(pattern.value, str):
                    return Matches(subject, pattern.value, span=span)
                help = "write a regular expression in quotes"
                raise ExprSyntaxError("`matches` has something else than a string", help, *pattern.span)
            case "all" | "exists" as kind:
                variable, predicate = _exactly(2, kind, arguments, span)
                return Quantifier(kind, subject, _variable(variable), predicate, span=span)
            case unknown:
                raise _no_such("method", unknown, METHODS, method)


def _spelled(token: Token) -> str:
    span = (token.start, token.end)
    if token.kind == "quoted":
        name = token.text[1:-1]
        if not NAME.fullmatch(name):
            help = "use letters, digits, `_`, `.` and `-`, at most 128, the first a letter or `_`"
            raise ExprSyntaxError("what stands in backquotes is no name", help, *span)
        return name
    if token.text == "null":
        raise ExprSyntaxError("there is no `null`", "ask `has(NAME)` whether a parameter has a value", *span)
    if token.text in KEYWORDS:
        help = f"write a name like this one in backquotes: `` `{token.text}` ``"
        raise ExprSyntaxError(f"`{token.text}` is a keyword", help, *span)
    return token.text


def is_bare(name: Name) -> bool:
    """Whether a name that was read stood without backquotes and brackets."""
    start, end = name.span
    return end - start == len(name.name)


def _variable(node: Expr) -> str:
    if isinstance(node, Name) and is_bare(node):
        return node.name
    help = "name the item first, as in `steps.all(s, s > 0)`"
    raise ExprSyntaxError("something else than a plain name stands for the item", help, *node.span)


def _around(parts: list[Part]) -> tuple[int, int]:
    first, last = parts[0], parts[-1]
    start = first.start if isinstance(first, Token) else first.span[0]
    end = last.end if isinstance(last, Token) else last.span[1]
    return (start, end)


def _exactly(count: int, name: str, arguments: list[Part], span: tuple[int, int]) -> list[Part]:
    if len(arguments) == count:
        return arguments
    wanted = "one argument" if count == 1 else "an item's name and a condition"
    raise ExprSyntaxError(f"`{name}` has {_count(arguments)}", f"give it {wanted}", *span)


def _count(arguments: list[Part]) -> str:
    return "1 argument" if len(arguments) == 1 else f"{len(arguments)} arguments"


def _no_such(what: str, name: str, known: tuple[str, ...], token: Token) -> ExprSyntaxError:
    choice = ", ".join(f"`{one}`" for one in known)
    return ExprSyntaxError(f"there is no {what} `{name}`", f"use one of {choice}", token.start, token.end)


def _number(token: Token) -> int | float:
    text, span = token.text, (token.start, token.end)
    match = NUMBER.fullmatch(text)
    if not match:
        raise ExprSyntaxError(f"`{text}` is no number", "write it as JSON does: `12`, `0.5` or `1e-7`", *span)
    if match.group(1) or match.group(2):
        if math.isfinite(float(text)):
            return float(text)
        raise ExprSyntaxError(f"`{text}` is beyond the largest number", "numbers end at about 1.8e308", *span)
    if int(text) > LARGEST_INTEGER:
        raise ExprSyntaxError(f"`{text}` is beyond ±(2^53 - 1)", "write `1e16` where a number is meant", *span)
    return int(text)


_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|[\s\S])")
_SIMPLE_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "\\": "\\", "/": "/", '"': '"', "'": "'"}


def _unescaped(token: Token) -> str:
    inner, start = token.text[1:-1], token.start + 1
    for match in re.finditer(r"[\x00-\x1f]", inner):
        raise ExprSyntaxError(
            "a string contains a control character",
            f"write it as `{json.dumps(match.group())[1:-1]}`",
            start + match.start(),
            start + match.end(),
        )

    def meaning(match: re.Match[str]) -> str:
        escape = match.group(1)
        if len(escape) > 1:
            return chr(int(escape[1:], 16))
        if escape in _SIMPLE_ESCAPES:
            return _SIMPLE_ESCAPES[escape]
        help = f"write `\\\\{escape}` for a backslash before `{escape}`; the escapes are those of JSON"
        raise ExprSyntaxError(f"`\\{escape}` is no escape", help, start + match.start(), start + match.end())

    return _paired(_ESCAPE.sub(meaning, inner), token)


def _paired(text: str, token: Token) -> str:
    """The text with surrogate pairs joined; half a pair is no text."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        help = "write both halves of the pair, or the character itself"
        message = "a string contains half a surrogate pair"
        raise ExprSyntaxError(message, help, token.start, token.end) from None
