"""The command: arguments in, output and an exit code out. No exception reaches the user as a traceback."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable

from knobsmith.cli import checking, explaining, generating, initialising, listing, validating
from knobsmith.cli.arguments import parser
from knobsmith.cli.output import say
from knobsmith.cli.problems import Usage

_COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "init": initialising.run,
    "check": checking.run,
    "generate": generating.run,
    "explain": explaining.run,
    "validate": validating.run,
    "rules": listing.run_rules,
    "schema": listing.run_schema,
}


def run(arguments: list[str]) -> int:
    """Run one command; returns 0 without errors, 1 with errors found, 2 on wrong usage."""
    try:
        options = parser().parse_args(arguments)
    except SystemExit as stop:  # argparse has said what is wrong
        return stop.code if isinstance(stop.code, int) else 2
    try:
        return _COMMANDS[options.command](options)
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
