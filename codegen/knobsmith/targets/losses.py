"""What a target cannot carry of what the specs say: said once for each construct, never silently."""

from collections.abc import Iterable, Iterator

from knobsmith.diagnostics import Rule
from knobsmith.model.catalog import Algorithm, Catalog, ContextFact, Parameter
from knobsmith.model.domain import Domain, Range
from knobsmith.targets.base import CONSTRUCTS, Carried, Fidelity, Target
from knobsmith.targets.laws import LOST, PARTLY

_SILENT = Carried(Fidelity.DROPPED, "the target does not say how it carries them")
# Constructs that are used wherever the field of the same name says something.
_PARAMETER = (
    *("wire", "if_unset", "required", "required_when", "used_when", "forbidden_when", "cases", "recommended"),
    *("examples", "unit", "group", "aliases", "deprecated"),
)
_DOMAIN = ("multiple_of", "pattern", "length", "items", "fields", "unique", "increasing", "special")


def losses(target: Target, constructs: Iterable[str]) -> Iterator[tuple[Rule, str]]:
    """The laws that a target breaks on these constructs, each with the fact."""
    for construct in constructs:
        carried = target.fidelity.get(construct, _SILENT)
        if carried.fidelity is not Fidelity.EXACT:
            rule = PARTLY if carried.fidelity is Fidelity.PARTIAL else LOST
            verb = "carries only in part" if rule is PARTLY else "does not carry"
            yield rule, f"this one {verb} {CONSTRUCTS[construct]} ({carried.note})"


def constructs_of(catalog: Catalog) -> list[str]:
    """The constructs that the specs of a catalog use, in the order of the table."""
    used = {construct for algorithm in catalog.algorithms for construct in _of_algorithm(algorithm)}
    return [construct for construct in CONSTRUCTS if construct in used]


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
