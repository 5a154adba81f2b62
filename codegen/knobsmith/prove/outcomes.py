"""The three outcomes of an expression as formulas, and how operators pass them on."""

from collections.abc import Sequence
from typing import Any

import z3

from knobsmith.prove.cells import FALSE, NO_WORD, AnyCell, Cell, scalar
from knobsmith.records import Record


class Outcome(Record):
    """What an expression comes to; ``cell`` means something only where it is neither nothing nor unknown."""

    cell: AnyCell
    nothing: Any = FALSE
    unknown: Any = FALSE

    @property
    def known(self) -> Any:
        """That there is a value."""
        return z3.Not(z3.Or(self.nothing, self.unknown))

    @property
    def plain(self) -> Any:
        """The value of a scalar where it is no word."""
        return scalar(self.cell).plain


def truth(formula: Any) -> Cell:
    """A boolean value."""
    return Cell("boolean", formula)


def strict(cell: AnyCell, operands: Sequence[Outcome], nothing: Any = FALSE) -> Outcome:
    """The outcome of an operation that passes on what its operands lack, unknown first."""
    unknown = z3.Or(*(operand.unknown for operand in operands))
    lacking = z3.Or(nothing, *(operand.nothing for operand in operands))
    return Outcome(cell, z3.And(lacking, z3.Not(unknown)), unknown)


def absorbed(sides: Sequence[Outcome], absorbing: bool) -> Outcome:
    """``&&`` is absorbed by false, ``||`` by true, whatever the other sides are."""
    wins = z3.Or(*(z3.And(side.known, side.plain if absorbing else z3.Not(side.plain)) for side in sides))
    unknown = z3.And(z3.Not(wins), z3.Or(*(side.unknown for side in sides)))
    nothing = z3.And(z3.Not(wins), z3.Not(unknown), z3.Or(*(side.nothing for side in sides)))
    return Outcome(truth(wins if absorbing else z3.Not(wins)), nothing, unknown)


def without_words(outcome: Outcome) -> Outcome:
    """A word has no place in arithmetic, order, logic and lists: there it makes nothing."""
    if outcome.cell.word is NO_WORD:
        return outcome
    is_word = z3.And(z3.Not(outcome.unknown), outcome.cell.word != -1)
    return Outcome(outcome.cell, z3.Or(outcome.nothing, is_word), outcome.unknown)
