"""A terminal for a command, and what it shows there."""

import os
import pty
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Shown(NamedTuple):
    """What became of a command whose two streams are a terminal."""

    code: int
    text: str


def in_terminal(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Shown:
    """Run a command whose standard output and standard error are one terminal."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **(env or {})}
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        text = _all_of(ours)
        code = process.wait(timeout=60)
    os.close(ours)
    return Shown(code, text)


def _all_of(terminal: int) -> str:
    parts = []
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other side is closed
            part = b""
        if not part:
            return b"".join(parts).decode().replace("\r\n", "\n")
        parts.append(part)
