"""What the checker and the lowering know of a value before it is there: kind, words, bounds.

`expr` stands below the model, so types come in by these small records.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, Protocol

from knobsmith.expr import syntax
from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.expr.syntax import Expr, children
from knobsmith.records import Record, hidden, replace

Kind = Literal["integer", "number", "boolean", "string", "list"]
PlainValue = bool | int | float | str | tuple[Any, ...]


class ValueType(Record):
    """Everything that is known of a value from its type and its constant facts.

    Attributes:
        kind: Its kind where it is no word.
        words: The words of ``special`` that it may be instead (or, for a string, among others).
        values: All it may be, words aside; None if that is not a closed list.
        lowest: No integer or number is below it, special ones and defaults included.
        highest: Nor above this.
        item: The type of a list's items; None for the list literal without items.
        fields: The names of a list's items.
        shortest: No list has fewer items.
        admits: Whether a string may be a value, where neither ``values`` nor ``words`` say so.
    """

    kind: Kind
    words: tuple[str, ...] = ()
    values: tuple[PlainValue, ...] | None = None
    lowest: int | float = -math.inf
    highest: int | float = math.inf
    item: "ValueType | None" = None
    fields: tuple[str, ...] = ()
    shortest: int = 0
    admits: Callable[[str], bool] | None = hidden(default=None)

    @property
    def is_numeric(self) -> bool:
        """Whether arithmetic and order take it."""
        return self.kind in ("integer", "number")

    @property
    def may_be_word(self) -> bool:
        """Whether it may be a word that operators must not take for a value; a string's words are strings."""
        return bool(self.words) and self.kind != "string"


BOOLEAN = ValueType("boolean")
STRING = ValueType("string")


class Scope(Protocol):
    """The names that an expression may read, with their types."""

    @property
    def parameter_names(self) -> Sequence[str]:
        """All parameters, in the order of the spec."""

    @property
    def context_names(self) -> Sequence[str]:
        """All context facts, in the order of the spec."""

    def parameter(self, name: str) -> ValueType | None:
        """The type of a parameter, or None if there is none of this name."""

    def context(self, name: str) -> ValueType | None:
        """The type of a context fact, or None if there is none of this name."""


class Names(Record):
    """A scope that is simply written down."""

    parameters: Mapping[str, ValueType] = MappingProxyType({})
    facts: Mapping[str, ValueType] = MappingProxyType({})

    @property
    def parameter_names(self) -> Sequence[str]:
        """All parameters, in their order."""
        return tuple(self.parameters)

    @property
    def context_names(self) -> Sequence[str]:
        """All context facts, in their order."""
        return tuple(self.facts)

    def parameter(self, name: str) -> ValueType | None:
        """The type of a parameter."""
        return self.parameters.get(name)

    def context(self, name: str) -> ValueType | None:
        """The type of a context fact."""
        return self.facts.get(name)


Variables = Mapping[str, ValueType]


def type_of(expr: Expr, scope: Scope, variables: Variables | None = None) -> ValueType | None:
    """The type of a well-typed expression; None where a name is unknown.

    Args:
        expr: The expression.
        scope: What it may read.
        variables: The types of the items that enclosing quantifiers speak of.
    """
    known = variables or {}
    match expr:
        case syntax.Name(name=name):
            return scope.parameter(name)
        case syntax.ContextName(name=name):
            return scope.context(name)
        case syntax.Variable(name=name):
            return known.get(name)
        case syntax.Has() | syntax.Quantifier():
            return BOOLEAN
        case _:
            parts = [type_of(part, scope, known) for part in children(expr)]
            return combined(expr, [part for part in parts if part]) if all(parts) else None


