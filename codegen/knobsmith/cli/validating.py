"""``knobsmith validate``: one verdict for each configuration, in order."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from knobsmith.cli.compiling import compiled
from knobsmith.cli.configurations import STDIN, Configuration, configurations
from knobsmith.cli.problems import Usage, facts_of, project_folder, unknown
from knobsmith.cli.progress import Progress
from knobsmith.model.catalog import Catalog
from knobsmith.streams import printable, say
from knobsmith.targets.python.in_memory import load_client

Json = dict[str, Any]


def run(options: Namespace) -> int:
    """Judge what a file or standard input holds; returns 1 if any verdict is invalid."""
    context = facts_of(options.context)
    if options.file == STDIN and sys.stdin is None:
        raise Usage("there is no standard input; name a file")
    catalog = compiled(project_folder(options.project), "nothing was validated")
    if catalog is None:
        return 1
    judge = _Judge(catalog, options.algorithm, context, is_wire=options.wire)
    if options.file == STDIN and sys.stdin.isatty():
        say("knobsmith: reading a configuration from the terminal; Ctrl-D ends it")
    every_valid = True
    # A line of progress and verdicts would be in each other's way on one terminal.
    with nullcontext() if sys.stdout.isatty() else Progress() as shown:
        found = configurations(options.file, by_line=options.jsonl)
        for configuration in found if shown is None else shown.track(found, "validating"):
            document = judge.verdict(configuration)
            sys.stdout.write(_shown(document, options))
            if options.jsonl:
                sys.stdout.flush()  # whoever feeds us line by line may wait for each verdict
            every_valid = every_valid and document["valid"]
    return 0 if every_valid else 1


class _Judge:
    """The generated client of one algorithm, and what is known of the job."""

    def __init__(self, catalog: Catalog, algorithm: str, context: Mapping[str, str], *, is_wire: bool) -> None:
        if catalog.algorithm(algorithm) is None:
            raise unknown("algorithm", algorithm, (a.name for a in catalog.algorithms))
        self._algorithm = algorithm
        client = load_client(catalog).algorithm(algorithm)
        self._validate = client.validate_wire if is_wire else client.validate
        self._context = context if is_wire else client.read_context(context)

    def verdict(self, configuration: Configuration) -> Json:
        """The verdict as JSON; on what could not be read, a verdict that says so."""
        if configuration.values is None:
            return self._refusal(configuration)
        document: Json = self._validate(configuration.values, self._context).as_dict()
        return document

    def _refusal(self, configuration: Configuration) -> Json:
        finding = {
            "code": "type",
            "severity": "error",
            "parameter": None,
            "message": configuration.refusal,
            "help": configuration.help,
        }
        return {"algorithm": self._algorithm, "valid": False, "findings": [finding], "parameters": {}}


def _shown(document: Json, options: Namespace) -> str:
    if options.jsonl:
        return json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n"
    if options.format == "json":
        return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return "".join(f"{printable(line)}\n" for line in _in_words(document))


def _in_words(document: Json) -> list[str]:
    lines = [f"{document['algorithm']}: {'valid' if document['valid'] else 'not valid'}"]
    for finding in document["findings"]:
        help = f": {finding['help']}" if finding["help"] else ""
        lines.append(f"  {finding['severity']} {finding['code']}: {finding['message']}{help}")
    told = {finding["parameter"] for finding in document["findings"]}
    for name, state in document["parameters"].items():
        if state["reason"] and state["state"] == "given" and name not in told:
            lines.append(f"  {name}: {state['reason']}")
    return lines
