"""The page of an algorithm: everything here is Markdown already."""

from collections.abc import Iterator
from typing import NamedTuple

from knobsmith.expr import print_expr
from knobsmith.expr.prose import prose
from knobsmith.model.catalog import Algorithm, ContextFact, CrossRule, Group, Metric, Parameter, Tuning
from knobsmith.targets.docs import facts, samples, words
from knobsmith.targets.docs.markdown import block, code, link, text
from knobsmith.targets.docs.parameter_page import (
    Links,
    Page,
    ParameterPage,
    Rows,
    SummaryRow,
    erratum_line,
    parameter_page,
    rendered,
    rendered_pairs,
    rules_by_parameter,
    source_lines,
    source_link,
    summary_row,
)


class GroupPage(NamedTuple):
    """Hyperparameters under a heading; ``anchor`` is None for those without a group."""

    title: str
    anchor: str | None
    doc: str
    condition: str
    notes: tuple[str, ...]
    summary: tuple[SummaryRow, ...]
    parameters: tuple[ParameterPage, ...]


class EntryPage(NamedTuple):
    """A rule, a metric or a fact of the job: heading, prose, rows."""

    name: str
    anchor: str
    doc: str
    rows: Rows
    values: Rows = ()
    notes: tuple[str, ...] = ()


class Tab(NamedTuple):
    """A sample in one language."""

    title: str
    block: str


class AlgorithmPage(NamedTuple):
    """A page."""

    title: str
    name: str
    doc: str
    tags: str
    notes: tuple[str, ...]
    tabs: tuple[Tab, ...]
    groups: tuple[GroupPage, ...]
    rules: tuple[EntryPage, ...]
    tuning: Rows
    metrics: tuple[EntryPage, ...]
    context: tuple[EntryPage, ...]
    sources: Rows
    errata: tuple[str, ...]


def algorithm_page(algorithm: Algorithm, python_sample: str | None) -> AlgorithmPage:
    """All that is known of an algorithm; ``python_sample`` is its sample in Python, if there is a client."""
    links = facts.links_of(algorithm)
    return AlgorithmPage(
        text(algorithm.title),
        code(algorithm.name),
        text(algorithm.doc, links),
        ", ".join(map(text, algorithm.tags)),
        tuple(text(note, links) for note in algorithm.notes),
        tuple(_tabs(algorithm, python_sample)),
        tuple(_groups(algorithm, links)),
        tuple(_rule(rule, algorithm, links) for rule in algorithm.rules),
        tuple(_tunings(algorithm, links)),
        tuple(_metric(metric, algorithm, links) for metric in algorithm.metrics),
        tuple(_fact(fact, links) for fact in algorithm.context),
        tuple(_sources(algorithm)),
        tuple(erratum_line(erratum, algorithm) for erratum in algorithm.errata),
    )


def _tabs(algorithm: Algorithm, python_sample: str | None) -> Iterator[Tab]:
    config = samples.sample_config(algorithm)
    if python_sample is not None:
        yield Tab("Python", block(python_sample, "python"))
    yield Tab("JSON", block(samples.as_json(config), "json"))
    yield Tab("Wire", block(samples.as_wire(algorithm, config), "json"))
    command = f"echo {_shell(samples.as_json(config))} | knobsmith validate {algorithm.name}"
    yield Tab("Command line", block(command, "sh"))


def _shell(literal: str) -> str:
    quoted = literal.replace("'", "'\\''")
    return f"'{quoted}'"


def _groups(algorithm: Algorithm, links: Links) -> Iterator[GroupPage]:
    page = Page(algorithm, links, rules_by_parameter(algorithm.rules))
    alone = [p for p in algorithm.parameters if p.group is None]
    if alone:
        title = "Hyperparameters" if not algorithm.groups else "General"
        yield _group(title, None, alone, page)
    for group in algorithm.groups:
        members = [p for p in algorithm.parameters if p.group == group.name]
        if members:
            yield _group(text(group.title), group, members, page)


