"""From text to tree. The grammar is `grammar.lark`; lark and its tables are loaded when the first text is read."""

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from knobsmith.expr import hints
from knobsmith.expr.errors import ExprSyntaxError
from knobsmith.expr.reading import Reading, is_bare
from knobsmith.expr.rewriting import bind
from knobsmith.expr.syntax import Expr, children

if TYPE_CHECKING:
    from lark import Lark

MAX_CHARACTERS = 2_000
MAX_LEVELS = 32
# A bracket, or a whole string or name in quotes, whose brackets are its own.
_BRACKETS = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[()\[\]]""")
_QUANTIFIER = re.compile(r"\.\s*(?:all|exists)\s*\(")


def parse(text: str) -> Expr:
    """The tree of an expression.

    A level is one node inside another: ``!!a`` has three, ``a + b + c`` three, ``f(a)`` two. Brackets that only
    group count as well, though they leave no node.

    Raises:
        ExprSyntaxError: For the first thing that is wrong, with its place.
    """
    if len(text) > MAX_CHARACTERS:
        raise _too_large(f"it has {len(text):,} characters", MAX_CHARACTERS, len(text))
    if not text.strip():
        raise ExprSyntaxError("it is empty", "write a condition or a value", 0, len(text))
    expr = _read(text)
    if _levels(expr, text) > MAX_LEVELS:
        raise _too_large(f"it has more than {MAX_LEVELS} levels", 0, len(text))
    return bind(expr, frozenset(), is_bare) if _QUANTIFIER.search(text) else expr


def _read(text: str) -> Expr:
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    try:
        expr: Expr = _lark().parse(text)  # type: ignore[assignment]  # the actions return nodes, not trees
    except UnexpectedCharacters as problem:
        raise hints.unexpected_character(text, problem.pos_in_stream or 0) from None
    except UnexpectedToken as problem:
        token = problem.token
        is_end = token.type == "$END"
        start, end = (len(text), len(text)) if is_end else (token.start_pos, token.end_pos)
        raise hints.unexpected_token(text, start, end, set(problem.accepts or problem.expected)) from None
    return expr


@cache
def _lark() -> "Lark":
    from lark import Lark

    grammar = resources.files(__package__).joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", transformer=Reading(), maybe_placeholders=False)


def _levels(expr: Expr, text: str) -> int:
    """The deepest nesting, of nodes or of brackets. Written without recursion, which a deep tree would exhaust."""
    deepest = 0
    open_nodes = [(expr, 1)]
    while open_nodes:
        node, level = open_nodes.pop()
        deepest = max(deepest, level)
        open_nodes.extend((child, level + 1) for child in children(node))
    level = 0
    for mark in _BRACKETS.findall(text):
        level += (mark in "([") - (mark in ")]")
        deepest = max(deepest, level)
    return deepest


def _too_large(message: str, start: int, end: int) -> ExprSyntaxError:
    help = "split it into several conditions, use `in` for a row of values, or group a long chain with brackets"
    return ExprSyntaxError(message, help, start, end, code="KS036")
