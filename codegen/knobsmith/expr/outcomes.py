"""From an expression with four outcomes (true, false, nothing, unknown) to formulas with two.

`when_true(e)` is a formula that holds exactly where `e` is true, and so on. What is known beforehand of the names
("this one always has a value") is used up here, so that `optimizer == "adam"` comes out as that one comparison.
"""

from collections.abc import Callable
from typing import Literal as Choice
from typing import Protocol

from knobsmith.expr import syntax
from knobsmith.expr.formula import (
    FALSE,
    TRUE,
    Compared,
    Constant,
    Contains,
    ForItems,
    Formula,
    Found,
    IsNothing,
    IsTrue,
    IsUnknown,
    IsWord,
    Term,
    Truth,
    conjunction,
    disjunction,
    opposite,
)
from knobsmith.expr.simplifying import simplified
from knobsmith.expr.syntax import ContextName, Expr, Name, children
from knobsmith.expr.terms import Terms, widened, without_negative_zero
from knobsmith.expr.types import Kind, Scope, Variables, item_variable, type_of
from knobsmith.records import Record


class Facts(Protocol):
    """What is known of the names wherever a formula is evaluated."""

    @property
    def scope(self) -> Scope:
        """The types of the names."""

    def can_be_unknown(self, ref: Name | ContextName) -> bool:
        """Whether the parameter may have failed, or the fact may not have been given."""

    def can_be_nothing(self, ref: Name | ContextName) -> bool:
        """Whether the parameter may be unset or ignored; never true of a fact."""


class StaticFacts(Record):
    """Facts that are simply written down.

    Attributes:
        scope: The types of the names.
        never_unknown: Names that are never unknown.
        never_nothing: Names that are never nothing; facts of the context belong to them anyway.
    """

    scope: Scope
    never_unknown: frozenset[Name | ContextName] = frozenset()
    never_nothing: frozenset[Name | ContextName] = frozenset()

    def can_be_unknown(self, ref: Name | ContextName) -> bool:
        """Whether a name is not among those that are never unknown."""
        return ref not in self.never_unknown

    def can_be_nothing(self, ref: Name | ContextName) -> bool:
        """Whether a name is not among those that are never nothing."""
        return isinstance(ref, Name) and ref not in self.never_nothing


class Lowered(Record):
    """A value and when there is one.

    Attributes:
        term: The value; evaluated only where ``defined`` holds.
        defined: Where the expression has a value.
        unknown: Where it is unknown; elsewhere it is nothing.
    """

    term: Term
    defined: Formula
    unknown: Formula


def when_true(expr: Expr, facts: Facts) -> Formula:
    """Where a condition is true."""
    return simplified(_Lowering(facts, {}).true(expr))


def when_false(expr: Expr, facts: Facts) -> Formula:
    """Where a condition is false."""
    return simplified(_Lowering(facts, {}).false(expr))


def when_unknown(expr: Expr, facts: Facts) -> Formula:
    """Where a condition is unknown. Where it is neither of the three it is nothing."""
    return simplified(_Lowering(facts, {}).unknown(expr))


def value(expr: Expr, facts: Facts, kind: Kind | None = None) -> Lowered:
    """The value of an expression, as that of a computed default.

    Args:
        expr: A well-typed expression.
        facts: What is known of its names.
        kind: ``number`` widens an integer.
    """
    lowering = _Lowering(facts, {})
    term = without_negative_zero(lowering.term(expr))
    found = type_of(expr, facts.scope)
    if kind == "number" and found and found.kind == "integer" and not found.may_be_word:
        term = widened(term)
    return Lowered(term, simplified(lowering.defined(expr)), simplified(lowering.unknown(expr)))