def combined(expr: Expr, parts: Sequence[ValueType]) -> ValueType | None:
    """The type of a node that is no name, from the types of its direct parts."""
    match expr:
        case syntax.Literal(value=value):
            return _literal_type(value)
        case syntax.ListLiteral():
            return ValueType("list", item=_common(parts), shortest=len(parts))
        case syntax.FieldOf() | syntax.ItemAt():
            return parts[0].item
        case syntax.Size():
            return ValueType("integer", lowest=parts[0].shortest, highest=LARGEST_INTEGER)
        case syntax.Negate():
            return _number_type(parts, -parts[0].highest, -parts[0].lowest)
        case syntax.Arithmetic(operator=operator):
            return _number_type(parts, *bounds(operator, *parts))
        case syntax.Extreme(kind=kind):
            choose = min if kind == "min" else max
            return _number_type(parts, choose(p.lowest for p in parts), choose(p.highest for p in parts))
        case _:
            return BOOLEAN


def alike(left: ValueType, right: ValueType) -> bool:
    """Whether two values can be compared: numbers with integers, else like with like."""
    if left.kind == "list" == right.kind:
        return left.item is None or right.item is None or alike(left.item, right.item)
    return left.kind == right.kind or (left.is_numeric and right.is_numeric)


def is_wider(found: ValueType, wanted: ValueType) -> bool:
    """Whether a number stands, perhaps deep in a list, where only an integer will do."""
    if found.item and wanted.item:
        return is_wider(found.item, wanted.item)
    return found.kind == "number" and wanted.kind == "integer"


def texts_of(type: ValueType) -> tuple[str, ...]:
    """The strings that a value of this type is known to be able to be."""
    return (*(value for value in type.values or () if isinstance(value, str)), *type.words)


def field_index(expr: syntax.FieldOf, scope: Scope, variables: Variables | None = None) -> int | None:
    """Which item a field is; None if its base has no such field."""
    base = type_of(expr.base, scope, variables)
    return base.fields.index(expr.field) if base and expr.field in base.fields else None


def item_variable(expr: syntax.Quantifier, scope: Scope, variables: Variables) -> Variables:
    """The types of variables inside the predicate of a quantifier."""
    container = type_of(expr.container, scope, variables)
    inside = {name: known for name, known in variables.items() if name != expr.variable}
    return {**inside, expr.variable: container.item} if container and container.item else inside


def _literal_type(value: bool | int | float | str) -> ValueType:
    match value:
        case bool():
            return BOOLEAN
        case str():
            return STRING
        case int():
            return ValueType("integer", lowest=value, highest=value)
        case _:
            return ValueType("number", lowest=value, highest=value)


def _common(items: Sequence[ValueType]) -> ValueType | None:
    """What is true of all items of a list literal; where they do not go together, the first gives the kind."""
    if not items:
        return None
    words = tuple(dict.fromkeys(word for item in items for word in item.words))
    if all(item.is_numeric for item in items):
        lowest, highest = min(item.lowest for item in items), max(item.highest for item in items)
        return replace(_number_type(items, lowest, highest), words=words)
    inner = _common([item.item for item in items if item.item])
    return ValueType(items[0].kind, words=words, item=inner, shortest=min(item.shortest for item in items))


def _number_type(parts: Sequence[ValueType], lowest: int | float, highest: int | float) -> ValueType:
    if any(part.kind == "number" for part in parts):
        return ValueType("number", lowest=float(lowest), highest=float(highest))
    return ValueType("integer", lowest=max(lowest, -LARGEST_INTEGER), highest=min(highest, LARGEST_INTEGER))


def bounds(operator: str, left: ValueType, right: ValueType) -> tuple[int | float, int | float]:
    """Where the result of an operation lies, were there no limits to integers and numbers."""
    match operator:
        case "+":
            return left.lowest + right.lowest, left.highest + right.highest
        case "-":
            return left.lowest - right.highest, left.highest - right.lowest
        case "*":
            ends = [_product(a, b) for a in (left.lowest, left.highest) for b in (right.lowest, right.highest)]
            return min(ends), max(ends)
        case "%":
            return 0, min(left.highest, right.highest - 1)
        case _:
            return -math.inf, math.inf


def _product(left: int | float, right: int | float) -> int | float:
    return 0 if left == 0 or right == 0 else left * right
