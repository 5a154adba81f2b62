"""Targets by name: our own by a fixed table, a third party's by the entry-point group ``knobsmith.targets``.

Installed distributions are searched only for a name that is not ours, so a project without foreign targets pays
nothing for them. What a foreign target does is not trusted: whatever goes wrong in it is a finding.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from importlib import import_module
from typing import TYPE_CHECKING, cast

from knobsmith.diagnostics import Finding
from knobsmith.model.catalog import Catalog
from knobsmith.targets.base import Costly, Examining, Options, OutputFile, Target

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

GROUP = "knobsmith.targets"
_HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")
BUILT_IN: Mapping[str, str] = {
    "accelerator": "knobsmith.targets.accelerator",
    "catalog": "knobsmith.targets.catalog",
    "configspace": "knobsmith.targets.configspace",
    "cpp": "knobsmith.targets.cpp",
    "docs": "knobsmith.targets.docs",
    "jsonschema": "knobsmith.targets.jsonschema",
    "kernels": "knobsmith.targets.kernels",
    "optuna": "knobsmith.targets.optuna",
    "python": "knobsmith.targets.python",
    "ray": "knobsmith.targets.ray",
    "sagemaker": "knobsmith.targets.sagemaker",
    "typescript": "knobsmith.targets.typescript",
    "vectors": "knobsmith.targets.vectors",
    "vizier": "knobsmith.targets.vizier",
    "wandb": "knobsmith.targets.wandb",
}


class UnknownTarget(Exception):
    """A name that neither we nor an installed distribution know as a target."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


class BrokenTarget(Exception):
    """A target that cannot be loaded or fails; the message says how."""


def load_target(name: str) -> Target:
    """A target by the name it has in the project file.

    Raises:
        UnknownTarget: There is none of this name.
        BrokenTarget: It is a third party's and does not load, or several distributions bring one of this name.
    """
    if name in BUILT_IN:
        return cast(Target, import_module(BUILT_IN[name]).TARGET)
    found = sorted({entry.value: entry for entry in _installed() if entry.name == name}.items())
    if not found:
        raise UnknownTarget(name, known_targets())
    if len(found) > 1:
        raise BrokenTarget(f"several are installed: {', '.join(value for value, _ in found)}")
    value, entry = found[0]
    try:
        with redirect_stdout(sys.stderr):
            loaded = entry.load()
            target = loaded() if isinstance(loaded, type) else loaded
    except (Exception, SystemExit) as problem:
        raise BrokenTarget(f"`{value}` does not load: {_in_words(problem)}") from problem
    if not callable(getattr(target, "render", None)) or not isinstance(getattr(target, "fidelity", None), Mapping):
        raise BrokenTarget(f"`{value}` is no target: it lacks `render` or `fidelity`")
    return cast(Target, target)


def render(
    name: str, target: Target, catalog: Catalog, options: Options, kept: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The files of a target: texts by path.

    Args:
        name: The key of the target.
        target: The target.
        catalog: What it renders.
        options: Those of the target in the project file.
        kept: Costly files of ours that are known to come out just so, by path.

    Raises:
        BrokenTarget: A third party's target failed, or gives what is no file.
    """
    if name in BUILT_IN:
        if kept and isinstance(target, Costly):
            return {**kept, **_by_path(target.render_others(catalog, options, kept))}
        return _by_path(target.render(catalog, options))
    try:
        with redirect_stdout(sys.stderr):
            return _by_path(target.render(catalog, options))
    except BrokenTarget:
        raise
    except (Exception, SystemExit) as problem:
        raise BrokenTarget(f"this one fails: {_in_words(problem)}") from problem


def examine(target: Target, catalog: Catalog, options: Options) -> list[tuple[str, Finding]]:
    """What a target finds too much to bear, each with the name of the algorithm.

    Raises:
        BrokenTarget: The target failed.
    """
    if not isinstance(target, Examining):
        return []
    try:
        with redirect_stdout(sys.stderr):
            return list(target.examine(catalog, options))
    except (Exception, SystemExit) as problem:
        raise BrokenTarget(f"this one fails: {_in_words(problem)}") from problem


def known_targets() -> tuple[str, ...]:
    """All names that a project file may use here."""
    return tuple(sorted({*BUILT_IN, *_installed().names}))


def _installed() -> "EntryPoints":
    """All targets of installed distributions."""
    # A hundredth of a second to import: only for a project that has such a target.
    from importlib.metadata import entry_points

    return entry_points(group=GROUP)


def _by_path(files: Iterable[OutputFile]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for file in files:
        if not isinstance(file, OutputFile) or not isinstance(file.path, str) or not isinstance(file.text, str):
            raise BrokenTarget("this one gives something else than an `OutputFile` of two texts")
        if file.path in texts:
            raise BrokenTarget(f"this one gives `{file.path}` twice")
        if _HALF_OF_A_PAIR.search(file.text):
            raise BrokenTarget(f"`{file.path}` holds half a surrogate pair, which no UTF-8 file can")
        texts[file.path] = file.text
    return texts


def _in_words(problem: BaseException) -> str:
    first, *_ = str(problem).splitlines() or [""]
    return f"{type(problem).__name__}: {first}" if first else type(problem).__name__
