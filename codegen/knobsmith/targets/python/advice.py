"""Phase 8 as far as it depends on the algorithm: recommended values."""

from knobsmith.expr.formula import FALSE
from knobsmith.model.catalog import Advice, Parameter
from knobsmith.targets.python.bodies import Body
from knobsmith.targets.python.cases import Branch, Condition, chain
from knobsmith.targets.python.domain_tests import among, range_test
from knobsmith.targets.python.drafts import Draft, may_be_word
from knobsmith.targets.python.special import beyond_named_ends, special
from knobsmith.targets.python_conditions import both, either, negated
from knobsmith.targets.source_text import literal

# The function that is called only when somebody wants to see the findings.
ADVICE = "_advice"


def advice(draft: Draft) -> str | None:
    """Phase 8, where there are recommended values."""
    body = draft.body()
    for parameter in draft.statics.algorithm.parameters:
        if parameter.recommended is not None or any(case.recommended is not None for case in parameter.cases):
            call = f"{_advise_on(draft, parameter)}(state)"
            body.when("if", f"{literal(parameter.name)} in state.given", call)
    return draft.finish(ADVICE, "Phase 8 as far as it is about recommended values.", body)


def _advise_on(draft: Draft, parameter: Parameter) -> str:
    body, name = draft.body(), literal(parameter.name)
    local = draft.known(body, parameter)
    branches = [
        Branch(case.when, _outside(draft, parameter, case.recommended), f"advise(state, {name}, {index})")
        for index, case in enumerate(parameter.cases)
        if case.recommended is not None
    ]
    own = parameter.recommended
    otherwise = (_outside(draft, parameter, own), f"advise(state, {name})") if own is not None else None
    chain(draft, body, parameter, branches, otherwise)
    function = f"_advise_on_{local}"
    draft.finish(function, f"Phase 8 for the recommended values of `{parameter.name}`.", body)
    return function


def _outside(draft: Draft, parameter: Parameter, advice: Advice) -> Condition:
    """Whether a valid value is outside the recommended ones; a special one is never outside a range."""

    def outside(body: Body) -> str:
        local = body.local(parameter.name)
        if advice.range is None:
            return negated(among(advice.values or (), local))
        word = [f"{local}.__class__ is str"] if may_be_word(parameter) else []
        own = special(draft, body, parameter, parameter.domain)
        within = negated(either([*word, range_test(advice.range, local), *own]))
        beyond = beyond_named_ends(draft, parameter, advice.range)
        if beyond == FALSE:
            return within
        body.bind([beyond])
        return either([within, f"({both([body.test(beyond), negated(either([*word, *own]))])})"])

    return outside
