"""Formulas and terms as TypeScript, in as few brackets and guards as it takes.

The text reads parameters as the caller spells them. It relies on these conventions:

- what is unknown is the constant ``UNKNOWN``, what is nothing is ``undefined``; neither equals a value;
- integers and numbers are ``number``, lists arrays, a word is a ``string``;
- guards narrow the types of local variables, but not inside the functions that go through lists: there a type is told;
- ``among``, ``fits``, ``is``, ``lengthOf`` and ``same`` are those of the runtime. ``is(a, b)`` says ``a === b`` of what
  was tested before: the compiler refuses comparisons that it knows the outcome of.
"""

from collections.abc import Callable, Iterable

from knobsmith.expr.factoring import factored
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
from knobsmith.expr.syntax import ContextName, Name, Variable
from knobsmith.expr.types import ValueType
from knobsmith.expr.typescript_text import constant_text, type_text
from knobsmith.expr.walking import references, walk
from knobsmith.records import Record

# How tightly TypeScript binds, from the loosest.
_CONDITIONAL, _OR, _AND, _EQUALITY, _RELATION, _SUM, _PRODUCT, _SIGN, _ATOM = range(9)
HELPERS = frozenset({"among", "fits", "is", "lengthOf", "same", "UNKNOWN", "undefined", "Number", "Math"})
_FEW = 4


class TypeScriptNames(Record):
    """How generated code spells things.

    Attributes:
        reference: The local variable of a parameter or a fact.
        pattern: The constant that holds a regular expression.
        reserved: Names that no variable of a formula may hide.
    """

    reference: Callable[[Name | ContextName], str]
    pattern: Callable[[str], str]
    reserved: frozenset[str] = frozenset()


def render_formula(formula: Formula, names: TypeScriptNames, tested: Iterable[Ref] = ()) -> str:
    """A TypeScript expression that is ``true`` or ``false``.

    Args:
        formula: What is to be rendered.
        names: How to spell what it reads.
        tested: What was tested already where the expression stands.
    """
    whole = factored(formula)
    return _Renderer(names, whole, tested).formula(whole, _OR)


def render_term(term: Term, names: TypeScriptNames, tested: Iterable[Ref] = ()) -> str:
    """A TypeScript expression for a value; evaluate it only where it is defined."""
    return _Renderer(names, term, tested).term(term, _OR)


