"""Who can be asked: the generated Python client, and any program that speaks JSON lines."""

import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Protocol

from knobsmith.model.catalog import Catalog
from knobsmith.targets.python.in_memory import load_client

Json = dict[str, Any]
# How long a program that has answered everything may take to end, before it is taken for done.
_LAST_WORDS_SECONDS = 2


# What a table may call a program, before the program itself.
_NAMED = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)=(.*)", re.DOTALL)


class Broken(Exception):
    """A client cannot be asked, or answers with what is no answer; the message says how."""


class Client(Protocol):
    """Gives verdicts."""

    @property
    def name(self) -> str:
        """What a table calls it."""

    def answers(self, requests: Iterable[Json]) -> Iterator[Json]:
        """An answer to each request, in order.

        A request holds ``algorithm``, ``form`` ("native" or "wire"), ``config`` and ``context``. An answer is the
        verdict, with ``writes``: the texts written back, null if it is not valid; or ``{"unsupported": reason}``.

        Raises:
            Broken: There is no answer.
        """


class GeneratedPython:
    """The Python client of a project, without a disk."""

    name = "python"

    def __init__(self, catalog: Catalog) -> None:
        self._client = load_client(catalog)

    def answers(self, requests: Iterable[Json]) -> Iterator[Json]:
        """An answer to each request."""
        for request in requests:
            module = self._client.algorithm(request["algorithm"])
            validate = module.validate_wire if request["form"] == "wire" else module.validate
            verdict = validate(request["config"], request["context"])
            yield {**verdict.as_dict(), "writes": self._written(verdict)}

    @staticmethod
    def _written(verdict: Any) -> Json | None:
        try:
            return dict(verdict.to_wire()) if verdict.valid else None
        except ValueError:  # a list that its form cannot hold
            return None


class Command:
    """A program: requests on its standard input, answers on its standard output, an object a line."""

    def __init__(self, command: str, patience_seconds: float = 60, project: Path | None = None) -> None:
        """A program by its command, or by ``NAME=COMMAND``.

        Args:
            command: Split as a shell would.
            patience_seconds: How long an answer may take.
            project: The folder of the project that is asked about; the program finds it in ``KNOBSMITH_PROJECT``.

        Raises:
            Broken: The text is no command.
        """
        named = _NAMED.fullmatch(command)
        self.name, command = (named[1], named[2]) if named else (command, command)
        try:
            self._arguments = shlex.split(command)
        except ValueError as problem:
            raise Broken(f"`{command}` is no command: {problem}") from None
        if not self._arguments:
            raise Broken("an empty text is no command")
        self._patience_seconds = patience_seconds
        self._environment = os.environ | ({} if project is None else {"KNOBSMITH_PROJECT": str(project.absolute())})

    def answers(self, requests: Iterable[Json]) -> Iterator[Json]:
        """An answer to each request."""
        asked = list(requests)
        process = self._started()
        lines: SimpleQueue[bytes | None] = SimpleQueue()
        helpers = [
            Thread(target=_feed, args=(process, asked), daemon=True),
            Thread(target=_collect, args=(process, lines), daemon=True),
        ]
        for helper in helpers:
            helper.start()
        try:
            for place in range(len(asked)):
                yield self._answer(self._line(lines, place, len(asked)), place + 1)
            self._expect_end(lines)
        finally:
            process.kill()
            for helper in helpers:
                helper.join()
            _close(process)

    def _started(self) -> "subprocess.Popen[bytes]":
        try:
            return subprocess.Popen(  # noqa: S603 - to run it is what the user asks for
                self._arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._environment
            )
        except OSError as problem:
            raise Broken(f"`{self.name}` does not start: {problem.strerror}") from None

    def _line(self, lines: "SimpleQueue[bytes | None]", place: int, count: int) -> bytes:
        try:
            line = lines.get(timeout=self._patience_seconds)
        except Empty:
            waited = f"{self._patience_seconds:g} seconds"
            raise Broken(f"`{self.name}` does not answer request {place + 1} of {count} within {waited}") from None
        if line is None:
            raise Broken(f"`{self.name}` ended after {place} of {count} answers")
        return line

    def _expect_end(self, lines: "SimpleQueue[bytes | None]") -> None:
        """Look whether more is said than was asked for: then no answer may be that of its request."""
        with suppress(Empty):
            if lines.get(timeout=_LAST_WORDS_SECONDS) is not None:
                raise Broken(f"`{self.name}` prints more lines than there are requests")

    def _answer(self, line: bytes, place: int) -> Json:
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise Broken(f"`{self.name}`: line {place} of its output is no JSON object")
        return answer


def _collect(process: "subprocess.Popen[bytes]", lines: "SimpleQueue[bytes | None]") -> None:
    """Pass on what a program prints, then None."""
    with suppress(OSError, ValueError):
        for line in process.stdout or ():
            lines.put(line)
    lines.put(None)


def _feed(process: "subprocess.Popen[bytes]", requests: list[Json]) -> None:
    """Write all requests; a program that ends early is noticed where its answers are read."""
    with suppress(OSError):
        for request in requests:
            if process.stdin is not None:
                process.stdin.write(json.dumps(request).encode() + b"\n")
        if process.stdin is not None:
            process.stdin.close()


def _close(process: "subprocess.Popen[bytes]") -> None:
    """Take leave of a program; what it was not told any more does not matter."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
