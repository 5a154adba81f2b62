"""From a path to text: within the limits, UTF-8, and with the same lines for every tool."""

import re
import stat
from pathlib import Path

from knobsmith.diagnostics import Diagnostic
from knobsmith.load.laws import MAX_BYTES, NOT_TEXT, TOO_LARGE, UNREADABLE
from knobsmith.source import SourceFile, Span

# What YAML refuses (surrogates do not come out of UTF-8), and U+0085, U+2028 and U+2029, which end a line for some
# readers only.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


def read_source(root: Path, path: str) -> SourceFile | Diagnostic:
    """The text of a file below ``root``, or what is wrong with it."""
    name = path.encode("utf-8", "backslashreplace").decode()
    try:
        raw = _read_bytes(root / path)
    except _UnreadableError as problem:
        return UNREADABLE.on(Span.whole(name), name, problem.fact, problem.help)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "its path is malformed"
        return UNREADABLE.on(Span.whole(name), name, f"but the system says: {reason}", "check the path")
    if raw is None:
        return TOO_LARGE.on(Span.whole(name), name, "this one is larger", "split it into several files")
    return decode(name, raw)


def decode(name: str, raw: bytes) -> SourceFile | Diagnostic:
    """Bytes as text, or what is wrong with them."""
    if raw.startswith(_UTF16):
        return NOT_TEXT.on(Span.whole(name), name, "this one is UTF-16", "save it as UTF-8")
    if b"\0" in raw[:4]:
        return NOT_TEXT.on(Span.whole(name), name, "this one is binary or UTF-16", "save it as UTF-8")
    raw = raw.removeprefix(_BOM)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = raw[: problem.start].decode("utf-8")
        fact = f"byte 0x{raw[problem.start]:02X} is not"
        return NOT_TEXT.on(_place(name, before), name, fact, "save the file as UTF-8")
    refused = _REFUSED.search(text)
    if refused is None:
        return SourceFile(name, text)
    code = f"U+{ord(refused.group()):04X}"
    help = f'remove it, or write "\\u{ord(refused.group()):04X}" in double quotes'
    return NOT_TEXT.on(_place(name, text[: refused.start()]), name, f"{code} is one that tools read differently", help)


class _UnreadableError(Exception):
    def __init__(self, fact: str, help: str) -> None:
        super().__init__(fact)
        self.fact = fact
        self.help = help


def _read_bytes(file: Path) -> bytes | None:
    """The content, or None if there is too much; never more than the limit is read."""
    try:
        status = file.stat()
    except FileNotFoundError:
        raise _UnreadableError("this one is missing", "check the path") from None
    if stat.S_ISDIR(status.st_mode):
        raise _UnreadableError("this one is a directory", "name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise _UnreadableError("this one is no regular file", "name a file that holds text")
    if status.st_size > MAX_BYTES:
        return None
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except PermissionError:
        raise _UnreadableError("permission is denied", "let the current user read it") from None
    return raw if len(raw) <= MAX_BYTES else None


def _place(name: str, before: str) -> Span:
    lines = f"{before}.".splitlines()
    return Span.from_marks(name, len(lines) - 1, len(lines[-1]) - 1, len(lines) - 1, len(lines[-1]))
