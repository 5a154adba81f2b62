"""Who can be asked: the generated Python client, and any program that speaks JSON lines."""

import json
import shlex
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from threading import Thread
from typing import Any, Protocol

from knobsmith.model.catalog import Catalog
from knobsmith.targets.python.in_memory import load_client

Json = dict[str, Any]


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

    def __init__(self, command: str) -> None:
        """``command`` is split as a shell would.

        Raises:
            Broken: The text is no command.
        """
        try:
            self._arguments = shlex.split(command)
        except ValueError as problem:
            raise Broken(f"`{command}` is no command: {problem}") from None
        if not self._arguments:
            raise Broken("an empty text is no command")
        self.name = command

    def answers(self, requests: Iterable[Json]) -> Iterator[Json]:
        """An answer to each request."""
        try:
            process = subprocess.Popen(  # noqa: S603 - to run it is what the user asks for
                self._arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )
        except OSError as problem:
            raise Broken(f"`{self.name}` does not start: {problem.strerror}") from None
        asked, count = list(requests), 0
        writer = Thread(target=_feed, args=(process, asked), daemon=True)
        writer.start()
        try:
            for count, line in enumerate(process.stdout or (), 1):
                yield self._answer(line, count)
                if count == len(asked):
                    break
        finally:
            process.kill()
            writer.join()
            _close(process)
        if count < len(asked):
            raise Broken(f"`{self.name}` ended after {count} of {len(asked)} answers")

    def _answer(self, line: str, place: int) -> Json:
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise Broken(f"`{self.name}`: line {place} of its output is no JSON object")
        return answer


def _feed(process: "subprocess.Popen[str]", requests: list[Json]) -> None:
    """Write all requests; a program that ends early is noticed where its answers are read."""
    with suppress(OSError):
        for request in requests:
            if process.stdin is not None:
                process.stdin.write(json.dumps(request) + "\n")
        if process.stdin is not None:
            process.stdin.close()


def _close(process: "subprocess.Popen[str]") -> None:
    """Take leave of a program; what it was not told any more does not matter."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
