"""Names of one algorithm: distinct, and fit for generated code."""

import re

from knobsmith.diagnostics import Path
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.resolve.laws import CLASH, IDENTIFIER
from knobsmith.resolve.notebook import Notebook
from knobsmith.resolve.values import shown

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def check_names(algorithm: Algorithm, notes: Notebook) -> None:
    """Note every clash of names and aliases, and every identifier that is unfit or taken."""
    _check_aliases(algorithm, notes)
    names = [parameter.name for parameter in algorithm.parameters]
    stated = [((*_path(p), "identifier"), p.identifier, p.name) for p in algorithm.parameters]
    _check_identifiers(stated, names, notes)
    for parameter in algorithm.parameters:
        choices = list(enumerate(parameter.domain.values or ()))
        texts = [choice.value for _, choice in choices if isinstance(choice.value, str)]
        stated = [((*_path(parameter), "values", at), c.identifier, str(c.value)) for at, c in choices]
        _check_identifiers(stated, texts, notes)


def _check_aliases(algorithm: Algorithm, notes: Notebook) -> None:
    taken = {parameter.name: parameter.name for parameter in algorithm.parameters}
    for parameter in algorithm.parameters:
        for index, alias in enumerate(parameter.aliases):
            if alias in taken:
                fact = f"`{alias}` already stands for `{taken[alias]}`"
                notes.note(CLASH, (*_path(parameter), "aliases", index), fact, "choose another alias")
            taken.setdefault(alias, parameter.name)


def _check_identifiers(stated: list[tuple[Path, str | None, str]], names: list[str], notes: Notebook) -> None:
    """Identifiers beside each other, each with its place and its owner; ``names`` are those of all owners."""
    seen: dict[str, str] = {}
    for path, identifier, owner in stated:
        if identifier is None:
            continue
        other = seen.get(identifier) or (identifier if identifier in names and identifier != owner else None)
        if not _IDENTIFIER.fullmatch(identifier):
            notes.note(IDENTIFIER, path, f"{shown(identifier)} is none", "use letters, digits and underscores")
        elif other is not None:
            notes.note(IDENTIFIER, path, f"`{identifier}` is that of `{other}`", "choose another")
        seen.setdefault(identifier, owner)


def _path(parameter: Parameter) -> Path:
    return ("parameters", parameter.name)