class _Renderer:
    def __init__(self, names: TypeScriptNames, whole: Formula | Term, tested: Iterable[Ref] = ()) -> None:
        self._names = names
        self._depth = 0
        self._outside, self._tested, self._asked = frozenset(tested), set(tested), set[Ref]()
        # What guards outside, or several of them, leave of the type of these is hard to say.
        self._untold = set(tested)
        # Of these no guard is needed to tell the type.
        self._compared_only = {
            part.ref for part in walk(whole) if isinstance(part, Reference) and part.type.kind in ("boolean", "string")
        }
        spelled = [names.reference(ref) for ref in references(whole) if not isinstance(ref, Variable)]
        taken = {*HELPERS, *names.reserved, *spelled}
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
                return "true" if value else "false", _ATOM
            case Conjunction(parts=parts):
                return " && ".join(self.formula(part, _AND) for part in parts), _AND
            case Disjunction(parts=parts):
                return " || ".join(map(self._alternative, parts)), _OR
            case Compared():
                return self._compared(formula)
            case ForItems():
                return self._for_items(formula), _ATOM
            case Negation(part=part):
                return self._test(part, is_negated=True)
            case _:
                return self._test(formula, is_negated=False)

    def _alternative(self, part: Formula) -> str:
        """A side of `||`; `&&` needs no brackets there, but readers do."""
        text, binding = self._formula(without_idle_guards(part))
        return f"({text})" if binding == _AND else text

    def _for_items(self, formula: ForItems) -> str:
        function = "every" if formula.which == "all" else "some"
        items = self._typed(formula.container)
        self._depth += 1
        body = self.formula(formula.body, _OR)
        self._depth -= 1
        is_read = any(isinstance(ref, Variable) and ref.name == formula.variable for ref in references(formula.body))
        return f"{items}.{function}(({self._variables[formula.variable] if is_read else ''}) => {body})"

    def _test(self, formula: Formula, *, is_negated: bool) -> tuple[str, int]:
        equal, negation = ("!==", "!") if is_negated else ("===", "")
        match formula:
            case IsUnknown(ref=ref):
                was_tested = ref in self._untold or ref in self._asked or ref in self._tested & self._compared_only
                self._tested.add(ref)
                self._asked.add(ref)
                self._untold |= {ref} if was_tested else set()
                return self._equal(self._ref(ref), "UNKNOWN", is_negated, was_tested)
            case IsNothing(ref=ref):
                self._tested.add(ref)
                return f"{self._ref(ref)} {equal} undefined", _EQUALITY
            case IsTrue(term=term):
                return self._equal(self.term(term, _RELATION), "true", is_negated, self._was_tested(term))
            case IsWord(term=term):
                self._was_tested(term)
                return f'typeof {self.term(term, _SIGN)} {equal} "string"', _EQUALITY
            case Contains(container=container, item=item):
                return self._contains(container, item, is_negated)
            case InList(base=base, index=index):
                return self._in_list(base, index, is_negated)
            case Fits(term=term):
                return f"{negation}fits({self.term(term, _OR)})", _SIGN
            case IsFinite(term=term):
                return f"{negation}Number.isFinite({self.term(term, _OR)})", _SIGN
            case Found(pattern=pattern, subject=subject):
                return f"{negation}{self._names.pattern(pattern)}.test({self._cast(subject, 'string')})", _SIGN
            case _:
                return f"!{self.formula(formula, _SIGN)}", _SIGN

    def _equal(self, left: str, right: str, is_negated: bool, was_tested: bool) -> tuple[str, int]:
        if was_tested:
            return f"{'!' if is_negated else ''}is({left}, {right})", _SIGN if is_negated else _ATOM
        return f"{left} {'!==' if is_negated else '==='} {right}", _EQUALITY

    def _was_tested(self, *terms: Term) -> bool:
        """Whether one of these was tested before; from now on they are."""
        refs = {term.ref for term in terms if isinstance(term, Reference)}
        was_tested = not refs.isdisjoint(self._tested)
        self._tested |= refs
        return was_tested

    def _contains(self, container: Term, item: Term, is_negated: bool) -> tuple[str, int]:
        is_plain = isinstance(container, Row) and all(isinstance(one, Constant) for one in container.items)
        if isinstance(container, Row) and is_plain and 0 < len(container.items) <= _FEW and isinstance(item, Reference):
            value, was_tested = self.term(item, _RELATION), self._was_tested(item)
            constants = [self.term(one, _RELATION) for one in container.items]
            tests = [self._equal(value, constant, is_negated, was_tested) for constant in constants]
            if len(tests) == 1:
                return tests[0]
            texts = [text for text, _ in tests]
            return (" && ".join(texts), _AND) if is_negated else (" || ".join(texts), _OR)
        call = f"among({self.term(item, _OR)}, {self._typed(container)})"
        return (f"!{call}", _SIGN) if is_negated else (call, _ATOM)

    def _in_list(self, base: Term, index: Term, is_negated: bool) -> tuple[str, int]:
        length = f"{self._typed(base)}.length"
        if isinstance(index, Constant) and isinstance(index.value, int) and index.value >= 0:
            return f"{length} {'<=' if is_negated else '>'} {index.value}", _RELATION
        at = self._number(index, _SUM)
        if is_negated:
            return f"{at} < 0 || {at} >= {length}", _OR
        return f"{at} >= 0 && {at} < {length}", _AND

    def _compared(self, formula: Compared) -> tuple[str, int]:
        left, right = formula.left, formula.right
        if formula.operator not in ("==", "!="):
            return f"{self._number(left, _SUM)} {formula.operator} {self._number(right, _SUM)}", _RELATION
        if _is_list(left) or _is_list(right):
            negation = "!" if formula.operator == "!=" else ""
            return f"{negation}same({self.term(left, _OR)}, {self.term(right, _OR)})", _SIGN
        sides = self.term(left, _RELATION), self.term(right, _RELATION)
        # Of two values that are written down the compiler knows the outcome as well.
        is_settled = isinstance(left, Constant) and isinstance(right, Constant)
        return self._equal(*sides, formula.operator == "!=", self._was_tested(left, right) or is_settled)

    def _term(self, term: Term) -> tuple[str, int]:
        match term:
            case Constant(value=value):
                text = constant_text(value)
                return text, _SIGN if text.startswith("-") else _ATOM
            case Reference(ref=ref):
                return self._ref(ref), _ATOM
            case Item(base=base, index=index):
                return f"{self._typed(base)}[{self.term(index, _OR)}]", _ATOM
            case Row(items=items):
                return f"[{', '.join(self.term(item, _OR) for item in items)}]", _ATOM
            case Negative(operand=operand):
                return f"-{self._number(operand, _ATOM)}", _SIGN
            case Operation(operator=operator, left=left, right=right):
                binding = _SUM if operator in ("+", "-") else _PRODUCT
                return f"{self._number(left, binding)} {operator} {self._number(right, binding + 1)}", binding
            case Extremum(which=which, operands=operands):
                return f"Math.{which}({', '.join(self._number(operand, _OR) for operand in operands)})", _ATOM
            case Widened(operand=operand):
                return self._term(operand)
            case Count(operand=operand, of=kind):
                if kind == "list":
                    return f"{self._typed(operand)}.length", _ATOM
                return f"lengthOf({self._cast(operand, 'string')})", _ATOM
            case Truth(formula=formula):
                return self._formula(without_idle_guards(formula))

    def _number(self, term: Term, at_least: int) -> str:
        """A term where only a number will do."""
        inner = term.operand if isinstance(term, Widened) else term
        return self._cast(inner, "number") if self._is_untold(inner) else self.term(inner, at_least)

    def _cast(self, term: Term, type: str) -> str:
        return f"({self.term(term, _OR)} {self._as(term)} {type})" if self._is_untold(term) else self.term(term, _OR)

    def _as(self, term: Term) -> str:
        """How a type is told. Of what guards outside leave `UNKNOWN` only, the compiler believes no other at once."""
        return "as unknown as" if isinstance(term, Reference) and term.ref in self._outside else "as"

    def _typed(self, term: Term) -> str:
        """A list, told to be one where no guard is seen."""
        match term:
            case Reference(type=type) | Item(type=type) if self._is_untold(term):
                return f"({self.term(term, _OR)} {self._as(term)} {type_text(ValueType('list', item=type.item))})"
            case _:
                return self.term(term, _ATOM)

    def _is_untold(self, term: Term) -> bool:
        """Whether guards do not tell the type of a term: of an item, of a name inside a function."""
        if isinstance(term, Reference):
            return not isinstance(term.ref, Variable) and (self._depth > 0 or term.ref in self._untold)
        return isinstance(term, Item)

    def _ref(self, ref: Ref) -> str:
        return self._variables.get(ref.name, ref.name) if isinstance(ref, Variable) else self._names.reference(ref)


def _is_list(term: Term) -> bool:
    match term:
        case Row():
            return True
        case Reference(type=type) | Item(type=type):
            return type.kind == "list"
        case _:
            return False


def _distinct(variables: list[str], taken: set[str]) -> dict[str, str]:
    """A name for each variable, unlike all others and unlike any name that the text uses otherwise."""
    names: dict[str, str] = {}
    for variable in dict.fromkeys(variables):
        name = variable
        while name in taken or (name != variable and name in variables):
            name += "_"
        names[variable] = name
        taken = taken | {name}
    return names


def _placed(text: str, binding: int, at_least: int) -> str:
    return text if binding >= at_least else f"({text})"
