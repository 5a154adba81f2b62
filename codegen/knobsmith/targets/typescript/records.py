"""The catalog's facts as the objects that a package states: what is absent is not stated."""

from collections.abc import Iterable
from typing import Any

from knobsmith.expr import Expr, print_expr
from knobsmith.judging.subjects import subject_of_rule
from knobsmith.model import catalog, domain
from knobsmith.model.range_syntax import print_range
from knobsmith.regex import to_ecma
from knobsmith.targets.documentation import one_line
from knobsmith.views.conditions import condition_in_words, shown_names
from knobsmith.views.sources import sources_of

Fields = dict[str, Any]


def algorithm(stated: catalog.Algorithm) -> Fields:
    """All facts of an algorithm."""
    return {
        "name": stated.name,
        "title": stated.title,
        "doc": one_line(stated.doc),
        "parameters": {one.name: _parameter(one, stated) for one in stated.parameters},
        "context": {one.name: _context_fact(one) for one in stated.context},
        "groups": {one.name: _stated(name=one.name, title=one.title, doc=one.doc) for one in stated.groups},
        "rules": {one.name: rule_law(one) for one in stated.rules},
        "metrics": {one.name: _metric(one) for one in stated.metrics},
        "sources": {one.name: _source(one) for one in stated.sources},
    }


def parameter_law(stated: catalog.Parameter, *, documented: bool = False) -> Fields:
    """What decides about a hyperparameter, and what messages say of it."""
    default = stated.default or catalog.Default()
    return _stated(
        name=stated.name,
        domain=_domain(stated.domain, documented),
        wire=_wire(stated.domain, stated.wire),
        default=default.value,
        computed=_text(default.expr),
        required=stated.required or None,
        requiredWhen=_condition(stated.required_when),
        usedWhen=_condition(stated.used_when),
        forbiddenWhen=_condition(stated.forbidden_when),
        cases=[_case(case, documented) for case in stated.cases] or None,
        recommended=_advice(stated.recommended),
        aliases=stated.aliases or None,
        deprecated=_deprecated(stated.deprecated),
    )


def fact_law(stated: catalog.ContextFact, *, documented: bool = False) -> Fields:
    """What decides about a fact of the job."""
    return _stated(
        name=stated.name,
        domain=_domain(stated.domain, documented),
        wire=_wire(stated.domain, stated.wire),
        default=stated.default,
    )


def rule_law(stated: catalog.CrossRule) -> Fields:
    """A constraint over several hyperparameters."""
    return _stated(
        name=stated.name,
        message=one_line(stated.message),
        require=_condition(stated.require),
        when=_condition(stated.when),
        severity=stated.severity,
        subject=subject_of_rule(stated.require, stated.when),
    )


def _parameter(stated: catalog.Parameter, algorithm: catalog.Algorithm) -> Fields:
    return {
        **parameter_law(stated, documented=True),
        "doc": one_line(stated.doc),
        **_stated(
            ifUnset=stated.if_unset,
            examples=stated.examples or None,
            tuning=_tuning(stated.tuning),
            unit=stated.unit,
            group=stated.group,
            tags=stated.tags or None,
            notes=[one_line(note) for note in stated.notes] or None,
            sources=sources_of(stated, algorithm) or None,
        ),
    }


def _context_fact(stated: catalog.ContextFact) -> Fields:
    notes = [one_line(note) for note in stated.notes] or None
    return {
        **fact_law(stated, documented=True),
        "doc": one_line(stated.doc),
        **_stated(unit=stated.unit, notes=notes),
    }


def _metric(stated: catalog.Metric) -> Fields:
    return _stated(
        name=stated.name,
        direction=stated.direction,
        doc=one_line(stated.doc),
        objective=stated.objective,
        reportedWhen=_condition(stated.reported_when),
        pattern=None if stated.pattern is None else to_ecma(stated.pattern),
        unit=stated.unit,
    )


def _source(stated: catalog.Source) -> Fields:
    return _stated(name=stated.name, title=stated.title, url=stated.url, language=stated.language, date=stated.date)


