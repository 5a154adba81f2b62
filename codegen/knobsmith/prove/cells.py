"""Values of hyperparameters as SMT terms. Numbers are exact rationals; for strings and words see ``texts``."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import z3

from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Domain, Kind
from knobsmith.prove.texts import Texts, string_value
from knobsmith.records import Record, replace

# A list without a bound on its length is looked at up to this many items; beyond, anything may be so.
UNBOUNDED_ITEMS = 16
LONGEST_LIST = 64

TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)
NO_WORD = z3.IntVal(-1)

_STRINGS = Domain(kind="string")


class Cell(Record):
    """One value: ``plain`` where it is of its type, ``word`` the position of the word that it is, or -1.

    ``kind`` is integer, number, boolean, string, choice (a closed string: a position), or literal (a text of an
    expression, which is a value or a word by what it stands beside).
    """

    kind: str
    plain: Any
    word: Any = NO_WORD

    @property
    def is_text(self) -> bool:
        """Whether it is a string in one of its three forms."""
        return self.kind in ("string", "choice", "literal")


class ListCell(Record):
    """A list: its length and as many items as it can have; ``cut`` if it might have more than are looked at."""

    length: Any
    items: tuple["AnyCell", ...]
    word: Any = NO_WORD
    cut: bool = False
    fields: tuple[str, ...] = ()


AnyCell = Cell | ListCell

_SORTS: Mapping[Kind, Callable[[str], Any]] = {
    "integer": z3.Int,
    "number": z3.Real,
    "boolean": z3.Bool,
    "string": z3.String,
}
_NEUTRAL: Mapping[Kind, Any] = {"integer": z3.IntVal(0), "number": z3.RealVal(0), "boolean": FALSE}


def variable(name: str, domain: Domain) -> AnyCell:
    """A fresh, unconstrained value of a domain's kind. No name of a spec holds the ``?`` that keeps its parts apart."""
    # A word of a string is a string like any other.
    word = z3.Int(f"{name}?word") if domain.words and domain.kind != "string" else NO_WORD
    if domain.kind == "list":
        return _list_variable(name, domain, word)
    if _is_choice(domain):
        return Cell("choice", z3.Int(name), word)
    return Cell(domain.kind, _SORTS[domain.kind](name), word)


def constant(value: PlainValue, domain: Domain, texts: Texts) -> AnyCell:
    """A given value of a domain."""
    if isinstance(value, tuple):
        items = tuple(constant(item, domain.items or _STRINGS, texts) for item in value)
        return ListCell(z3.IntVal(len(value)), items, fields=domain.fields)
    if isinstance(value, str):
        return _text(value, domain, texts)
    return literal(float(value) if domain.kind == "number" and not isinstance(value, bool) else value)


def literal(value: bool | int | float) -> Cell:
    """A literal that is no string."""
    if isinstance(value, bool):
        return Cell("boolean", z3.BoolVal(value))
    return Cell("integer", z3.IntVal(value)) if isinstance(value, int) else Cell("number", rational(value))


def rational(value: int | float) -> Any:
    """A number as the exact rational that its decimal text says."""
    return z3.RealVal(str(Fraction(repr(value)))) if isinstance(value, float) else z3.RealVal(value)


def fitted(cell: AnyCell, domain: Domain, texts: Texts) -> AnyCell:
    """A computed value in the form in which the cells of a domain hold their own."""
    if isinstance(cell, ListCell):
        items = tuple(fitted(item, domain.items or _STRINGS, texts) for item in cell.items)
        return replace(cell, items=items, fields=domain.fields)
    if cell.kind == "literal":
        return constant(cell.plain, domain, texts)
    if _is_choice(domain):
        return as_choice(cell, texts)
    if domain.kind == "string":
        return as_string(cell, texts)
    return aligned(cell, Cell(domain.kind, None))[0]


def choose(condition: Any, then: AnyCell, otherwise: AnyCell, texts: Texts) -> AnyCell:
    """One of two values of the same type, by a condition."""
    if isinstance(then, ListCell) and isinstance(otherwise, ListCell):
        return _choose_list(condition, then, otherwise, texts)
    left, right = scalar(then), scalar(otherwise)
    if left.is_text and (left.kind != right.kind or left.kind == "literal"):
        left, right = as_string(left, texts), as_string(right, texts)
    left, right = aligned(left, right)
    return Cell(left.kind, z3.If(condition, left.plain, right.plain), _either_word(condition, left, right))


