"""The command: arguments in, output and an exit code out. No exception reaches the user as a traceback."""

import os
import sys
from importlib import import_module

from knobsmith.cli.arguments import parser
from knobsmith.cli.output import say
from knobsmith.cli.problems import Usage

# Each command imports what it needs and no more: validating needs the Python target, checking the solver.
_COMMANDS = {
    "init": ("knobsmith.cli.initialising", "run"),
    "check": ("knobsmith.cli.checking", "run"),
    "generate": ("knobsmith.cli.generating", "run"),
    "explain": ("knobsmith.cli.explaining", "run"),
    "validate": ("knobsmith.cli.validating", "run"),
    "rules": ("knobsmith.cli.listing", "run_rules"),
    "schema": ("knobsmith.cli.listing", "run_schema"),
}


def run(arguments: list[str]) -> int:
    """Run one command; returns 0 without errors, 1 with errors found, 2 on wrong usage."""
    try:
        options = parser().parse_args(arguments)
    except SystemExit as stop:  # argparse has said what is wrong
        return stop.code if isinstance(stop.code, int) else 2
    try:
        module, function = _COMMANDS[options.command]
        return int(getattr(import_module(module), function)(options))
    except Usage as problem:
        say(f"knobsmith: {problem}")
        return 2
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        say(f"knobsmith: {problem.filename or 'the system'}: {problem.strerror or problem}")
        return 1
    except KeyboardInterrupt:
        say("knobsmith: interrupted")
        return 130
