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
    """The configuration in a file, or one for each line, blank ones too; ``-`` is standard input.

    Raises:
        Usage: There is no such file, or none that can be read.
    """
    name = "<stdin>" if file == STDIN else file
    with nullcontext(sys.stdin.buffer) if file == STDIN else _opened(file) as stream:
        if not by_line:
            yield _read(f"{name}:", stream.read(), 1)
            return
        for number, line in enumerate(stream, 1):
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
        fact, help = _in_words(problem)
        return Configuration(None, f"{name}{line}:{problem.colno}: this is not JSON, {fact}", help)
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


# What the reader of the standard library says, as a fact and what to do about it.
_WORDS = {
    "Expecting value": ("no value stands here", "write a value"),
    "Expecting property name enclosed in double quotes": ("no name in double quotes stands here", "write one"),
    "Illegal trailing comma before end of object": ("nothing follows this comma", "leave it out"),
    "Illegal trailing comma before end of array": ("nothing follows this comma", "leave it out"),
    "Expecting ':' delimiter": ("no `:` stands between name and value", "write one"),
    "Expecting ',' delimiter": ("neither a comma nor a closing bracket stands here", "write one of them"),
    "Extra data": ("more follows after its end", "leave that out"),
    "Unterminated string starting at": ("the text that starts here has no end", 'close it with `"`'),
    "Invalid control character at": ("a control character stands in a text", r"write it as an escape, such as `\n`"),
    "Invalid \\escape": ("there is no such escape in a text", r"write a backslash as `\\`"),
    "Invalid \\uXXXX escape": ("four hexadecimal digits must follow `\\u`", "write all four of them"),
}


def _in_words(problem: json.JSONDecodeError) -> tuple[str, str]:
    """What is wrong with a text that is no JSON, and what to do."""
    if not problem.doc.strip():
        return "it is empty", 'write {"NAME": VALUE}'
    if problem.pos >= len(problem.doc):
        return "it ends before it is complete", "write the rest of it"
    known = next((words for start, words in _WORDS.items() if problem.msg.startswith(start)), None)
    return known or (f"{problem.msg[0].lower()}{problem.msg[1:]}", "write it as JSON")


def _members(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RefusedError(f"the key {json.dumps(key, ensure_ascii=False)} stands twice", "keep one of the two")
        found[key] = value
    return found


def _refuse_constant(word: str) -> None:
    raise _RefusedError(f"this is not JSON, `{word}` is no number there", "write a finite number")


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _DIGITS else float(digits)
