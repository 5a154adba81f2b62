"""Every expression of an algorithm against the types of what it reads."""

from collections.abc import Iterator

from knobsmith.diagnostics import Path
from knobsmith.expr import Names, ValueType, check, type_of
from knobsmith.expr.syntax import Expr
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.model.domain import Domain
from knobsmith.resolve.laws import BY_CODE, TYPE_ERROR
from knobsmith.resolve.notebook import Notebook
from knobsmith.resolve.scope import scope_of, value_type

# An expression, what it must yield, and where it stands.
Typed = tuple[Expr, ValueType, Path]
_BOOLEAN = ValueType("boolean")
_INTEGER_OR_NUMBER = ("integer", "number")


def check_expressions(algorithm: Algorithm, notes: Notebook) -> None:
    """Note every unknown name, every type error, and every end of a range that is no number."""
    scope = scope_of({p.name: p.domain for p in algorithm.parameters}, {c.name: c.domain for c in algorithm.context})
    for expr, wanted, path in _typed(algorithm):
        expected = wanted if wanted is not _BOOLEAN else "boolean"
        for problem in check(expr, scope, expected):
            notes.note(BY_CODE.get(problem.code, TYPE_ERROR), path, problem.fact, problem.help, problem.offsets)
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        _check_ends(parameter.domain, path, scope, notes)
        for index, case in enumerate(parameter.cases):
            if case.domain is not None:
                _check_ends(case.domain, (*path, "cases", index), scope, notes)


def _typed(algorithm: Algorithm) -> Iterator[Typed]:
    for group in algorithm.groups:
        for key in ("used_when", "forbidden_when"):
            if (condition := getattr(group, key)) is not None:
                yield condition, _BOOLEAN, ("groups", group.name, key)
    for parameter in algorithm.parameters:
        yield from _of_parameter(parameter)
    for rule in algorithm.rules:
        yield rule.require, _BOOLEAN, ("rules", rule.name, "require")
        if rule.when is not None:
            yield rule.when, _BOOLEAN, ("rules", rule.name, "when")
    for metric in algorithm.metrics:
        if metric.reported_when is not None:
            yield metric.reported_when, _BOOLEAN, ("metrics", metric.name, "reported_when")


def _of_parameter(parameter: Parameter) -> Iterator[Typed]:
    path: Path = ("parameters", parameter.name)
    own = value_type(parameter.domain)
    for key in ("required_when", "used_when", "forbidden_when"):
        if (condition := getattr(parameter, key)) is not None:
            yield condition, _BOOLEAN, (*path, key)
    if parameter.default is not None and parameter.default.expr is not None:
        yield parameter.default.expr, own, (*path, "default", "expr")
    for index, case in enumerate(parameter.cases):
        yield case.when, _BOOLEAN, (*path, "cases", index, "when")
        if case.default is not None and case.default.expr is not None:
            yield case.default.expr, own, (*path, "cases", index, "default", "expr")


def _check_ends(domain: Domain, path: Path, scope: Names, notes: Notebook) -> None:
    """Names at the ends of a range, and of the intervals under ``special``."""
    ranged = [(interval, (*path, "range")) for interval in (domain.range.intervals if domain.range else ())]
    ranged += [(special.interval, (*path, "special")) for special in domain.special if special.interval is not None]
    for interval, place in ranged:
        for bound in (interval.lower, interval.upper):
            if bound.name is None:
                continue
            found = type_of(bound.name, scope)
            # An end that is a word binds nothing, so words are welcome: what is asked for is the type without them.
            problems = [p for p in check(bound.name, scope, found or "number") if p.code != TYPE_ERROR.code]
            for problem in problems:
                notes.note(BY_CODE.get(problem.code, TYPE_ERROR), place, problem.fact, problem.help, problem.offsets)
            if not problems and found is not None and found.kind not in _INTEGER_OR_NUMBER:
                notes.note(TYPE_ERROR, place, f"a range ends at a number, and this is a {found.kind}", "name a number")
