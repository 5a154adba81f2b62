"""Whether anything changed since the last run, decided without importing anything heavy.

``generate`` is run from editors and hooks all day, mostly with nothing to do. The last run's inputs, outputs and
compiler are remembered with their times, sizes and hashes; if all of them are as they were, its output is
repeated. A file whose times differ is read and hashed before it counts as changed, so a fresh checkout or a
``touch`` costs little, and a file written within the last moments of the remembered run is always hashed, because
its time may not tell two versions apart.

This module is imported on every start: nothing but ``os``, ``sys``, ``json`` and ``hashlib`` here.
"""

import json
import os
import sys
from hashlib import blake2b
from typing import Any

STATE = os.path.join(".knobsmith", "state.json")
_RACY_NANOSECONDS = 50_000_000
_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def find_project(start: str) -> str | None:
    """The nearest folder at or above ``start`` that holds ``spec/knobsmith.yaml``."""
    folder = os.path.abspath(start)
    while not os.path.exists(os.path.join(folder, "spec", "knobsmith.yaml")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def repeat(project: str, request: list[str]) -> str | None:
    """What the last run of the same request printed, if everything it depended on is as it was."""
    try:
        with open(os.path.join(project, STATE), encoding="utf-8") as file:
            state = json.load(file)
        fits = state["request"] == request and state["python"] == sys.version and state["package"] == _PACKAGE
        if fits and _unchanged(project, state["files"], state["folders"], state["time"]):
            return str(state["output"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def remember(project: str, request: list[str], extra: list[str], output: str) -> None:
    """Record a run that succeeded: its request, everything it depended on, and what it printed.

    ``extra`` lists files outside the project and the compiler, such as those of a third party's target.
    """
    files, folders = _watched(project)
    now = _touch_time(os.path.join(project, STATE))
    state = {
        "request": request,
        "python": sys.version,
        "package": _PACKAGE,
        "time": now,
        "files": {path: _identity(path) for path in (*files, *extra)},
        "folders": {path: sorted(os.listdir(path)) for path in folders},
        "output": output,
    }
    temporary = os.path.join(project, f"{STATE}.{os.getpid()}")
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(state, file)
    os.replace(temporary, os.path.join(project, STATE))


def _unchanged(project: str, files: dict[str, Any], folders: dict[str, list[str]], time: int) -> bool:
    for path, names in folders.items():
        if sorted(os.listdir(path)) != names:
            return False
    for path, (modified, size, digest) in files.items():
        status = os.stat(path)
        if status.st_size != size:
            return False
        certain = status.st_mtime_ns == modified and modified < time - _RACY_NANOSECONDS
        if not certain and _digest(path) != digest:
            return False
    return True


def _watched(project: str) -> tuple[list[str], list[str]]:
    """Every file and folder of the compiler, the specs and the generated output."""
    files: list[str] = []
    folders: list[str] = []
    for top in (_PACKAGE, os.path.join(project, "spec"), os.path.join(project, "generated")):
        for folder, below, names in os.walk(top):
            below[:] = sorted(name for name in below if name != "__pycache__")
            folders.append(folder)
            files.extend(os.path.join(folder, name) for name in sorted(names))
    return files, folders


def _identity(path: str) -> tuple[int, int, str]:
    status = os.stat(path)
    return status.st_mtime_ns, status.st_size, _digest(path)


def _digest(path: str) -> str:
    with open(path, "rb") as file:
        return blake2b(file.read(), digest_size=16).hexdigest()


def _touch_time(path: str) -> int:
    """The present, by the clock of the file system that the times of files come from."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8"):
        pass
    return os.stat(path).st_mtime_ns
