"""The command, in this process or in one of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
from knobsmith.cli import run
from knobsmith.streams import guarded

KNOBSMITH = (sys.executable, "-m", "knobsmith")
# Compiling all modules anew in each process would cost more than most commands.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Done(NamedTuple):
    """What became of a command."""

    code: int
    out: str
    err: str


class Command(Protocol):
    """Runs the command in this process."""

    def __call__(self, *arguments: str, stdin: str | bytes = b"") -> Done: ...


def here(arguments: Sequence[str], stdin: str | bytes, capsys: pytest.CaptureFixture[str]) -> Done:
    """Run the command in this process, where a test can look into it."""
    before, sys.stdin = sys.stdin, _stdin(stdin)
    try:
        code = guarded(run, list(arguments))
    finally:
        sys.stdin = before
    printed = capsys.readouterr()
    return Done(code, printed.out, printed.err)


def _stdin(content: str | bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content.encode() if isinstance(content, str) else content), encoding="utf-8")


def spawn(
    *arguments: str,
    cwd: Path,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    start: Sequence[str] = KNOBSMITH,
) -> Done:
    """Run the command in a process of its own."""
    done = subprocess.run(
        [*start, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**_ENVIRONMENT, **(env or {})},
        timeout=60,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


class Cost(NamedTuple):
    """What a process took: processor seconds and the most bytes that it held."""

    done: Done
    seconds: float
    bytes: int


# Runs the rest of its arguments and reports on its own child, so that nothing else is counted.
_METER = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as report:
    report.write(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss * 1024}")
sys.exit(done.returncode)
"""


def measured(*arguments: str, cwd: Path, report: Path) -> Cost:
    """Run the command and measure it."""
    done = spawn(*arguments, cwd=cwd, start=[sys.executable, "-c", _METER, str(report), *KNOBSMITH])
    seconds, held = report.read_text(encoding="utf-8").split()
    return Cost(done, float(seconds), int(held))
