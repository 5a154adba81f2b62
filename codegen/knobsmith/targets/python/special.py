"""Phase 6 and after: values with a meaning of their own, and ends of ranges that are other hyperparameters."""

from collections.abc import Iterator

from knobsmith.expr import Expr
from knobsmith.expr.formula import Formula, IsNothing, IsUnknown, conjunction, disjunction, opposite
from knobsmith.expr.outcomes import when_false
from knobsmith.expr.simplifying import simplified
from knobsmith.expr.syntax import Comparison, Name
from knobsmith.model.catalog import Parameter
from knobsmith.model.domain import Domain, Range
from knobsmith.targets.python.bodies import Body
from knobsmith.targets.python.domain_tests import is_constant, range_test, special_tests
from knobsmith.targets.python.drafts import Draft, may_be_word
from knobsmith.targets.python_conditions import both


def special(draft: Draft, body: Body, parameter: Parameter, domain: Domain) -> list[str]:
    """Whether a known value has a meaning of its own."""
    constant = special_tests(domain.special, body.local(parameter.name))
    return [*constant, *named_special(draft, body, parameter, domain)]


def named_special(draft: Draft, body: Body, parameter: Parameter, domain: Domain) -> list[str]:
    """Whether a known value lies in a special interval that ends at another hyperparameter."""
    subject, local = Name(parameter.name), body.local(parameter.name)
    settled: dict[Formula, bool] = {IsUnknown(subject): False, IsNothing(subject): False}
    tests = []
    for special in domain.special:
        if special.interval is None or is_constant(special):
            continue
        stated = Range(intervals=(special.interval,))
        ends = [opposite(when_false(end, draft.statics)) for end in _named_ends(subject, stated)]
        inside = simplified(conjunction(*ends), settled)
        body.bind([inside])
        guard = f"{local}.__class__ is not str" if may_be_word(parameter) else "True"
        tests.append(both([guard, range_test(stated, local), body.test(inside)]))
    return tests


def beyond_named_ends(draft: Draft, parameter: Parameter, stated: Range | None) -> Formula:
    """Where a value is beyond an end of a range that is another hyperparameter."""
    ends = [] if stated is None else list(_named_ends(Name(parameter.name), stated))
    return simplified(disjunction(*(when_false(end, draft.statics) for end in ends)))


def _named_ends(subject: Name, stated: Range) -> Iterator[Expr]:
    for interval in stated.intervals:
        if interval.lower.name is not None:
            yield Comparison(">=" if interval.lower.closed else ">", subject, interval.lower.name)
        if interval.upper.name is not None:
            yield Comparison("<=" if interval.upper.closed else "<", subject, interval.upper.name)
