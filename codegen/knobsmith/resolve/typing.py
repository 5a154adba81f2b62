"""Every expression of an algorithm against the types of what it reads."""

from collections.abc import Iterable, Iterator
from typing import Literal

from knobsmith.diagnostics import Path
from knobsmith.expr import Names, ValueType, check, type_of
from knobsmith.expr.syntax import Expr
from knobsmith.model.catalog import Advice, Algorithm, Default, Parameter
from knobsmith.model.domain import Domain, Interval
from knobsmith.resolve.laws import BY_CODE, TYPE_ERROR
from knobsmith.resolve.notebook import Notebook
from knobsmith.resolve.scope import scope_of, value_type

# An expression, what it must yield, and where it stands.
Typed = tuple[Expr, ValueType | Literal["boolean", "number"], Path]


def check_expressions(algorithm: Algorithm, notes: Notebook) -> None:
    """Note every unknown name, every type error, and every end of a range that is no number or must be constant."""
    scope = scope_of({p.name: p.domain for p in algorithm.parameters}, {c.name: c.domain for c in algorithm.context})
    for expr, wanted, path in _typed(algorithm):
        for problem in check(expr, scope, _of_end(expr, scope) if wanted == "number" else wanted):
            notes.note(BY_CODE[problem.code], path, problem.fact, problem.help, problem.offsets)
    for fact in algorithm.context:
        reason = "`context` is judged before any parameter has a value"
        _require_constant(fact.domain, ("context", fact.name), reason, notes)
    for parameter in algorithm.parameters:
        _require_constant_items(parameter.domain, ("parameters", parameter.name), notes)


def _typed(algorithm: Algorithm) -> Iterator[Typed]:
    for group in algorithm.groups:
        yield from _conditions(group, ("groups", group.name), "used_when", "forbidden_when")
    for parameter in algorithm.parameters:
        yield from _of_parameter(parameter)
    for rule in algorithm.rules:
        yield from _conditions(rule, ("rules", rule.name), "when", "require")
    for metric in algorithm.metrics:
        yield from _conditions(metric, ("metrics", metric.name), "reported_when")


def _of_parameter(parameter: Parameter) -> Iterator[Typed]:
    path: Path = ("parameters", parameter.name)
    own = value_type(parameter.domain)
    yield from _conditions(parameter, path, "required_when", "used_when", "forbidden_when")
    yield from _of_default(parameter.default, own, path)
    yield from _ends(parameter.domain, path)
    yield from _of_advice(parameter.recommended, path)
    for index, case in enumerate(parameter.cases):
        place = (*path, "cases", index)
        yield from _conditions(case, place, "when")
        yield from _of_default(case.default, own, place)
        yield from _of_advice(case.recommended, place)
        if case.domain is not None:
            yield from _ends(case.domain, place)


def _conditions(entry: object, path: Path, *keys: str) -> Iterator[Typed]:
    for key in keys:
        condition = getattr(entry, key)
        if condition is not None:
            yield condition, "boolean", (*path, key)


def _of_default(default: Default | None, own: ValueType, path: Path) -> Iterator[Typed]:
    if default is not None and default.expr is not None:
        yield default.expr, own, (*path, "default", "expr")


def _of_advice(advice: Advice | None, path: Path) -> Iterator[Typed]:
    intervals = advice.range.intervals if advice is not None and advice.range is not None else ()
    yield from _names_at([(interval, (*path, "recommended")) for interval in intervals])


def _ends(domain: Domain, path: Path) -> Iterator[Typed]:
    """Names at the ends of a range, and of the intervals under ``special``."""
    yield from _names_at(_intervals(domain, path))


def _names_at(intervals: Iterable[tuple[Interval, Path]]) -> Iterator[Typed]:
    for interval, place in intervals:
        for bound in (interval.lower, interval.upper):
            if bound.name is not None:
                yield bound.name, "number", place


def _of_end(expr: Expr, scope: Names) -> Literal["integer", "number"]:
    """An integer will do as well, and one that is a word binds nothing."""
    found = type_of(expr, scope)
    return "integer" if found is not None and found.kind == "integer" else "number"


def _intervals(domain: Domain, path: Path) -> Iterator[tuple[Interval, Path]]:
    for interval in domain.range.intervals if domain.range is not None else ():
        yield interval, (*path, "range")
    for index, special in enumerate(domain.special):
        if special.interval is not None:
            yield special.interval, (*path, "special", index)


def _require_constant_items(domain: Domain, path: Path, notes: Notebook) -> None:
    if domain.items is not None:
        reason = "the items of a list are judged by themselves"
        _require_constant(domain.items, (*path, "items"), reason, notes)


def _require_constant(domain: Domain, path: Path, reason: str, notes: Notebook) -> None:
    """Note ends that nothing could judge."""
    for expr, _, place in _ends(domain, path):
        help = "write a number here, and a rule about the rest"
        notes.note(TYPE_ERROR, place, f"this end is a name, and {reason}", help, expr.span)
    _require_constant_items(domain, path, notes)
