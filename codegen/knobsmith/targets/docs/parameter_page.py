"""A hyperparameter as its section of a page shows it: everything here is Markdown already."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from knobsmith.expr import names_read
from knobsmith.expr.prose import prose
from knobsmith.model.catalog import Algorithm, CrossRule, Erratum, Parameter, Provenance
from knobsmith.targets.docs import facts, words
from knobsmith.targets.docs.markdown import code, link, text

Links = Mapping[str, str]
RulesOf = Mapping[str, Sequence[str]]
# Rows of a table, each of as many cells.
Rows = tuple[tuple[str, ...], ...]


class Page(NamedTuple):
    """What a section needs to know of its page: where names are explained, and which rules read them."""

    algorithm: Algorithm
    links: Links
    rules: RulesOf


class ParameterPage(NamedTuple):
    """A section.

    Attributes:
        name: As its heading shows it.
        anchor: Its name in addresses.
        doc: What it does.
        deprecated: What to do instead; None if it is not deprecated.
        rows: Label and statement.
        values: Value and meaning.
        cases: Condition and what then differs.
        notes: Further prose.
        rules: Links to the rules that it takes part in.
        sources: Where its facts come from, a sentence each.
        errata: What sources say wrongly.
    """

    name: str
    anchor: str
    doc: str
    deprecated: str | None
    rows: Rows
    values: Rows
    cases: Rows
    notes: tuple[str, ...]
    rules: str
    sources: tuple[str, ...]
    errata: tuple[str, ...]


class SummaryRow(NamedTuple):
    """A hyperparameter in the overview; cells are Markdown."""

    name: str
    type: str
    default: str
    allowed: str
    used: str
    tuned: str


def parameter_page(parameter: Parameter, page: Page) -> ParameterPage:
    """The section of a hyperparameter."""
    algorithm, links = page.algorithm, page.links
    others = {name: target for name, target in links.items() if name != parameter.name}
    default = parameter.default.value if parameter.default is not None else None
    return ParameterPage(
        code(parameter.name),
        parameter.name,
        text(parameter.doc, others),
        text(facts.deprecation(parameter.deprecated), others) if parameter.deprecated is not None else None,
        rendered(facts.parameter_rows(parameter), others),
        rendered_pairs(facts.value_rows(parameter.domain, default), others),
        rendered_pairs(facts.case_rows(parameter), others),
        tuple(text(note, others) for note in parameter.notes),
        ", ".join(link(code(rule), f"#rule:{rule}") for rule in page.rules.get(parameter.name, ())),
        tuple(source_lines(parameter.provenance, algorithm, "parameters")),
        tuple(erratum_line(erratum, algorithm) for erratum in parameter.provenance.errata),
    )


def rules_by_parameter(rules: Iterable[CrossRule]) -> RulesOf:
    """For each hyperparameter the rules that read it."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        read = (*names_read(rule.require), *(names_read(rule.when) if rule.when is not None else ()))
        for name in dict.fromkeys(read):
            found.setdefault(name, []).append(rule.name)
    return found


def summary_row(parameter: Parameter, links: Links) -> SummaryRow:
    """The row of a hyperparameter in the overview."""
    default = words.default_in_words(parameter.default) if parameter.default is not None else ""
    return SummaryRow(
        link(code(parameter.name), f"#{parameter.name}"),
        parameter.domain.kind,
        "**required**" if parameter.required else text(default, links),
        text(words.allowed_in_short(parameter.domain), links),
        _used_in_short(parameter, links),
        _tuned_in_short(parameter),
    )


def rendered(rows: facts.Rows, links: Links) -> Rows:
    """Rows of a label of ours and a statement in prose, as rows of Markdown."""
    return tuple((label, text(statement, links)) for label, statement in rows)


def rendered_pairs(rows: facts.Rows, links: Links) -> Rows:
    """Rows of two texts in prose, as rows of Markdown."""
    return tuple((text(first, links), text(second, links)) for first, second in rows)


def source_lines(provenance: Provenance, algorithm: Algorithm, section: str) -> list[str]:
    """For each source of an entry of a section what it states."""
    keys: dict[str, list[str]] = {}
    for key, source in provenance.sources:
        keys.setdefault(source, []).append(key)
    lines = [_source_line(source, stated, provenance, algorithm) for source, stated in keys.items()]
    if lines and "" not in dict(provenance.sources):
        covering = [source.name for source in algorithm.sources if section in source.covers]
        lines.extend(f"{source_link(source, algorithm)}: all else" for source in covering)
    return lines


def _source_line(source: str, keys: list[str], provenance: Provenance, algorithm: Algorithm) -> str:
    about = words.joined((words.coded(key) for key in keys if key), "and")
    implied = " (implied)" if any(key in provenance.implied for key in keys if key) else ""
    return source_link(source, algorithm) + (f": {text(about)}{implied}" if about else "")


def erratum_line(erratum: Erratum, algorithm: Algorithm) -> str:
    """ "The page says of `tuning.range`: from 0.0. But the valid range is open at 0."."""
    about = text(words.joined(map(words.coded, erratum.about), "and"))
    return (
        f"{source_link(erratum.source, algorithm)} on {about}: {text(erratum.says)}. **But** {text(erratum.because)}."
    )


def source_link(name: str, algorithm: Algorithm) -> str:
    """The title of a source, with a link if it has an address."""
    source = next((source for source in algorithm.sources if source.name == name), None)
    if source is None:
        return code(name)
    title = f"*{text(source.title)}*"
    return link(title, source.url) if source.url else title


def _used_in_short(parameter: Parameter, links: Links) -> str:
    if parameter.used_when is None:
        return ""
    return text(f"when {prose(parameter.used_when)}", links)


def _tuned_in_short(parameter: Parameter) -> str:
    if parameter.tuning is not None:
        impact = f" ({parameter.tuning.impact})" if parameter.tuning.impact is not None else ""
        return f"yes{impact}"
    return "by case" if any(case.tuning is not None for case in parameter.cases) else ""
