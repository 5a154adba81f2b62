"""The name of the generated Python package: importable, and in nobody's way.

A package `json` beside a program would be imported wherever Python's own is meant, by the client itself first of all.
"""

import keyword
import sys
from collections.abc import Iterator

from knobsmith.diagnostics import Diagnostic
from knobsmith.load import Mapping, span_at
from knobsmith.model.catalog import Project
from knobsmith.resolve.laws import IDENTIFIER
from knobsmith.resolve.values import shown

# What the generated packages import, and what pydantic needs in turn.
_NEEDED = frozenset(
    ("annotated_types", "optuna", "pydantic", "pydantic_core", "ray", "typing_extensions", "typing_inspection")
)


def import_name(project: Project) -> str:
    """What the generated Python package is imported as."""
    return project.packages.python.replace("-", "_").replace(".", "_")


def check_packages(project: Project, tree: Mapping) -> Iterator[Diagnostic]:
    """That a stated name can be imported, and one derived from the project's too if there is a package at all."""
    stated = tree.get("packages")
    is_stated = isinstance(stated, Mapping) and stated.get("python") is not None
    fact = _objection(import_name(project))
    if fact is None or not (is_stated or "python" in dict(project.targets)):
        return
    path = ("packages", "python") if is_stated else ("project",)
    help = "choose another" if is_stated else "state one: `packages: {python: NAME}`"
    name = shown(project.packages.python)
    yield IDENTIFIER.on(span_at(tree, path), ".".join(path), f"{name} is {fact}", help)


def _objection(name: str) -> str | None:
    if not (name.isidentifier() and name.isascii()):
        return "no name that Python imports"
    if keyword.iskeyword(name):
        return "a keyword of Python"
    if name in sys.stdlib_module_names or name == "test":
        return "a module of Python itself"
    return "a package that generated ones import" if name in _NEEDED else None
