"""How deep an expression is, and how to make a long one shallow."""

import re

from knobsmith.expr.rewriting import rebuild
from knobsmith.expr.syntax import Both, Either, Expr, children

MAX_LEVELS = 32
# A bracket, or a whole string or name in quotes, whose brackets are its own.
_BRACKETS = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[()\[\]]""")


def levels(expr: Expr, text: str) -> int:
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


def in_halves(expr: Expr) -> Expr:
    """The same with chains of `&&` and `||` as shallow as can be, so that whoever walks the tree need not go deep.

    Other chains stay: arithmetic is done in the order written.
    """
    if not isinstance(expr, (Both, Either)):
        return rebuild(expr, in_halves)
    kind = type(expr)
    terms: list[Expr] = []
    left: Expr = expr
    while isinstance(left, kind):
        terms.append(left.right)
        left = left.left
    return _chain(kind, [in_halves(term) for term in (left, *reversed(terms))])


def _chain(kind: type[Both] | type[Either], terms: list[Expr]) -> Expr:
    if len(terms) == 1:
        return terms[0]
    half = (len(terms) + 1) // 2
    left, right = _chain(kind, terms[:half]), _chain(kind, terms[half:])
    return kind(left, right, span=(left.span[0], right.span[1]))
