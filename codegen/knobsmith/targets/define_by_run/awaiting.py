"""What a configuration comes to only when everything is drawn: what may be missing before, and what may be refused."""

import math
from collections.abc import Iterator
from itertools import product

from knobsmith.expr import NOTHING, Expr, Missing, Values, holds, names_read
from knobsmith.expr.syntax import context_read
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import CrossRule, Parameter
from knobsmith.views.tuning.axes import Choices, Numbers
from knobsmith.views.tuning.pieces import cuts, pieces
from knobsmith.views.tuning.space import Space

# A rule over more combinations than these is judged configuration by configuration.
_MOST_POINTS = 10_000


def awaiting(space: Space) -> tuple[str, ...]:
    """The hyperparameters and rules that are not to be judged before all is drawn, rules as ``rule:NAME``."""
    found = []
    for parameter in space.algorithm.parameters:
        reads = {parameter.name, *(name for expr in _expressions(parameter) for name in names_read(expr))}
        if space.hangs_on(reads):
            found.append(parameter.name)
    rules = (rule for rule in _strict_rules(space) if space.hangs_on(_read(rule)))
    return (*found, *(f"rule:{rule.name}" for rule in rules))


def switches(space: Space) -> tuple[str, ...] | None:
    """The tuned hyperparameters whose drawn values decide whether a configuration is refused.

    None if that cannot be told by listed values: each configuration has to be judged by itself.
    """
    ranged = {name for name, tuned in space.tuned.items() if any(isinstance(g.axis, Numbers) for g in tuned.axes)}
    for rule in _strict_rules(space):
        if space.hangs_on(_read(rule)) & ranged and not _is_kept_by_ranges(space, rule):
            return None
    for parameter in space.algorithm.parameters:
        narrowing = {name for expr in _narrowing(parameter) for name in names_read(expr)}
        if narrowing and space.hangs_on({parameter.name, *narrowing}) & ranged:
            return None
    listed = {name for name, tuned in space.tuned.items() if any(isinstance(g.axis, Choices) for g in tuned.axes)}
    return tuple(tuned.name for tuned in space.order if tuned.name in space.ruled & listed - ranged)


def _is_kept_by_ranges(space: Space, rule: CrossRule) -> bool:
    """Whether the numbers of tuned ranges make no difference to a rule, whatever else is drawn."""
    names = sorted(_read(rule))
    parts = [_parts(space, rule, name) for name in names]
    if None in parts or any(context_read(expr) for expr in _conditions(rule)):
        return False
    values = [part for part in parts if part is not None]
    if math.prod(map(len, values)) > _MOST_POINTS:
        return False
    scope = space.effects({}).scope
    verdicts: dict[tuple[PlainValue | Missing | None, ...], set[bool]] = {}
    for point in product(*values):
        drawn = Values(scope=scope, parameters={name: value for name, (value, _) in zip(names, point, strict=True)})
        broken = all(holds(expr, drawn) is truth for expr, truth in _breaking(rule))
        verdicts.setdefault(tuple(None if moves else value for value, moves in point), set()).add(broken)
    return all(len(found) == 1 for found in verdicts.values())


def _parts(space: Space, rule: CrossRule, name: str) -> list[tuple[PlainValue | Missing, bool]] | None:
    """A value for each part of what is drawn, and whether it stands for a range; None if that is not known."""
    if name not in space.tuned:
        return None
    found: list[tuple[PlainValue | Missing, bool]] = [(NOTHING, False)]
    places = cuts(name, _conditions(rule))
    for guarded in space.tuned[name].axes:
        if isinstance(guarded.axis, Choices):
            found += [(value, False) for value in guarded.axis.values]
        elif guarded.axis is not None:
            if places is None:
                return None
            found += [(piece.low, True) for piece in pieces(guarded.axis, places)]
    return found


def _conditions(rule: CrossRule) -> list[Expr]:
    return [expr for expr, _ in _breaking(rule)]


def _breaking(rule: CrossRule) -> list[tuple[Expr, bool]]:
    """The conditions of a rule, each with the outcome that breaks it."""
    return [(rule.require, False), *([(rule.when, True)] if rule.when is not None else [])]


def _strict_rules(space: Space) -> Iterator[CrossRule]:
    return (rule for rule in space.algorithm.rules if rule.severity == "error")


def _read(rule: CrossRule) -> set[str]:
    return {*names_read(rule.require), *(names_read(rule.when) if rule.when is not None else ())}


def _expressions(parameter: Parameter) -> Iterator[Expr]:
    yield from (
        expr for expr in (parameter.used_when, parameter.forbidden_when, parameter.required_when) if expr is not None
    )
    yield from _narrowing(parameter)


def _narrowing(parameter: Parameter) -> Iterator[Expr]:
    """The expressions by which a value is refused that is in the domain, and by which its presence is demanded."""
    if parameter.required_when is not None:
        yield parameter.required_when
    for domain in (parameter.domain, *(case.domain for case in parameter.cases if case.domain is not None)):
        for interval in domain.range.intervals if domain.range is not None else ():
            yield from (bound.name for bound in (interval.lower, interval.upper) if bound.name is not None)
    yield from (case.when for case in parameter.cases if case.domain is not None)
