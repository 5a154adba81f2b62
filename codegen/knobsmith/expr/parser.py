"""From text to tree, by recursive descent: operators by how tightly they bind, a method for each of the other rules.

What is read is noted in postfix order, and becomes nodes only when the whole text has turned out to be an expression:
whoever left the grammar is told so first, whatever else is wrong with a part of it. Brackets and signs are the only
recursion, and its depth is limited.
"""

import re
from typing import NamedTuple

from knobsmith.expr import hints
from knobsmith.expr.errors import ExprSyntaxError
from knobsmith.expr.levels import MAX_LEVELS, in_halves, levels
from knobsmith.expr.reading import Part, Reading, is_bare
from knobsmith.expr.rewriting import bind
from knobsmith.expr.syntax import Expr
from knobsmith.expr.tokens import END, STRANGE, Token, tokens

MAX_CHARACTERS = 2_000
_READING = Reading()
_QUANTIFIER = re.compile(r"\.\s*(?:all|exists)\s*\(")


def parse(text: str) -> Expr:
    """The tree of an expression.

    A level is one node inside another: ``!!a`` has three, ``a + b + c`` three, ``f(a)`` two. Brackets that only
    group count as well, though they leave no node. A chain of ``&&`` or ``||`` that is too long for the levels is
    divided into halves, and these again: it means the same.

    Raises:
        ExprSyntaxError: For the first thing that is wrong, with its place.
    """
    if len(text) > MAX_CHARACTERS:
        raise _too_large(f"it has {len(text):,} characters", MAX_CHARACTERS, len(text))
    if not text.strip():
        raise ExprSyntaxError("it is empty", "write a condition or a value", 0, len(text))
    expr = _built(_Parser(text).steps())
    if levels(expr, text) > MAX_LEVELS:
        expr = in_halves(expr)
        if levels(expr, text) > MAX_LEVELS:
            raise _too_deep(text)
    return bind(expr, frozenset(), is_bare) if _QUANTIFIER.search(text) else expr


class _Build(NamedTuple):
    """Make one of the last ``parts``, by a method of `Reading`."""

    action: str
    parts: int


class _Operator(NamedTuple):
    """How tightly an operator binds, what it builds of how many parts, and how tightly one after it may bind."""

    level: int
    action: str
    parts: int
    next: int


_OR, _AND, _RELATION, _SUM, _PRODUCT = range(1, 6)
_OPERATORS = {
    "||": _Operator(_OR, "either", 2, _OR),
    "&&": _Operator(_AND, "both", 2, _AND),
    "in": _Operator(_RELATION, "membership", 2, _AND),
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), _Operator(_RELATION, "comparison", 3, _AND)),
    **dict.fromkeys("+-", _Operator(_SUM, "arithmetic", 3, _SUM)),
    **dict.fromkeys("*/%", _Operator(_PRODUCT, "arithmetic", 3, _PRODUCT)),
}


