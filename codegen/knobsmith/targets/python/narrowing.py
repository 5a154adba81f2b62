"""Phase 6: the cases that allow less, and the ends of ranges that are other hyperparameters."""

from knobsmith.expr.formula import FALSE
from knobsmith.model.catalog import Parameter
from knobsmith.model.domain import Domain
from knobsmith.targets.python.bodies import Body
from knobsmith.targets.python.cases import Branch, Condition, chain
from knobsmith.targets.python.domain_tests import case_test, special_tests
from knobsmith.targets.python.drafts import Draft, may_be_word
from knobsmith.targets.python.special import beyond_named_ends, named_special, special
from knobsmith.targets.python_conditions import both, either, negated
from knobsmith.targets.source_text import literal


def narrowing(draft: Draft) -> str | None:
    """Phase 6."""
    body = draft.body()
    for parameter in draft.statics.algorithm.parameters:
        if any(case.domain is not None for case in parameter.cases):
            body.add(f"{_narrow(draft, parameter)}(state)")
        beyond = beyond_named_ends(draft, parameter, parameter.domain.range)
        if beyond != FALSE:
            body.bind([beyond])
            ordinary = negated(either(special(draft, body, parameter, parameter.domain)))
            condition = both([body.test(beyond), ordinary])
            body.when("if", condition, f"break_ends(state, {literal(parameter.name)})")
    return draft.finish("_narrowing", "Phase 6: cases, and ends of ranges that are other hyperparameters.", body)


def _narrow(draft: Draft, parameter: Parameter) -> str:
    body, name = draft.body(), literal(parameter.name)
    local = draft.known(body, parameter)
    branches = [
        Branch(case.when, _breach(draft, parameter, case.domain, local), f"break_case(state, {name}, {index})")
        for index, case in enumerate(parameter.cases)
        if case.domain is not None
    ]
    chain(draft, body, parameter, branches)
    function = f"_narrow_{local}"
    draft.finish(function, f"Phase 6 for the cases of `{parameter.name}`.", body)
    return function


def _breach(draft: Draft, parameter: Parameter, domain: Domain, local: str) -> Condition:
    """Whether a value breaks the domain of a case."""
    test = case_test(domain, local, draft.patterns(parameter.name, domain), may_be_word=may_be_word(parameter))
    beyond = beyond_named_ends(draft, parameter, domain.range)

    def breach(body: Body) -> str:
        body.bind([beyond])
        ordinary = negated(either(special_tests(domain.special, local)))
        broken = [negated(test), both([body.test(beyond), ordinary])]
        return both([either(broken), negated(either(named_special(draft, body, parameter, domain)))])

    return breach
