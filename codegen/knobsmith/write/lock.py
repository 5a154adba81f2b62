"""One writer at a time: two runs of ``generate`` on one project must not mix their files."""

import contextlib
import os
import sys
from collections.abc import Iterator

if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _acquire(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextlib.contextmanager
def exclusive(path: str) -> Iterator[None]:
    """Hold the lock file at ``path``; waits for whoever holds it. The system releases it when a process dies."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        _acquire(descriptor)
        yield
    finally:
        os.close(descriptor)
