"""``knobsmith conformance``: every vector through every client, with a table of what each carries."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping
from pathlib import Path

from knobsmith.cli.compiling import compiled
from knobsmith.cli.problems import Usage, project_folder, unknown
from knobsmith.cli.progress import Progress
from knobsmith.conformance import (
    Broken,
    Client,
    Command,
    Disagreement,
    GeneratedPython,
    Report,
    Shortfall,
    Tally,
    conform,
    shortfalls,
    table,
)
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.streams import say

_SHOWN = 20
_PAGE = """\
# Conformance

Every client gets every [conformance vector](generated-files.md#vectors), in both of its forms. The tables are
those of the last run of `make conformance`: {asked} answers, {wrong} of them wrong. In brackets stands how many.
"""


def run(options: Namespace) -> int:
    """Ask and compare; returns 1 if any answer is wrong, or a client carries less than its target claims."""
    projects = _projects(options.project or [None])
    if projects is None:
        return 1
    chosen = _chosen(projects, options.algorithm)
    reports: dict[str, Report] = {}
    try:
        for folder, algorithms in chosen.items():
            name = projects[folder].project.name
            with Progress("asking"):
                report = conform(algorithms, _clients(projects[folder], options, folder))
            reports[str(folder) if name in reports else name] = report
    except Broken as problem:
        say(f"knobsmith: {problem}")
        return 1
    sys.stdout.write(_as_json(reports) if options.format == "json" else _as_text(reports))
    if options.page is not None:
        Path(options.page).write_text(_as_page(reports), encoding="utf-8")
    return 1 if _disagreements(reports) or _shortfalls(reports) else 0


def _projects(given: Iterable[str | None]) -> dict[Path, Catalog] | None:
    """The catalogs by the folders of their projects; None if any has errors, which are said."""
    projects: dict[Path, Catalog] = {}
    for folder in map(project_folder, given):
        catalog = compiled(folder, "nobody was asked")
        if catalog is None:
            return None
        projects[folder] = catalog
    return projects


def _chosen(projects: Mapping[Path, Catalog], names: list[str] | None) -> dict[Path, list[Algorithm]]:
    """The algorithms that are asked about; projects without any are left out."""
    known = {one.name for catalog in projects.values() for one in catalog.algorithms}
    for name in names or ():
        if name not in known:
            raise unknown("algorithm", name, known)
    chosen = {
        folder: [one for one in catalog.algorithms if names is None or one.name in names]
        for folder, catalog in projects.items()
    }
    return {folder: algorithms for folder, algorithms in chosen.items() if algorithms}


def _clients(catalog: Catalog, options: Namespace, folder: Path) -> list[Client]:
    try:
        programs = [Command(command, options.timeout, folder) for command in options.commands]
    except Broken as problem:
        raise Usage(str(problem)) from None
    return [GeneratedPython(catalog), *programs]


def _as_page(reports: Mapping[str, Report]) -> str:
    asked = sum(report.asked for report in reports.values())
    head = _PAGE.format(asked=asked, wrong=len(_disagreements(reports)))
    return head + "".join(f"\n## {project}\n\n{table(report)}" for project, report in reports.items())


def _disagreements(reports: Mapping[str, Report]) -> list[tuple[str, Disagreement]]:
    return [(project, one) for project, report in reports.items() for one in report.disagreements]


def _shortfalls(reports: Mapping[str, Report]) -> list[tuple[str, Shortfall]]:
    return [(project, one) for project, report in reports.items() for one in shortfalls(report)]


def _as_text(reports: Mapping[str, Report]) -> str:
    is_one = len(reports) == 1
    lines = [table(report) if is_one else f"{project}\n\n{table(report)}\n" for project, report in reports.items()]
    found = _disagreements(reports)
    for _, one in found[:_SHOWN]:
        lines.append(f"{one.client}: {one.algorithm}: {one.vector} ({one.form})\n")
        lines += [f"  {difference}\n" for difference in one.differences]
    more = len(found) - _SHOWN
    if more > 0:
        lines.append(f"and {more} more, shown by --format json\n")
    lines += [f"{one}\n" if is_one else f"{project}: {one}\n" for project, one in _shortfalls(reports)]
    return "".join(lines)


def _as_json(reports: Mapping[str, Report]) -> str:
    """What all projects come to together; a disagreement says of which project it is."""
    clients: dict[str, dict[str, Tally]] = {}
    for report in reports.values():
        for client, tallies in report.tallies.items():
            own = clients.setdefault(client, {})
            for construct, tally in tallies.items():
                own[construct] = own.get(construct, Tally()).and_also(tally)
    document = {
        "clients": {
            client: {
                construct: {"carried": tally.cell.value, **tally._asdict()} for construct, tally in tallies.items()
            }
            for client, tallies in clients.items()
        },
        "disagreements": [{"project": project, **one._asdict()} for project, one in _disagreements(reports)],
        "shortfalls": [
            {"project": project, **one._asdict(), "found": one.found.value, "claimed": one.claimed.value}
            for project, one in _shortfalls(reports)
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
