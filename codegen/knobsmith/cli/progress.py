"""How far the work is: a line on the terminal, for work that takes longer than a second."""

import os
import sys
from collections.abc import Iterable, Iterator, Sized
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

_PATIENCE_SECONDS = 1.0
_INTERVAL_SECONDS = 0.1
_WIDTH = 24
_ERASE = "\r\033[K"


class Progress:
    """Shows, while it is open, what is being done and how much of it; erased at the end.

    Nothing is shown unless standard error is a terminal. Drawn from a thread of its own, because a single step may
    take long.
    """

    def __init__(self, title: str = "reading") -> None:
        self._title = title
        self._done = 0
        self._total: int | None = None
        self._finished = Event()
        self._thread = Thread(target=self._draw, daemon=True) if _is_terminal() else None

    def track(self, items: Iterable[Any], title: str) -> Iterator[Any]:
        """The items, counted as they are taken."""
        self._title, self._done, self._total = title, 0, len(items) if isinstance(items, Sized) else None
        for item in items:
            yield item
            self._done += 1

    def __enter__(self) -> Self:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finished.set()
        if self._thread is not None:
            self._thread.join()

    def _draw(self) -> None:
        if self._finished.wait(_PATIENCE_SECONDS):
            return
        while True:
            sys.stderr.write(_ERASE + self._line())
            sys.stderr.flush()
            if self._finished.wait(_INTERVAL_SECONDS):
                break
        sys.stderr.write(_ERASE)
        sys.stderr.flush()

    def _line(self) -> str:
        title, done, total = self._title, self._done, self._total
        if not total:
            return f"{title} ... {done or ''}".rstrip()
        filled = _WIDTH * min(done, total) // total
        return f"{title} [{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total}"


def _is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
