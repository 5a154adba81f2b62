"""The nodes of an expression. Every renderer, checker and prover walks these and nothing else.

Nodes compare by meaning: ``span`` (offsets into the expression's text) takes no part.
"""

from dataclasses import dataclass, field
from typing import Literal as Choice

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    span: Offsets = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Literal(_Node):
    """``true``, ``7``, ``0.5`` or ``"adam"``. An ``int`` was written without fraction and exponent."""

    value: bool | int | float | str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literal) and type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class Name(_Node):
    """A parameter, by its wire name."""

    name: str


@dataclass(frozen=True, slots=True)
class ContextName(_Node):
    """``context.NAME``: a fact about the job."""

    name: str


@dataclass(frozen=True, slots=True)
class Variable(_Node):
    """The item that an enclosing ``all`` or ``exists`` speaks of."""

    name: str


@dataclass(frozen=True, slots=True)
class FieldOf(_Node):
    """``image_shape.height``: the item of a list that has ``fields``."""

    base: "Expr"
    field: str


@dataclass(frozen=True, slots=True)
class ItemAt(_Node):
    """``steps[0]``."""

    base: "Expr"
    index: "Expr"


@dataclass(frozen=True, slots=True)
class ListLiteral(_Node):
    """``["sgd", "nag"]``."""

    items: "tuple[Expr, ...]"


@dataclass(frozen=True, slots=True)
class Not(_Node):
    """``!operand``."""

    operand: "Expr"


@dataclass(frozen=True, slots=True)
class Negate(_Node):
    """``-operand``."""

    operand: "Expr"


@dataclass(frozen=True, slots=True)
class Arithmetic(_Node):
    """``left + right`` and its kin, in the order written."""

    operator: Choice["+", "-", "*", "/", "%"]
    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True)
class Comparison(_Node):
    """``left <= right`` and its kin."""

    operator: Choice["==", "!=", "<", "<=", ">", ">="]
    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True)
class Membership(_Node):
    """``item in container``."""

    item: "Expr"
    container: "Expr"


@dataclass(frozen=True, slots=True)
class Both(_Node):
    """``left && right``."""

    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True)
class Either(_Node):
    """``left || right``."""

    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True)
class Has(_Node):
    """``has(x)``: x is in use and has a value."""

    target: Name | ContextName


@dataclass(frozen=True, slots=True)
class Size(_Node):
    """``size(x)``: code points of a string, items of a list."""

    operand: "Expr"


@dataclass(frozen=True, slots=True)
class Extreme(_Node):
    """``min(a, b, ...)`` or ``max(a, b, ...)``."""

    kind: Choice["min", "max"]
    operands: "tuple[Expr, ...]"


@dataclass(frozen=True, slots=True)
class Matches(_Node):
    """``subject.matches("pattern")``: the pattern is searched."""

    subject: "Expr"
    pattern: str


@dataclass(frozen=True, slots=True)
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


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts of a node, in the order written."""
    match expr:
        case Arithmetic() | Comparison() | Both() | Either():
            return (expr.left, expr.right)
        case Membership():
            return (expr.item, expr.container)
        case Not() | Negate() | Size():
            return (expr.operand,)
        case FieldOf():
            return (expr.base,)
        case ItemAt():
            return (expr.base, expr.index)
        case ListLiteral():
            return expr.items
        case Has():
            return (expr.target,)
        case Extreme():
            return expr.operands
        case Matches():
            return (expr.subject,)
        case Quantifier():
            return (expr.container, expr.predicate)
        case _:
            return ()


def names_read(expr: Expr) -> tuple[str, ...]:
    """The parameters an expression reads, each once, in the order of their first reading."""
    return tuple(dict.fromkeys(node.name for node in walk(expr) if isinstance(node, Name)))


def context_read(expr: Expr) -> tuple[str, ...]:
    """The context facts an expression reads, each once, in the order of their first reading."""
    return tuple(dict.fromkeys(node.name for node in walk(expr) if isinstance(node, ContextName)))


def walk(expr: Expr) -> tuple[Expr, ...]:
    """A node and everything below it, in the order written."""
    found: list[Expr] = [expr]
    for child in children(expr):
        found.extend(walk(child))
    return tuple(found)
