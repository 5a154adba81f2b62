"""From an algorithm to the program that judges its configurations."""

from collections.abc import Callable, Iterator

from knobsmith.expr import Expr
from knobsmith.expr.formula import (
    FALSE,
    TRUE,
    Disjunction,
    Formula,
    IsNothing,
    IsUnknown,
    conjunction,
    opposite,
)
from knobsmith.expr.outcomes import value, when_false, when_true, when_unknown
from knobsmith.expr.simplifying import simplified
from knobsmith.expr.syntax import Name
from knobsmith.model.catalog import Algorithm, Case, Parameter
from knobsmith.model.catalog import Default as Stated
from knobsmith.views.program.domains import Values
from knobsmith.views.program.steps import (
    Advice,
    CaseTest,
    Computed,
    Default,
    DefaultCase,
    Effect,
    Narrowing,
    Presence,
    Program,
    RuleTest,
)
from knobsmith.views.statics import Statics, can_be_unset, has_computed_default

# Of a case that states a fact: whether the value of the hyperparameter breaks it.
Breach = Callable[[Case], Formula | None]


def program(algorithm: Algorithm) -> Program:
    """The program; what cannot happen is left out."""
    statics = Statics(algorithm)
    return Program(
        tuple(_effects(statics)),
        tuple(_presence(statics)),
        tuple(_narrowing(statics)),
        tuple(_rules(statics)),
        tuple(_advice(statics)),
    )


def _effects(statics: Statics) -> Iterator[Effect]:
    for group in _groups(statics):
        first = group[0]
        used, forbidden = first.used_when, first.forbidden_when
        is_computed = has_computed_default(first)
        yield Effect(
            names=tuple(parameter.name for parameter in group),
            cases=tuple(_default_cases(first, statics)) if is_computed else (),
            default=_default(first.default, first, statics),
            is_computed=is_computed,
            forbidden=_when(when_true, forbidden, statics),
            may_be_forbidden=_when(when_unknown, forbidden, statics),
            ignored=FALSE if used is None else simplified(opposite(when_true(used, statics))),
            may_be_ignored=_when(when_unknown, used, statics),
            required=first.required,
        )


def _groups(statics: Statics) -> list[list[Parameter]]:
    """The hyperparameters about which something is to be decided, in dependency order.

    Those that are asked the same one question are decided at once; none of the others hangs on their order.
    """
    groups: list[list[Parameter]] = []
    shared: dict[Expr, list[Parameter]] = {}
    for parameter in statics.ordered:
        used, is_plain = parameter.used_when, parameter.forbidden_when is None and not parameter.required
        if has_computed_default(parameter) or not is_plain:
            groups.append([parameter])
        elif used is not None and used in shared:
            shared[used].append(parameter)
        elif used is not None:
            shared[used] = [parameter]
            groups.append(shared[used])
    return groups


def _default_cases(parameter: Parameter, statics: Statics) -> Iterator[DefaultCase]:
    for case in parameter.cases:
        if case.default is not None:
            holds, unknown = when_true(case.when, statics), when_unknown(case.when, statics)
            yield DefaultCase(holds, unknown, _default(case.default, parameter, statics))


def _default(stated: Stated | None, parameter: Parameter, statics: Statics) -> Default:
    if stated is None or stated.expr is None:
        return None if stated is None else stated.value
    lowered = value(stated.expr, statics, parameter.domain.kind)
    return Computed(lowered.term, lowered.defined, lowered.unknown)


def _presence(statics: Statics) -> Iterator[Presence]:
    for parameter in statics.algorithm.parameters:
        if parameter.required_when is not None and not parameter.required and can_be_unset(parameter):
            yield Presence(parameter.name, when_true(parameter.required_when, statics))


def _narrowing(statics: Statics) -> Iterator[Narrowing]:
    for parameter in statics.algorithm.parameters:
        values = Values(parameter, statics)

        def breach(case: Case, values: Values = values) -> Formula | None:
            return values.outside(case.domain) if case.domain is not None else None

        cases = tuple(_cases(parameter, statics, breach))
        beyond = _known(parameter, values.beyond(parameter.domain))
        if cases or beyond != FALSE:
            yield Narrowing(parameter.name, cases, beyond)


def _rules(statics: Statics) -> Iterator[RuleTest]:
    for rule in statics.algorithm.rules:
        acts = when_true(rule.when, statics) if rule.when is not None else TRUE
        broken = simplified(conjunction(acts, when_false(rule.require, statics)))
        if broken != FALSE:
            yield RuleTest(rule.name, broken)


def _advice(statics: Statics) -> Iterator[Advice]:
    for parameter in statics.algorithm.parameters:
        values, own = Values(parameter, statics), parameter.recommended

        def breach(case: Case, values: Values = values, parameter: Parameter = parameter) -> Formula | None:
            return None if case.recommended is None else values.unlike(case.recommended, parameter.domain)

        cases = tuple(_cases(parameter, statics, breach))
        outside = FALSE if own is None else _known(parameter, values.unlike(own, parameter.domain))
        if cases or outside != FALSE:
            yield Advice(parameter.name, cases, outside)


def _cases(parameter: Parameter, statics: Statics, breach: Breach) -> Iterator[CaseTest]:
    """The cases that state a fact; of those before the last one it is settled, where they are asked, that none held."""
    settled = _settled(parameter)
    for index, case in enumerate(parameter.cases):
        broken = breach(case)
        if broken is None:
            continue
        holds = simplified(when_true(case.when, statics), settled)
        unknown = simplified(when_unknown(case.when, statics), settled | {holds: False})
        yield CaseTest(index, holds, unknown, simplified(broken, settled | {holds: True}))
        settled |= {holds: False, unknown: False}
        settled |= dict.fromkeys(unknown.parts if isinstance(unknown, Disjunction) else (), False)


def _known(parameter: Parameter, formula: Formula) -> Formula:
    return simplified(formula, _settled(parameter))


def _settled(parameter: Parameter) -> dict[Formula, bool]:
    """A hyperparameter whose value is known is neither unknown nor nothing."""
    subject = Name(parameter.name)
    return {IsUnknown(subject): False, IsNothing(subject): False}


def _when(lowering: Callable[[Expr, Statics], Formula], expr: Expr | None, statics: Statics) -> Formula:
    return FALSE if expr is None else lowering(expr, statics)
