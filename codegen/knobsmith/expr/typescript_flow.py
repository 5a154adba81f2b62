"""What TypeScript's compiler knows of values at a place of an expression: what the tests to the left have narrowed.

The compiler refuses comparisons of which it knows the outcome, and operations on what may be something else. What
several tests of one value leave of its type is hard to say, so nothing is relied on after a second test of one kind.
"""

from collections.abc import Iterable

from knobsmith.expr.formula import (
    Constant,
    Count,
    Extremum,
    Item,
    Negative,
    Operation,
    Ref,
    Reference,
    Row,
    Term,
    Truth,
    Widened,
)
from knobsmith.expr.types import Kind


class Flow:
    """Follows the tests of an expression in the order in which they are written."""

    def __init__(self, tested: Iterable[Ref]) -> None:
        """Start where some names were tested already: what that left of their types is not known here."""
        self._untold: set[Ref] = set(tested)
        self._compared: set[Ref | Item | Count] = set(self._untold)
        self._asked: set[tuple[str, Ref]] = set()

    def is_untold(self, ref: Ref) -> bool:
        """Whether tests do not leave the type that they would leave if each were the first."""
        return ref in self._untold

    def ask(self, question: str, ref: Ref) -> None:
        """Note a guard; the second of a kind may stand where the compiler knows its outcome."""
        if (question, ref) in self._asked:
            self._untold.add(ref)
        self._asked.add((question, ref))

    def was_asked(self, question: str, ref: Ref) -> bool:
        """Whether there was a guard of that kind before, or a comparison."""
        return (question, ref) in self._asked or ref in self._compared

    def compare(self, *terms: Term, narrows: bool = True) -> None:
        """Note a comparison. One that does not narrow leaves to guess what follows, and so does one with a word."""
        plain = [term.operand if isinstance(term, Widened) else term for term in terms]
        for term in plain:
            match term:
                case Reference(ref=ref, type=type):
                    self._compared.add(ref)
                    others = [other for other in plain if other is not term]
                    if not narrows or any(kind_of(other) != _plain(type.kind) for other in others):
                        self._untold.add(ref)
                case Item() | Count():
                    self._compared.add(term)
                case _:
                    pass

    def is_open(self, term: Term) -> bool:
        """Whether the compiler knows no more of a value than its kind."""
        match term:
            case Reference(ref=ref):
                return ref not in self._compared
            case Item() | Count():
                return term not in self._compared
            case Widened(operand=operand) | Negative(operand=operand):
                return not isinstance(operand, Constant) and self.is_open(operand)
            case _:
                return isinstance(term, (Operation, Extremum))

    def may_be_equal(self, left: Term, right: Term) -> bool:
        """Whether the compiler takes a comparison for one whose outcome is open."""
        constants = [term for term in (left, right) if isinstance(term, Constant)]
        is_open = [self.is_open(term) for term in (left, right) if not isinstance(term, Constant)]
        if not all(is_open) or not is_open:
            return False
        words = [isinstance(term, (Reference, Item)) and term.type.may_be_word for term in (left, right)]
        is_word = any(words) and any(isinstance(constant.value, str) for constant in constants)
        return is_word or kind_of(left) == kind_of(right)


def kind_of(term: Term) -> Kind:
    """What a value is if it is no word; integers are numbers."""
    match term:
        case Constant(value=bool()) | Truth():
            return "boolean"
        case Constant(value=str()):
            return "string"
        case Row():
            return "list"
        case Reference(type=type) | Item(type=type):
            return _plain(type.kind)
        case _:
            return "number"


def _plain(kind: Kind) -> Kind:
    return "number" if kind == "integer" else kind
