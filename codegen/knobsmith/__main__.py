"""The command's way in: answers ``generate`` at once if nothing changed, and only else imports the compiler."""

import gc
import os
import sys

from knobsmith.freshness import Memory, find_project
from knobsmith.streams import coloured, guarded

# Requests whose whole effect and output are the same when nothing changed.
_REPEATABLE = (["generate"], ["generate", "--check"])


def script() -> None:
    """The command as a process of its own, which ends here.

    Its memory goes back to the system as a whole: looking for cycles meanwhile and taking the interpreter down
    afterwards would be a fifth of the time that a user waits.
    """
    gc.disable()
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # said already, where it can be
        code = code or 1
    os._exit(code)


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
    script()
