"""Leaving out of a formula what stands there already: a guard that was tested to the left need not be tested again."""

from collections.abc import Mapping

from knobsmith.expr.formula import (
    FALSE,
    TRUE,
    Compared,
    Conjunction,
    Disjunction,
    Fixed,
    ForItems,
    Formula,
    IsNothing,
    IsUnknown,
    Negation,
    Term,
    Truth,
    conjunction,
    disjunction,
    opposite,
)

# Formulas whose truth is settled where another one is evaluated.
Settled = Mapping[Formula, bool]


def simplified(formula: Formula, settled: Settled | None = None) -> Formula:
    """The same formula in fewer tests, each still guarded by what stands to its left."""
    known = settled or {}
    if formula in known:
        return Fixed(known[formula])
    match formula:
        case Negation(part=part):
            return opposite(simplified(part, known))
        case Conjunction(parts=parts):
            return conjunction(*_in_turn(parts, known, holds=True))
        case Disjunction(parts=parts):
            return disjunction(*_in_turn(parts, known, holds=False))
        case ForItems(which=which, variable=variable, container=container, body=body):
            inside = simplified(body, {test: truth for test, truth in known.items() if _is_state(test)})
            if inside == (TRUE if which == "all" else FALSE):
                return inside
            return ForItems(which, variable, container, inside)
        case Compared(operator=operator, left=left, right=right):
            return Compared(operator, _inside(left, known), _inside(right, known))
        case _:
            return formula


def _inside(term: Term, settled: Settled) -> Term:
    return Truth(simplified(term.formula, settled)) if isinstance(term, Truth) else term


def _in_turn(parts: tuple[Formula, ...], settled: Settled, holds: bool) -> list[Formula]:
    """The parts, each simplified by what those before it have settled: that they hold, or that they do not."""
    known = dict(settled)
    done: list[Formula] = []
    for part in parts:
        part = simplified(part, known)
        done.append(part)
        _settle(part, holds, known)
    return done


def _settle(formula: Formula, truth: bool, known: dict[Formula, bool]) -> None:
    known[formula] = truth
    known[opposite(formula)] = not truth
    match formula, truth:
        case (Conjunction(parts=parts), True) | (Disjunction(parts=parts), False):
            for part in parts:
                _settle(part, truth, known)
        case IsUnknown(ref=ref), True:
            known[IsNothing(ref)] = False
        case IsNothing(ref=ref), True:
            known[IsUnknown(ref)] = False
        case Negation(part=part), _:
            _settle(part, not truth, known)


def _is_state(formula: Formula) -> bool:
    """Whether a test means the same inside a quantifier, whose variable may hide another."""
    return isinstance(formula, (IsUnknown, IsNothing))
