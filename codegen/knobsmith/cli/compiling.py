"""The catalog that a command needs before it can do anything."""

import sys
from pathlib import Path

from knobsmith.cli.output import Output
from knobsmith.cli.progress import Progress
from knobsmith.cli.rendering import summary
from knobsmith.model.catalog import Catalog
from knobsmith.pipeline import compile_project
from knobsmith.streams import say


def compiled(folder: Path, undone: str) -> Catalog | None:
    """The catalog of a project, or None if its specs have errors; then these are said, and what is ``undone``."""
    with Progress() as progress:
        outcome = compile_project(folder, track=progress.track)
    if outcome.catalog is not None and not outcome.has_errors:
        return outcome.catalog
    sys.stderr.write(Output.of(folder).shown(outcome.diagnostics, outcome.sources, colour=False))
    say(f"{summary(outcome.diagnostics)}; {undone}")
    return None
