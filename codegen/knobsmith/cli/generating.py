"""``knobsmith generate``."""

import sys
from argparse import Namespace
from collections.abc import Iterable

from knobsmith.cli.output import Output
from knobsmith.cli.problems import Usage, project_folder, unknown
from knobsmith.cli.progress import Progress
from knobsmith.cli.rendering import summary
from knobsmith.diagnostics import Diagnostic, Severity
from knobsmith.pipeline import Generated, Mode, generate
from knobsmith.source import Span
from knobsmith.streams import coloured, say
from knobsmith.targets.registry import UnknownTarget
from knobsmith.write import STALE, Change, Plan, patch


def run(options: Namespace) -> int:
    """Write generated/, or say what would change."""
    if options.diff and options.format != "text":
        raise Usage(f"--diff prints a patch, and knows no --format {options.format}")
    folder = project_folder(options.project)
    mode: Mode = "check" if options.check else "diff" if options.diff else "write"
    with Progress() as progress:
        try:
            outcome = generate(folder, mode, options.target, progress.track)
        except UnknownTarget as problem:
            raise unknown("target", problem.name, problem.known) from None
    output = Output.of(folder, options.format)
    if outcome.plan is None:
        sys.stdout.write(output.shown(outcome.diagnostics, outcome.sources))
        if output.format == "text":
            say(f"{summary(outcome.diagnostics)}; generated/ is untouched")
        return 1
    is_stale = mode == "check" and bool(outcome.plan.changes)
    _tell(outcome, outcome.plan, mode, output)
    if options.memory is not None and not is_stale and outcome.is_repeatable:
        again = _state_of(outcome.plan) + _notes(outcome.diagnostics)
        texts = [_problems(outcome, output, colour) + again for colour in (False, True)]
        options.memory.remember(outcome.plan.digests, (texts[0], texts[1]))
    return 1 if is_stale else 0


def _tell(outcome: Generated, plan: Plan, mode: Mode, output: Output) -> None:
    """Say what was found and done. What `--diff` prints to standard output is a patch and nothing else."""
    if mode == "diff":
        sys.stderr.write(_problems(outcome, output, colour=False))
        sys.stdout.flush()
        for change in plan.changes:
            sys.stdout.buffer.write(patch(change).encode("utf-8", "surrogateescape"))
    elif output.format == "text":
        story = _done(plan) if mode == "write" else _stale(plan)
        sys.stdout.write(_problems(outcome, output, coloured()) + story + _notes(outcome.diagnostics))
    else:
        stale = _stale_findings(plan) if mode == "check" else []
        sys.stdout.write(output.shown([*outcome.diagnostics, *stale], outcome.sources))


def _problems(outcome: Generated, output: Output, colour: bool) -> str:
    grave = [d for d in outcome.diagnostics if d.severity is not Severity.INFO]
    return output.shown(grave, outcome.sources, colour)


def _notes(diagnostics: Iterable[Diagnostic]) -> str:
    """Notes are the same on every run, most of them on what a target cannot carry: in a text they are only counted."""
    count = sum(d.severity is Severity.INFO for d in diagnostics)
    return f"{count} note{'s' * (count > 1)}, shown by `knobsmith generate --format json`\n" if count else ""


def _state_of(plan: Plan) -> str:
    return f"generated/ is up to date ({len(plan.digests)} files)\n"


def _done(plan: Plan) -> str:
    if not plan.changes:
        return _state_of(plan)
    words = [_verb(change, "new", "changed", "removed") for change in plan.changes]
    counts = ", ".join(f"{words.count(word)} {word}" for word in ("new", "changed", "removed") if word in words)
    return f"generated/: {counts}\n"


def _stale(plan: Plan) -> str:
    if not plan.changes:
        return _state_of(plan)
    lines = [f"  {_verb(change, 'missing', 'differs', 'left over')} {change.path}\n" for change in plan.changes]
    return f"generated/ is not what the specs say; run `knobsmith generate`:\n{''.join(lines)}"


def _stale_findings(plan: Plan) -> list[Diagnostic]:
    facts = [
        _verb(change, "this file is missing", "this file differs", "this file is left over") for change in plan.changes
    ]
    return [
        STALE.on(Span.whole(f"generated/{change.path}"), change.path, fact, "run `knobsmith generate`")
        for change, fact in zip(plan.changes, facts, strict=True)
    ]


def _verb(change: Change, new: str, changed: str, gone: str) -> str:
    return new if change.old is None else gone if change.new is None else changed
