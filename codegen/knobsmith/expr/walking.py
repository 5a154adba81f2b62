"""Walking over formulas and terms, for renderers that need to know what one reads or calls."""

from collections.abc import Callable, Iterator
from typing import Any

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


# By class, because formulas are walked often and patterns would try one class after the other.
_PIECES: dict[type, Callable[[Any], tuple[Piece, ...]]] = {
    **dict.fromkeys((Conjunction, Disjunction), lambda piece: piece.parts),
    Negation: lambda piece: (piece.part,),
    **dict.fromkeys((IsWord, IsTrue, Fits, IsFinite), lambda piece: (piece.term,)),
    **dict.fromkeys((Compared, Operation), lambda piece: (piece.left, piece.right)),
    Contains: lambda piece: (piece.item, piece.container),
    Found: lambda piece: (piece.subject,),
    **dict.fromkeys((InList, Item), lambda piece: (piece.base, piece.index)),
    ForItems: lambda piece: (piece.container, piece.body),
    Row: lambda piece: piece.items,
    Extremum: lambda piece: piece.operands,
    **dict.fromkeys((Negative, Widened, Count), lambda piece: (piece.operand,)),
    Truth: lambda piece: (piece.formula,),
}


def pieces(piece: Piece) -> tuple[Piece, ...]:
    """The direct parts of a formula or term, in the order of evaluation."""
    parts = _PIECES.get(type(piece))
    return parts(piece) if parts else ()


def walk(piece: Piece) -> Iterator[Piece]:
    """A formula or term and everything below it."""
    waiting = [piece]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(pieces(found)))


def references(piece: Piece) -> tuple[Ref, ...]:
    """The names that a formula or term reads, each once, in the order of their first reading."""
    found = (part.ref for part in walk(piece) if isinstance(part, (Reference, IsUnknown, IsNothing)))
    return tuple(dict.fromkeys(found))
