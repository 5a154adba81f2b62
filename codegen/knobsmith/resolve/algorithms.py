"""An algorithm file, with what it shares, as an algorithm of the catalog."""

from typing import Any

from knobsmith.diagnostics import Report
from knobsmith.load import Mapping
from knobsmith.model.catalog import Algorithm, CrossRule, Group, Metric, Parameter, Provenance, Source
from knobsmith.model.spec import (
    SECTION_NAMES,
    AlgorithmHeader,
    Decoder,
    GroupSpec,
    MetricSpec,
    RuleSpec,
    SourceSpec,
    decode_context,
    decode_group,
    decode_header,
    decode_metric,
    decode_parameter,
    decode_rule,
)
from knobsmith.records import Record, replace
from knobsmith.resolve.laws import CIRCLE
from knobsmith.resolve.names import check_names
from knobsmith.resolve.notebook import Notebook
from knobsmith.resolve.order import circle, effect_graph, effect_order
from knobsmith.resolve.parameters import build_erratum, build_fact, build_parameter, origins_of
from knobsmith.resolve.references import check_references
from knobsmith.resolve.sections import expand
from knobsmith.resolve.sharing import Fragments
from knobsmith.resolve.typing import check_expressions

_DECODERS: dict[str, Decoder[Any]] = {
    "context": decode_context,
    "groups": decode_group,
    "parameters": decode_parameter,
    "rules": decode_rule,
    "metrics": decode_metric,
}


class ResolvedAlgorithm(Record):
    """What became of an algorithm file.

    Attributes:
        algorithm: Its meaning; None if something in it has none: what is missing would be reported again by
            whoever looks for it.
        tree: The file with every template and every ``use`` expanded, for the places of facts.
        notes: What its meaning lacks, by path.
    """

    algorithm: Algorithm | None
    tree: Mapping
    notes: Notebook


def resolve_algorithm(tree: Mapping, fragments: Fragments, report: Report) -> ResolvedAlgorithm:
    """Expand, decode and type one algorithm. Reports what is wrong with its text; notes what is with its meaning."""
    header = decode_header(tree, report)
    expanded = expand(tree, dict(header.families) if header is not None else {}, fragments)
    report.extend(expanded.problems)
    notes = Notebook()
    specs, is_read = _decode(expanded.tree, report)
    if header is None:
        return ResolvedAlgorithm(None, expanded.tree, notes)
    algorithm = _build(header, specs, expanded.tree, notes)
    whole = is_read and expanded.is_whole
    if whole:
        # With an entry missing, every mention of it would be reported as unknown.
        check_names(algorithm, notes)
        check_references(algorithm, notes)
        check_expressions(algorithm, notes)
        algorithm = _ordered(algorithm, notes)
    return ResolvedAlgorithm(algorithm if whole and not notes.findings else None, expanded.tree, notes)


def _decode(tree: Mapping, report: Report) -> tuple[dict[str, list[Any]], bool]:
    """The entries of all sections, and whether every one could be read."""
    specs: dict[str, list[Any]] = {section: [] for section in SECTION_NAMES}
    whole = True
    for section, decode in _DECODERS.items():
        entries = tree.get(section)
        for entry in entries if isinstance(entries, Mapping) else ():
            spec = decode(entry.value, report, subject=(section, entry.key.text))
            whole = whole and spec is not None
            if spec is not None:
                specs[section].append(spec)
    return specs, whole


def _build(header: AlgorithmHeader, specs: dict[str, list[Any]], tree: Mapping, notes: Notebook) -> Algorithm:
    groups = {spec.name: spec for spec in specs["groups"]}
    parameters = tuple(
        build_parameter(spec, _entry(tree, "parameters", spec.name), groups, notes) for spec in specs["parameters"]
    )
    return Algorithm(
        name=header.name,
        title=header.title,
        doc=header.doc,
        tags=header.tags,
        notes=header.notes,
        sources=tuple(_source(source) for source in header.sources),
        context=tuple(build_fact(spec, _entry(tree, "context", spec.name), notes) for spec in specs["context"]),
        groups=tuple(_group(spec, _entry(tree, "groups", spec.name)) for spec in specs["groups"]),
        parameters=parameters,
        effect_order=tuple(parameter.name for parameter in parameters),
        rules=tuple(_rule(spec, _entry(tree, "rules", spec.name)) for spec in specs["rules"]),
        metrics=tuple(_metric(spec, _entry(tree, "metrics", spec.name)) for spec in specs["metrics"]),
        errata=tuple(build_erratum(erratum) for erratum in header.errata),
    )


def _entry(tree: Mapping, section: str, name: str) -> Mapping:
    entries = tree.get(section)
    found = entries.get(name) if isinstance(entries, Mapping) else None
    return found if isinstance(found, Mapping) else Mapping((), tree.span)


def _source(spec: SourceSpec) -> Source:
    return Source(
        name=spec.name, title=spec.title, language=spec.language, url=spec.url, date=spec.date, covers=spec.covers
    )


def _group(spec: GroupSpec, entry: Mapping) -> Group:
    return Group(
        name=spec.name,
        title=spec.title,
        doc=spec.doc,
        used_when=spec.used_when,
        forbidden_when=spec.forbidden_when,
        notes=spec.notes,
        provenance=Provenance(sources=spec.source, implied=spec.implied, origins=origins_of(entry)),
    )


def _rule(spec: RuleSpec, entry: Mapping) -> CrossRule:
    return CrossRule(
        name=spec.name,
        require=spec.require,
        message=spec.message,
        when=spec.when,
        severity=spec.severity,
        notes=spec.notes,
        provenance=Provenance(sources=spec.source, origins=origins_of(entry)),
    )


def _metric(spec: MetricSpec, entry: Mapping) -> Metric:
    errata = tuple(build_erratum(erratum) for erratum in spec.errata)
    return Metric(
        name=spec.name,
        direction=spec.direction,
        doc=spec.doc,
        objective=spec.objective,
        reported_when=spec.reported_when,
        pattern=spec.pattern,
        example=spec.example,
        unit=spec.unit,
        provenance=Provenance(sources=spec.source, implied=spec.implied, errata=errata, origins=origins_of(entry)),
    )


def _ordered(algorithm: Algorithm, notes: Notebook) -> Algorithm:
    graph = effect_graph(algorithm.parameters)
    found = circle(graph)
    if not found:
        return replace(algorithm, effect_order=effect_order(graph))
    positions = [parameter.name for parameter in algorithm.parameters]
    first = min(found, key=positions.index)
    start = found.index(first)
    shown = " -> ".join(f"`{name}`" for name in (*found[start:-1], *found[: start + 1]))
    path = ("parameters", first, _deciding_key(algorithm.parameter(first)))
    notes.note(CIRCLE, path, f"but {shown}", "break the circle at one of them")
    return algorithm


def _deciding_key(parameter: Parameter | None) -> str:
    if parameter is None or parameter.used_when is not None:
        return "used_when"
    return "forbidden_when" if parameter.forbidden_when is not None else "default"
