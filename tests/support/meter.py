"""What commands cost: processor seconds and the most bytes that each held.

A process apart imports the compiler once and forks for each command, so a hundred commands cost little more than
their own work. What is measured includes the memory of the imported compiler, though not the time of importing it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tests.support.command import KNOBSMITH, Done


class Cost(NamedTuple):
    """What became of a command, and what it took."""

    done: Done
    seconds: float
    bytes: int


class Meter:
    """Measures commands, as a context manager."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.support.meter"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def measure(self, arguments: Sequence[str], cwd: Path, *, is_fresh: bool = False) -> Cost:
        """Run a command in a folder; a fresh one imports the compiler itself."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([list(arguments), str(cwd), is_fresh]) + "\n")
        self._process.stdin.flush()
        code, out, err, seconds, held = json.loads(self._process.stdout.readline())
        return Cost(Done(code, out, err), seconds, held)


def in_child(work: Callable[[], int]) -> Cost:
    """Run a function in a fork of this process."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            os._exit(work())
        _, status, used = os.wait4(child, 0)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
    code = os.waitstatus_to_exitcode(status)
    return Cost(Done(code, *texts), used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def _serve() -> None:
    from knobsmith.cli import run
    from knobsmith.streams import guarded

    for line in sys.stdin:
        arguments, folder, is_fresh = json.loads(line)

        def work(arguments: list[str] = arguments, folder: str = folder, is_fresh: bool = is_fresh) -> int:
            os.chdir(folder)
            if is_fresh:
                os.execv(sys.executable, [*KNOBSMITH, *arguments])
            return guarded(run, arguments)

        done, seconds, held = in_child(work)
        print(json.dumps([*done, seconds, held]), flush=True)


if __name__ == "__main__":
    _serve()
