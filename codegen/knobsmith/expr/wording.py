"""How problems with types are worded."""

from collections.abc import Sequence

from knobsmith.expr.printing import print_expr
from knobsmith.expr.spelling import spell_name
from knobsmith.expr.syntax import (
    Arithmetic,
    Both,
    Comparison,
    Either,
    Expr,
    Extreme,
    FieldOf,
    ItemAt,
    Literal,
    Matches,
    Negate,
    Not,
    Quantifier,
    Size,
)
from knobsmith.expr.types import Kind, ValueType

ARTICLES: dict[Kind, str] = {
    "integer": "an integer",
    "number": "a number",
    "boolean": "a boolean",
    "string": "a string",
    "list": "a list",
}
_NUMERIC: tuple[Kind, ...] = ("number", "integer")
_ANYTHING: tuple[Kind, ...] = ("number", "integer", "boolean", "string", "list")


def wanted_by(expr: Expr, position: int) -> tuple[str, tuple[Kind, ...]]:
    """What the operator of a node is called, and which kinds it takes at a position."""
    match expr:
        case Not():
            return "`!`", ("boolean",)
        case Both() | Either():
            return "`&&`" if isinstance(expr, Both) else "`||`", ("boolean",)
        case Negate():
            return "`-`", _NUMERIC
        case Arithmetic(operator="%"):
            return "`%`", ("integer",)
        case Arithmetic(operator=operator) | Comparison(operator=operator):
            return f"`{operator}`", _NUMERIC
        case Extreme(kind=kind):
            return f"`{kind}`", _NUMERIC
        case Size():
            return "`size`", ("string", "list")
        case Matches():
            return "`matches`", ("string",)
        case FieldOf(field=field):
            return f"`.{field}`", ("list",)
        case ItemAt():
            return "`[...]`", ("list",) if position == 0 else ("integer",)
        case Quantifier(kind=kind):
            return f"`{kind}`", ("list",) if position == 0 else ("boolean",)
        case _:
            return "", _ANYTHING


def takes(kinds: Sequence[Kind]) -> str:
    """The kinds in a sentence: "a number" (where an integer will do), "a string or a list"."""
    return " or ".join(ARTICLES[kind] for kind in kinds if kind != "integer" or len(kinds) == 1)


def shown(expr: Expr) -> str:
    """An expression inside a sentence."""
    return in_code(print_expr(expr))


def name_in_code(name: str) -> str:
    """A name inside a sentence, spelled as an expression needs it."""
    return in_code(spell_name(name))


def in_code(text: str) -> str:
    """A piece of an expression inside a sentence."""
    return f"`{text}`" if "`" not in text else f"`` {text} ``"


def being(expr: Expr, found: ValueType) -> str:
    """What a part is, in a sentence: "`epochs` is an integer"."""
    return f"{shown(expr)} is {ARTICLES[found.kind]}"


def conversion(expr: Expr, found: ValueType, kinds: Sequence[Kind]) -> str:
    """How to come from what was found to what is wanted."""
    if isinstance(expr, Literal) and isinstance(expr.value, str) and "string" not in kinds:
        return "write the value without quotes"
    match found.kind, kinds[0]:
        case (("integer" | "number"), "boolean"):
            return f"compare it: `{print_expr(expr)} > 0`"
        case "list", "boolean":
            return "ask for its `size`, or use `all` or `exists`"
        case _, "boolean":
            return "compare it with `==` or `in`"
        case "boolean", ("integer" | "number"):
            return "use the boolean itself as the condition"
        case "list", ("integer" | "number"):
            return "use its `size`, or one of its items"
        case "integer" | "number" | "boolean", "string":
            return "put it in quotes if a string is meant"
        case _, kind:
            return f"use {ARTICLES[kind]}"
