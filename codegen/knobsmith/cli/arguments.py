"""What can be typed: the commands and their options."""

import argparse
from typing import TypeAlias

from knobsmith import __version__

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_EPILOG = "Exit codes: 0 no error (warnings allowed), 1 errors found, 2 wrong usage."


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="knobsmith",
        description="The single source of truth for hyperparameters: specs in, everything else out.",
        epilog=_EPILOG,
        allow_abbrev=False,  # an option that is added later must not change what a script says
    )
    top.add_argument("--version", action="version", version=f"knobsmith {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_init(commands)
    _add_check(commands)
    _add_generate(commands)
    _add_explain(commands)
    _add_validate(commands)
    _add_conformance(commands)
    _add_preflight(commands)
    _add_rules(commands)
    _add_schema(commands)
    return top


def _add(commands: _Commands, name: str, help: str) -> argparse.ArgumentParser:
    about = f"{help[0].upper()}{help[1:]}."
    command = commands.add_parser(name, help=help, description=about, epilog=_EPILOG, allow_abbrev=False)
    about = "folder of the project (default: the nearest at or above)"
    if name == "conformance":
        command.add_argument("--project", action="append", metavar="DIR", help=f"{about}; may be repeated")
    elif name != "init":
        command.add_argument("--project", metavar="DIR", help=about)
    return command


def _add_init(commands: _Commands) -> None:
    command = _add(commands, "init", "start a project with one example algorithm")
    command.add_argument("folder", metavar="DIR", help="folder to fill; created if missing")


def _add_check(commands: _Commands) -> None:
    command = _add(commands, "check", "check the specs, and prove what can be proved")
    _add_format(command, "text", "json", "github")
    command.add_argument("--no-proofs", action="store_true", help="skip the proofs")


def _add_generate(commands: _Commands) -> None:
    command = _add(commands, "generate", "write generated/ from spec/")
    mode = command.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="write nothing; fail if anything would change")
    mode.add_argument("--diff", action="store_true", help="write nothing; show what would change")
    command.add_argument("--notes", action="store_true", help="show notes as well: what targets cannot carry")
    command.add_argument("--target", action="append", metavar="T", help="only this target; may be repeated")
    _add_format(command, "text", "json", "github")


def _add_explain(commands: _Commands) -> None:
    command = _add(commands, "explain", "say what is known of an algorithm or one of its hyperparameters")
    command.add_argument("algorithm", metavar="ALGORITHM")
    command.add_argument("name", metavar="NAME", nargs="?", help="a hyperparameter, by name or alias")


def _add_validate(commands: _Commands) -> None:
    command = _add(commands, "validate", "judge a configuration")
    command.add_argument("algorithm", metavar="ALGORITHM")
    command.add_argument("file", metavar="FILE", nargs="?", default="-", help="JSON; - or nothing reads standard input")
    command.add_argument("--wire", action="store_true", help="values are texts, as the service receives them")
    command.add_argument("--context", action="append", default=[], metavar="KEY=VALUE", help="a fact about the job")
    command.add_argument("--jsonl", action="store_true", help="one configuration a line, one verdict a line")
    _add_format(command, "text", "json")


def _add_conformance(commands: _Commands) -> None:
    command = _add(commands, "conformance", "ask clients for their verdicts on the conformance vectors")
    about = "a program that reads requests and prints verdicts, a JSON object a line, or NAME=CMD; may be repeated"
    command.add_argument("commands", metavar="CMD", nargs="*", help=about)
    command.add_argument("--algorithm", action="append", metavar="NAME", help="only this algorithm; may be repeated")
    about = "how long an answer may take (default: 60)"
    command.add_argument("--timeout", type=float, default=60, metavar="SECONDS", help=about)
    command.add_argument("--page", metavar="FILE", help="also write the table as a page of documentation")
    _add_format(command, "text", "json")


def _add_preflight(commands: _Commands) -> None:
    command = _add(commands, "preflight", "check a tuning or training job before it is launched")
    command.add_argument("service", choices=("sagemaker",), help="what the job is for")
    command.add_argument("file", metavar="FILE", help="a request, or a table of ranges: YAML, JSON, or text")
    command.add_argument("--algorithm", metavar="A", help="the algorithm, where the file does not say")
    command.add_argument("--context", action="append", default=[], metavar="KEY=VALUE", help="a fact about the job")
    command.add_argument(
        "--parent", action="append", default=[], metavar="FILE", help="the request of a job that a warm start names"
    )
    _add_format(command, "text", "json", "github")


def _add_rules(commands: _Commands) -> None:
    command = _add(commands, "rules", "list the laws that specs are held to, or explain one")
    command.add_argument("id", metavar="ID", nargs="?", help="KS and three digits")


def _add_schema(commands: _Commands) -> None:
    command = _add(commands, "schema", "print the JSON Schema of a kind of spec file")
    command.add_argument(
        "kind", choices=("algorithm", "fragment", "kernels", "project"), nargs="?", default="algorithm"
    )


def _add_format(command: argparse.ArgumentParser, *formats: str) -> None:
    command.add_argument("--format", choices=formats, default=formats[0], help=f"default: {formats[0]}")
