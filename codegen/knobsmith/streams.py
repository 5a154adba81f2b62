"""The standard streams, and the one place that keeps exceptions from reaching a user as a traceback.

Imported on every start: nothing but ``os`` and ``sys`` here.
"""

import os
import sys
from collections.abc import Callable

# With this set, an error of our own shows where it happened.
_TRACEBACK = "KNOBSMITH_TRACEBACK"
# As shells report a process that ended by SIGINT, and one that wrote to a pipe which nobody reads.
_INTERRUPTED = 130
_UNREAD = 141
# Spaces that languages are written with, though Python calls them unprintable.
_SPACES = "\u00a0\u202f\u3000"


def guarded(command: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run a command and return its exit code, whatever happens in it or to its streams."""
    _prepare()
    code = _UNREAD
    try:
        code = command(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough
        _abandon_output()
    except KeyboardInterrupt:
        say("knobsmith: interrupted")
        code = _INTERRUPTED
    except OSError as problem:
        say(f"knobsmith: {problem.filename or 'the system'}: {problem.strerror or problem}")
        _abandon_output()
        code = 1
    except Exception as problem:
        say(f"knobsmith: an error of its own, please report it: {type(problem).__name__}: {problem}")
        code = 1
        if os.environ.get(_TRACEBACK):
            raise
    return code


def say(text: str) -> None:
    """A remark, on standard error, in one line."""
    try:
        sys.stderr.write(printable(text) + "\n")
        sys.stderr.flush()
    except OSError:  # nobody listens there either
        return


def coloured() -> bool:
    """Whether colour helps: on a terminal, unless ``NO_COLOR`` says otherwise."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def printable(text: str) -> str:
    """A text without the control characters by which a hostile spec could steer a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _SPACES else c.encode("unicode_escape").decode() for c in text)


def _prepare() -> None:
    """The same UTF-8 everywhere, whatever the locale; a stream that is closed swallows what is written."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _abandon_output() -> None:
    """Let what nobody takes vanish, so that the interpreter does not stumble over it when it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
