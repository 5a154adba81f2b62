"""The generated folder on disk: what is in it, what should be, and the step from one to the other.

A crash at any moment must leave a folder that the next run repairs, and never delete what is not ours:
all new contents are staged first; then the manifest claims old and new files together; then every staged file
is renamed into place; then stale files go; last the final manifest is written. Files that a manifest claims and
nobody renders any more are stale, so whatever an interrupted run left behind is cleaned by the next.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

MANIFEST = "manifest.json"
_STAGING = ".staging"


class UnsafePath(Exception):
    """A target wants to write, or a manifest claims, a path that is not below the generated folder."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file that differs from what is on disk: ``old`` is None where it is new, ``new`` where it is stale."""

    path: str
    old: str | None
    new: str | None


def changes(folder: Path, files: Mapping[str, str]) -> list[Change]:
    """What ``write`` would do, sorted by path.

    Raises:
        UnsafePath: a path leads out of the folder.
        OSError: a file cannot be read.
    """
    wanted = {_checked(folder, path): text for path, text in _with_manifest(files).items()}
    found = []
    for path in sorted({*wanted, *_claimed(folder)}):
        old, new = _read(folder / path), wanted.get(path)
        if old != new:
            found.append(Change(path, old, new))
    return found


def write(folder: Path, files: Mapping[str, str]) -> list[Change]:
    """Make the folder hold exactly these files, beside whatever in it is not ours; returns what changed.

    Raises:
        UnsafePath: a path leads out of the folder; nothing was written.
        OSError: the disk refused; what was renamed so far stays, and the next run goes on from there.
    """
    found = changes(folder, files)
    staging = folder / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    if not found:
        return []
    try:
        for number, change in enumerate(found):
            if change.new is not None:
                _stage(staging / str(number), change.new)
        _claim(folder, staging, {*files, *_claimed(folder)})
        for number, change in enumerate(found):
            if change.new is not None and change.path != MANIFEST:
                _place(staging / str(number), folder / change.path)
        for change in found:
            if change.new is None:
                _remove(folder, change.path)
        _stage(staging / MANIFEST, manifest_text(files))
        _place(staging / MANIFEST, folder / MANIFEST)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return found


def manifest_text(files: Mapping[str, str]) -> str:
    """The manifest: every generated file with the SHA-256 of its contents."""
    digests = {path: sha256(files[path].encode()).hexdigest() for path in sorted(files)}
    return json.dumps({"version": 1, "generator": "knobsmith", "files": digests}, indent=2) + "\n"


def _with_manifest(files: Mapping[str, str]) -> dict[str, str]:
    return {**files, MANIFEST: manifest_text(files)}


def _claimed(folder: Path) -> list[str]:
    """The files that the manifest on disk says are ours; none if there is no readable manifest."""
    try:
        recorded = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        paths = list(recorded["files"])
    except (OSError, ValueError, TypeError, KeyError):
        return []
    return [path for path in paths if isinstance(path, str) and _is_safe(folder, path)]


def _checked(folder: Path, path: str) -> str:
    if not _is_safe(folder, path):
        raise UnsafePath(path)
    return path


def _is_safe(folder: Path, path: str) -> bool:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or "\\" in path or "\0" in path or str(pure) != path or path == ".":
        return False
    return (folder / path).resolve().is_relative_to(folder.resolve())


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return None


def _stage(path: Path, text: str) -> None:
    # Not synced to disk: whatever a power cut loses, the next run sees by its contents and writes again.
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def _claim(folder: Path, staging: Path, paths: Iterable[str]) -> None:
    """Record that these paths are ours before the first of them appears or disappears."""
    claim = {"version": 1, "generator": "knobsmith", "files": dict.fromkeys(sorted(set(paths)), "in progress")}
    _stage(staging / "claim", json.dumps(claim, indent=2) + "\n")
    _place(staging / "claim", folder / MANIFEST)


def _place(staged: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.replace(staged, path)


def _remove(folder: Path, path: str) -> None:
    """Delete a stale file, and the folders that it leaves empty."""
    stale = folder / path
    stale.unlink(missing_ok=True)
    for parent in stale.relative_to(folder).parents:
        if parent == Path("."):
            return
        try:
            (folder / parent).rmdir()
        except OSError:  # not empty: something in it is not ours, or not stale
            return
