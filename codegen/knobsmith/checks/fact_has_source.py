"""Every fact says where it comes from."""

from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Path, Rule, Severity
from knobsmith.model.catalog import Algorithm, Provenance

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
    sections = (
        ("context", algorithm.context),
        ("parameters", algorithm.parameters),
        ("rules", algorithm.rules),
        ("metrics", algorithm.metrics),
    )
    for section, entries in sections:
        for entry in entries:
            if section not in covered and not _vouched(entry.provenance, ""):
                yield _finding((section, entry.name), entry.name)
    for parameter, _, path, _ in tunings(algorithm) if "tuning" not in covered else ():
        if not _vouched(parameter.provenance, "cases" if path[2] == "cases" else "tuning"):
            yield _finding(path, f"{parameter.name}.tuning")


def _vouched(provenance: Provenance, key: str) -> bool:
    return any(stated in (key, "") for stated, _ in provenance.sources)


def _finding(path: Path, name: str) -> Finding:
    return RULE.at(path, f"`{name}` has none", "add it to the `covers` of a source, or give the entry a `source`")
