"""The canonical text of an expression: one blank around operators, brackets only where the tree needs them."""

from collections.abc import Iterable

from knobsmith.expr.spelling import spell_name, spell_number, spell_text
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

# How tightly a node binds: the rules of the grammar, from the loosest.
_EITHER, _BOTH, _RELATION, _SUM, _PRODUCT, _UNARY, _MEMBER = range(1, 8)


def print_expr(expr: Expr) -> str:
    """The text of an expression.

    Reading it gives the same tree, unless its canonical blanks carry it beyond the 2,000 characters of a text.
    """
    return _Printer(frozenset()).text(expr, _EITHER)


class _Printer:
    """Prints below quantifiers whose variables are known: a parameter of the same name stands in backquotes there."""

    def __init__(self, variables: frozenset[str]) -> None:
        self._variables = variables

    def text(self, expr: Expr, at_least: int) -> str:
        """The text of a node, in brackets if it binds less tightly than its place asks for."""
        plain = self._plain(expr)
        return plain if _binding(expr) >= at_least else f"({plain})"

    def _plain(self, expr: Expr) -> str:
        match expr:
            case Literal(value=bool(value)):
                return "true" if value else "false"
            case Literal(value=value):
                return spell_text(value) if isinstance(value, str) else spell_number(value)
            case Name(name=name):
                return spell_name(name, force_quotes=name in self._variables)
            case ContextName(name=name):
                return f"context.{spell_name(name)}"
            case Variable(name=name):
                return name
            case ListLiteral(items=items):
                return f"[{self._row(items)}]"
            case Not() | Negate() | Arithmetic() | Comparison() | Membership() | Both() | Either():
                return self._operation(expr)
            case _:
                return self._call(expr)

    def _operation(self, expr: Expr) -> str:
        match expr:
            case Not(operand=operand):
                return f"!{self.text(operand, _UNARY)}"
            case Negate(operand=Literal(value=value) as operand) if not isinstance(value, str) and value >= 0:
                return f"-({self._plain(operand)})"
            case Negate(operand=operand):
                return f"-{self.text(operand, _UNARY)}"
            case Arithmetic(operator=operator, left=left, right=right):
                binding = _binding(expr)
                return f"{self.text(left, binding)} {operator} {self.text(right, binding + 1)}"
            case Comparison(operator=operator, left=left, right=right):
                return f"{self.text(left, _SUM)} {operator} {self.text(right, _SUM)}"
            case Membership(item=item, container=container):
                return f"{self.text(item, _SUM)} in {self.text(container, _SUM)}"
            case Both(left=left, right=right):
                return f"{self.text(left, _BOTH)} && {self.text(right, _RELATION)}"
            case Either(left=left, right=right):
                return f"{self.text(left, _EITHER)} || {self.text(right, _BOTH)}"
            case _:
                raise AssertionError(f"{expr!r} is no operation")

    def _call(self, expr: Expr) -> str:
        match expr:
            case FieldOf(base=base, field=field):
                return f"{self._subject(base)}.{spell_name(field)}"
            case ItemAt(base=base, index=index):
                return f"{self.text(base, _MEMBER)}[{self.text(index, _EITHER)}]"
            case Has(target=Name(name=name)):
                return f"has({spell_name(name)})"
            case Has(target=ContextName(name=name)):
                return f"has(context.{spell_name(name)})"
            case Size(operand=operand):
                return f"size({self.text(operand, _EITHER)})"
            case Extreme(kind=kind, operands=operands):
                return f"{kind}({self._row(operands)})"
            case Matches(subject=subject, pattern=pattern):
                return f"{self._subject(subject)}.matches({spell_text(pattern)})"
            case Quantifier(kind=kind, container=container, variable=variable, predicate=predicate):
                inside = _Printer(self._variables | {variable})
                return f"{self._subject(container)}.{kind}({variable}, {inside.text(predicate, _EITHER)})"
            case _:
                raise AssertionError(f"{expr!r} is no call")

    def _subject(self, expr: Expr) -> str:
        """What stands before a dot: not a number, which would swallow the dot."""
        plain = self.text(expr, _MEMBER)
        return f"({plain})" if plain[0].isdigit() and isinstance(expr, Literal) else plain

    def _row(self, items: Iterable[Expr]) -> str:
        return ", ".join(self.text(item, _EITHER) for item in items)


def _binding(expr: Expr) -> int:
    match expr:
        case Either():
            return _EITHER
        case Both():
            return _BOTH
        case Comparison() | Membership():
            return _RELATION
        case Arithmetic(operator="+" | "-"):
            return _SUM
        case Arithmetic():
            return _PRODUCT
        case Not() | Negate():
            return _UNARY
        case Literal(value=value) if _is_negative(value):
            return _UNARY
        case _:
            return _MEMBER


def _is_negative(value: bool | int | float | str) -> bool:
    return not isinstance(value, str) and value < 0
