"""The nodes of an expression. Every renderer, checker and prover walks these and nothing else.

Nodes compare by meaning: ``span`` (offsets into the expression's text) takes no part.
"""

from collections.abc import Callable
from typing import Any
from typing import Literal as Choice

from knobsmith.records import Record, hidden

Offsets = tuple[int, int]


class _Node(Record, kw_only=True):
    span: Offsets = hidden(default=(0, 0))


class Literal(_Node):
    """``true``, ``7``, ``0.5`` or ``"adam"``. An ``int`` was written without fraction and exponent."""

    value: bool | int | float | str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literal) and type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


class Name(_Node):
    """A parameter, by its wire name."""

    name: str


class ContextName(_Node):
    """``context.NAME``: a fact about the job."""

    name: str


class Variable(_Node):
    """The item that an enclosing ``all`` or ``exists`` speaks of."""

    name: str


class FieldOf(_Node):
    """``image_shape.height``: the item of a list that has ``fields``."""

    base: "Expr"
    field: str


class ItemAt(_Node):
    """``steps[0]``."""

    base: "Expr"
    index: "Expr"


class ListLiteral(_Node):
    """``["sgd", "nag"]``."""

    items: "tuple[Expr, ...]"


class Not(_Node):
    """``!operand``."""

    operand: "Expr"


class Negate(_Node):
    """``-operand``."""

    operand: "Expr"


class Arithmetic(_Node):
    """``left + right`` and its kin, in the order written."""

    operator: Choice["+", "-", "*", "/", "%"]
    left: "Expr"
    right: "Expr"


class Comparison(_Node):
    """``left <= right`` and its kin."""

    operator: Choice["==", "!=", "<", "<=", ">", ">="]
    left: "Expr"
    right: "Expr"


class Membership(_Node):
    """``item in container``."""

    item: "Expr"
    container: "Expr"


class Both(_Node):
    """``left && right``."""

    left: "Expr"
    right: "Expr"


class Either(_Node):
    """``left || right``."""

    left: "Expr"
    right: "Expr"


class Has(_Node):
    """``has(x)``: x is in use and has a value."""

    target: Name | ContextName


class Size(_Node):
    """``size(x)``: code points of a string, items of a list."""

    operand: "Expr"


class Extreme(_Node):
    """``min(a, b, ...)`` or ``max(a, b, ...)``."""

    kind: Choice["min", "max"]
    operands: "tuple[Expr, ...]"


class Matches(_Node):
    """``subject.matches("pattern")``: the pattern is searched."""

    subject: "Expr"
    pattern: str


class Quantifier(_Node):
    """``container.all(variable, predicate)`` or ``.exists(...)``."""

    kind: Choice["all", "exists"]
    container: "Expr"
    variable: str
    predicate: "Expr"


Expr = (
    Literal
    | Name
    | ContextName
    | Variable
    | FieldOf
    | ItemAt
    | ListLiteral
    | Not
    | Negate
    | Arithmetic
    | Comparison
    | Membership
    | Both
    | Either
    | Has
    | Size
    | Extreme
    | Matches
    | Quantifier
)


def _sides(expr: Arithmetic | Comparison | Both | Either) -> "tuple[Expr, ...]":
    return (expr.left, expr.right)


def _operand(expr: Not | Negate | Size) -> "tuple[Expr, ...]":
    return (expr.operand,)


# By class, because trees are walked often and patterns would try one class after the other.
_CHILDREN: dict[type, Callable[[Any], "tuple[Expr, ...]"]] = {
    **dict.fromkeys((Arithmetic, Comparison, Both, Either), _sides),
    **dict.fromkeys((Not, Negate, Size), _operand),
    Membership: lambda expr: (expr.item, expr.container),
    FieldOf: lambda expr: (expr.base,),
    ItemAt: lambda expr: (expr.base, expr.index),
    ListLiteral: lambda expr: expr.items,
    Has: lambda expr: (expr.target,),
    Extreme: lambda expr: expr.operands,
    Matches: lambda expr: (expr.subject,),
    Quantifier: lambda expr: (expr.container, expr.predicate),
}


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts of a node, in the order written."""
    parts = _CHILDREN.get(type(expr))
    return parts(expr) if parts else ()


def names_read(expr: Expr) -> tuple[str, ...]:
    """The parameters an expression reads, each once, in the order of their first reading."""
    return tuple(dict.fromkeys(node.name for node in walk(expr) if isinstance(node, Name)))


def context_read(expr: Expr) -> tuple[str, ...]:
    """The context facts an expression reads, each once, in the order of their first reading."""
    return tuple(dict.fromkeys(node.name for node in walk(expr) if isinstance(node, ContextName)))


def walk(expr: Expr) -> tuple[Expr, ...]:
    """A node and everything below it, in the order written."""
    found: list[Expr] = []
    waiting: list[Expr] = [expr]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(reversed(children(node)))
    return tuple(found)
