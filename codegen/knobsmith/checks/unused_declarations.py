"""What is declared is used."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding
from knobsmith.model.catalog import Algorithm
from knobsmith.resolve.laws import UNUSED

RULE = UNUSED


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each group without members and each source without a reader."""
    used = {parameter.group for parameter in algorithm.parameters}
    for group in algorithm.groups:
        if group.name not in used:
            yield RULE.at(("groups", group.name), f"no parameter is in `{group.name}`", "remove it, or use it")
    cited = set(_cited(algorithm))
    for source in algorithm.sources:
        if not source.covers and source.name not in cited:
            yield RULE.at(("sources", source.name), f"nothing cites `{source.name}`", "add `covers`, or remove it")


def _cited(algorithm: Algorithm) -> Iterator[str]:
    sections = (algorithm.context, algorithm.groups, algorithm.parameters, algorithm.rules, algorithm.metrics)
    for provenance in (entry.provenance for section in sections for entry in section):
        yield from (source for _, source in provenance.sources)
        yield from (erratum.source for erratum in provenance.errata)
    yield from (erratum.source for erratum in algorithm.errata)
