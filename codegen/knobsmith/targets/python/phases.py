"""The phases of validation that depend on the algorithm, as functions.

Each hyperparameter gets only the statements that its own facts ask for: nothing is emitted that cannot happen.
"""

from knobsmith.expr.formula import FALSE, TRUE, conjunction
from knobsmith.expr.outcomes import when_false, when_true
from knobsmith.expr.simplifying import simplified
from knobsmith.targets.python.advice import advice
from knobsmith.targets.python.drafts import Draft
from knobsmith.targets.python.effects import effect
from knobsmith.targets.python.narrowing import narrowing
from knobsmith.targets.python_conditions import both
from knobsmith.targets.source_text import literal
from knobsmith.views.statics import can_be_ignored, can_be_unset


def phases(draft: Draft) -> tuple[str, ...]:
    """Draft all functions; the result is the names of those to call, in their order."""
    drafted = (effect(draft), _presence(draft), narrowing(draft), _rules(draft), advice(draft))
    return tuple(filter(None, drafted))


def _presence(draft: Draft) -> str | None:
    body = draft.body()
    for parameter in draft.statics.algorithm.parameters:
        if parameter.required_when is None or parameter.required or not can_be_unset(parameter):
            continue
        name, needed = literal(parameter.name), when_true(parameter.required_when, draft.statics)
        body.bind([needed])
        conditions = [f"{body.values}[{name}] is None", body.test(needed)]
        if can_be_ignored(parameter):
            conditions.insert(1, f"{name} not in state.unused")
        body.when("if", both(conditions), f"miss(state, {name})")
    return draft.finish("_presence", "Phase 5: what must be given at the moment.", body)


def _rules(draft: Draft) -> str | None:
    body = draft.body()
    for rule in draft.statics.algorithm.rules:
        acts = when_true(rule.when, draft.statics) if rule.when is not None else TRUE
        broken = simplified(conjunction(acts, when_false(rule.require, draft.statics)))
        if broken != FALSE:
            body.bind([broken])
            body.when("if", body.test(broken), f"break_rule(state, {literal(rule.name)})")
    return draft.finish("_rules", "Phase 7: rules over several hyperparameters.", body)
