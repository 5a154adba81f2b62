"""From text to tree. The grammar is `grammar.lark`; lark is loaded when the first text is read."""

import re
from functools import cache
from typing import TYPE_CHECKING

from knobsmith.expr import hints
from knobsmith.expr.errors import ExprSyntaxError
from knobsmith.expr.reading import Reading, is_bare
from knobsmith.expr.rewriting import bind
from knobsmith.expr.syntax import Expr, children
from knobsmith.expr.tables import load_parser

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

MAX_CHARACTERS = 2_000
MAX_LEVELS = 32
# A bracket, or a whole string or name in quotes, whose brackets are its own.
_BRACKETS = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[()\[\]]""")
_READING = Reading()
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
        tree = _parser().parse(text)
    except UnexpectedCharacters as problem:
        raise hints.unexpected_character(text, problem.pos_in_stream or 0) from None
    except UnexpectedToken as problem:
        token = problem.token
        is_end = token.type == "$END"
        start, end = (len(text), len(text)) if is_end else (token.start_pos, token.end_pos)
        raise hints.unexpected_token(text, start, end, set(problem.accepts or problem.expected)) from None
    return _built(tree)


@cache
def _parser() -> "Lark":
    return load_parser()


def _built(tree: "Tree[Token]") -> Expr:
    """The nodes of a tree of lark, from the leaves up: recursion might be exhausted by a deep one."""
    nodes: dict[int, Expr] = {}
    for branch in tree.iter_subtrees():
        parts = [nodes.get(id(part), part) for part in branch.children]
        nodes[id(branch)] = getattr(_READING, branch.data)(parts)
    return nodes[id(tree)]


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
