"""Conditions over scalars and sizes, as formulas: all names have values, so none is unknown or nothing."""

from knobsmith.expr.formula import FALSE, TRUE, Formula, conjunction, opposite
from knobsmith.expr.outcomes import Lowered, StaticFacts, value, when_false, when_true
from knobsmith.expr.simplifying import simplified
from knobsmith.expr.syntax import Expr, Name, names_read
from knobsmith.model.kernels import KernelFunction, KernelRule
from knobsmith.resolve.kernels import kernel_scope


class Conditions:
    """The conditions of one function."""

    def __init__(self, function: KernelFunction) -> None:
        scope = kernel_scope(function)
        known = frozenset(Name(name) for name in scope.parameter_names)
        self._facts = StaticFacts(scope, never_unknown=known, never_nothing=known)
        self._symbols = {symbol.name for symbol in function.symbols}

    def holds(self, condition: Expr) -> Formula:
        """Where a condition is true."""
        return when_true(condition, self._facts)

    def broken(self, rule: KernelRule) -> Formula:
        """Where a rule is broken: it acts, and what it requires is false.

        Where a sum is too large for an integer, that cannot be told: a call is refused then, and a hazard keeps quiet.
        """
        acts = TRUE if rule.when is None else when_true(rule.when, self._facts)
        if rule.severity == "error":
            return simplified(conjunction(acts, opposite(when_true(rule.require, self._facts))))
        return simplified(conjunction(acts, when_false(rule.require, self._facts)))

    def size(self, expr: Expr) -> Lowered:
        """A computed size, and where it is a number that can be told."""
        return value(expr, self._facts, "integer")

    def can_break(self, rule: KernelRule) -> bool:
        """Whether a rule can be broken at all."""
        return self.broken(rule) != FALSE

    def reads_sizes(self, *conditions: Expr | None) -> bool:
        """Whether conditions are about the arrays of a call, beside its scalars."""
        return any(name in self._symbols for one in conditions if one is not None for name in names_read(one))


def read_by(rule: KernelRule) -> tuple[str, ...]:
    """The scalars and symbols that a rule reads, in their order there."""
    conditions = [rule.require, *([rule.when] if rule.when is not None else [])]
    return tuple(dict.fromkeys(name for condition in conditions for name in names_read(condition)))
