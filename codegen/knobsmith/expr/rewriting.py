"""Rebuilding a tree with other parts: the one place that knows how every node is put together again."""

from collections.abc import Callable

from knobsmith.expr.syntax import (
    Arithmetic,
    Both,
    Comparison,
    Either,
    Expr,
    Extreme,
    FieldOf,
    ItemAt,
    ListLiteral,
    Matches,
    Membership,
    Name,
    Negate,
    Not,
    Quantifier,
    Size,
    Variable,
)
from knobsmith.records import replace


def rebuild(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The same node with each direct part changed. What ``has`` asks about is a name and stays."""
    match expr:
        case Arithmetic() | Comparison() | Both() | Either():
            return replace(expr, left=change(expr.left), right=change(expr.right))
        case Membership():
            return replace(expr, item=change(expr.item), container=change(expr.container))
        case Not() | Negate() | Size():
            return replace(expr, operand=change(expr.operand))
        case FieldOf():
            return replace(expr, base=change(expr.base))
        case ItemAt():
            return replace(expr, base=change(expr.base), index=change(expr.index))
        case ListLiteral():
            return replace(expr, items=tuple(map(change, expr.items)))
        case Extreme():
            return replace(expr, operands=tuple(map(change, expr.operands)))
        case Matches():
            return replace(expr, subject=change(expr.subject))
        case Quantifier():
            return replace(expr, container=change(expr.container), predicate=change(expr.predicate))
        case _:
            return expr


def bind(expr: Expr, variables: frozenset[str], is_bare: Callable[[Name], bool]) -> Expr:
    """Let names mean the variable of an enclosing quantifier, save those that stand in backquotes."""
    match expr:
        case Name(name=name) if name in variables and is_bare(expr):
            return Variable(name, span=expr.span)
        case Quantifier():
            inside = variables | {expr.variable}
            return replace(
                expr,
                container=bind(expr.container, variables, is_bare),
                predicate=bind(expr.predicate, inside, is_bare),
            )
        case _:
            return rebuild(expr, lambda part: bind(part, variables, is_bare))
