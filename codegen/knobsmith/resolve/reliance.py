"""Targets whose files are of use only beside those of others."""

from collections.abc import Iterator
from collections.abc import Mapping as Lookup

from knobsmith.diagnostics import Diagnostic
from knobsmith.load import Mapping
from knobsmith.model.catalog import Project
from knobsmith.resolve.laws import ALONE

# What each needs to be installed.
RELIES_ON: Lookup[str, tuple[str, ...]] = {
    "accelerator": ("python", "cpp"),
    "configspace": ("python",),
    "optuna": ("python",),
    "ray": ("python",),
    "vizier": ("python",),
}


def check_targets(project: Project, tree: Mapping) -> Iterator[Diagnostic]:
    """Each target of the project file that lacks one on which it relies, at its name."""
    stated = tree.get("targets")
    names = dict(project.targets)
    for entry in stated if isinstance(stated, Mapping) else ():
        name = entry.key.text
        missing = [f"`{other}`" for other in RELIES_ON.get(name, ()) if other not in names]
        if missing:
            fact = f"and `{name}` stands without {' and '.join(missing)}"
            help = f"name {'them' if len(missing) > 1 else 'it'} too, or leave `{name}` out"
            yield ALONE.on(entry.key.span, f"targets.{name}", fact, help)