def aligned(left: Cell, right: Cell) -> tuple[Cell, Cell]:
    """Two scalars, an integer beside a number widened."""
    if left.kind == "integer" and right.kind == "number":
        return Cell("number", z3.ToReal(left.plain), left.word), right
    if left.kind == "number" and right.kind == "integer":
        return left, Cell("number", z3.ToReal(right.plain), right.word)
    return left, right


def as_choice(cell: Cell, texts: Texts) -> Cell:
    """A text as a position in the table, -1 for one that is not there."""
    if cell.kind != "string":
        return cell if cell.kind == "choice" else Cell("choice", z3.IntVal(texts.position(cell.plain)))
    position: Any = NO_WORD
    for place, text in texts:
        position = z3.If(cell.plain == string_value(text), place, position)
    return Cell("choice", position, cell.word)


def as_string(cell: Cell, texts: Texts) -> Cell:
    """A text as a string of the solver."""
    if cell.kind != "choice":
        return cell if cell.kind == "string" else Cell("string", string_value(cell.plain))
    string: Any = string_value("")
    for place, text in texts:
        string = z3.If(cell.plain == place, string_value(text), string)
    return Cell("string", string, cell.word)


def unseen_like(cell: AnyCell) -> AnyCell:
    """A value of the same form of which nothing is known."""
    word = NO_WORD if cell.word is NO_WORD else z3.FreshInt("unseen")
    if isinstance(cell, ListCell):
        return ListCell(z3.FreshInt("unseen"), tuple(map(unseen_like, cell.items)), word, True, cell.fields)
    return Cell(cell.kind, z3.FreshConst(cell.plain.sort(), "unseen"), word)


def scalar(cell: AnyCell) -> Cell:
    """A value that is known to be no list."""
    if isinstance(cell, ListCell):
        raise TypeError("a list where a scalar was meant")
    return cell


def listed(cell: AnyCell) -> ListCell:
    """A value that is known to be a list."""
    if isinstance(cell, Cell):
        raise TypeError("a scalar where a list was meant")
    return cell


def _list_variable(name: str, domain: Domain, word: Any) -> ListCell:
    longest = _longest(domain)
    count = UNBOUNDED_ITEMS if longest is None else min(longest, LONGEST_LIST)
    items = tuple(variable(f"{name}?{index}", domain.items or _STRINGS) for index in range(count))
    return ListCell(z3.Int(f"{name}?length"), items, word, longest is None or longest > LONGEST_LIST, domain.fields)


def _longest(domain: Domain) -> int | None:
    if domain.fields:
        return len(domain.fields)
    upper = domain.length.intervals[-1].upper.value if domain.length else None
    bounds = [int(upper)] if isinstance(upper, (int, float)) else []
    if domain.values is not None and not domain.open:
        bounds.append(max((len(c.value) for c in domain.values if isinstance(c.value, tuple)), default=0))
    if not bounds:
        return None
    # A special list may be longer than ordinary ones.
    return max([min(bounds), *(len(s.value) for s in domain.special if isinstance(s.value, tuple))])


def _is_choice(domain: Domain) -> bool:
    return domain.kind == "string" and domain.values is not None and not domain.open


def _text(text: str, domain: Domain, texts: Texts) -> AnyCell:
    """A text where a value of the domain is meant: a string, or else a word."""
    if domain.kind == "string":
        cell = Cell("literal", text)
        return as_choice(cell, texts) if _is_choice(domain) else as_string(cell, texts)
    word = z3.IntVal(texts.position(text))
    if domain.kind == "list":
        return ListCell(z3.IntVal(0), (), word, fields=domain.fields)
    return Cell(domain.kind, _NEUTRAL[domain.kind], word)


def _choose_list(condition: Any, then: ListCell, otherwise: ListCell, texts: Texts) -> ListCell:
    longer, shorter = (then, otherwise) if len(then.items) >= len(otherwise.items) else (otherwise, then)
    paired = [choose(condition, then.items[i], otherwise.items[i], texts) for i in range(len(shorter.items))]
    return ListCell(
        z3.If(condition, then.length, otherwise.length),
        (*paired, *longer.items[len(paired) :]),
        _either_word(condition, then, otherwise),
        then.cut or otherwise.cut,
        then.fields or otherwise.fields,
    )


def _either_word(condition: Any, then: AnyCell, otherwise: AnyCell) -> Any:
    if then.word is NO_WORD and otherwise.word is NO_WORD:
        return NO_WORD
    return z3.If(condition, then.word, otherwise.word)
