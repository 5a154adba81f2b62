"""``knobsmith validate``: one verdict for each configuration, in order."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from knobsmith.cli.output import coloured, counted, rendered, say
from knobsmith.cli.problems import Usage, project_folder, unknown
from knobsmith.pipeline import compile_project
from knobsmith.targets.python.in_memory import load_client


def run(options: Namespace) -> int:
    """Judge what a file or standard input holds; returns 1 if any verdict is invalid."""
    context = dict(_fact(text) for text in options.context)
    outcome = compile_project(project_folder(options.project))
    if outcome.catalog is None or outcome.has_errors:
        sys.stdout.write(rendered(outcome.diagnostics, outcome.sources, "text", coloured(sys.stdout)))
        say(f"{counted(outcome.diagnostics)}; nothing was validated")
        return 1
    if outcome.catalog.algorithm(options.algorithm) is None:
        raise unknown("algorithm", options.algorithm, (a.name for a in outcome.catalog.algorithms))
    judge = load_client(outcome.catalog).algorithm(options.algorithm)
    every_valid = True
    for config in _configs(options):
        verdict = (
            judge.validate_wire(config, context)
            if options.wire
            else judge.validate(config, judge.read_context(context))
        )
        document = {"algorithm": options.algorithm, **verdict.to_json()}
        sys.stdout.write(_shown(document, options))
        every_valid = every_valid and verdict.valid
    return 0 if every_valid else 1


def _fact(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise Usage(f"--context {text}: write KEY=VALUE")
    return key, value


def _configs(options: Namespace) -> Iterator[dict[str, Any]]:
    for number, text in _documents(options):
        where = "standard input" if options.file == "-" else options.file
        try:
            config = json.loads(text, object_pairs_hook=_without_repetition)
        except RecursionError:
            raise Usage(f"{where}: nested too deep") from None
        except ValueError as problem:
            raise Usage(f"{where}{number}: no JSON: {problem}") from None
        if not isinstance(config, dict):
            raise Usage(f"{where}{number}: a configuration is a JSON object of names and values")
        if options.wire and not all(isinstance(value, str) for value in config.values()):
            wrong = next(key for key, value in config.items() if not isinstance(value, str))
            raise Usage(f"{where}{number}: with --wire every value is a text, and that of `{wrong}` is none: quote it")
        yield config


def _documents(options: Namespace) -> Iterator[tuple[str, str]]:
    lines = _lines(options.file)
    if not options.jsonl:
        yield "", "".join(lines)
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield f":{number}", line


def _lines(file: str) -> Iterable[str]:
    stream = sys.stdin.buffer if file == "-" else Path(file).open("rb")
    with stream:
        for number, line in enumerate(stream, 1):
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError:
                raise Usage(f"{file}:{number}: not UTF-8") from None


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {json.dumps(key)} stands twice")
        found[key] = value
    return found


def _shown(document: dict[str, Any], options: Namespace) -> str:
    if options.format == "json" or options.jsonl:
        indent = None if options.jsonl else 2
        return json.dumps(document, indent=indent, ensure_ascii=False, allow_nan=False) + "\n"
    return _in_words(document)


def _in_words(document: dict[str, Any]) -> str:
    lines = [f"{document['algorithm']}: {'valid' if document['valid'] else 'not valid'}"]
    for finding in document["findings"]:
        help = f": {finding['help']}" if finding["help"] else ""
        lines.append(f"  {finding['severity']} {finding['code']}: {finding['message']}{help}")
    told = {finding["parameter"] for finding in document["findings"] if finding["code"] == "ignored"}
    for name, state in document["parameters"].items():
        if state["reason"] and state["state"] == "given" and name not in told:
            lines.append(f"  {name}: {state['reason']}")
    return "\n".join(lines) + "\n"
