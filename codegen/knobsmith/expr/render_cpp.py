"""Formulas and terms as C++17, in straight-line code that allocates nothing.

The text reads parameters as the caller spells them: an object with `is_unknown()`, `is_nothing()` and `value`. Integers
are `std::int64_t`, numbers `double`, strings views of characters, a word beside other values is in a `WordOr`. What is
called beside that stands in the headers `values.hpp`, `numbers.hpp`, `text.hpp` and `patterns.hpp`.
"""

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
from knobsmith.expr.syntax import ContextName, Name, Variable
from knobsmith.expr.terms import kind_of
from knobsmith.records import Record

_OR, _AND, _ATOM = range(3)


class CppNames(Record):
    """How generated code spells things.

    Attributes:
        reference: The C++ expression of a parameter or a fact.
        pattern: The table of a regular expression.
    """

    reference: Callable[[Name | ContextName], str]
    pattern: Callable[[str], str]


def render_formula(formula: Formula, names: CppNames) -> str:
    """A C++ expression that is ``true`` or ``false``."""
    return _Renderer(names).formula(formula, _OR)


def render_term(term: Term, names: CppNames) -> str:
    """A C++ expression for a value; evaluate it only where it is defined."""
    return _Renderer(names).term(term)


def quoted(text: str) -> str:
    """A literal of type ``std::string_view``; all but printable ASCII is written as octal escapes of its UTF-8."""
    shown = "".join(map(_escaped, text.encode("utf-8")))
    # Two question marks in a row begin a trigraph.
    return '"' + shown.replace("??", "?\\?") + '"sv'


def number(value: int | float) -> str:
    """A literal of a number, or of an integer."""
    text = repr(value)
    return f"({text})" if text.startswith("-") else text


