"""The tree of an expression as JSON, for tools that would rather not parse.

A node is an array: its kind, then its parts in the order written.

==================================  ====================================
expression                          JSON
==================================  ====================================
``true``, ``7``, ``"adam"``         ``["literal", true]`` and so on
``0.5``, ``1.0``                    ``["number", 0.5]``, ``["number", 1]``: not an integer, though JSON cannot tell
``optimizer``, ``context.nodes``    ``["name", "optimizer"]``, ``["context", "nodes"]``
``s`` of ``all(s, ...)``            ``["variable", "s"]``
``shape.height``, ``steps[0]``      ``["field", BASE, "height"]``, ``["item", BASE, INDEX]``
``["sgd", "nag"]``                  ``["list", ITEM, ITEM]``
``!a``, ``-a``                      ``["!", A]``, ``["-", A]``
``a + b`` and ``- * / %``           ``["+", A, B]``
``a == b`` and ``!= < <= > >= in``  ``["==", A, B]``
``a && b``, ``a || b``              ``["&&", A, B]``, ``["||", A, B]``
``has(a)``, ``size(a)``             ``["has", A]``, ``["size", A]``
``min(a, b)``, ``max(a, b, c)``     ``["min", A, B]``, ``["max", A, B, C]``
``a.matches("^x")``                 ``["matches", A, "^x"]``
``a.all(s, P)``, ``a.exists(s, P)``  ``["all", A, "s", P]``, ``["exists", A, "s", P]``
==================================  ====================================
"""

from typing import Any

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


def to_json(expr: Expr) -> list[Any]:
    """The tree as arrays; see the table of this module."""
    match expr:
        case Literal(value=float(value)):
            return ["number", value]
        case Literal(value=value):
            return ["literal", value]
        case Name(name=name):
            return ["name", name]
        case ContextName(name=name):
            return ["context", name]
        case Variable(name=name):
            return ["variable", name]
        case Arithmetic() | Comparison():
            return [expr.operator, to_json(expr.left), to_json(expr.right)]
        case Both() | Either():
            return ["&&" if isinstance(expr, Both) else "||", to_json(expr.left), to_json(expr.right)]
        case Membership(item=item, container=container):
            return ["in", to_json(item), to_json(container)]
        case Not() | Negate():
            return ["!" if isinstance(expr, Not) else "-", to_json(expr.operand)]
        case _:
            return _member_to_json(expr)


def _member_to_json(expr: Expr) -> list[Any]:
    match expr:
        case FieldOf(base=base, field=field):
            return ["field", to_json(base), field]
        case ItemAt(base=base, index=index):
            return ["item", to_json(base), to_json(index)]
        case ListLiteral(items=items):
            return ["list", *map(to_json, items)]
        case Has(target=target):
            return ["has", to_json(target)]
        case Size(operand=operand):
            return ["size", to_json(operand)]
        case Extreme(kind=kind, operands=operands):
            return [kind, *map(to_json, operands)]
        case Matches(subject=subject, pattern=pattern):
            return ["matches", to_json(subject), pattern]
        case Quantifier(kind=kind, container=container, variable=variable, predicate=predicate):
            return [kind, to_json(container), variable, to_json(predicate)]
        case _:
            raise AssertionError(f"{expr!r} is no expression")


def from_json(tree: Any) -> Expr:
    """The expression that such arrays stand for.

    Raises:
        ValueError: If they stand for none.
    """
    match tree:
        case ["literal", bool() | int() | str() as value]:
            return Literal(value)
        case ["number", int() | float() as value] if not isinstance(value, bool):
            return Literal(float(value))
        case ["name", str(name)]:
            return Name(name)
        case ["context", str(name)]:
            return ContextName(name)
        case ["variable", str(name)]:
            return Variable(name)
        case ["!", operand]:
            return Not(from_json(operand))
        case ["-", operand]:
            return Negate(from_json(operand))
        case [("+" | "-" | "*" | "/" | "%") as operator, left, right]:
            return Arithmetic(operator, from_json(left), from_json(right))
        case [("==" | "!=" | "<" | "<=" | ">" | ">=") as operator, left, right]:
            return Comparison(operator, from_json(left), from_json(right))
        case ["in", item, container]:
            return Membership(from_json(item), from_json(container))
        case ["&&", left, right]:
            return Both(from_json(left), from_json(right))
        case ["||", left, right]:
            return Either(from_json(left), from_json(right))
        case _:
            return _member_from_json(tree)


def _member_from_json(tree: Any) -> Expr:
    match tree:
        case ["field", base, str(field)]:
            return FieldOf(from_json(base), field)
        case ["item", base, index]:
            return ItemAt(from_json(base), from_json(index))
        case ["list", *items]:
            return ListLiteral(tuple(map(from_json, items)))
        case ["has", target]:
            asked = from_json(target)
            if isinstance(asked, (Name, ContextName)):
                return Has(asked)
        case ["size", operand]:
            return Size(from_json(operand))
        case [("min" | "max") as kind, _, _, *_]:
            return Extreme(kind, tuple(map(from_json, tree[1:])))
        case ["matches", subject, str(pattern)]:
            return Matches(from_json(subject), pattern)
        case [("all" | "exists") as kind, container, str(variable), predicate]:
            return Quantifier(kind, from_json(container), variable, from_json(predicate))
    raise ValueError(f"{tree!r} is no expression")
