"""``knobsmith check``."""

import sys
from argparse import Namespace

from knobsmith.cli.output import Output
from knobsmith.cli.problems import project_folder
from knobsmith.cli.progress import Progress
from knobsmith.cli.rendering import summary
from knobsmith.pipeline import check
from knobsmith.streams import say


def run(options: Namespace) -> int:
    """Check the specs of a project and report all findings, proofs included."""
    folder = project_folder(options.project)
    with Progress() as progress:
        outcome = check(folder, proofs=not options.no_proofs, track=progress.track)
    sys.stdout.write(Output.of(folder, options.format).shown(outcome.diagnostics, outcome.sources))
    if options.format == "text":
        say(f"{outcome.described}: {summary(outcome.diagnostics)}")
        if outcome.tally is not None:
            say(outcome.tally)
    return 1 if outcome.has_errors else 0
