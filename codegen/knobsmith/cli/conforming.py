"""``knobsmith conformance``: every vector through every client, with a table of what each carries."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from knobsmith.cli.output import Output
from knobsmith.cli.problems import Usage, project_folder, unknown
from knobsmith.cli.progress import Progress
from knobsmith.cli.rendering import summary
from knobsmith.conformance import Broken, Client, Command, GeneratedPython, Report, conform, table
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.pipeline import compile_project
from knobsmith.streams import say

_SHOWN = 20
_PAGE = """\
# Conformance

Every client gets every [conformance vector](generated-files.md#vectors), in both of its forms. The table
is that of the last run of `make conformance`: {asked} answers, {wrong} of them wrong. In brackets stand the answers.

"""


def run(options: Namespace) -> int:
    """Ask and compare; returns 1 if any answer is wrong."""
    folder = project_folder(options.project)
    with Progress() as progress:
        outcome = compile_project(folder, track=progress.track)
    if outcome.catalog is None or outcome.has_errors:
        sys.stderr.write(Output.of(folder).shown(outcome.diagnostics, outcome.sources, colour=False))
        say(f"{summary(outcome.diagnostics)}; nobody was asked")
        return 1
    algorithms = _chosen(outcome.catalog, options.algorithm)
    try:
        with Progress("asking"):
            report = conform(algorithms, _clients(outcome.catalog, options))
    except Broken as problem:
        say(f"knobsmith: {problem}")
        return 1
    sys.stdout.write(_as_json(report) if options.format == "json" else _as_text(report))
    if options.page is not None:
        page = _PAGE.format(asked=report.asked, wrong=len(report.disagreements))
        Path(options.page).write_text(page + table(report), encoding="utf-8")
    return 1 if report.disagreements else 0


def _chosen(catalog: Catalog, names: list[str] | None) -> list[Algorithm]:
    chosen = []
    for name in names or [algorithm.name for algorithm in catalog.algorithms]:
        algorithm = catalog.algorithm(name)
        if algorithm is None:
            raise unknown("algorithm", name, (one.name for one in catalog.algorithms))
        chosen.append(algorithm)
    return chosen


def _clients(catalog: Catalog, options: Namespace) -> list[Client]:
    try:
        return [GeneratedPython(catalog), *(Command(command, options.timeout) for command in options.commands)]
    except Broken as problem:
        raise Usage(str(problem)) from None


def _as_text(report: Report) -> str:
    lines = [table(report)]
    for one in report.disagreements[:_SHOWN]:
        lines.append(f"{one.client}: {one.algorithm}: {one.vector} ({one.form})\n")
        lines += [f"  {difference}\n" for difference in one.differences]
    more = len(report.disagreements) - _SHOWN
    if more > 0:
        lines.append(f"and {more} more, shown by --format json\n")
    return "".join(lines)


def _as_json(report: Report) -> str:
    document = {
        "clients": {
            client: {
                construct: {"carried": tally.cell.value, **tally._asdict()} for construct, tally in tallies.items()
            }
            for client, tallies in report.tallies.items()
        },
        "disagreements": [one._asdict() for one in report.disagreements],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
