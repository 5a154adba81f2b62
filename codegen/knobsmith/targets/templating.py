"""The templates of targets, and what is kept of them: compiled, as Python keeps its modules.

Compiling all templates takes as long as importing what compiles them. The outcome stands beside them in
``__pycache__``, or wherever Python was told to keep bytecode, and is used only if nobody else can have written it.
"""

import os
import sys
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, compiler
from jinja2.bccache import Bucket

_WRITABLE_BY_OTHERS = 0o022


def environment(folder: Path) -> Environment:
    """The templates in a folder. What they are filled with has been escaped or quoted before it gets there."""
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - nothing that is generated is HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_Compiled(),
    )


class _Compiled(BytecodeCache):
    """Compiled templates in files. A file that is missing, stale or not to be trusted is no reason to fail."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The path of the file, the interpreter's version in its name."""
        return cache_from_source(filename or name, optimization="jinja")

    def get_source_checksum(self, source: str) -> str:
        """What tells versions of a template apart, and of what compiles it."""
        versions = [_version(path) for path in (__file__, compiler.__file__)]
        return super().get_source_checksum(f"{versions}{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is there."""
        path = Path(bucket.key)
        try:
            with path.open("rb") as file:
                if _is_private(path.parent.stat()) and _is_private(os.fstat(file.fileno())):
                    bucket.load_bytecode(file)
        except Exception:  # whatever stands there, it is not what was written
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if sys.dont_write_bytecode:
            return
        path = Path(bucket.key)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:
                bucket.write_bytecode(file)
            unfinished.replace(path)
        except OSError:  # installed where we may not write
            return


def _version(path: str) -> tuple[int, int]:
    status = Path(path).stat()
    return status.st_mtime_ns, status.st_size


def _is_private(status: os.stat_result) -> bool:
    """Whether nobody but this user, or who installs software for all, can have written it."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid in (0, os.getuid()) and not status.st_mode & _WRITABLE_BY_OTHERS
