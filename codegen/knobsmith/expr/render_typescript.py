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
from knobsmith.expr.typescript_flow import Flow, kind_of
from knobsmith.expr.typescript_text import constant_text, distinct_names, type_text
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
    return _Renderer(names, term, tested).value(term)


class _Renderer:
    def __init__(self, names: TypeScriptNames, whole: Formula | Term, tested: Iterable[Ref] = ()) -> None:
        self._names = names
        self._depth = 0
        self._flow = Flow(tested)
        spelled = [names.reference(ref) for ref in references(whole) if not isinstance(ref, Variable)]
        taken = {*HELPERS, *names.reserved, *spelled}
        self._variables = distinct_names([part.variable for part in walk(whole) if isinstance(part, ForItems)], taken)

    def formula(self, formula: Formula, at_least: int) -> str:
        """The text of a formula, in brackets if it binds less tightly than its place asks for."""
        return _placed(*self._formula(without_idle_guards(formula)), at_least)

    def term(self, term: Term, at_least: int) -> str:
        """The text of a term, in brackets if it binds less tightly than its place asks for."""
        return _placed(*self._term(term), at_least)

    def value(self, term: Term) -> str:
        """The text of a term where a value of its kind is asked for, and nothing else will do."""
        match term:
            case Reference(type=type) | Item(type=type) if self._is_untold(term):
                return f"({self.term(term, _OR)} {self._as(term)} {type_text(type)})"
            case Widened(operand=operand):
                return self.value(operand)
            case _:
                return self.term(term, _OR)

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
                was_asked = self._flow.was_asked("unknown", ref)
                self._flow.ask("unknown", ref)
                return _equal(self._ref(ref), "UNKNOWN", is_negated, is_plain=not was_asked)
            case IsNothing(ref=ref):
                self._flow.ask("nothing", ref)
                return f"{self._ref(ref)} {equal} undefined", _EQUALITY
            case IsTrue(term=term):
                return self._equality(term, Constant(True), is_negated)
            case IsWord(term=term):
                if isinstance(term, Reference):
                    self._flow.ask("word", term.ref)
                self._flow.compare(term)
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

    def _equality(self, left: Term, right: Term, is_negated: bool) -> tuple[str, int]:
        """Whether two values are the same; the compiler is not asked where it may know better."""
        is_plain = self._flow.may_be_equal(left, right)
        sides = self.term(left, _RELATION), self.term(right, _RELATION)
        self._flow.compare(left, right, narrows=is_plain)
        return _equal(*sides, is_negated, is_plain=is_plain)

    def _contains(self, container: Term, item: Term, is_negated: bool) -> tuple[str, int]:
        constants = _constants(container)
        if 0 < len(constants) <= _FEW and isinstance(item, Reference):
            is_plain = all(self._flow.may_be_equal(item, constant) for constant in constants)
            value = self.term(item, _RELATION)
            tests = [_equal(value, self.term(one, _RELATION), is_negated, is_plain=is_plain) for one in constants]
            self._flow.compare(item, *constants, narrows=is_plain)
            if len(tests) == 1:
                return tests[0]
            texts = [text for text, _ in tests]
            return (" && ".join(texts), _AND) if is_negated else (" || ".join(texts), _OR)
        call = f"among({self.term(item, _OR)}, {self._typed(container)})"
        self._flow.compare(item, narrows=False)
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
        is_negated = formula.operator == "!="
        if "list" in (kind_of(left), kind_of(right)):
            text = f"{'!' if is_negated else ''}same({self.term(left, _OR)}, {self.term(right, _OR)})"
            self._flow.compare(left, right, narrows=False)
            return text, _SIGN
        return self._equality(left, right, is_negated)

    def _term(self, term: Term) -> tuple[str, int]:
        match term:
            case Constant(value=value):
                text = constant_text(value)
                return text, _SIGN if text.startswith("-") else _ATOM
            case Reference(ref=ref):
                return self._ref(ref), _ATOM
            case Item(base=base, index=index):
                return f"{self._typed(base)}[{self._number(index, _OR)}]", _ATOM
            case Row(items=items):
                return f"[{', '.join(map(self.value, items))}]", _ATOM
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
        """How a type is told. If tests may have left another one, the compiler does not believe it at once."""
        match term:
            case Reference(ref=ref):
                return "as unknown as" if self._flow.is_untold(ref) else "as"
            case Item(type=type):
                return "as unknown as" if type.may_be_word else "as"
            case _:
                return "as"

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
            is_outside = self._depth > 0 and not isinstance(term.ref, Variable)
            return is_outside or self._flow.is_untold(term.ref)
        return isinstance(term, Item)

    def _ref(self, ref: Ref) -> str:
        return self._variables.get(ref.name, ref.name) if isinstance(ref, Variable) else self._names.reference(ref)


def _constants(container: Term) -> list[Constant]:
    """The items of a list that is written down, each once; none if one of them has to be worked out."""
    items = list(dict.fromkeys(container.items)) if isinstance(container, Row) else []
    constants = [item for item in items if isinstance(item, Constant)]
    return constants if len(constants) == len(items) else []


def _equal(left: str, right: str, is_negated: bool, *, is_plain: bool) -> tuple[str, int]:
    if is_plain:
        return f"{left} {'!==' if is_negated else '==='} {right}", _EQUALITY
    return f"{'!' if is_negated else ''}is({left}, {right})", _SIGN if is_negated else _ATOM


def _placed(text: str, binding: int, at_least: int) -> str:
    return text if binding >= at_least else f"({text})"
