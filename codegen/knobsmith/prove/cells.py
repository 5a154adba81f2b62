"""Values of hyperparameters as SMT terms.

Numbers are exact rationals. A string with closed values is the position of its value in a shared table, which
keeps the solver out of the theory of strings; any other string is a string. A word of ``special`` is a position
in the same table, beside the ordinary value: ``word`` is -1 where the value is no word.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3

from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Domain

# A list without a bound on its length is looked at up to this many items; beyond, anything may be so.
UNBOUNDED_ITEMS = 16
LONGEST_LIST = 64


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: ``plain`` where it is of its type, ``word`` the position of the word that it is, or -1.

    ``kind`` is integer, number, boolean, choice (a closed string), string, or word (nothing but a word).
    """

    kind: str
    plain: Any
    word: Any


@dataclass(frozen=True, slots=True)
class ListCell:
    """A list: its length and as many items as it can have; ``cut`` if it might have more than are looked at."""

    length: Any
    items: tuple["AnyCell", ...]
    word: Any
    cut: bool = False


AnyCell = Cell | ListCell
NO_WORD = z3.IntVal(-1)


class Texts:
    """The table of all strings that an algorithm's closed values, words and literals mention."""

    def __init__(self) -> None:
        self._positions: dict[str, int] = {}

    def position(self, text: str) -> int:
        """The place of a text in the table; a new one is added."""
        return self._positions.setdefault(text, len(self._positions))

    def text(self, position: int) -> str:
        """The text at a place."""
        return self.all()[position]

    def all(self) -> list[str]:
        """Every text, by position."""
        return list(self._positions)


def variable(name: str, domain: Domain, texts: Texts) -> AnyCell:
    """A fresh, unconstrained value of a domain's kind."""
    # A word of a string is a string like any other.
    word = z3.Int(f"{name}.word") if domain.words and domain.kind != "string" else NO_WORD
    if domain.kind == "list":
        return _list_variable(name, domain, word, texts)
    if domain.kind == "string" and _is_closed(domain):
        return Cell("choice", z3.Int(name), word)
    makers: dict[str, Callable[[str], Any]] = {
        "integer": z3.Int,
        "number": z3.Real,
        "boolean": z3.Bool,
        "string": z3.String,
    }
    return Cell(domain.kind, makers[domain.kind](name), word)


def constant(value: PlainValue, domain: Domain, texts: Texts) -> AnyCell:
    """A given value of a domain."""
    if isinstance(value, str) and domain.kind != "string":
        return _as_word(value, domain, texts)
    if isinstance(value, tuple):
        items = domain.items or Domain(kind="string")
        return ListCell(z3.IntVal(len(value)), tuple(constant(v, items, texts) for v in value), NO_WORD)
    if isinstance(value, str):
        if _is_closed(domain):
            return Cell("choice", z3.IntVal(texts.position(value)), NO_WORD)
        return Cell("string", z3.StringVal(value), NO_WORD)
    return literal(value if domain.kind != "number" or isinstance(value, bool) else float(value))


def literal(value: bool | int | float) -> Cell:
    """A literal that is no string."""
    if isinstance(value, bool):
        return Cell("boolean", z3.BoolVal(value), NO_WORD)
    if isinstance(value, int):
        return Cell("integer", z3.IntVal(value), NO_WORD)
    return Cell("number", rational(value), NO_WORD)


def rational(value: int | float) -> Any:
    """A number as the exact rational that its decimal text says."""
    return z3.RealVal(str(Fraction(repr(value)))) if isinstance(value, float) else z3.RealVal(value)


def choose(condition: Any, then: AnyCell, otherwise: AnyCell) -> AnyCell:
    """One of two values of the same domain, by a condition."""
    if isinstance(then, ListCell) and isinstance(otherwise, ListCell):
        longer, shorter = (then, otherwise) if len(then.items) >= len(otherwise.items) else (otherwise, then)
        paired = [
            choose(condition, then.items[i], otherwise.items[i]) if i < len(shorter.items) else longer.items[i]
            for i in range(len(longer.items))
        ]
        length = z3.If(condition, then.length, otherwise.length)
        word = z3.If(condition, then.word, otherwise.word)
        return ListCell(length, tuple(paired), word, then.cut or otherwise.cut)
    if isinstance(then, ListCell) or isinstance(otherwise, ListCell):
        raise TypeError("a list stands against a scalar")
    left, right = aligned(then, otherwise)
    return Cell(left.kind, z3.If(condition, left.plain, right.plain), z3.If(condition, then.word, otherwise.word))


def aligned(left: Cell, right: Cell) -> tuple[Cell, Cell]:
    """Two scalars with an integer beside a number widened."""
    if left.kind == "integer" and right.kind == "number":
        return Cell("number", z3.ToReal(left.plain), left.word), right
    if left.kind == "number" and right.kind == "integer":
        return left, Cell("number", z3.ToReal(right.plain), right.word)
    return left, right


def _list_variable(name: str, domain: Domain, word: Any, texts: Texts) -> ListCell:
    items = domain.items or Domain(kind="string")
    longest = _longest(domain)
    count = UNBOUNDED_ITEMS if longest is None else min(longest, LONGEST_LIST)
    cells = tuple(variable(f"{name}[{i}]", items, texts) for i in range(count))
    return ListCell(z3.Int(f"{name}.length"), cells, word, longest is None or longest > LONGEST_LIST)


def _longest(domain: Domain) -> int | None:
    if domain.fields:
        return len(domain.fields)
    if domain.values is not None and not domain.open:
        return max((len(c.value) for c in domain.values if isinstance(c.value, tuple)), default=0)
    upper = domain.length.intervals[-1].upper.value if domain.length else None
    return int(upper) if isinstance(upper, (int, float)) else None


def _is_closed(domain: Domain) -> bool:
    return domain.values is not None and not domain.open


def _as_word(word: str, domain: Domain, texts: Texts) -> AnyCell:
    position = z3.IntVal(texts.position(word))
    blank = variable("unread", domain, texts)
    if isinstance(blank, ListCell):
        return ListCell(z3.IntVal(0), (), position)
    neutral: dict[str, Any] = {
        "integer": z3.IntVal(0),
        "number": z3.RealVal(0),
        "boolean": z3.BoolVal(False),
    }
    return Cell(blank.kind, neutral[blank.kind], position)
