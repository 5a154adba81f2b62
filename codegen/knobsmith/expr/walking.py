"""Walking over formulas and terms, for renderers that need to know what one reads or calls."""

from collections.abc import Iterator

from knobsmith.expr.formula import (
    Compared,
    Conjunction,
    Contains,
    Count,
    Disjunction,
    Extremum,
    Fits,
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

Piece = Formula | Term


def pieces(piece: Piece) -> tuple[Piece, ...]:
    """The direct parts of a formula or term, in the order of evaluation."""
    match piece:
        case Conjunction(parts=parts) | Disjunction(parts=parts):
            return parts
        case Negation(part=part):
            return (part,)
        case IsWord(term=term) | IsTrue(term=term) | Fits(term=term) | IsFinite(term=term):
            return (term,)
        case Compared(left=left, right=right) | Operation(left=left, right=right):
            return (left, right)
        case Contains(container=container, item=item):
            return (item, container)
        case Found(subject=subject):
            return (subject,)
        case InList(base=base, index=index) | Item(base=base, index=index):
            return (base, index)
        case ForItems(container=container, body=body):
            return (container, body)
        case Row(items=items) | Extremum(operands=items):
            return items
        case Negative(operand=operand) | Widened(operand=operand) | Count(operand=operand):
            return (operand,)
        case Truth(formula=formula):
            return (formula,)
        case _:
            return ()


def walk(piece: Piece) -> Iterator[Piece]:
    """A formula or term and everything below it."""
    yield piece
    for part in pieces(piece):
        yield from walk(part)


def references(piece: Piece) -> tuple[Ref, ...]:
    """The names that a formula or term reads, each once, in the order of their first reading."""
    found = (part.ref for part in walk(piece) if isinstance(part, (Reference, IsUnknown, IsNothing)))
    return tuple(dict.fromkeys(found))
