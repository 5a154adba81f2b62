"""``knobsmith check``."""

import sys
from argparse import Namespace

from knobsmith.cli.output import coloured, counted, rendered, say, tracked
from knobsmith.cli.problems import project_folder
from knobsmith.pipeline import check


def run(options: Namespace) -> int:
    """Check the specs of a project and report all findings, proofs included."""
    outcome = check(project_folder(options.project), proofs=not options.no_proofs, track=tracked)
    sys.stdout.write(rendered(outcome.diagnostics, outcome.sources, options.format, coloured(sys.stdout)))
    if options.format == "text":
        say(f"{outcome.described}: {counted(outcome.diagnostics)}")
        if outcome.tally is not None:
            say(outcome.tally)
    return 1 if outcome.has_errors else 0