def _domain(stated: domain.Domain, documented: bool) -> Fields:
    return _stated(
        kind=stated.kind,
        values=None if stated.values is None else [_choice(choice, documented) for choice in stated.values],
        open=stated.open or None,
        range=_range(stated.range),
        multipleOf=stated.multiple_of,
        precision=stated.precision if stated.precision != "float64" else None,
        pattern=None if stated.pattern is None else to_ecma(stated.pattern),
        length=_range(stated.length),
        items=None if stated.items is None else _domain(stated.items, documented),
        fields=stated.fields or None,
        unique=stated.unique or None,
        increasing=stated.increasing or None,
        special=[_special(special, documented) for special in stated.special] or None,
    )


def _choice(stated: domain.Choice, documented: bool) -> Fields:
    doc = None if stated.doc is None or not documented else one_line(stated.doc)
    return _stated(
        value=stated.value, doc=doc, aliases=stated.aliases or None, deprecated=_deprecated(stated.deprecated)
    )


def _special(stated: domain.Special, documented: bool) -> Fields:
    interval = None if stated.interval is None else _interval(stated.interval)
    doc = one_line(stated.doc) if documented else None
    return _stated(word=stated.word, value=stated.value, interval=interval, doc=doc)


def _deprecated(stated: domain.Deprecated | None) -> Fields | None:
    if stated is None:
        return None
    return _stated(since=stated.since, useInstead=stated.use_instead, reason=stated.reason)


def _range(stated: domain.Range | None) -> Fields | None:
    if stated is None:
        return None
    ends = [bound.name for piece in stated.intervals for bound in (piece.lower, piece.upper) if bound.name is not None]
    reads = _distinct(name for end in ends for name in shown_names(end))
    return _stated(text=print_range(stated), intervals=list(map(_interval, stated.intervals)), reads=reads or None)


def _interval(stated: domain.Interval) -> Fields:
    ends = {"lower": _end(stated.lower), "upper": _end(stated.upper)}
    return ends | _stated(lowerClosed=stated.lower.closed or None, upperClosed=stated.upper.closed or None)


def _end(bound: domain.Bound) -> float | str | None:
    if bound.name is not None:
        return print_expr(bound.name)
    return bound.value if isinstance(bound.value, (int, float)) else None


def _wire(stated: domain.Domain, wire: domain.Wire) -> list[str] | str | None:
    if stated.kind == "boolean":
        tokens = wire if isinstance(wire, domain.BooleanTokens) else domain.BooleanTokens()
        return [tokens.true, tokens.false]
    if stated.kind == "list":
        return "json" if wire is None or isinstance(wire, domain.BooleanTokens) else wire
    return None


def _condition(expr: Expr | None) -> Fields | None:
    if expr is None:
        return None
    prose, afterwards = condition_in_words(expr), condition_in_words(expr, is_known=True)
    return _stated(
        text=print_expr(expr),
        prose=prose,
        reads=shown_names(expr) or None,
        afterwards=afterwards if afterwards != prose else None,
    )


def _case(stated: catalog.Case, documented: bool) -> Fields:
    default = stated.default or catalog.Default()
    return _stated(
        when=_condition(stated.when),
        doc=stated.doc if documented else None,
        domain=None if stated.domain is None else _domain(stated.domain, documented),
        default=default.value,
        computed=_text(default.expr),
        recommended=_advice(stated.recommended),
        tuning=_tuning(stated.tuning) if documented else None,
        notTunable=(stated.not_tunable and documented) or None,
    )


def _advice(stated: catalog.Advice | None) -> Fields | None:
    return None if stated is None else _stated(range=_range(stated.range), values=stated.values)


def _tuning(stated: catalog.Tuning | None) -> Fields | None:
    if stated is None:
        return None
    step = stated.step if isinstance(stated.step, (int, float)) else None
    return _stated(
        range=_range(stated.range), values=stated.values, scale=stated.scale, step=step, impact=stated.impact
    )


def _text(expr: Expr | None) -> str | None:
    return None if expr is None else print_expr(expr)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _stated(**fields: Any) -> Fields:
    """The fields that are there."""
    return {name: value for name, value in fields.items() if value is not None}
