"""What a target cannot carry of what the specs say: said once for each construct, never silently."""

from collections.abc import Iterable, Iterator

from knobsmith.diagnostics import Rule
from knobsmith.model.catalog import Algorithm, Catalog, ContextFact, Parameter, Tuning
from knobsmith.model.domain import Domain, Range
from knobsmith.targets.base import CONSTRUCTS, SEARCHES, Carried, Fidelity, Target, vocabulary
from knobsmith.targets.laws import LOST, PARTLY
from knobsmith.views.tuning.axes import Axis, Choices, Numbers
from knobsmith.views.tuning.space import space_of

_SILENT = Carried(Fidelity.DROPPED, "the target does not say how it carries them")
# Constructs that are used wherever the field of the same name says something.
_PARAMETER = (
    *("wire", "if_unset", "required", "required_when", "used_when", "forbidden_when", "cases", "recommended"),
    *("examples", "unit", "group", "aliases", "deprecated"),
)
_DOMAIN = ("multiple_of", "pattern", "length", "items", "fields", "unique", "increasing", "special")


def losses(target: Target, constructs: Iterable[str]) -> Iterator[tuple[Rule, str]]:
    """The laws that a target breaks on those of these constructs that it speaks of, each with the fact."""
    known = vocabulary(target)
    for construct in constructs:
        if construct not in known:
            continue
        carried = target.fidelity.get(construct, _SILENT)
        if carried.fidelity is not Fidelity.EXACT:
            rule = PARTLY if carried.fidelity is Fidelity.PARTIAL else LOST
            verb = "carries only in part" if rule is PARTLY else "does not carry"
            yield rule, f"this one {verb} {known[construct]} ({carried.note})"


def constructs_of(catalog: Catalog) -> list[str]:
    """The constructs that the specs of a catalog use, in the order of the tables."""
    used = {construct for algorithm in catalog.algorithms for construct in _of_algorithm(algorithm)}
    used |= {construct for algorithm in catalog.algorithms for construct in searches_of(algorithm)}
    return [construct for construct in (*CONSTRUCTS, *SEARCHES) if construct in used]


def _of_algorithm(algorithm: Algorithm) -> Iterator[str]:
    yield from (name for name in ("context", "rules", "metrics") if getattr(algorithm, name))
    entries: tuple[ContextFact | Parameter, ...] = (*algorithm.context, *algorithm.parameters)
    for entry in entries:
        yield from _of_entry(entry)
        for domain in _domains(entry):
            yield from _of_domain(domain)
    for parameter in algorithm.parameters:
        yield from (name for name in _PARAMETER if getattr(parameter, name))
        yield from _of_defaults(parameter)
        if parameter.tuning or any(case.tuning for case in parameter.cases):
            yield "tuning"


def searches_of(algorithm: Algorithm) -> Iterator[str]:
    """What a tuner's definition of an algorithm has to carry."""
    space = space_of(algorithm)
    if not space.tuned:
        return
    yield from ("statics", *(("objective",) if any(metric.objective for metric in algorithm.metrics) else ()))
    for tuned in space.tuned.values():
        yield from (construct for guarded in tuned.axes for construct in _of_axis(guarded.axis))
        yield from (construct for tuning in _tunings(tuned.parameter) for construct in _of_tuning(tuning))
        if len(tuned.axes) > 1:
            yield "guards"
        if tuned.name in space.tangled:
            yield "computed_conditions"
        for decider in space.deciders(tuned.name):
            is_listed = any(isinstance(guarded.axis, Choices) for guarded in space.tuned[decider].axes)
            yield "conditions" if is_listed else "range_conditions"
    if space.ruled:
        yield "refusals"


def _tunings(parameter: Parameter) -> Iterator[Tuning]:
    yield from (tuning for tuning in (parameter.tuning, *(c.tuning for c in parameter.cases)) if tuning is not None)


def _of_tuning(tuning: Tuning) -> Iterator[str]:
    if tuning.scale in ("log", "reverse-log"):
        yield tuning.scale.replace("-", "_")
    if tuning.impact is not None:
        yield "impact"


def _of_axis(axis: Axis | None) -> Iterator[str]:
    match axis:
        case Choices(values=values):
            yield "choices"
            if any(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
                yield "number_choices"
            if any(isinstance(value, tuple) for value in values):
                yield "list_choices"
        case Numbers():
            yield "integer_range" if axis.is_integer else "closed_end"
            if not axis.is_integer and not (axis.lower.closed and axis.upper.closed):
                yield "open_end"
            if axis.step is not None:
                yield "step"


def _of_entry(entry: ContextFact | Parameter) -> Iterator[str]:
    yield "type"
    if entry.provenance.sources or entry.provenance.errata:
        yield "provenance"


def _of_defaults(parameter: Parameter) -> Iterator[str]:
    for default in (parameter.default, *(case.default for case in parameter.cases)):
        if default is not None:
            yield "default" if default.expr is None else "computed_default"


def _domains(entry: ContextFact | Parameter) -> Iterator[Domain]:
    cases = entry.cases if isinstance(entry, Parameter) else ()
    for domain in (entry.domain, *(case.domain for case in cases)):
        while domain is not None:
            yield domain
            domain = domain.items


def _of_domain(domain: Domain) -> Iterator[str]:
    yield from (name for name in _DOMAIN if getattr(domain, name))
    if domain.values is not None:
        yield "open" if domain.open else "values"
        yield from (name for choice in domain.values for name in ("aliases", "deprecated") if getattr(choice, name))
    if domain.range is not None:
        yield "named_range" if _has_name(domain.range) else "range"
    if domain.precision != "float64":
        yield "precision"


def _has_name(range: Range) -> bool:
    return any(end.name is not None for piece in range.intervals for end in (piece.lower, piece.upper))