def _constant(value: bool | int | float | str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else number(value)


def _escaped(byte: int) -> str:
    if byte in b'"\\':
        return "\\" + chr(byte)
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


class _Renderer:
    def __init__(self, names: CppNames) -> None:
        self._names = names
        self._depth = 0
        self._variables: dict[str, str] = {}

    def formula(self, formula: Formula, at_least: int) -> str:
        """The text of a formula, in brackets if it binds less tightly than its place asks for."""
        text, binding = self._formula(formula)
        return text if binding >= at_least else f"({text})"

    def _formula(self, formula: Formula) -> tuple[str, int]:
        match formula:
            case Fixed(value=value):
                return str(value).lower(), _ATOM
            case Conjunction(parts=parts):
                return " && ".join(self.formula(part, _ATOM) for part in parts), _AND
            case Disjunction(parts=parts):
                return " || ".join(self.formula(part, _ATOM) for part in parts), _OR
            case Negation(part=part):
                return f"!{self.formula(part, _ATOM)}", _ATOM
            case ForItems():
                return self._for_items(formula), _ATOM
            case Compared():
                return f"({self._compared(formula)})", _ATOM
            case _:
                return self._test(formula), _ATOM

    def _for_items(self, formula: ForItems) -> str:
        container = self.plain(formula.container)
        self._depth += 1
        item, hidden = f"item_{self._depth}", self._variables.get(formula.variable)
        self._variables[formula.variable] = item
        body = self.formula(formula.body, _OR)
        del self._variables[formula.variable]
        if hidden is not None:
            self._variables[formula.variable] = hidden
        function = "all_of" if formula.which == "all" else "any_of"
        return f"values::{function}({container}, [&]([[maybe_unused]] const auto& {item}) {{ return {body}; }})"

    def _test(self, formula: Formula) -> str:
        match formula:
            case IsUnknown(ref=ref):
                return f"{self._place(ref)}.is_unknown()"
            case IsNothing(ref=ref):
                return f"{self._place(ref)}.is_nothing()"
            case IsTrue(term=term):
                return self.plain(term)
            case IsWord(term=term):
                return f"{self.term(term)}.is_word()"
            case Contains(container=Row(items=items), item=item):
                return f"values::is_one_of({', '.join(map(self.term, (item, *items)))})"
            case Contains(container=container, item=item):
                return f"values::contains({self.plain(container)}, {self.term(item)})"
            case InList(base=base, index=index):
                return f"values::has_item({self.plain(base)}, {self.plain(index)})"
            case Fits(term=Operation(operator="*", left=left, right=right)):
                return f"numbers::product_fits({self.plain(left)}, {self.plain(right)})"
            case Fits(term=term):
                return f"numbers::fits({self.term(term)})"
            case IsFinite(term=term):
                return f"numbers::is_finite({self.term(term)})"
            case Found(pattern=pattern, subject=subject):
                return f"patterns::found({self._names.pattern(pattern)}, {self.term(subject)})"
            case _:
                raise AssertionError(f"{formula!r} is no test")

    def _compared(self, formula: Compared) -> str:
        left, right, operator = formula.left, formula.right, formula.operator
        if operator in ("==", "!="):
            return f"{'!' if operator == '!=' else ''}values::same({self.term(left)}, {self.term(right)})"
        sides = [self.plain(left), self.plain(right)]
        if sides[0] == sides[1]:
            # Compilers take it for a slip if something is compared with itself.
            return _constant(operator in ("<=", ">="))
        kinds = [kind_of(left), kind_of(right)]
        if kinds[0] != kinds[1]:
            sides = [self._as_number(side) for side in (left, right)]
        return f"{sides[0]} {operator} {sides[1]}"

    def _as_number(self, term: Term) -> str:
        if isinstance(term, Constant) and isinstance(term.value, (int, float)):
            return number(float(term.value))
        text = self.plain(term)
        return text if kind_of(term) == "number" else f"static_cast<double>({text})"

    def plain(self, term: Term) -> str:
        """A value that is known to be no word, where it might have been one."""
        return f"{self.term(term)}.value" if may_be_word(term) else self.term(term)

    def term(self, term: Term) -> str:
        """The text of a term; it binds as tightly as a name."""
        match term:
            case Constant(value=value):
                return _constant(value)
            case Reference(ref=ref):
                return self._variables[ref.name] if isinstance(ref, Variable) else f"{self._place(ref)}.value"
            case Item(base=base, index=index):
                return f"values::item_at({self.plain(base)}, {self.plain(index)})"
            case Row(items=items):
                return self._row(term) if items else f"{cpp_type(term)}{{}}"
            case Negative(operand=operand):
                return f"(-{self.plain(operand)})"
            case Operation(operator=operator, left=left, right=right, kind=kind):
                return self._operation(operator, left, right, kind)
            case Extremum(which=which, operands=operands, kind=kind):
                plain = ", ".join(f"{_SCALARS[kind]}({self.plain(operand)})" for operand in operands)
                return f"(std::{which})({{{plain}}})"
            case Widened(operand=operand):
                return f"static_cast<double>({self.plain(operand)})"
            case Count(operand=operand, of=of):
                counting = "text::length" if of == "string" else "values::count"
                return f"{counting}({self.plain(operand)})"
            case Truth(formula=formula):
                return self.formula(formula, _ATOM)

    def _operation(self, operator: str, left: Term, right: Term, kind: str) -> str:
        if operator == "*" and kind == "number":
            return f"numbers::product({self.plain(left)}, {self.plain(right)})"
        first = self.plain(left)
        if isinstance(left, Constant) and kind == "integer":
            first = f"std::int64_t{{{first}}}"
        return f"({first} {operator} {self.plain(right)})"

    def _row(self, row: Row) -> str:
        whole = cpp_type(row)
        wanted = whole.removeprefix("std::array<").rpartition(",")[0]
        items = [self.term(item) for item in row.items]
        if wanted.startswith("WordOr"):
            scalars = [cpp_type(item) for item in row.items]
            items = [f"{wanted}({scalar}({item}))" for scalar, item in zip(scalars, items, strict=True)]
        elif wanted == "double":
            items = [f"double({item})" for item in items]
        return f"{whole}{{{{{', '.join(items)}}}}}"

    def _place(self, ref: Ref) -> str:
        if isinstance(ref, Variable):
            raise TypeError("a variable is neither a parameter nor a fact")
        return self._names.reference(ref)


_SCALARS = {"integer": "std::int64_t", "number": "double", "boolean": "bool", "string": "std::string_view"}


def may_be_word(term: Term) -> bool:
    """Whether C++ holds a term in a ``WordOr``."""
    return isinstance(term, (Reference, Item)) and term.type.may_be_word


def cpp_type(term: Term) -> str:
    """The type in which C++ holds a term that is written down."""
    if not isinstance(term, Row):
        scalar = _SCALARS.get(kind_of(term), "")
        return f"WordOr<{scalar}>" if may_be_word(term) else scalar
    types = list(dict.fromkeys(map(cpp_type, term.items)))
    plain = [re.sub(r"^WordOr<(.*)>$", r"\1", one) for one in types]
    kinds = [one for one in plain if one != _SCALARS["string"]] or plain or ["std::int64_t"]
    kind = "double" if "double" in kinds else kinds[0]
    is_mixed = any(one.startswith("WordOr") for one in types) or (len(set(plain)) > 1 and _SCALARS["string"] in plain)
    return f"std::array<{f'WordOr<{kind}>' if is_mixed else kind}, {len(term.items)}>"
