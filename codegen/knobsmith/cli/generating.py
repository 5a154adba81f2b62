"""``knobsmith generate``."""

import difflib
import sys
from argparse import Namespace
from pathlib import Path

from knobsmith import freshness
from knobsmith.cli.output import coloured, counted, rendered, say
from knobsmith.cli.problems import project_folder, unknown
from knobsmith.pipeline import Generated, UnknownTarget, generate
from knobsmith.write import Change


def run(options: Namespace) -> int:
    """Write generated/, or say what would change."""
    folder = project_folder(options.project)
    mode = "check" if options.check else "diff" if options.diff else "write"
    try:
        outcome = generate(folder, mode, options.target)
    except UnknownTarget as problem:
        raise unknown("target", problem.name, problem.known) from None
    sys.stdout.write(rendered(outcome.diagnostics, outcome.sources, options.format, coloured(sys.stdout)))
    if outcome.has_errors:
        if options.format == "text":
            say(f"{counted(outcome.diagnostics)}; generated/ is untouched")
        return 1
    if mode == "diff":
        sys.stdout.writelines(_difference(change) for change in outcome.changes)
    if options.format == "text":
        sys.stdout.write(_story(outcome, mode))
    stale = mode != "write" and bool(outcome.changes)
    if not stale and mode != "diff":
        _remember(folder, options, outcome)
    return 1 if stale and mode == "check" else 0


def _story(outcome: Generated, mode: str) -> str:
    if not outcome.changes:
        return f"generated/ is up to date ({outcome.count} files)\n"
    if mode == "write":
        return f"generated/: {_listed(outcome.changes, ('new', 'changed', 'removed'))}\n"
    if mode == "diff":
        return ""
    lines = "".join(f"  {_verb(change)} {change.path}\n" for change in outcome.changes)
    return f"generated/ is not what the specs say; run `knobsmith generate`:\n{lines}"


def _listed(changes: list[Change], words: tuple[str, str, str]) -> str:
    counts = [
        sum(change.old is None for change in changes),
        sum(change.old is not None and change.new is not None for change in changes),
        sum(change.new is None for change in changes),
    ]
    return ", ".join(f"{count} {word}" for count, word in zip(counts, words, strict=True) if count)


def _verb(change: Change) -> str:
    return "missing" if change.old is None else "stale" if change.new is None else "differs"


def _difference(change: Change) -> str:
    before = (change.old or "").splitlines(keepends=True)
    after = (change.new or "").splitlines(keepends=True)
    return "".join(difflib.unified_diff(before, after, f"a/generated/{change.path}", f"b/generated/{change.path}"))


def _remember(folder: Path, options: Namespace, outcome: Generated) -> None:
    """Let the next identical run be answered without work. A folder we may not write to is no reason to fail."""
    request = ["generate", "--check"] if options.check else ["generate"]
    plain = options.target is None and options.format == "text" and options.project is None
    if not plain:
        return
    printed = rendered(outcome.diagnostics, outcome.sources, "text", coloured(sys.stdout))
    again = f"generated/ is up to date ({outcome.count} files)\n"
    try:
        freshness.remember(str(folder), request, outcome.foreign_files, printed + again)
    except OSError:
        return
