"""What a configuration comes to only when everything is drawn: what may be missing before, and what may be refused."""

from collections.abc import Iterator

from knobsmith.expr import Expr, names_read
from knobsmith.expr.syntax import context_read
from knobsmith.model.catalog import CrossRule, Parameter
from knobsmith.views.tuning.axes import Choices, Numbers
from knobsmith.views.tuning.effects import Effects
from knobsmith.views.tuning.pieces import cuts, pieces
from knobsmith.views.tuning.space import Space


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
        moving = space.hangs_on(_read(rule)) & ranged
        if moving and not (len(moving) == len(_read(rule)) == 1 and all(_keeps(space, rule, name) for name in moving)):
            return None
    for parameter in space.algorithm.parameters:
        narrowing = {name for expr in _narrowing(parameter) for name in names_read(expr)}
        if narrowing and space.hangs_on({parameter.name, *narrowing}) & ranged:
            return None
    listed = {name for name, tuned in space.tuned.items() if any(isinstance(g.axis, Choices) for g in tuned.axes)}
    return tuple(tuned.name for tuned in space.order if tuned.name in space.ruled & listed - ranged)


def _keeps(space: Space, rule: CrossRule, name: str) -> bool:
    """Whether no number of a tuned range breaks a rule that reads nothing else."""
    conditions = [rule.require, *([rule.when] if rule.when is not None else [])]
    places = cuts(name, conditions)
    if places is None or any(context for expr in conditions for context in context_read(expr)):
        return False
    scope = space.effects({}).scope
    for guarded in space.tuned[name].axes:
        for piece in pieces(guarded.axis, places) if isinstance(guarded.axis, Numbers) else ():
            effects = Effects(space.algorithm, scope, {}, {name: piece.low})
            acts = rule.when is None or effects.holds(rule.when) is True
            if acts and effects.holds(rule.require) is False:
                return False
    return True


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
