"""Whether an expression makes sense where it stands: known names, fitting types. Everything wrong is found at once."""

from collections.abc import Sequence
from typing import Literal as Choice

from knobsmith.expr.spelling import spell_text
from knobsmith.expr.suggestions import accepted
from knobsmith.expr.syntax import (
    Arithmetic,
    Both,
    Comparison,
    ContextName,
    Either,
    Expr,
    FieldOf,
    Has,
    ItemAt,
    ListLiteral,
    Literal,
    Matches,
    Membership,
    Name,
    Not,
    Offsets,
    Quantifier,
    Variable,
    children,
)
from knobsmith.expr.types import Kind, Scope, ValueType, Variables, alike, combined, is_wider, texts_of
from knobsmith.expr.wording import ARTICLES, being, conversion, name_in_code, shown, takes, wanted_by
from knobsmith.records import Record
from knobsmith.regex import RegexSyntaxError
from knobsmith.regex import parse as parse_pattern

Code = Choice["KS022", "KS030", "KS031", "KS035", "KS036"]
# Each level of compound conditions that are used as values triples what is generated for them.
_MAX_CONDITIONS_AS_VALUES = 3


class TypeProblem(Record):
    """Something in an expression that does not fit.

    Attributes:
        offsets: Its place in the text of the expression.
        code: ``KS022`` no regular expression, ``KS030`` unknown name, ``KS031`` type error, ``KS035`` literal that is
            no value of the other side, ``KS036`` conditions that are compared with conditions again and again.
        fact: What is: "`<` takes numbers, `optimizer` is a string".
        help: What to do.
    """

    offsets: Offsets
    code: Code
    fact: str
    help: str


def check(expr: Expr, scope: Scope, expected: Kind | ValueType = "boolean") -> list[TypeProblem]:
    """Everything that is wrong with an expression, by place.

    Args:
        expr: The expression, as parsed: places are its spans.
        scope: The names that it may read.
        expected: What it must yield: the kind, or also the words and values that are allowed.
    """
    checker = _Checker(scope)
    wanted = expected if isinstance(expected, ValueType) else ValueType(expected)
    checker.result(expr, wanted, any_word=not isinstance(expected, ValueType))
    if not checker.problems and _conditions_as_values(expr) > _MAX_CONDITIONS_AS_VALUES:
        fact = "it compares conditions that compare conditions, too many times over"
        checker.problems.append(TypeProblem(expr.span, "KS036", fact, "split it into several rules or conditions"))
    found = dict.fromkeys(checker.problems)
    return sorted(found, key=lambda problem: (problem.offsets, problem.code, problem.fact, problem.help))


