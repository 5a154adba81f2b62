"""Values in formulas: terms whose operands are all of one kind, so that a renderer never asks for types."""

import math
from collections.abc import Callable, Sequence

from knobsmith.expr import syntax
from knobsmith.expr.formula import (
    FALSE,
    TRUE,
    Compared,
    Constant,
    Count,
    Extremum,
    Fits,
    Formula,
    InList,
    IsFinite,
    Item,
    Negative,
    Operation,
    Reference,
    Row,
    Term,
    Truth,
    Widened,
    conjunction,
)
from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.expr.syntax import Expr
from knobsmith.expr.types import Kind, Scope, ValueType, Variables, bounds, field_index, type_of


class Terms:
    """Builds the terms of the expressions at one place; ``truth`` lowers the conditions among their parts."""

    def __init__(self, scope: Scope, variables: Variables, truth: Callable[[Expr], Formula]) -> None:
        self._scope = scope
        self._variables = variables
        self._truth = truth

    def type(self, expr: Expr) -> ValueType:
        """The type of an expression, which must be well-typed."""
        found = type_of(expr, self._scope, self._variables)
        if found is None:
            raise ValueError(f"{expr!r} is not well-typed")
        return found

    def term(self, expr: Expr) -> Term:
        """The value of an expression."""
        match expr:
            case syntax.Literal(value=value):
                return Constant(value)
            case syntax.Name() | syntax.ContextName() | syntax.Variable():
                return Reference(expr, self.type(expr))
            case syntax.FieldOf() | syntax.ItemAt():
                return Item(self.term(expr.base), self.index(expr), self.type(expr))
            case syntax.ListLiteral(items=items):
                return Row(self.alongside(items), self.type(expr))
            case syntax.Negate(operand=operand):
                return Negative(self.term(operand), self.type(expr).kind)
            case syntax.Arithmetic():
                return self.operation(expr)
            case syntax.Extreme(kind=which, operands=operands):
                return Extremum(which, self.unified(operands), self.type(expr).kind)
            case syntax.Size(operand=operand):
                return Count(self.term(operand), self.type(operand).kind)
            case _:
                return Truth(self._truth(expr))

    def operation(self, expr: syntax.Arithmetic) -> Operation:
        """An operation on two operands of one kind."""
        left, right = self.unified((expr.left, expr.right))
        return Operation(expr.operator, left, right, self.type(expr).kind)

    def index(self, expr: syntax.FieldOf | syntax.ItemAt) -> Term:
        """Where in its list an item is."""
        if isinstance(expr, syntax.ItemAt):
            return self.term(expr.index)
        position = field_index(expr, self._scope, self._variables)
        if position is None:
            raise ValueError(f"{expr!r} is not well-typed")
        return Constant(position)

    def unified(self, exprs: Sequence[Expr]) -> tuple[Term, ...]:
        """Values that an operation joins: beside a number an integer is widened."""
        types = [self.type(expr) for expr in exprs]
        some_number = any(found.kind == "number" for found in types)
        return tuple(
            widened(self.term(expr)) if some_number and found.kind == "integer" else self.term(expr)
            for expr, found in zip(exprs, types, strict=True)
        )

    def alongside(self, exprs: Sequence[Expr]) -> tuple[Term, ...]:
        """Values that only stand beside each other: the same, but what may be a word stays as it is."""
        return tuple(
            self.term(expr) if self.type(expr).may_be_word else unified
            for expr, unified in zip(exprs, self.unified(exprs), strict=True)
        )

    def safe_operation(self, expr: syntax.Arithmetic) -> Formula:
        """Where an operation on two values has a value, as far as their bounds leave that open."""
        left, right = self.type(expr.left), self.type(expr.right)
        operation = self.operation(expr)
        divides = expr.operator in ("/", "%") and right.lowest <= 0 <= right.highest
        zero = Constant(0.0 if operation.kind == "number" else 0)
        divisor = Compared("!=", operation.right, zero) if divides else TRUE
        return conjunction(divisor, _within_limits(operation, left, right))

    def safe_item(self, expr: syntax.FieldOf | syntax.ItemAt) -> Formula:
        """Where an index is in its list, as far as the list's length leaves that open."""
        index = self.index(expr)
        if isinstance(index, Constant) and isinstance(index.value, int):
            if index.value < 0:
                return FALSE
            if index.value < self.type(expr.base).shortest:
                return TRUE
        return InList(self.term(expr.base), index)


def widened(term: Term) -> Term:
    """An integer as a number."""
    if isinstance(term, Constant) and isinstance(term.value, int):
        return Constant(float(term.value))
    return Widened(term)


def without_negative_zero(term: Term) -> Term:
    """The same number, with -0 read as 0: adding 0 does that, and changes nothing else."""
    return Operation("+", term, Constant(0.0), "number") if _may_be_negative_zero(term) else term


def _within_limits(operation: Operation, left: ValueType, right: ValueType) -> Formula:
    if operation.operator == "%":
        return TRUE
    if operation.kind == "integer":
        lowest, highest = bounds(operation.operator, _as_integer(left), _as_integer(right))
        return TRUE if lowest >= -LARGEST_INTEGER and highest <= LARGEST_INTEGER else Fits(operation)
    if operation.operator == "/":
        shrinks = right.lowest >= 1 or right.highest <= -1
        return TRUE if shrinks else IsFinite(operation)
    ends = bounds(operation.operator, left, right)
    return TRUE if all(math.isfinite(float(end)) for end in ends) else IsFinite(operation)


def _as_integer(found: ValueType) -> ValueType:
    lowest, highest = max(found.lowest, -LARGEST_INTEGER), min(found.highest, LARGEST_INTEGER)
    return ValueType("integer", lowest=lowest, highest=highest)


def _may_be_negative_zero(term: Term) -> bool:
    match term:
        case Negative(kind="number", operand=operand):
            return _lowest(operand) <= 0
        case Operation(kind="number", operator="*" | "/", left=left, right=right):
            return _lowest(left) < 0 or _lowest(right) < 0
        case Operation(kind="number", operator="+", left=left, right=right):
            return _may_be_negative_zero(left) and _may_be_negative_zero(right)
        case Operation(kind="number", operator="-", left=left):
            return _may_be_negative_zero(left)
        case Extremum(kind="number", operands=operands):
            return any(map(_may_be_negative_zero, operands))
        case _:
            return False


def _lowest(term: Term) -> int | float:
    match term:
        case Reference(type=found) | Item(type=found):
            return found.lowest
        case Constant(value=int(value) | float(value)):
            return value
        case Widened(operand=operand):
            return _lowest(operand)
        case _:
            return -math.inf


def kind_of(term: Term) -> Kind:
    """The kind of a value that is no word."""
    match term:
        case Constant(value=bool()) | Truth():
            return "boolean"
        case Constant(value=str()):
            return "string"
        case Constant(value=int()) | Count():
            return "integer"
        case Constant() | Widened():
            return "number"
        case Reference(type=found) | Item(type=found):
            return found.kind
        case Row():
            return "list"
        case Negative(kind=kind) | Operation(kind=kind) | Extremum(kind=kind):
            return kind
