"""Every fact says where it comes from."""

from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.catalog import Algorithm, ContextFact, CrossRule, Group, Metric, Parameter, Provenance

_Sourced = ContextFact | Group | Parameter | CrossRule | Metric

RULE = Rule(
    "KS301",
    Severity.WARNING,
    "every fact has a source",
    "`sources` at the top of a spec names the pages or programs that facts come from, and `covers` the sections that "
    "each vouches for; an entry may name another one with `source`. A fact that nobody vouches for cannot be checked.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each entry, and each tuning, that neither a section's source nor its own covers."""
    covered = {section for source in algorithm.sources for section in source.covers}
    # A heading is no fact, unless it carries a condition.
    conditional = tuple(group for group in algorithm.groups if group.used_when or group.forbidden_when)
    sections: tuple[tuple[str, tuple[_Sourced, ...]], ...] = (
        ("context", algorithm.context),
        ("groups", conditional),
        ("parameters", algorithm.parameters),
        ("rules", algorithm.rules),
        ("metrics", algorithm.metrics),
    )
    for section, entries in sections:
        for entry in entries:
            if section not in covered and not _vouched(entry.provenance):
                yield _finding((section, entry.name), entry.name)
    for parameter, _, path, _ in tunings(algorithm) if "tuning" not in covered else ():
        if not _vouched(parameter.provenance, "tuning", str(path[2])):
            yield _finding(path, f"{parameter.name}.tuning")


def _vouched(provenance: Provenance, *keys: str) -> bool:
    """Whether a source is stated for the whole entry, or for one of these keys."""
    return any(stated in ("", *keys) for stated, _ in provenance.sources)


def _finding(path: Path, name: str) -> Finding:
    return RULE.at(path, f"`{name}` has none", "add it to the `covers` of a source, or give the entry a `source`")
