"""What `knobsmith check` says of specs written in a test."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from knobsmith.diagnostics import Diagnostic
from knobsmith.pipeline import check

from tests.support.projects import write_project

HEAD = """knobsmith: 1
algorithm: example
title: Example
doc: Made for a test.
"""
NO_SOURCES = {"KS301": "off"}


def report_on(
    files: Mapping[str, str], *, proofs: bool = True, severity: Mapping[str, str] = NO_SOURCES
) -> list[Diagnostic]:
    """All findings in a project of these files: algorithms at the top, fragments and kernels in their folders."""
    with tempfile.TemporaryDirectory() as folder:
        project = write_project(Path(folder), {path: text.encode() for path, text in files.items()}, severity)
        return check(project, proofs=proofs).diagnostics


def report_on_text(body: str, *, proofs: bool = True) -> list[Diagnostic]:
    """All findings in the algorithm `example` with these sections."""
    return report_on({"example.yaml": HEAD + body}, proofs=proofs)


def messages(diagnostics: list[Diagnostic]) -> list[str]:
    """Findings as people read them, without the place."""
    return [f"{diagnostic.code} {diagnostic.message}" for diagnostic in diagnostics]
