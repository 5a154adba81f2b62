"""Names of one algorithm: distinct, known where they are used, and fit for generated code."""

import re
from collections.abc import Iterable

from knobsmith.diagnostics import Path
from knobsmith.model.catalog import Algorithm, Erratum, Parameter
from knobsmith.model.forms import nearest
from knobsmith.resolve.laws import CLASH, IDENTIFIER, UNKNOWN_NAME
from knobsmith.resolve.notebook import Notebook

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def check_names(algorithm: Algorithm, notes: Notebook) -> None:
    """Note every clash, every unknown reference and every unfit identifier."""
    _check_aliases(algorithm, notes)
    _check_identifiers(algorithm, notes)
    _check_references(algorithm, notes)
    _check_provenance(algorithm, notes)


def _check_aliases(algorithm: Algorithm, notes: Notebook) -> None:
    taken = {parameter.name: parameter.name for parameter in algorithm.parameters}
    for parameter in algorithm.parameters:
        for index, alias in enumerate(parameter.aliases):
            if alias in taken:
                fact = f"`{alias}` already stands for `{taken[alias]}`"
                notes.note(CLASH, ("parameters", parameter.name, "aliases", index), fact, "choose another alias")
            taken.setdefault(alias, parameter.name)


def _check_identifiers(algorithm: Algorithm, notes: Notebook) -> None:
    names = {parameter.name for parameter in algorithm.parameters}
    seen: dict[str, str] = {}
    for parameter in algorithm.parameters:
        identifier = parameter.identifier
        if identifier is None:
            continue
        path: Path = ("parameters", parameter.name, "identifier")
        owner = seen.get(identifier) or (identifier if identifier in names - {parameter.name} else None)
        if not _IDENTIFIER.fullmatch(identifier):
            notes.note(IDENTIFIER, path, f"`{identifier}` is none", "use letters, digits and underscores")
        elif owner is not None:
            notes.note(IDENTIFIER, path, f"`{identifier}` is that of `{owner}`", "choose another")
        seen.setdefault(identifier, parameter.name)


def _check_references(algorithm: Algorithm, notes: Notebook) -> None:
    groups = [group.name for group in algorithm.groups]
    names = [parameter.name for parameter in algorithm.parameters]
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        if parameter.group is not None:
            _require(parameter.group, groups, "group", (*path, "group"), notes)
        if parameter.deprecated is not None and parameter.deprecated.use_instead is not None:
            _require(parameter.deprecated.use_instead, names, "parameter", (*path, "deprecated", "use_instead"), notes)


def _check_provenance(algorithm: Algorithm, notes: Notebook) -> None:
    sources = [source.name for source in algorithm.sources]
    sections: list[tuple[str, Iterable[object]]] = [
        ("context", algorithm.context),
        ("groups", algorithm.groups),
        ("parameters", algorithm.parameters),
        ("rules", algorithm.rules),
        ("metrics", algorithm.metrics),
    ]
    for section, entries in sections:
        for entry in entries:
            provenance = entry.provenance  # type: ignore[attr-defined]
            path: Path = (section, entry.name)  # type: ignore[attr-defined]
            for key, source in provenance.sources:
                _require(source, sources, "source", (*path, "source", *([key] if key else [])), notes)
            _check_errata(provenance.errata, sources, (*path, "errata"), notes)
    _check_errata(algorithm.errata, sources, ("errata",), notes)
    for index, erratum in enumerate(algorithm.errata):
        for about in erratum.about:
            _check_about(about, algorithm, ("errata", index, "about"), notes)


def _check_errata(errata: tuple[Erratum, ...], sources: list[str], path: Path, notes: Notebook) -> None:
    for index, erratum in enumerate(errata):
        _require(erratum.source, sources, "source", (*path, index, "source"), notes)


def _check_about(about: str, algorithm: Algorithm, path: Path, notes: Notebook) -> None:
    """The first step of a path at the top of a file names an entry or a section."""
    named: list[Parameter | object] = [*algorithm.parameters, *algorithm.rules, *algorithm.metrics, *algorithm.context]
    known = [entry.name for entry in named]  # type: ignore[union-attr]
    known += ["parameters", "rules", "metrics", "context", "groups", "title", "doc", "tags", "notes", "sources"]
    if not any(about == name or about.startswith(f"{name}.") for name in known):
        first = about.partition(".")[0]
        notes.note(UNKNOWN_NAME, path, f"`{first}` is no entry of this file", nearest(first, known))


def _require(name: str, known: list[str], kind: str, path: Path, notes: Notebook) -> None:
    if name not in known:
        notes.note(UNKNOWN_NAME, path, f"there is no {kind} `{name}`", nearest(name, known))