class _Checker:
    def __init__(self, scope: Scope) -> None:
        self.problems: list[TypeProblem] = []
        self._scope = scope

    def result(self, expr: Expr, wanted: ValueType, any_word: bool) -> None:
        """Check an expression as a whole."""
        found = self._agree(expr, wanted, "what is asked for here", {})
        if found is None or not alike(found, wanted):
            return
        if is_wider(found, wanted):
            self._add("KS031", expr, f"{shown(expr)} is no integer", "use integers only, and no `/`")
        if found.kind == "integer" and wanted.kind == "number" and found.words:
            fact = f"{shown(expr)} is an integer or a word, and a number is asked for here"
            self._add("KS031", expr, fact, "state the alternatives as `cases` with values")
            return
        strange = [] if any_word else [word for word in found.words if word not in wanted.words]
        if strange and wanted.kind != "string":
            help = "state the alternatives as `cases` with values, or allow the word"
            self._add("KS031", expr, f"{shown(expr)} may be the word {spell_text(strange[0])}", help)

    def _infer(self, expr: Expr, variables: Variables) -> ValueType | None:
        """The type of a node; None if something in it is wrong and was reported."""
        match expr:
            case Name() | ContextName() | Variable():
                return self._named(expr, variables)
            case Has(target=target):
                return combined(expr, ()) if self._named(target, {}) else None
            case Comparison(left=left, right=right):
                return self._comparison(expr, left, right, variables)
            case Membership(item=item, container=container):
                return self._membership(expr, item, container, variables)
            case Quantifier():
                return self._quantifier(expr, variables)
            case ListLiteral():
                return self._listing(expr, variables)
            case _:
                return self._operation(expr, variables)

    def _operation(self, expr: Expr, variables: Variables) -> ValueType | None:
        parts = children(expr)
        types = [self._infer(part, variables) for part in parts]
        known = [found for found in types if found]
        fits = [self._operand(expr, position, found) for position, found in enumerate(types) if found]
        if len(known) < len(parts) or not all(fits):
            return None
        match expr:
            case Arithmetic(operator="/") if all(found.kind == "integer" for found in known):
                help = "make one side a number, as in `a / 2.0`: `7 / 2` differs between languages"
                self._add("KS031", expr, "`/` stands between two integers", help)
                return None
            case Arithmetic(operator="%"):
                return combined(expr, known) if self._remainder(parts, known) else None
            case FieldOf(base=base, field=field) if field not in known[0].fields:
                fields = known[0].fields
                help = (
                    accepted(field, fields, name_in_code)
                    if fields
                    else "give the list `fields`, or write an index: `[0]`"
                )
                self._add("KS030", expr, f"{shown(base)} has no field `{field}`", help)
                return None
            case Matches(pattern=pattern) if not self._is_pattern(expr, pattern):
                return None
            case ItemAt(base=base) if known[0].item is None:
                self._unknown_items(base)
                return None
            case _:
                return combined(expr, known)

    def _operand(self, expr: Expr, position: int, found: ValueType) -> bool:
        """Whether the part at a position is of a kind that the operator takes there."""
        operator, kinds = wanted_by(expr, position)
        if found.kind in kinds:
            return True
        part = children(expr)[position]
        fact = f"{operator} takes {takes(kinds)}, {being(part, found)}"
        self._add("KS031", part, fact, conversion(part, found, kinds))
        return False

    def _remainder(self, parts: Sequence[Expr], types: Sequence[ValueType]) -> bool:
        fine = True
        for part, found, least in zip(parts, types, (0, 1), strict=True):
            if found.lowest < least:
                fact = f"`%` takes integers from {least} on this side, {shown(part)} may be lower"
                self._add("KS031", part, fact, f"give what it reads a range from {least}")
                fine = False
        return fine

    def _named(self, expr: Name | ContextName | Variable, variables: Variables) -> ValueType | None:
        match expr:
            case Variable(name=name):
                return variables.get(name)
            case Name(name=name):
                found, known = self._scope.parameter(name), self._scope.parameter_names
                what = f"there is no parameter `{name}`"
                elsewhere = f"write {shown(ContextName(name))}" if self._scope.context(name) else None
            case ContextName(name=name):
                found, known = self._scope.context(name), self._scope.context_names
                what = f"there is no `context.{name}`"
                elsewhere = f"write {name_in_code(name)}" if self._scope.parameter(name) else None
        if found is None:
            self._add("KS030", expr, what, elsewhere or accepted(name, known, name_in_code))
        return found

    def _comparison(self, expr: Comparison, left: Expr, right: Expr, variables: Variables) -> ValueType | None:
        if expr.operator not in ("==", "!="):
            return self._operation(expr, variables)
        return combined(expr, ()) if self._equal(left, right, variables) else None

    def _equal(self, left: Expr, right: Expr, variables: Variables) -> bool:
        """Check two sides that are compared; what is written down must be a value of the other side."""
        if _is_written(left) and not _is_written(right):
            left, right = right, left
        known = self._infer(left, variables)
        return bool(known) and self._agree(right, known, shown(left), variables) is not None

    def _agree(self, expr: Expr, other: ValueType | None, name: str, variables: Variables) -> ValueType | None:
        """The type of an expression that must be like ``other``, which is what ``name`` is."""
        match expr:
            case Literal(value=str(value)) if other:
                return combined(expr, ()) if self._is_value(expr, value, other, name) else None
            case ListLiteral(items=items) if other and other.kind == "list" and other.item:
                found = [self._agree(item, other.item, f"an item of {name}", variables) for item in items]
                return combined(expr, [one for one in found if one]) if all(found) else None
            case Name(name=word) if other and self._scope.parameter(word) is None and word in texts_of(other):
                self._add(
                    "KS030", expr, f"there is no parameter `{word}`", f"put the string in quotes: `{spell_text(word)}`"
                )
                return None
        own = self._infer(expr, variables)
        if own is None or other is None or alike(own, other):
            return own
        fact = f"{being(expr, own)} and {name} is {ARTICLES[other.kind]}"
        self._add("KS031", expr, fact, conversion(expr, own, (other.kind,)))
        return None

    def _is_value(self, expr: Expr, value: str, other: ValueType, name: str) -> bool:
        texts = texts_of(other)
        if value in texts:
            return True
        if other.kind != "string" and not other.words:
            fact = f"{spell_text(value)} is a string and {name} is {ARTICLES[other.kind]}"
            self._add("KS031", expr, fact, "write the value without quotes")
            return False
        is_open = other.kind == "string" and other.values is None
        if is_open and (other.admits is None or other.admits(value)):
            return True
        fact = f"{spell_text(value)} is no value of {name}"
        help = "write a value that its facts allow" if is_open else accepted(value, texts, spell_text)
        self._add("KS035", expr, fact, help)
        return False

    def _membership(self, expr: Expr, item: Expr, container: Expr, variables: Variables) -> ValueType | None:
        if isinstance(container, ListLiteral):
            fine = [self._equal(item, one, variables) for one in container.items]
            known = self._infer(item, variables)
            return combined(expr, ()) if known and all(fine) else None
        known = self._infer(container, variables)
        if known and known.kind != "list":
            help = "look into a string with `.matches(...)`" if known.kind == "string" else "compare with `==`"
            self._add("KS031", container, f"`in` takes a list, {being(container, known)}", help)
            return None
        name = f"an item of {shown(container)}"
        found = self._agree(item, known.item if known else None, name, variables)
        return combined(expr, ()) if known and found else None

    def _listing(self, expr: ListLiteral, variables: Variables) -> ValueType | None:
        types = [self._infer(item, variables) for item in expr.items]
        known = [found for found in types if found]
        for item, found in zip(expr.items, types, strict=True):
            if found and not alike(found, known[0]):
                fact = f"{being(item, found)} and the first item is {ARTICLES[known[0].kind]}"
                self._add("KS031", item, fact, "give all items one type")
                return None
        return combined(expr, known) if len(known) == len(types) else None

    def _quantifier(self, expr: Quantifier, variables: Variables) -> ValueType | None:
        container = self._infer(expr.container, variables)
        if container is None or not self._operand(expr, 0, container):
            return None
        if container.item is None:
            self._unknown_items(expr.container)
            return None
        predicate = self._infer(expr.predicate, {**variables, expr.variable: container.item})
        if predicate is None or not self._operand(expr, 1, predicate):
            return None
        return combined(expr, ())

    def _is_pattern(self, expr: Expr, pattern: str) -> bool:
        try:
            parse_pattern(pattern)
        except RegexSyntaxError as problem:
            self._add("KS022", expr, problem.message, problem.help)
            return False
        return True

    def _unknown_items(self, container: Expr) -> None:
        self._add("KS031", container, f"nothing is known of the items of {shown(container)}", "write a list with items")

    def _add(self, code: Code, expr: Expr, fact: str, help: str) -> None:
        self.problems.append(TypeProblem(expr.span, code, fact, help))


def _is_written(expr: Expr) -> bool:
    """Whether a value is spelled out, so that it can be held against the other side."""
    return isinstance(expr, ListLiteral) or (isinstance(expr, Literal) and isinstance(expr.value, str))


def _conditions_as_values(expr: Expr, is_value: bool = False) -> int:
    """How often, on one way down, a compound condition stands where a value does: `(a && b) == c` counts 1."""
    match expr:
        case Not():
            return _conditions_as_values(expr.operand, is_value)
        case Both() | Either():
            here, below_is_value = is_value, False
        case Quantifier():
            below = (_conditions_as_values(expr.container, True), _conditions_as_values(expr.predicate))
            return is_value + max(below)
        case _:
            here, below_is_value = False, True
    return here + max((_conditions_as_values(part, below_is_value) for part in children(expr)), default=0)
