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
