"""Whatever one part of an algorithm names in another, expressions aside: groups, parameters, sources, keys."""

from collections.abc import Iterable, Iterator
from typing import Any

from knobsmith.diagnostics import Path
from knobsmith.model.catalog import Algorithm, Erratum
from knobsmith.model.forms import RecordOf, nearest
from knobsmith.model.spec.files import HEADER_KEYS
from knobsmith.model.spec.sections import SECTIONS
from knobsmith.resolve.laws import UNKNOWN_NAME
from knobsmith.resolve.notebook import Notebook

_FORMS: dict[str, RecordOf[Any]] = {section.name: section.form for section in SECTIONS}
_AT_THE_TOP = (*_FORMS, *(key.name for key in HEADER_KEYS))


def check_references(algorithm: Algorithm, notes: Notebook) -> None:
    """Note every name that nothing declares."""
    _check_parameters(algorithm, notes)
    sources = [source.name for source in algorithm.sources]
    for section, entry in _entries(algorithm):
        _check_provenance(entry.provenance, sources, _FORMS[section], (section, entry.name), notes)
    _check_errata(algorithm.errata, sources, ("errata",), notes)
    named = {entry.name: _FORMS[section] for section, entry in reversed(list(_entries(algorithm)))}
    for index, erratum in enumerate(algorithm.errata):
        for place, about in _about(erratum, ("errata", index)):
            _check_file_path(about, named, algorithm, place, notes)


def _check_parameters(algorithm: Algorithm, notes: Notebook) -> None:
    groups = [group.name for group in algorithm.groups]
    names = [parameter.name for parameter in algorithm.parameters]
    for parameter in algorithm.parameters:
        path: Path = ("parameters", parameter.name)
        others = [name for name in names if name != parameter.name]
        if parameter.group is not None:
            _require(parameter.group, groups, "group", (*path, "group"), notes)
        if parameter.deprecated is not None and parameter.deprecated.use_instead is not None:
            place = (*path, "deprecated", "use_instead")
            _require(parameter.deprecated.use_instead, others, "other parameter", place, notes)


def _entries(algorithm: Algorithm) -> Iterator[tuple[str, Any]]:
    """All entries of all sections, those that are most often meant first."""
    for section in ("parameters", "rules", "metrics", "context", "groups"):
        for entry in getattr(algorithm, section):
            yield section, entry


def _check_provenance(provenance: Any, sources: list[str], form: RecordOf[Any], path: Path, notes: Notebook) -> None:
    for key, source in provenance.sources:
        place = (*path, "source", *([key] if key else []))
        _require(source, sources, "source", place, notes)
        if key:
            _check_key(key, form, place, notes)
    for index, key in enumerate(provenance.implied):
        _check_key(key, form, (*path, "implied", index), notes)
    errata = getattr(provenance, "errata", ())
    _check_errata(errata, sources, (*path, "errata"), notes)
    for index, erratum in enumerate(errata):
        for place, about in _about(erratum, (*path, "errata", index)):
            _check_key(about, form, place, notes)


def _check_errata(errata: tuple[Erratum, ...], sources: list[str], path: Path, notes: Notebook) -> None:
    for index, erratum in enumerate(errata):
        _require(erratum.source, sources, "source", (*path, index, "source"), notes)


def _about(erratum: Erratum, path: Path) -> Iterator[tuple[Path, str]]:
    """What an erratum is about, each with its place: a list, or one path without brackets."""
    for index, about in enumerate(erratum.about):
        yield (*path, "about", index), about


def _check_file_path(
    about: str, named: dict[str, RecordOf[Any]], algorithm: Algorithm, place: Path, notes: Notebook
) -> None:
    """A path at the top of a file: an entry, perhaps after its section, or a key of the file; then keys."""
    first, _, rest = about.partition(".")
    if first in _FORMS and rest:
        named = {entry.name: _FORMS[first] for section, entry in _entries(algorithm) if section == first}
        about = rest
    entry = max((name for name in named if f"{about}.".startswith(f"{name}.")), key=len, default=None)
    if entry is not None:
        keys = about[len(entry) + 1 :]
        if keys:
            _check_key(keys, named[entry], place, notes)
    elif about not in _AT_THE_TOP:
        step = about.partition(".")[0]
        notes.note(UNKNOWN_NAME, place, f"`{step}` is no entry here", nearest(step, (*named, *_AT_THE_TOP)))


def _check_key(path: str, form: RecordOf[Any], place: Path, notes: Notebook) -> None:
    """A key of an entry, or a path of keys as far as they are known."""
    for step in path.split("."):
        known = {key.name: key.form for key in form.keys}
        if step not in known:
            notes.note(UNKNOWN_NAME, place, f"there is no key `{step}`", nearest(step, known))
        inner = known.get(step)
        if not isinstance(inner, RecordOf):
            return
        form = inner


def _require(name: str, known: Iterable[str], kind: str, path: Path, notes: Notebook) -> None:
    listed = list(known)
    if name not in listed:
        notes.note(UNKNOWN_NAME, path, f"there is no {kind} `{name}`", nearest(name, listed))
