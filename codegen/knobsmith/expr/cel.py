"""Expressions as CEL, the Common Expression Language that they are a subset of.

The text means in CEL what the expression means here, given ``params`` and ``context`` as maps without the keys that
have no value: nothing and unknown are CEL's error "no such key". Where CEL is stricter an integer is widened by
``double(...)``; where it is laxer a result beyond the language's limits is filtered out, so that the index after it
fails. One thing has no counterpart: the ``size`` of a word that stands in for a list.
"""

import json
from collections.abc import Callable

from knobsmith.expr.formula import TRUE
from knobsmith.expr.spelling import IDENTIFIER, KEYWORDS, LARGEST_INTEGER, spell_number
from knobsmith.expr.syntax import (
    Arithmetic,
    Both,
    Comparison,
    ContextName,
    Either,
    Expr,
    Extreme,
    FieldOf,
    Has,
    ItemAt,
    ListLiteral,
    Literal,
    Matches,
    Membership,
    Name,
    Negate,
    Not,
    Quantifier,
    Size,
    Variable,
)
from knobsmith.expr.terms import Terms
from knobsmith.expr.types import Scope, ValueType, Variables, field_index, item_variable
from knobsmith.records import Record

_RELATION, _SUM, _PRODUCT, _UNARY, _MEMBER = range(3, 8)
_EITHER, _BOTH = 1, 2


def cel_reference(ref: Name | ContextName) -> str:
    """``params.optimizer``, ``context.nodes``, ``params["drop-rate"]``."""
    root = "params" if isinstance(ref, Name) else "context"
    return f"{root}.{ref.name}" if _is_plain(ref.name) else f"{root}[{_quoted(ref.name)}]"


def cel_presence(ref: Name | ContextName) -> str:
    """``has(params.optimizer)``, ``"drop-rate" in params``."""
    root = "params" if isinstance(ref, Name) else "context"
    return f"has({root}.{ref.name})" if _is_plain(ref.name) else f"{_quoted(ref.name)} in {root}"


class CelNames(Record):
    """How a CEL text reads a name, and asks whether it has a value."""

    reference: Callable[[Name | ContextName], str] = cel_reference
    presence: Callable[[Name | ContextName], str] = cel_presence


def to_cel(expr: Expr, scope: Scope, names: CelNames | None = None) -> str:
    """The CEL text of a well-typed expression."""
    return _Cel(scope, {}, names or CelNames()).text(expr, _EITHER)