class _Parser:
    """Reads one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._at = 0
        self._depth = 0
        self._steps: list[Token | _Build] = []

    def steps(self) -> list[Token | _Build]:
        """The parts of the expression in postfix order."""
        self._operation(_OR)
        if self._next.kind != END:
            raise self._unexpected()
        return self._steps

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _operation(self, loosest: int) -> None:
        """Operands and the operators between them that bind at least as tightly."""
        self._unary()
        tightest = _PRODUCT
        while True:
            token = self._next
            operator = _OPERATORS.get(token.text) if token.kind in ("mark", "name") else None
            if operator is None or not loosest <= operator.level <= tightest:
                return
            self._at += 1
            if operator.parts == 3:
                self._steps.append(token)
            self._operation(operator.level + 1)
            self._build(operator.action, operator.parts)
            tightest = operator.next

    def _unary(self) -> None:
        sign = self._next
        if sign.kind != "mark" or sign.text not in ("!", "-"):
            self._member()
            return
        self._keep()
        if sign.text == "-" and self._is_plain_number():
            self._keep()
            self._build("negative_number", 2)
            return
        self._descend()
        self._unary()
        self._depth -= 1
        self._build("negation" if sign.text == "!" else "negative", 2)

    def _is_plain_number(self) -> bool:
        """Whether `-` belongs to a number: ``-1`` is one literal, ``-1[0]`` negates an item."""
        return self._next.kind == "number" and self._tokens[self._at + 1].text not in (".", "[")

    def _member(self) -> None:
        self._atom()
        while True:
            if self._takes("."):
                self._name()
                if self._next.text == "(" and self._tokens[self._at - 1].kind == "name":
                    self._build("method", 2 + self._arguments(")"))
                else:
                    self._build("field", 2)
            elif self._takes("["):
                self._descend()
                self._operation(_OR)
                self._depth -= 1
                self._close("]")
                self._build("item", 3)
            else:
                return

    def _atom(self) -> None:
        token = self._next
        match token.kind, token.text:
            case "name", "context":
                self._keep()
                if not self._takes("."):
                    raise self._unexpected()
                self._name()
                self._build("context", 2)
            case "name", "in":
                raise self._unexpected(hints.VALUE)
            case "name", _:
                self._keep()
                if self._next.text == "(":
                    self._build("call", 1 + self._arguments(")"))
                else:
                    self._build("name", 1)
            case "quoted", _:
                self._keep()
                self._build("name", 1)
            case ("number" | "string") as kind, _:
                self._keep()
                self._build(kind, 1)
            case "mark", "(":
                self._group()
            case "mark", "[":
                self._build("listing", self._arguments("]"))
            case _:
                raise self._unexpected(hints.VALUE)

    def _group(self) -> None:
        self._keep()
        self._descend()
        self._operation(_OR)
        self._depth -= 1
        self._close(")")
        self._build("group", 3)

    def _arguments(self, closing: str) -> int:
        """What stands between brackets, with commas between; returns the number of parts, both brackets included."""
        self._keep()
        self._descend()
        count = 2
        if self._next.text == closing:
            self._keep()
        else:
            self._argument(closing)
            count += 1
            while self._takes(","):
                self._operation(_OR)
                count += 1
            self._close(closing)
        self._depth -= 1
        return count

    def _argument(self, closing: str) -> None:
        """The first argument, in whose place the bracket might have been closed."""
        if self._next.kind == END:
            raise self._unexpected(hints.VALUE, closing)
        self._operation(_OR)

    def _name(self) -> None:
        token = self._next
        if token.kind not in ("name", "quoted") or token.text in ("in", "context"):
            raise self._unexpected(hints.NAME)
        self._keep()

    def _close(self, closing: str) -> None:
        if self._next.text != closing:
            raise self._unexpected(closing)
        self._keep()

    def _takes(self, mark: str) -> bool:
        """Whether a mark comes next, which leaves nothing for the tree."""
        if self._next.text != mark:
            return False
        self._at += 1
        return True

    def _keep(self) -> None:
        self._steps.append(self._next)
        self._at += 1

    def _build(self, action: str, count: int) -> None:
        self._steps.append(_Build(action, count))

    def _descend(self) -> None:
        """One bracket or sign inside another. Half of as many, of one kind, are too many levels."""
        self._depth += 1
        if self._depth > 2 * MAX_LEVELS:
            raise _too_deep(self._text)

    def _unexpected(self, *expected: str) -> ExprSyntaxError:
        token = self._next
        if token.kind == STRANGE:
            return hints.unexpected_character(self._text, token.start)
        start = len(self._text) if token.kind == END else token.start
        return hints.unexpected_token(self._text, start, max(start, token.end), set(expected))


def _built(steps: list[Token | _Build]) -> Expr:
    """The tree of what was read, from the leaves up."""
    parts: list[Part] = []
    for step in steps:
        if isinstance(step, Token):
            parts.append(step)
        else:
            last = parts[-step.parts :]
            del parts[-step.parts :]
            parts.append(getattr(_READING, step.action)(last))
    expr: Expr = parts[0]
    return expr


def _too_deep(text: str) -> ExprSyntaxError:
    return _too_large(f"it has more than {MAX_LEVELS} levels", 0, len(text))


def _too_large(message: str, start: int, end: int) -> ExprSyntaxError:
    help = "split it into several conditions, use `in` for a row of values, or group a long chain with brackets"
    return ExprSyntaxError(message, help, start, end, code="KS036")
