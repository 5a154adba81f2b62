"""Formulas with names replaced by values, and their truth where no name is left."""

import math
import operator
from collections.abc import Callable
from typing import Any, TypeVar

from knobsmith.expr.formula import (
    Compared,
    Conjunction,
    Constant,
    Contains,
    Count,
    Disjunction,
    Extremum,
    Fits,
    Fixed,
    ForItems,
    Formula,
    Found,
    InList,
    IsFinite,
    IsNothing,
    IsTrue,
    IsUnknown,
    IsWord,
    Item,
    Negation,
    Negative,
    Operation,
    Ref,
    Reference,
    Row,
    Term,
    Truth,
    Widened,
)
from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.expr.syntax import Variable
from knobsmith.expr.types import ValueType
from knobsmith.expr.walking import Piece, pieces, walk
from knobsmith.model.base import PlainValue
from knobsmith.model.membership import same
from knobsmith.records import Record, fields, replace
from knobsmith.regex import search

Node = TypeVar("Node")
Bindings = dict[Ref, PlainValue]


class NoValueError(Exception):
    """A test was asked where its guard does not hold: whatever it says counts for nothing."""


def replaced(node: Node, old: Piece, new: Piece) -> Node:
    """A formula or term with one part put in the place of another."""
    if node == old:
        return new  # type: ignore[return-value]
    if isinstance(node, tuple):
        return tuple(replaced(part, old, new) for part in node)  # type: ignore[return-value]
    if isinstance(node, ValueType) or not isinstance(node, Record):
        return node
    changed = {field: replaced(getattr(node, field), old, new) for field in fields(type(node))}
    return replace(node, **changed)


def reference_to(piece: Piece, ref: Ref) -> Reference:
    """How a formula that reads the value of a name refers to it, with the type it gives it."""
    for part in walk(piece):
        if isinstance(part, Reference) and part.ref == ref:
            return part
    raise LookupError(f"{ref} is not read")


def is_closed(piece: Piece) -> bool:
    """Whether a formula or term reads nothing but what its own quantifiers speak of."""
    return not free_references(piece)


def free_references(piece: Piece) -> tuple[Ref, ...]:
    """The names that a formula or term reads, without the variables of its own quantifiers."""
    if isinstance(piece, ForItems):
        inside = [ref for ref in free_references(piece.body) if ref != Variable(piece.variable)]
        return tuple(dict.fromkeys((*free_references(piece.container), *inside)))
    if isinstance(piece, (Reference, IsUnknown, IsNothing)):
        return (piece.ref,)
    return tuple(dict.fromkeys(ref for part in pieces(piece) for ref in free_references(part)))


def constant(value: PlainValue, type: ValueType) -> Term:
    """A value as a term of a type."""
    if isinstance(value, tuple):
        item = type.item or ValueType("string")
        return Row(tuple(constant(part, item) for part in value), type)
    if type.kind == "number" and isinstance(value, int) and not isinstance(value, bool):
        return Constant(float(value))
    return Constant(value)


def truth(formula: Formula, bindings: Bindings | None = None) -> bool:
    """Whether a formula holds for values of all its names; False where a guard of its own is missing."""
    try:
        return _truth(formula, bindings or {})
    except NoValueError:
        return False


def value_of(term: Term, bindings: Bindings | None = None) -> PlainValue:
    """The value of a term whose names all have values.

    Raises:
        NoValueError: it has none.
    """
    return _value(term, bindings or {})


def _truth(formula: Formula, bindings: Bindings) -> bool:
    match formula:
        case Fixed(value=value):
            return value
        case IsWord(term=term):
            return isinstance(_value(term, bindings), str)
        case IsTrue(term=term):
            return _value(term, bindings) is True
        case Compared(operator=symbol, left=left, right=right):
            return _compared(symbol, _value(left, bindings), _value(right, bindings))
        case Contains(container=container, item=item):
            wanted = _value(item, bindings)
            return any(same(wanted, found) for found in _items(container, bindings))
        case Found(pattern=pattern, subject=subject):
            return search(pattern, str(_value(subject, bindings)))
        case InList(base=base, index=index):
            position = _value(index, bindings)
            return isinstance(position, int) and 0 <= position < len(_items(base, bindings))
        case Fits(term=term):
            return abs(_number(_value(term, bindings))) <= LARGEST_INTEGER
        case IsFinite(term=term):
            return math.isfinite(_number(_value(term, bindings)))
        case ForItems(which=which, variable=variable, container=container, body=body):
            holds = (_truth(body, {**bindings, Variable(variable): item}) for item in _items(container, bindings))
            return all(holds) if which == "all" else any(holds)
        case _:
            return _combined(formula, bindings)


def _combined(formula: Formula, bindings: Bindings) -> bool:
    match formula:
        case Conjunction(parts=parts):
            return all(_truth(part, bindings) for part in parts)
        case Disjunction(parts=parts):
            return any(_truth(part, bindings) for part in parts)
        case Negation(part=part):
            return not _truth(part, bindings)
        case _:
            raise NoValueError


def _value(term: Term, bindings: Bindings) -> PlainValue:
    match term:
        case Constant(value=value):
            return value
        case Reference(ref=ref):
            if ref not in bindings:
                raise NoValueError
            return bindings[ref]
        case Row(items=items):
            return tuple(_value(item, bindings) for item in items)
        case Truth(formula=formula):
            return _truth(formula, bindings)
        case Count(operand=operand):
            measured = _value(operand, bindings)
            if isinstance(measured, (str, tuple)):
                return len(measured)
            raise NoValueError
        case Item(base=base, index=index):
            return _item(_items(base, bindings), _value(index, bindings))
        case _:
            return _result(term, bindings)


def _result(term: Term, bindings: Bindings) -> PlainValue:
    match term:
        case Negative(operand=operand):
            return -_number(_value(operand, bindings))
        case Widened(operand=operand):
            value = _value(operand, bindings)
            return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        case Extremum(which=which, operands=operands):
            numbers = [_number(_value(operand, bindings)) for operand in operands]
            return min(numbers) if which == "min" else max(numbers)
        case Operation(operator=symbol, left=left, right=right):
            return _operated(symbol, _number(_value(left, bindings)), _number(_value(right, bindings)))
        case _:
            raise NoValueError


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: dict[str, Callable[[Any, Any], int | float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
}


def _compared(symbol: str, left: PlainValue, right: PlainValue) -> bool:
    if symbol in ("==", "!="):
        return same(left, right) == (symbol == "==")
    return _ORDER[symbol](_number(left), _number(right))


def _operated(symbol: str, left: int | float, right: int | float) -> int | float:
    if symbol in ("/", "%") and right == 0:
        raise NoValueError
    if symbol == "/":
        left, right = float(left), float(right)
    try:
        return _ARITHMETIC[symbol](left, right)
    except OverflowError as error:
        raise NoValueError from error


def _number(value: PlainValue) -> int | float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise NoValueError
    return value


def _items(container: Term, bindings: Bindings) -> tuple[Any, ...]:
    found = _value(container, bindings)
    if not isinstance(found, tuple):
        raise NoValueError
    return found


def _item(items: tuple[Any, ...], position: PlainValue) -> PlainValue:
    if isinstance(position, int) and 0 <= position < len(items):
        found: PlainValue = items[position]
        return found
    raise NoValueError
