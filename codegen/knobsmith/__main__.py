"""The command's way in: answers ``generate`` at once if nothing changed, and only else imports the compiler."""

import os
import sys

from knobsmith.freshness import Memory, find_project
from knobsmith.streams import coloured, guarded

# Requests whose whole effect and output are the same when nothing changed.
_REPEATABLE = (["generate"], ["generate", "--check"])


def main() -> int:
    """Run the command with the arguments of this process; returns its exit code."""
    return guarded(_run, sys.argv[1:])


def _run(arguments: list[str]) -> int:
    memory = None
    if arguments in _REPEATABLE and (project := find_project(os.getcwd())):
        memory = Memory(project)
        printed = memory.repeated(coloured())
        if printed is not None:
            sys.stdout.write(printed)
            return 0
    # The compiler costs a tenth of a second to import: not before it is known to be needed.
    from knobsmith.cli import run

    return run(arguments, memory)


if __name__ == "__main__":
    sys.exit(main())
