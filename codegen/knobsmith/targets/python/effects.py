"""Phase 4: which hyperparameters are used, and the defaults that hang on others."""

from collections.abc import Iterator

from knobsmith.expr import Expr
from knobsmith.expr.formula import FALSE, TRUE, Formula, opposite
from knobsmith.expr.outcomes import value, when_true, when_unknown
from knobsmith.expr.simplifying import simplified
from knobsmith.model.catalog import Default, Parameter
from knobsmith.targets.python.bodies import Body
from knobsmith.targets.python.drafts import Draft
from knobsmith.targets.source_text import INDENT, literal, source
from knobsmith.views.statics import Statics, has_computed_default


class _Step:
    """Hyperparameters whose use is decided at once."""

    def __init__(self, parameter: Parameter, used: Expr | None, forbidden: Expr | None = None) -> None:
        self.parameters = [parameter]
        self.used = used
        self.forbidden = forbidden


def effect(draft: Draft) -> str | None:
    """Phase 4, where defaults hang on others or conditions decide about use."""
    body = draft.body()
    for step in _steps(draft.statics):
        for parameter in filter(has_computed_default, step.parameters):
            name = literal(parameter.name)
            default = f"{_default_of(draft, parameter)}(state)"
            kept = f"{body.values}[{name}] = state.computed[{name}]"
            body.when("if", f"{name} not in state.given", f"{kept} = {default}")
        _decide(draft, body, step)
    return draft.finish("_effect", "Phase 4: what is used, and the defaults that hang on others.", body)


def _steps(statics: Statics) -> list[_Step]:
    """The steps in dependency order; those that ask the same question are one, where that makes no difference."""
    steps: list[_Step] = []
    shared: dict[Expr, _Step] = {}
    for parameter in statics.ordered:
        used, forbidden = parameter.used_when, parameter.forbidden_when
        if used is None and forbidden is None and not parameter.required and not has_computed_default(parameter):
            continue
        if used is None or forbidden is not None or parameter.required or has_computed_default(parameter):
            steps.append(_Step(parameter, used, forbidden))
        elif used in shared:
            shared[used].parameters.append(parameter)
        else:
            shared[used] = _Step(parameter, used)
            steps.append(shared[used])
    return steps


def _decide(draft: Draft, body: Body, step: _Step) -> None:
    first = step.parameters[0]
    facts, name = draft.statics, literal(first.name)
    used = simplified(opposite(when_true(step.used, facts))) if step.used is not None else FALSE
    may_be = when_unknown(step.used, facts) if step.used is not None else FALSE
    forbidden = when_true(step.forbidden, facts) if step.forbidden is not None else FALSE
    perhaps = when_unknown(step.forbidden, facts) if step.forbidden is not None else FALSE
    body.bind([forbidden, used, may_be, perhaps])
    keywords = iter(["if", "elif", "elif", "elif"])
    if forbidden != FALSE:
        body.when(next(keywords), body.test(forbidden), f"forbid(state, {name})")
    if used != FALSE:
        names = tuple(parameter.name for parameter in step.parameters)
        body.when(next(keywords), body.test(used), *_unuse(names, _read_as(body, may_be)))
    if perhaps != FALSE:
        body.when(next(keywords), body.test(perhaps), f"unuse(state, ({name},), UNKNOWN)")
    if first.required:
        body.when(next(keywords), f"{body.values}[{name}] is None", f"require(state, {name})")


def _default_of(draft: Draft, parameter: Parameter) -> str:
    body = draft.body()
    for case in parameter.cases:
        if case.default is not None:
            holds, unknown = when_true(case.when, draft.statics), when_unknown(case.when, draft.statics)
            body.bind([holds, unknown])
            body.when("if", body.test(holds))
            _give_default(draft, body, parameter, case.default, INDENT)
            if unknown != FALSE:
                body.when("if", body.test(unknown), "return UNKNOWN")
    _give_default(draft, body, parameter, parameter.default or Default())
    name = f"_default_of_{draft.names.locals[parameter.name]}"
    draft.finish(name, f"What `{parameter.name}` is if it is not given.", body, "Any")
    return name


def _give_default(draft: Draft, body: Body, parameter: Parameter, default: Default, indent: str = "") -> None:
    if default.expr is None:
        body.give(literal(default.value), indent)
        return
    lowered = value(default.expr, draft.statics, parameter.domain.kind)
    body.bind([lowered.defined, lowered.unknown, lowered.term], indent)
    if lowered.defined == TRUE:
        body.give(body.value(lowered.term), indent)
        return
    body.when("if", body.test(lowered.defined), f"return {body.value(lowered.term)}", indent=indent)
    body.give(_read_as(body, lowered.unknown), indent)


def _read_as(body: Body, unknown: Formula) -> str:
    if unknown in (TRUE, FALSE):
        return "UNKNOWN" if unknown == TRUE else "None"
    return f"UNKNOWN if {body.test(unknown)} else None"


def _unuse(names: tuple[str, ...], read_as: str) -> Iterator[str]:
    line = f"unuse(state, {literal(names)}, {read_as})"
    if len(line) <= 108:
        yield line
        return
    yield "unuse("
    yield f"{INDENT}state,"
    yield from f"{INDENT}{source(names, INDENT * 3)},".split("\n")
    yield f"{INDENT}{read_as},"
    yield ")"
