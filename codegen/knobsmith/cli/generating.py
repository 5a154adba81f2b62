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
    _tell(outcome, outcome.plan, mode, output, with_notes=options.notes)
    if options.memory is not None and not is_stale and outcome.is_repeatable:
        again = _state_of(outcome.plan) + _notes(outcome.diagnostics)
        texts = [_problems(outcome, output, colour, with_notes=False) + again for colour in (False, True)]
        options.memory.remember(outcome.plan.digests, (texts[0], texts[1]))
    return 1 if is_stale else 0


def _tell(outcome: Generated, plan: Plan, mode: Mode, output: Output, *, with_notes: bool) -> None:
    """Say what was found and done. What `--diff` prints to standard output is a patch and nothing else."""
    if mode == "diff":
        sys.stderr.write(_problems(outcome, output, colour=False, with_notes=with_notes))
        sys.stdout.flush()
        for change in plan.changes:
            sys.stdout.buffer.write(patch(change).encode("utf-8", "surrogateescape"))
    elif output.format == "text":
        story = _done(plan) if mode == "write" else _stale(plan)
        notes = "" if with_notes else _notes(outcome.diagnostics)
        sys.stdout.write(_problems(outcome, output, coloured(), with_notes=with_notes) + story + notes)
    else:
        stale = _stale_findings(plan) if mode == "check" else []
        sys.stdout.write(output.shown([*outcome.diagnostics, *stale], outcome.sources))


def _problems(outcome: Generated, output: Output, colour: bool, *, with_notes: bool) -> str:
    shown = [d for d in outcome.diagnostics if with_notes or d.severity is not Severity.INFO]
    return output.shown(shown, outcome.sources, colour)


def _notes(diagnostics: Iterable[Diagnostic]) -> str:
    """Most notes say on every run what a target cannot carry: unless they are asked for, a text only counts them."""
    count = sum(d.severity is Severity.INFO for d in diagnostics)
    return f"{count} note{'s' * (count > 1)}, shown by `knobsmith generate --notes`\n" if count else ""


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
    lines = [f"  {_state(change)} {change.path}\n" for change in plan.changes]
    return f"generated/ is not what the specs say; run `knobsmith generate`:\n{''.join(lines)}"


def _stale_findings(plan: Plan) -> list[Diagnostic]:
    return [
        STALE.on(Span.whole(f"generated/{change.path}"), change.path, fact, "run `knobsmith generate`")
        for change in plan.changes
        for fact in [_FACTS[_state(change)]]
    ]


_FACTS = {
    "missing": "this file is missing",
    "differs": "this file differs",
    "left over": "this file is left over",
    "a folder": "a folder stands in the place of this file",
}


def _state(change: Change) -> str:
    return "a folder" if change.is_folder else _verb(change, "missing", "differs", "left over")


def _verb(change: Change, new: str, changed: str, gone: str) -> str:
    return new if change.old is None else gone if change.new is None else changed
