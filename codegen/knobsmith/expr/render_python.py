"""Formulas and terms as Python, in as few brackets and guards as it takes.

The text reads parameters as the caller spells them. It relies on these conventions:

- an absent value is one of two sentinels that equal no value, ``UNKNOWN`` and ``NOTHING`` unless renamed;
- integers are ``int``, numbers ``float``, lists ``tuple`` (or ``list``), a word is a ``str``;
- no spelling hides one of Python's built-in functions;
- ``fits``, ``is_finite`` and ``found`` are those of `python_support`.
"""

import keyword
import re
from collections.abc import Callable

from knobsmith.expr.formula import (
    Compared,
    Conjunction,
    Constant,
    Contains,
    Count,
    Disjunction,
    Extremum,
    Fits,
    Fixed,
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
from knobsmith.expr.python_guards import without_idle_guards
from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.expr.syntax import ContextName, Name, Variable
from knobsmith.expr.walking import references, walk
from knobsmith.records import Record
from knobsmith.regex import to_python

# How tightly Python binds, from the loosest.
_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _SIGN, _ATOM = range(1, 9)
_USED = {"len", "min", "max", "all", "any", "float", "str", "isinstance", "fits", "is_finite", "found"}


class PythonNames(Record):
    """How generated code spells things.

    Attributes:
        reference: The Python expression of a parameter or a fact: an attribute, a subscript, a name.
        unknown: The sentinel of what failed or was not given.
        nothing: The sentinel of what is unset or ignored.
        support: What stands before the helper functions: "" or "_support.".
    """

    reference: Callable[[Name | ContextName], str]
    unknown: str = "UNKNOWN"
    nothing: str = "NOTHING"
    support: str = ""


def render_formula(formula: Formula, names: PythonNames) -> str:
    """A Python expression that is ``True`` or ``False``."""
    return _Renderer(names, formula).formula(formula, _OR)


def render_term(term: Term, names: PythonNames) -> str:
    """A Python expression for a value; evaluate it only where it is defined."""
    return _Renderer(names, term).term(term, _OR)


def quoted(text: str) -> str:
    """A string literal in double quotes; what cannot be seen is escaped, so it says what it shows."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in ('"', "\\"):
        return f"\\{character}"
    return character if character.isprintable() else repr(character)[1:-1]


class _Renderer:
    def __init__(self, names: PythonNames, whole: Formula | Term) -> None:
        self._names = names
        spelled = [names.reference(ref) for ref in references(whole) if not isinstance(ref, Variable)]
        taken = _USED | {word for text in spelled for word in re.findall(r"\w+", text)}
        self._variables = _distinct([part.variable for part in walk(whole) if isinstance(part, ForItems)], taken)

    def formula(self, formula: Formula, at_least: int) -> str:
        """The text of a formula, in brackets if it binds less tightly than its place asks for."""
        return _placed(*self._formula(without_idle_guards(formula)), at_least)

    def term(self, term: Term, at_least: int) -> str:
        """The text of a term, in brackets if it binds less tightly than its place asks for."""
        return _placed(*self._term(term), at_least)

    def _formula(self, formula: Formula) -> tuple[str, int]:
        match formula:
            case Fixed(value=value):
                return str(value), _ATOM
            case Conjunction(parts=parts):
                return " and ".join(self.formula(part, _NOT) for part in parts), _AND
            case Disjunction(parts=parts):
                return " or ".join(self.formula(part, _AND) for part in parts), _OR
            case IsTrue(term=term):
                return self._term(term)
            case Compared():
                return self._compared(formula), _COMPARISON
            case ForItems(which=which, variable=variable, container=container, body=body):
                item, items = self._variables[variable], self.term(container, _OR + 1)
                function = "all" if which == "all" else "any"
                return f"{function}({self.formula(body, _OR)} for {item} in {items})", _ATOM
            case Negation(part=part):
                return self._negated(part)
            case _:
                return self._test(formula, "")

    def _negated(self, part: Formula) -> tuple[str, int]:
        match part:
            case IsUnknown() | IsNothing() | Contains():
                return self._test(part, "not ")
            case InList(base=base, index=Constant(value=int(index))) if index >= 0:
                return f"len({self.term(base, _OR)}) <= {index}", _COMPARISON
            case _:
                return f"not {self.formula(part, _NOT)}", _NOT

    def _test(self, formula: Formula, negation: str) -> tuple[str, int]:
        match formula:
            case IsUnknown(ref=ref):
                return f"{self._ref(ref)} is {negation}{self._names.unknown}", _COMPARISON
            case IsNothing(ref=ref):
                return f"{self._ref(ref)} is {negation}{self._names.nothing}", _COMPARISON
            case Contains(container=container, item=item):
                return f"{self.term(item, _SUM)} {negation}in {self.term(container, _SUM)}", _COMPARISON
            case InList(base=base, index=Constant(value=int(index))) if index >= 0:
                return f"len({self.term(base, _OR)}) > {index}", _COMPARISON
            case InList(base=base, index=index):
                return f"0 <= {self.term(index, _SUM)} < len({self.term(base, _OR)})", _COMPARISON
            case IsWord(term=term):
                return f"isinstance({self.term(term, _OR)}, str)", _ATOM
            case Fits(term=term):
                return f"{self._names.support}fits({self.term(term, _OR)})", _ATOM
            case IsFinite(term=term):
                return f"{self._names.support}is_finite({self.term(term, _OR)})", _ATOM
            case Found(pattern=pattern, subject=subject):
                regex = quoted(to_python(pattern))
                return f"{self._names.support}found({regex}, {self.term(subject, _OR)})", _ATOM
            case _:
                raise AssertionError(f"{formula!r} is no test")

    def _compared(self, formula: Compared) -> str:
        match formula.left, formula.right:
            case (Constant(value=bool(value)), other) | (other, Constant(value=bool(value))):
                return f"{self._side(other)} {'is' if formula.operator == '==' else 'is not'} {value}"
            case left, right:
                return f"{self._side(left)} {formula.operator} {self._side(right)}"

    def _side(self, term: Term) -> str:
        """One side of a comparison, where Python takes integers beside numbers for what they are."""
        if isinstance(term, Constant) and isinstance(term.value, float) and term.value.is_integer():
            return str(int(term.value)) if abs(term.value) <= LARGEST_INTEGER else repr(term.value)
        return self.term(term.operand if isinstance(term, Widened) else term, _SUM)

    def _term(self, term: Term) -> tuple[str, int]:
        match term:
            case Constant(value=bool(value)):
                return str(value), _ATOM
            case Constant(value=str(value)):
                return quoted(value), _ATOM
            case Constant(value=value):
                text = repr(value)
                return text, _SIGN if text.startswith("-") else _ATOM
            case Reference(ref=ref):
                return self._ref(ref), _ATOM
            case Item(base=base, index=index):
                return f"{self.term(base, _ATOM)}[{self.term(index, _OR)}]", _ATOM
            case Row(items=items):
                row = ", ".join(self.term(item, _OR) for item in items)
                return f"({row},)" if len(items) == 1 else f"({row})", _ATOM
            case Negative(operand=operand):
                return f"-{self.term(operand, _SIGN)}", _SIGN
            case Operation():
                return self._operation(term)
            case Extremum(which=which, operands=operands):
                return f"{which}({', '.join(self.term(operand, _OR) for operand in operands)})", _ATOM
            case Widened(operand=operand):
                return f"float({self.term(operand, _OR)})", _ATOM
            case Count(operand=operand):
                return f"len({self.term(operand, _OR)})", _ATOM
            case Truth(formula=formula):
                return self._formula(without_idle_guards(formula))

    def _operation(self, term: Operation) -> tuple[str, int]:
        binding = _SUM if term.operator in ("+", "-") else _PRODUCT
        sides = [side.operand if isinstance(side, Widened) else side for side in (term.left, term.right)]
        if isinstance(term.left, Widened) and isinstance(term.right, Widened):
            sides = [term.left, term.right]
        left, right = sides
        return f"{self.term(left, binding)} {term.operator} {self.term(right, binding + 1)}", binding

    def _ref(self, ref: Ref) -> str:
        return self._variables.get(ref.name, ref.name) if isinstance(ref, Variable) else self._names.reference(ref)


def _distinct(variables: list[str], taken: set[str]) -> dict[str, str]:
    """A Python name for each variable, unlike all others and unlike any name that the text uses otherwise."""
    names: dict[str, str] = {}
    for variable in dict.fromkeys(variables):
        name = variable
        while name in taken or keyword.iskeyword(name) or (name != variable and name in variables):
            name += "_"
        names[variable] = name
        taken = taken | {name}
    return names


def _placed(text: str, binding: int, at_least: int) -> str:
    return text if binding >= at_least else f"({text})"
