"""How findings are shown: in which format, with which colours, and where their paths start."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from knobsmith.cli.rendering import as_github, as_json, as_text
from knobsmith.diagnostics import Diagnostic
from knobsmith.records import Record, replace
from knobsmith.source import SourceFile
from knobsmith.streams import coloured


class Output(Record):
    """The way of one command to show findings.

    Attributes:
        format: One of `--format`.
        prefix: What leads from the current folder to the project, so that editors find the files: "" or "../".
    """

    format: str
    prefix: str

    @classmethod
    def of(cls, project: Path, format: str = "text") -> "Output":
        """The output of a command that works on a project."""
        try:
            way = Path(os.path.relpath(project)).as_posix()
        except ValueError:  # another drive
            way = project.resolve().as_posix()
        return cls(format, "" if way == "." else f"{way}/")

    def shown(
        self, diagnostics: Iterable[Diagnostic], sources: Mapping[str, SourceFile], colour: bool | None = None
    ) -> str:
        """The findings in the format; the text has colours on a terminal, unless said otherwise."""
        found = [replace(d, span=replace(d.span, file=self.prefix + d.span.file)) for d in diagnostics]
        if self.format == "json":
            return as_json(found)
        if self.format == "github":
            return as_github(found)
        excerpts = {self.prefix + path: source for path, source in sources.items()}
        return as_text(found, excerpts, coloured() if colour is None else colour)
