"""Where the command's words go: results to standard output, remarks and progress to standard error."""

import os
import sys
from collections.abc import Iterable, Iterator, Sized
from typing import TextIO, TypeVar

from knobsmith.cli.rendering import as_github, as_json, as_text, summary
from knobsmith.diagnostics import Diagnostic
from knobsmith.source import SourceFile

Item = TypeVar("Item")
# Work shorter than this shows no progress.
_PATIENCE_SECONDS = 1.0


def coloured(stream: TextIO) -> bool:
    """Whether colour helps: on a terminal, unless NO_COLOR says otherwise."""
    return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def rendered(diagnostics: list[Diagnostic], sources: dict[str, SourceFile], format: str, colour: bool) -> str:
    """Diagnostics in one of the formats of ``--format``."""
    if format == "json":
        return as_json(diagnostics)
    if format == "github":
        return as_github(diagnostics)
    return as_text(diagnostics, sources, colour)


def counted(diagnostics: list[Diagnostic]) -> str:
    """How many of each severity."""
    return summary(diagnostics)


def say(text: str) -> None:
    """A remark, to standard error."""
    sys.stderr.write(text + "\n")


def tracked(items: Iterable[Item], title: str) -> Iterator[Item]:
    """The items, with a progress bar on a terminal once they take longer than a second."""
    if not sys.stderr.isatty():
        yield from items
        return
    # rich costs as much to import as a whole check takes: only where its bar will be seen.
    from rich.console import Console
    from rich.progress import Progress

    total = len(items) if isinstance(items, Sized) else None
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=total)
        for item in items:
            yield item
            progress.advance(task)
