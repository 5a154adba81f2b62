"""Targets by name: our own by a fixed table, a third party's by the entry-point group ``knobsmith.targets``.

Installed distributions are searched only for a name that is not ours, so a project without foreign targets pays
nothing for them.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from knobsmith.model.catalog import Catalog
from knobsmith.targets.base import Options, OutputFile, Target

GROUP = "knobsmith.targets"
BUILT_IN: Mapping[str, str] = {
    "catalog": "knobsmith.targets.catalog",
    "docs": "knobsmith.targets.docs",
    "jsonschema": "knobsmith.targets.jsonschema",
    "python": "knobsmith.targets.python",
}


class UnknownTarget(Exception):
    """A name that neither we nor an installed distribution know as a target."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


class BrokenTarget(Exception):
    """A third party's target that cannot be imported or fails; the message says how."""


def load_target(name: str) -> Target:
    """A target by the name it has in the project file.

    Raises:
        UnknownTarget: there is none of this name.
        BrokenTarget: it is a third party's and does not import.
    """
    if name in BUILT_IN:
        return cast(Target, import_module(BUILT_IN[name]).TARGET)
    found = [entry for entry in entry_points(group=GROUP) if entry.name == name]
    if not found:
        raise UnknownTarget(name, known_targets())
    try:
        loaded = found[0].load()
        return cast(Target, loaded() if isinstance(loaded, type) else loaded)
    except Exception as problem:
        raise BrokenTarget(f"{found[0].value} does not load: {type(problem).__name__}: {problem}") from problem


def render(target: Target, catalog: Catalog, options: Options) -> list[OutputFile]:
    """The files of a target.

    Raises:
        BrokenTarget: a third party's target failed.
    """
    if type(target).__module__.startswith("knobsmith."):
        return list(target.render(catalog, options))
    try:
        return list(target.render(catalog, options))
    except Exception as problem:
        raise BrokenTarget(f"`{target.name}` fails: {type(problem).__name__}: {problem}") from problem


def known_targets() -> tuple[str, ...]:
    """All names that a project file may use here."""
    return tuple(sorted({*BUILT_IN, *(entry.name for entry in entry_points(group=GROUP))}))


def files_of(target: Target) -> list[str]:
    """The source files of a third party's target, so that a change of them is noticed; none for our own."""
    package = type(target).__module__.partition(".")[0]
    if package == "knobsmith":
        return []
    modules = [module for name, module in sys.modules.items() if name == package or name.startswith(f"{package}.")]
    return sorted({str(module.__file__) for module in modules if getattr(module, "__file__", None)})
