"""Diagnostics as text for people, as JSON for programs, as annotations for a pull request."""

import json
from collections.abc import Iterable, Mapping

from knobsmith.diagnostics import Diagnostic, Severity
from knobsmith.source import SourceFile
from knobsmith.streams import printable

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
# The same wherever the output goes: what is remembered of a run may be repeated anywhere.
_EXCERPT_COLUMNS = 156
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_text(diagnostics: Iterable[Diagnostic], sources: Mapping[str, SourceFile], colour: bool) -> str:
    """One line for each diagnostic, under it the line of the file with carets."""
    return "".join(_text_of(diagnostic, sources, colour) for diagnostic in diagnostics)


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """An array with one object for each diagnostic; lines and columns count from 1, ends are exclusive."""
    return json.dumps([_object_of(diagnostic) for diagnostic in diagnostics], indent=2, ensure_ascii=False) + "\n"


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """GitHub's workflow commands, which annotate the lines of a pull request."""
    return "".join(_annotation_of(diagnostic) for diagnostic in diagnostics)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """ "2 errors, 1 warning", or "no problems"."""
    counts = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    nouns = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    parts = [f"{n} {nouns[severity]}{'s' if n > 1 else ''}" for severity, n in counts.items() if n]
    return ", ".join(parts) or "no problems"


def _text_of(diagnostic: Diagnostic, sources: Mapping[str, SourceFile], colour: bool) -> str:
    severity = diagnostic.severity.value
    if colour:
        severity = f"\033[{_COLOURS[diagnostic.severity]};1m{severity}\033[0m"
    text = f"{diagnostic.span} {severity} {diagnostic.code}: {printable(diagnostic.message)}\n"
    source = sources.get(diagnostic.span.file)
    excerpt = source.excerpt(diagnostic.span, _EXCERPT_COLUMNS) if source else ""
    return text + "".join(f"    {printable(line)}\n" for line in excerpt.splitlines())


def _object_of(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "subject": diagnostic.subject,
        "law": diagnostic.law,
        "fact": diagnostic.fact,
        "help": diagnostic.help,
        "message": diagnostic.message,
    }


def _annotation_of(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    place = f"file={_property(span.file)},line={span.line},col={span.column}"
    place += f",endLine={span.end_line},endColumn={span.end_column},title={diagnostic.code}"
    return f"::{_GITHUB[diagnostic.severity]} {place}::{_message(diagnostic.message)}\n"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