class _Cel:
    def __init__(self, scope: Scope, variables: Variables, names: CelNames) -> None:
        self._scope = scope
        self._variables = variables
        self._names = names
        self._terms = Terms(scope, variables, lambda _: TRUE)

    def text(self, expr: Expr, at_least: int) -> str:
        """The text of a node, in brackets if it binds less tightly than its place asks for."""
        text, binding = self._text(expr)
        return text if binding >= at_least else f"({text})"

    def _text(self, expr: Expr) -> tuple[str, int]:
        match expr:
            case Literal():
                return _literal(expr)
            case Name() | ContextName():
                return self._names.reference(expr), _MEMBER
            case Variable(name=name):
                return _variable(name), _MEMBER
            case Has(target=target):
                return self._names.presence(target), _RELATION
            case Not(operand=operand):
                return f"!{self.text(operand, _MEMBER)}", _UNARY
            case Negate(operand=operand):
                return f"-{self.text(operand, _MEMBER)}", _UNARY
            case Both(left=left, right=right):
                return f"{self.text(left, _BOTH)} && {self.text(right, _RELATION)}", _BOTH
            case Either(left=left, right=right):
                return f"{self.text(left, _EITHER)} || {self.text(right, _BOTH)}", _EITHER
            case Comparison(operator=operator, left=left, right=right):
                first, second = self._widened((left, right), _SUM, no_words=operator not in ("==", "!="))
                return f"{first} {operator} {second}", _RELATION
            case Membership(item=item, container=container):
                return self._membership(item, container)
            case Arithmetic():
                return self._arithmetic(expr)
            case _:
                return self._call(expr), _MEMBER

    def _call(self, expr: Expr) -> str:
        match expr:
            case FieldOf(base=base):
                return f"{self.text(base, _MEMBER)}[{field_index(expr, self._scope, self._variables)}]"
            case ItemAt(base=base, index=index):
                return f"{self.text(base, _MEMBER)}[{self.text(index, _EITHER)}]"
            case ListLiteral(items=items):
                return f"[{', '.join(self._widened(items, _EITHER))}]"
            case Size(operand=operand):
                return f"size({self.text(operand, _EITHER)})"
            case Matches(subject=subject, pattern=pattern):
                return f"{self.text(subject, _MEMBER)}.matches({_quoted(pattern)})"
            case Extreme(kind=kind, operands=operands):
                order = "<=" if kind == "min" else ">="
                row = ", ".join(self._widened(operands, _EITHER, no_words=True))
                return f"[[{row}]].map(row, row.filter(one, row.all(other, one {order} other)))[0][0]"
            case Quantifier(kind=kind, container=container, variable=variable, predicate=predicate):
                types = item_variable(expr, self._scope, self._variables)
                inside = _Cel(self._scope, types, self._names).text(predicate, _EITHER)
                return f"{self.text(container, _MEMBER)}.{kind}({_variable(variable)}, {inside})"
            case _:
                raise AssertionError(f"{expr!r} is no call")

    def _membership(self, item: Expr, container: Expr) -> tuple[str, int]:
        one, many = self._terms.type(item), self._terms.type(container).item
        if many is None or {one.kind, many.kind} != {"integer", "number"}:
            return f"{self.text(item, _SUM)} in {self.text(container, _SUM)}", _RELATION
        if one.kind == "integer":
            return f"{self._double(item, one)} in {self.text(container, _SUM)}", _RELATION
        items = self.text(container, _MEMBER)
        return f"{self.text(item, _SUM)} in {items}.map(one, double(one))", _RELATION

    def _arithmetic(self, expr: Arithmetic) -> tuple[str, int]:
        binding = _SUM if expr.operator in ("+", "-") else _PRODUCT
        left, right = self._widened((expr.left, expr.right), binding, binding + 1, no_words=expr.operator == "+")
        text = f"{left} {expr.operator} {right}"
        if self._terms.safe_operation(expr) == TRUE:
            return text, binding
        if self._terms.type(expr).kind == "number":
            return f"[{text}].filter(one, one - one == 0.0)[0]", _MEMBER
        return f"[{text}].filter(one, one >= -{LARGEST_INTEGER} && one <= {LARGEST_INTEGER})[0]", _MEMBER

    def _widened(
        self, exprs: tuple[Expr, ...], first: int, rest: int | None = None, no_words: bool = False
    ) -> tuple[str, ...]:
        """Texts of values that meet, each in brackets if need be; an integer among numbers is made one."""
        some_number = any(self._terms.type(expr).kind == "number" for expr in exprs)
        texts: list[str] = []
        for expr in exprs:
            found, at_least = self._terms.type(expr), rest if rest and texts else first
            if no_words and found.may_be_word:
                texts.append(self._no_word(expr, found, some_number))
            elif some_number and found.kind == "integer":
                texts.append(self._double(expr, found))
            else:
                texts.append(self.text(expr, at_least))
        return tuple(texts)

    def _no_word(self, expr: Expr, found: ValueType, some_number: bool) -> str:
        """A value that must not be a word: CEL would order and join two words as the strings that they are there."""
        if found.kind == "number":
            return f"({self.text(expr, _SUM)} - 0.0)"
        return f"double({self.text(expr, _SUM)} - 0)" if some_number else f"({self.text(expr, _SUM)} - 0)"

    def _double(self, expr: Expr, found: ValueType) -> str:
        """An integer as a number; a word stays one."""
        if isinstance(expr, Literal) and isinstance(expr.value, int):
            return spell_number(float(expr.value))
        text = self.text(expr, _EITHER)
        return f"(type({text}) == string ? {text} : double({text}))" if found.may_be_word else f"double({text})"


def _literal(expr: Literal) -> tuple[str, int]:
    match expr.value:
        case bool(value):
            return "true" if value else "false", _MEMBER
        case str(value):
            return _quoted(value), _MEMBER
        case value:
            return spell_number(value), _UNARY if value < 0 else _MEMBER


def _is_plain(name: str) -> bool:
    return IDENTIFIER.fullmatch(name) is not None and name not in KEYWORDS


def _variable(name: str) -> str:
    return f"{name}_" if name in ("params", "context") else name


def _quoted(text: str) -> str:
    return "".join(map(_escaped, json.dumps(text, ensure_ascii=False)))


def _escaped(character: str) -> str:
    return character if character.isprintable() else f"\\U{ord(character):08X}"
