"""Times of processes and what is made of them.

Peers run in turns, one run of each in every round, so that whatever else the machine does falls on all alike. The
first round fills caches and does not count. What counts is the time that the processor spent on a process: all of them
do one thing after the other, so on an idle machine it is what one waits, and on a busy one it still means something.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
KNOBSMITH = ROOT / ".venv" / "bin" / "knobsmith"
_PROBE = Path(__file__).resolve().parent / "memory_probe.py"


# What starts a process: the program, then its arguments.
Arguments = Sequence[str | Path]


class Failed(Exception):
    """A measured process ended with an error; its last words are the message."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of several runs: seconds, or whatever else was counted."""

    median: float
    lower: float
    upper: float
    least: float
    runs: int

    @property
    def spread(self) -> float:
        """The range of the middle half of the runs, as a share of the median."""
        return (self.upper - self.lower) / self.median if self.median else 0.0


@dataclass(frozen=True, slots=True)
class Command:
    """A process to time. ``prepare`` runs before each start and is not timed."""

    arguments: Arguments
    folder: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] | None = None


def summarise(values: Sequence[float]) -> Summary:
    """Median, quartiles and least of at least one value."""
    lower, _, upper = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else (values[0],) * 3
    return Summary(statistics.median(values), lower, upper, min(values), len(values))


def ratio(value: Summary, base: Summary) -> float:
    """How many times the base a value is, by their medians."""
    return value.median / base.median


def in_turns(commands: Mapping[str, Command], rounds: int) -> dict[str, Summary]:
    """The seconds of each process, over so many rounds after one that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    names = list(commands)
    for number in range(rounds + 1):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            seconds[name].append(run(commands[name]))
    return {name: summarise(values[1:]) for name, values in seconds.items()}


def run(command: Command) -> float:
    """Run a process to its end; returns the processor's seconds, its own and the system's on its behalf.

    Raises:
        Failed: It ended with an error.
    """
    if command.prepare is not None:
        command.prepare()
    with tempfile.TemporaryFile() as output:
        arguments = [str(argument) for argument in command.arguments]
        environment = environment_of(command)
        process = subprocess.Popen(arguments, cwd=command.folder, env=environment, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)  # or it would be waited for once more
        if process.returncode != 0:
            output.seek(0)
            last_words = output.read().decode(errors="replace")[-2000:]
            raise Failed(f"{Path(arguments[0]).name} ended with {process.returncode}: {last_words}")
    return usage.ru_utime + usage.ru_stime


def environment_of(command: Command) -> dict[str, str]:
    """The environment of a process. Python may keep its bytecode there, as it does for users unless told otherwise."""
    return {**os.environ, **command.environment, "PYTHONDONTWRITEBYTECODE": ""}


def output_of(command: Command) -> str:
    """What a process prints on its two streams.

    Raises:
        Failed: It ended with an error.
    """
    done = subprocess.run(
        [str(argument) for argument in command.arguments],
        cwd=command.folder,
        env=environment_of(command),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Failed((done.stderr or done.stdout)[-2000:])
    return done.stdout + done.stderr


def peak_memory(python: Path, request: Sequence[str], command: Command) -> int:
    """The most bytes that a Python process held at once; ``request`` is its code, then its arguments.

    Apart from the timed runs: a process starts with the peak of the one that spawned it on its account, so it has to
    read its own from the system, and that takes a moment.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "peak")
        probe: Arguments = [python, _PROBE, report, *request]
        run(Command(probe, command.folder, command.environment, command.prepare))
        return int(report.read_text(encoding="utf-8"))


def milliseconds(seconds: float) -> str:
    """Seconds as milliseconds or seconds, in three digits or so."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    if seconds >= 0.0995:
        return f"{seconds * 1e3:.0f} ms"
    return f"{seconds * 1e3:.1f} ms" if seconds >= 0.001 else f"{seconds * 1e6:.1f} µs"


def mebibytes(count: float) -> str:
    """Bytes in MiB."""
    return f"{count / 2**20:.0f} MiB"


def say(text: str) -> None:
    """Progress, beside the results."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
