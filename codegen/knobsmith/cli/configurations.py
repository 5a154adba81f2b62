"""Configurations as JSON, read strictly: what two readers could take for two things is refused."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any

from knobsmith.cli.problems import Usage
from knobsmith.records import Record

STDIN = "-"
_BOM = b"\xef\xbb\xbf"
# Beyond these no double is finite, and Python refuses to read thousands of digits at all.
_DIGITS = 400


class Configuration(Record):
    """What was to be judged: the values by name, or why there are none.

    Attributes:
        values: The members of the JSON object; None if it could not be read.
        refusal: Where it could not be read, and why.
        help: What to do about it.
    """

    values: dict[str, Any] | None
    refusal: str = ""
    help: str | None = None


class _RefusedError(ValueError):
    """JSON of a kind that is not accepted; says why, and what to do."""


def configurations(file: str, *, by_line: bool) -> Iterator[Configuration]:
    """The configuration in a file, or one for each line that is not blank; ``-`` is standard input.

    Raises:
        Usage: There is no such file, or none that can be read.
    """
    name = "<stdin>" if file == STDIN else file
    with nullcontext(sys.stdin.buffer) if file == STDIN else _opened(file) as stream:
        if not by_line:
            yield _read(f"{name}:", stream.read(), 1)
            return
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _read(f"{name}:", line, number)


def _opened(file: str) -> IO[bytes]:
    try:
        return Path(file).open("rb")
    except (OSError, ValueError) as problem:  # no path holds a NUL
        reason = getattr(problem, "strerror", None) or str(problem)
        raise Usage(f"{file}: {reason[0].lower()}{reason[1:]}; name a file with JSON, or `-`") from None


def _read(name: str, raw: bytes, first: int) -> Configuration:
    try:
        text = raw.removeprefix(_BOM).rstrip().decode("utf-8")
        values = json.loads(text, object_pairs_hook=_members, parse_constant=_refuse_constant, parse_int=_integer)
    except UnicodeDecodeError as problem:
        line = first + raw.count(b"\n", 0, problem.start)
        return Configuration(None, f"{name}{line}: this is not UTF-8", "save it as UTF-8")
    except json.JSONDecodeError as problem:
        line = first + problem.lineno - 1
        what = f"{problem.msg[0].lower()}{problem.msg[1:]}"
        return Configuration(None, f"{name}{line}:{problem.colno}: this is not JSON: {what}", "mend it")
    except _RefusedError as problem:
        message, help = problem.args
        return Configuration(None, f"{name}{first}: {message}", help)
    except RecursionError:
        return Configuration(None, f"{name}{first}: this is nested too deep", "flatten it")
    if not isinstance(values, dict):
        return Configuration(
            None, f"{name}{first}: a configuration is a JSON object, and this is none", 'write {"NAME": VALUE}'
        )
    return Configuration(values)


def _members(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RefusedError(f"the key {json.dumps(key, ensure_ascii=False)} stands twice", "keep one of the two")
        found[key] = value
    return found


def _refuse_constant(word: str) -> None:
    raise _RefusedError(f"this is not JSON: `{word}` is no number there", "write a finite number")


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _DIGITS else float(digits)
