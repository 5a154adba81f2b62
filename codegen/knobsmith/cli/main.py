"""The command: arguments in, output and an exit code out."""

from importlib import import_module

from knobsmith.cli.arguments import parser
from knobsmith.cli.problems import Usage
from knobsmith.freshness import Memory
from knobsmith.streams import say

# Each command imports what it needs and no more: validating needs the Python target, checking the solver.
_COMMANDS = {
    "init": ("knobsmith.cli.initialising", "run"),
    "check": ("knobsmith.cli.checking", "run"),
    "generate": ("knobsmith.cli.generating", "run"),
    "explain": ("knobsmith.cli.explaining", "run"),
    "validate": ("knobsmith.cli.validating", "run"),
    "conformance": ("knobsmith.cli.conforming", "run"),
    "preflight": ("knobsmith.cli.preflighting", "run"),
    "rules": ("knobsmith.cli.listing", "run_rules"),
    "schema": ("knobsmith.cli.listing", "run_schema"),
}


def run(arguments: list[str], memory: Memory | None = None) -> int:
    """Run one command; returns 0 without errors, 1 with errors found, 2 on wrong usage.

    ``memory`` is where ``generate`` leaves what it did, if the same arguments may be answered by it next time.
    """
    try:
        options = parser().parse_args(arguments)
    except SystemExit as stop:  # argparse has said what is wrong
        return stop.code if isinstance(stop.code, int) else 2
    options.memory = memory
    try:
        module, function = _COMMANDS[options.command]
        return int(getattr(import_module(module), function)(options))
    except Usage as problem:
        say(f"knobsmith: {problem}")
        return 2
