"""The catalog's facts as the records that a generated package states."""

from knobsmith.expr import Expr, print_expr
from knobsmith.judging.subjects import subject_of_rule
from knobsmith.model import catalog, domain
from knobsmith.model.range_syntax import print_range
from knobsmith.regex import to_python
from knobsmith.targets.documentation import one_line
from knobsmith.targets.python.runtime import facts
from knobsmith.views.conditions import condition_in_words, shown_names
from knobsmith.views.python_names import PythonNames
from knobsmith.views.sources import sources_of


def algorithm(stated: catalog.Algorithm, names: PythonNames) -> facts.Algorithm:
    """All facts of an algorithm."""
    return facts.Algorithm(
        name=stated.name,
        title=stated.title,
        doc=one_line(stated.doc),
        parameters={p.name: parameter(p, names.fields[p.name], stated) for p in stated.parameters},
        context={fact.name: _context_fact(fact) for fact in stated.context},
        groups={group.name: facts.Group(group.name, group.title, group.doc) for group in stated.groups},
        rules={rule.name: _rule(rule) for rule in stated.rules},
        metrics={metric.name: _metric(metric) for metric in stated.metrics},
        sources={
            source.name: facts.Source(source.name, source.title, source.url, source.language, source.date)
            for source in stated.sources
        },
    )


def parameter(stated: catalog.Parameter, field: str, algorithm: catalog.Algorithm) -> facts.Parameter:
    """All facts of a hyperparameter."""
    default = stated.default or catalog.Default()
    return facts.Parameter(
        name=stated.name,
        field=field,
        doc=one_line(stated.doc),
        domain=domain_record(stated.domain),
        wire=_wire(stated.domain, stated.wire),
        default=default.value,
        computed=_text(default.expr),
        if_unset=stated.if_unset,
        required=stated.required,
        required_when=_condition(stated.required_when),
        used_when=_condition(stated.used_when),
        forbidden_when=_condition(stated.forbidden_when),
        cases=tuple(map(_case, stated.cases)),
        recommended=_advice(stated.recommended),
        examples=stated.examples,
        tuning=_tuning(stated.tuning),
        unit=stated.unit,
        group=stated.group,
        tags=stated.tags,
        notes=tuple(map(one_line, stated.notes)),
        aliases=stated.aliases,
        deprecated=_deprecated(stated.deprecated),
        sources=sources_of(stated, algorithm),
    )


def domain_record(stated: domain.Domain) -> facts.Domain:
    """Which values are valid."""
    return facts.Domain(
        kind=stated.kind,
        values=None if stated.values is None else tuple(map(_choice, stated.values)),
        open=stated.open,
        range=_range(stated.range),
        multiple_of=stated.multiple_of,
        precision=stated.precision,
        pattern=None if stated.pattern is None else to_python(stated.pattern),
        length=_range(stated.length),
        items=None if stated.items is None else domain_record(stated.items),
        fields=stated.fields,
        unique=stated.unique,
        increasing=stated.increasing,
        special=tuple(map(_special, stated.special)),
    )


def _context_fact(stated: catalog.ContextFact) -> facts.ContextFact:
    return facts.ContextFact(
        name=stated.name,
        doc=one_line(stated.doc),
        domain=domain_record(stated.domain),
        wire=_wire(stated.domain, stated.wire),
        default=stated.default,
        unit=stated.unit,
        notes=tuple(map(one_line, stated.notes)),
    )


def _choice(stated: domain.Choice) -> facts.Choice:
    doc = None if stated.doc is None else one_line(stated.doc)
    return facts.Choice(stated.value, doc, stated.aliases, _deprecated(stated.deprecated))


def _special(stated: domain.Special) -> facts.Special:
    interval = None if stated.interval is None else _interval(stated.interval)
    return facts.Special(one_line(stated.doc), stated.word, stated.value, interval)


def _deprecated(stated: domain.Deprecated | None) -> facts.Deprecated | None:
    return None if stated is None else facts.Deprecated(stated.since, stated.use_instead, stated.reason)


def _range(stated: domain.Range | None) -> facts.Range | None:
    if stated is None:
        return None
    ends = [bound.name for piece in stated.intervals for bound in (piece.lower, piece.upper) if bound.name is not None]
    reads = dict.fromkeys(name for end in ends for name in shown_names(end))
    return facts.Range(print_range(stated), tuple(map(_interval, stated.intervals)), tuple(reads))


def _interval(stated: domain.Interval) -> facts.Interval:
    return facts.Interval(_end(stated.lower), _end(stated.upper), stated.lower.closed, stated.upper.closed)


def _end(bound: domain.Bound) -> float | str | None:
    if bound.name is not None:
        return print_expr(bound.name)
    return bound.value if isinstance(bound.value, (int, float)) else None


def _wire(stated: domain.Domain, wire: domain.Wire) -> facts.Wire:
    if stated.kind == "boolean":
        tokens = wire if isinstance(wire, domain.BooleanTokens) else domain.BooleanTokens()
        return facts.Tokens(tokens.true, tokens.false)
    if stated.kind == "list":
        return "json" if wire is None or isinstance(wire, domain.BooleanTokens) else wire
    return None


def _condition(expr: Expr | None) -> facts.Condition | None:
    return None if expr is None else condition(expr)


def condition(expr: Expr) -> facts.Condition:
    """An expression, as text and in words."""
    prose, afterwards = condition_in_words(expr), condition_in_words(expr, is_known=True)
    return facts.Condition(print_expr(expr), prose, shown_names(expr), afterwards if afterwards != prose else None)


def _case(stated: catalog.Case) -> facts.Case:
    default = stated.default or catalog.Default()
    return facts.Case(
        when=condition(stated.when),
        doc=stated.doc,
        domain=None if stated.domain is None else domain_record(stated.domain),
        default=default.value,
        computed=_text(default.expr),
        recommended=_advice(stated.recommended),
        tuning=_tuning(stated.tuning),
        not_tunable=stated.not_tunable,
    )


def _advice(stated: catalog.Advice | None) -> facts.Advice | None:
    return None if stated is None else facts.Advice(_range(stated.range), stated.values)


def _tuning(stated: catalog.Tuning | None) -> facts.Tuning | None:
    if stated is None:
        return None
    step = stated.step if isinstance(stated.step, (int, float)) else None
    return facts.Tuning(_range(stated.range), stated.values, stated.scale, step, stated.impact)


def _rule(stated: catalog.CrossRule) -> facts.Rule:
    subject = subject_of_rule(stated.require, stated.when)
    when = _condition(stated.when)
    return facts.Rule(stated.name, one_line(stated.message), condition(stated.require), when, stated.severity, subject)


def _metric(stated: catalog.Metric) -> facts.Metric:
    return facts.Metric(
        name=stated.name,
        direction=stated.direction,
        doc=one_line(stated.doc),
        objective=stated.objective,
        reported_when=_condition(stated.reported_when),
        pattern=None if stated.pattern is None else to_python(stated.pattern),
        unit=stated.unit,
    )


def _text(expr: Expr | None) -> str | None:
    return None if expr is None else print_expr(expr)