def _group(title: str, group: Group | None, members: list[Parameter], page: Page) -> GroupPage:
    links = page.links
    return GroupPage(
        title,
        f"group:{group.name}" if group is not None else None,
        text(group.doc or "", links) if group is not None else "",
        text(_group_condition(group), links) if group is not None else "",
        tuple(text(note, links) for note in group.notes) if group is not None else (),
        tuple(summary_row(p, links) for p in members),
        tuple(parameter_page(p, page) for p in members),
    )


def _group_condition(group: Group) -> str:
    parts = []
    if group.used_when is not None:
        parts.append(f"Used when {prose(group.used_when)}.")
    if group.forbidden_when is not None:
        parts.append(f"Forbidden when {prose(group.forbidden_when)}.")
    return " ".join(parts)


def _rule(rule: CrossRule, algorithm: Algorithm, links: Links) -> EntryPage:
    rows = [("Must hold", words.coded(print_expr(rule.require)))]
    if rule.when is not None:
        rows.insert(0, ("When", prose(rule.when)))
    if rule.severity != "error":
        rows.append(("If broken", f"{rule.severity}: the configuration stays valid"))
    cells = rendered(rows, links) + _provenance_rows(source_lines(rule.provenance, algorithm, "rules"))
    notes = tuple(text(note, links) for note in rule.notes)
    return EntryPage(code(rule.name), f"rule:{rule.name}", text(_sentence(rule.message), links), cells, (), notes)


def _metric(metric: Metric, algorithm: Algorithm, links: Links) -> EntryPage:
    rows = [("Goal", metric.direction), ("May be tuned for", "yes" if metric.objective else "no")]
    if metric.reported_when is not None:
        rows.append(("Reported", f"when {prose(metric.reported_when)}"))
    if metric.unit is not None:
        rows.append(("Unit", metric.unit))
    if metric.pattern is not None:
        rows.append(("Pattern in the log", words.coded(metric.pattern)))
    if metric.example is not None:
        rows.append(("Line that it matches", words.coded(metric.example)))
    cells = rendered(rows, links) + _provenance_rows(source_lines(metric.provenance, algorithm, "metrics"))
    return EntryPage(code(metric.name), f"metric:{metric.name}", text(metric.doc, links), cells)


def _fact(fact: ContextFact, links: Links) -> EntryPage:
    rows = rendered(facts.fact_rows(fact), links)
    values = rendered_pairs(facts.value_rows(fact.domain, fact.default), links)
    notes = tuple(text(note, links) for note in fact.notes)
    return EntryPage(code(f"context.{fact.name}"), f"context:{fact.name}", text(fact.doc, links), rows, values, notes)


def _provenance_rows(lines: list[str]) -> Rows:
    return (("Source", "; ".join(lines)),) if lines else ()


def _tunings(algorithm: Algorithm, links: Links) -> Iterator[tuple[str, ...]]:
    for parameter in algorithm.parameters:
        if parameter.tuning is not None:
            used = prose(parameter.used_when) if parameter.used_when is not None else ""
            yield _tuning_row(parameter, parameter.tuning, used, links)
        for case in parameter.cases:
            if case.tuning is not None:
                yield _tuning_row(parameter, case.tuning, prose(case.when), links)


def _tuning_row(parameter: Parameter, tuning: Tuning, condition: str, links: Links) -> tuple[str, ...]:
    scale = tuning.scale if tuning.range is not None else "category"
    impact = "" if tuning.impact is None else str(tuning.impact)
    name = link(code(parameter.name), f"#{parameter.name}")
    return name, text(words.space_code(tuning)), scale, impact, text(condition, links)


def _sources(algorithm: Algorithm) -> Iterator[tuple[str, ...]]:
    for source in algorithm.sources:
        about = ", ".join(filter(None, [source.language or "", source.date or ""]))
        yield source_link(source.name, algorithm), text(about), text(", ".join(source.covers))


def _sentence(message: str) -> str:
    return message if message.endswith((".", "!", "?")) else f"{message}."
