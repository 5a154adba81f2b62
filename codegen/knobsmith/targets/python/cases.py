"""Facts that differ by case: the first case that holds decides."""

from collections.abc import Callable

from knobsmith.expr import Expr
from knobsmith.expr.formula import FALSE, Disjunction, Formula, IsNothing, IsUnknown
from knobsmith.expr.outcomes import when_true, when_unknown
from knobsmith.expr.simplifying import simplified
from knobsmith.expr.syntax import Name
from knobsmith.model.catalog import Parameter
from knobsmith.records import Record
from knobsmith.targets.python.bodies import Body
from knobsmith.targets.python.drafts import Draft
from knobsmith.targets.python_conditions import both
from knobsmith.targets.source_text import INDENT

# Writes a condition into a body, where it binds the names that it reads.
Condition = Callable[[Body], str]

# Stands for a condition that needs no test.
ALWAYS = "True"


class Branch(Record):
    """What a case asks while it holds, and what to do if that is so."""

    when: Expr
    broken: Condition
    action: str


def chain(
    draft: Draft,
    body: Body,
    parameter: Parameter,
    branches: list[Branch],
    otherwise: tuple[Condition, str] | None = None,
) -> None:
    """The first case that holds decides; one that is unknown before it leaves the question open."""
    subject = Name(parameter.name)
    settled: dict[Formula, bool] = {IsUnknown(subject): False, IsNothing(subject): False}
    for branch in branches:
        holds = simplified(when_true(branch.when, draft.statics), settled)
        unknown = simplified(when_unknown(branch.when, draft.statics), settled | {holds: False})
        body.bind([holds, unknown])
        breach = branch.broken(body)
        if branch is branches[-1] and otherwise is None:
            _act(body, both([body.test(holds), breach]), branch.action)
            return
        body.when("if", body.test(holds))
        _act(body, breach, branch.action, INDENT)
        body.add(f"{INDENT}return")
        if unknown != FALSE:
            body.when("if", body.test(unknown), "return")
        settled |= {holds: False, unknown: False}
        settled |= dict.fromkeys(unknown.parts if isinstance(unknown, Disjunction) else (), False)
    if otherwise is not None:
        _act(body, otherwise[0](body), otherwise[1])


def _act(body: Body, condition: str, action: str, indent: str = "") -> None:
    if condition == ALWAYS:
        body.add(f"{indent}{action}")
    elif condition != "False":
        body.when("if", condition, action, indent=indent)