class _Lowering:
    """Lowers below quantifiers whose variables have known types."""

    def __init__(self, facts: Facts, variables: Variables) -> None:
        self._facts = facts
        self._variables = variables
        self._terms = Terms(facts.scope, variables, lambda expr: simplified(self.true(expr)))
        self.term: Callable[[Expr], Term] = self._terms.term

    def true(self, expr: Expr) -> Formula:
        """Where a condition is true; where it is tested, all it needs has a value."""
        match expr:
            case syntax.Not(operand=operand):
                return self.false(operand)
            case syntax.Both(left=left, right=right):
                return conjunction(self.true(left), self.true(right))
            case syntax.Either(left=left, right=right):
                return disjunction(self.true(left), self.true(right))
            case syntax.Quantifier(kind=which):
                return self._for_items(expr, which, self._inside(expr).true(expr.predicate))
            case _:
                return conjunction(self.proper(expr), self._test(expr))

    def false(self, expr: Expr) -> Formula:
        """Where a condition is false."""
        match expr:
            case syntax.Not(operand=operand):
                return self.true(operand)
            case syntax.Both(left=left, right=right):
                return disjunction(self.false(left), self.false(right))
            case syntax.Either(left=left, right=right):
                return conjunction(self.false(left), self.false(right))
            case syntax.Quantifier(kind=which):
                dual: Choice["all", "exists"] = "exists" if which == "all" else "all"
                return self._for_items(expr, dual, self._inside(expr).false(expr.predicate))
            case syntax.Has(target=Name() as target):
                return IsNothing(target) if self._facts.can_be_nothing(target) else FALSE
            case _:
                return conjunction(self.proper(expr), opposite(self._test(expr)))

    def unknown(self, expr: Expr) -> Formula:
        """Where an expression is unknown: something it needs is, and nothing decides it all the same."""
        match expr:
            case syntax.Name() | syntax.ContextName():
                return IsUnknown(expr) if self._facts.can_be_unknown(expr) else FALSE
            case syntax.Has(target=target):
                return self.unknown(target) if isinstance(target, Name) else FALSE
            case syntax.Both() | syntax.Either():
                parts = _chain(expr)
                decided = self.false if isinstance(expr, syntax.Both) else self.true
                some = disjunction(*map(self.unknown, parts))
                return conjunction(some, *(opposite(decided(part)) for part in parts))
            case syntax.Quantifier():
                return disjunction(self.unknown(expr.container), self._unknown_items(expr))
            case _:
                return disjunction(*map(self.unknown, children(expr)))

    def defined(self, expr: Expr) -> Formula:
        """Where an expression has a value, be it a word."""
        match expr:
            case syntax.Name() | syntax.ContextName():
                nothing = IsNothing(expr) if self._facts.can_be_nothing(expr) else FALSE
                return conjunction(opposite(self.unknown(expr)), opposite(nothing))
            case syntax.Has():
                return opposite(self.unknown(expr))
            case syntax.Both(left=left, right=right) | syntax.Either(left=left, right=right):
                is_sure = conjunction(self.proper(left), self.proper(right)) == TRUE
                return TRUE if is_sure else disjunction(self.true(expr), self.false(expr))
            case syntax.Quantifier(container=container, predicate=predicate):
                is_sure = self._inside(expr).proper(predicate) == TRUE
                return self.proper(container) if is_sure else disjunction(self.true(expr), self.false(expr))
            case syntax.Comparison(operator="==" | "!=") | syntax.Matches() | syntax.ListLiteral():
                return conjunction(*map(self.defined, children(expr)))
            case syntax.Membership(item=item, container=container):
                return conjunction(self.defined(item), self.proper(container))
            case syntax.Arithmetic():
                return conjunction(self.proper(expr.left), self.proper(expr.right), self._terms.safe_operation(expr))
            case syntax.FieldOf() | syntax.ItemAt():
                return conjunction(*map(self.proper, children(expr)), self._terms.safe_item(expr))
            case _:
                return conjunction(*map(self.proper, children(expr)))

    def proper(self, expr: Expr) -> Formula:
        """Where an expression has a value that is no word."""
        word = IsWord(self.term(expr)) if self._terms.type(expr).may_be_word else FALSE
        return conjunction(self.defined(expr), opposite(word))

    def _test(self, expr: Expr) -> Formula:
        """What decides a condition whose parts all have a value."""
        match expr:
            case syntax.Literal(value=value):
                return TRUE if value else FALSE
            case syntax.Has(target=target):
                return self.defined(target)
            case syntax.Comparison():
                return self._compared(expr)
            case syntax.Membership(item=item, container=container):
                return self._contained(item, container)
            case syntax.Matches(pattern=pattern, subject=subject):
                return Found(pattern, self.term(subject))
            case _:
                return IsTrue(self.term(expr))

    def _compared(self, expr: syntax.Comparison) -> Formula:
        is_order = expr.operator not in ("==", "!=")
        sides = (expr.left, expr.right)
        left, right = self._terms.unified(sides) if is_order else self._terms.alongside(sides)
        match left, right:
            case _, Constant(value=bool(value)) if not self._terms.type(expr.left).may_be_word:
                same = _truth(left)
            case Constant(value=bool(value)), _ if not self._terms.type(expr.right).may_be_word:
                same = _truth(right)
            case _:
                return Compared(expr.operator, left, right)
        return same if value == (expr.operator == "==") else opposite(same)

    def _contained(self, item: Expr, container: Expr) -> Formula:
        match container:
            case syntax.ListLiteral(items=()):
                return FALSE
            case syntax.ListLiteral(items=(only,)):
                return self._compared(syntax.Comparison("==", item, only))
            case _:
                return Contains(self.term(container), self.term(item))

    def _inside(self, expr: syntax.Quantifier) -> "_Lowering":
        return _Lowering(self._facts, item_variable(expr, self._facts.scope, self._variables))

    def _for_items(self, expr: syntax.Quantifier, which: Choice["all", "exists"], body: Formula) -> Formula:
        items = ForItems(which, expr.variable, self.term(expr.container), body)
        return conjunction(self.proper(expr.container), items)

    def _unknown_items(self, expr: syntax.Quantifier) -> Formula:
        decided = self.false(expr) if expr.kind == "all" else self.true(expr)
        some = self._for_items(expr, "exists", self._inside(expr).unknown(expr.predicate))
        return conjunction(self.proper(expr.container), opposite(decided), some)


def _chain(expr: syntax.Both | syntax.Either) -> tuple[Expr, ...]:
    """The conditions that one row of `&&`, or one of `||`, joins."""
    sides = (expr.left, expr.right)
    return tuple(part for side in sides for part in (_chain(side) if type(side) is type(expr) else (side,)))


def _truth(term: Term) -> Formula:
    """A boolean value as a formula."""
    match term:
        case Truth(formula=formula):
            return formula
        case Constant(value=value):
            return TRUE if value else FALSE
        case _:
            return IsTrue(term)
