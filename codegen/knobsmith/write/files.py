"""The generated folder on disk: what is in it, what should be, and the step from one to the other.

A crash at any moment must leave a folder that the next run repairs, and never delete what is not ours:
all new contents are staged first; then the manifest claims old and new files together; then every staged file
is renamed into place; then stale files go; last the final manifest is written. Files that a manifest claims and
nobody renders any more are stale, so whatever an interrupted run left behind is cleaned by the next.
"""

import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

MANIFEST = "manifest.json"
_STAGING = ".staging"
_IN_PROGRESS = "in progress"

# The files of each target: paths below the generated folder with their texts.
Rendered = Mapping[str, Mapping[str, str]]
# What a manifest claims: for each target its paths, each with the SHA-256 of its contents.
Claims = dict[str, dict[str, str]]


class UnsafePath(Exception):
    """A target wants to write a path that is not below the generated folder, or that another target writes."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file that differs from what is on disk: ``old`` is None where it is new, ``new`` where it is stale."""

    path: str
    old: str | None
    new: str | None


def changes(folder: Path, rendered: Rendered, kept: Collection[str] = ()) -> list[Change]:
    """What ``write`` would do, sorted by path. The files of the targets in ``kept`` stay as they are.

    Raises:
        UnsafePath: a path leads out of the folder, or two targets write the same one.
        OSError: a file cannot be read.
    """
    return _changes(folder, rendered, kept, _claims(folder))


def write(folder: Path, rendered: Rendered, kept: Collection[str] = ()) -> list[Change]:
    """Make the folder hold exactly these files, beside whatever in it is not ours; returns what changed.

    Raises:
        UnsafePath: a path leads out of the folder, or two targets write the same one; nothing was written.
        OSError: the disk refused; what was renamed so far stays, and the next run goes on from there.
    """
    claims = _claims(folder)
    found = _changes(folder, rendered, kept, claims)
    staging = folder / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    if not found:
        return []
    try:
        for number, change in enumerate(found):
            if change.new is not None:
                _stage(staging / str(number), change.new)
        _claim(folder, staging, claims, rendered)
        for number, change in enumerate(found):
            if change.new is not None and change.path != MANIFEST:
                _place(staging / str(number), folder / change.path)
        for change in found:
            if change.new is None:
                _remove(folder, change.path)
        _stage(staging / MANIFEST, _manifest(rendered, kept, claims))
        _place(staging / MANIFEST, folder / MANIFEST)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return found


def _changes(folder: Path, rendered: Rendered, kept: Collection[str], claims: Claims) -> list[Change]:
    wanted = _flat(folder, rendered)
    wanted[MANIFEST] = _manifest(rendered, kept, claims)
    ours = {path for target, files in claims.items() if target not in kept for path in files}
    found = []
    for path in sorted({*wanted, *ours}):
        old, new = _read(folder / path), wanted.get(path)
        if old != new:
            found.append(Change(path, old, new))
    return found


def _flat(folder: Path, rendered: Rendered) -> dict[str, str]:
    texts: dict[str, str] = {}
    for files in rendered.values():
        for path, text in files.items():
            if path in texts or path == MANIFEST or not _is_safe(folder, path):
                raise UnsafePath(path)
            texts[path] = text
    return texts


def _manifest(rendered: Rendered, kept: Collection[str], claims: Claims) -> str:
    digests: Claims = {target: files for target, files in claims.items() if target in kept}
    for target, files in rendered.items():
        digests[target] = {path: sha256(files[path].encode()).hexdigest() for path in sorted(files)}
    return _manifest_text(digests)


def _manifest_text(claims: Claims) -> str:
    targets = {target: claims[target] for target in sorted(claims)}
    return json.dumps({"version": 1, "generator": "knobsmith", "targets": targets}, indent=2) + "\n"


def _claims(folder: Path) -> Claims:
    """The files that the manifest on disk says are ours; none if there is no readable manifest."""
    try:
        recorded = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["targets"]
        return {
            target: {path: str(digest) for path, digest in files.items() if _is_safe(folder, path)}
            for target, files in recorded.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _claim(folder: Path, staging: Path, claims: Claims, rendered: Rendered) -> None:
    """Record that old and new paths are ours before the first of them appears or disappears."""
    both: Claims = {target: dict(files) for target, files in claims.items()}
    for target, files in rendered.items():
        both.setdefault(target, {}).update(dict.fromkeys(files, _IN_PROGRESS))
    _stage(staging / "claim", _manifest_text(both))
    _place(staging / "claim", folder / MANIFEST)


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


def _place(staged: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    staged.replace(path)


def _remove(folder: Path, path: str) -> None:
    """Delete a stale file, and the folders that it leaves empty."""
    stale = folder / path
    stale.unlink(missing_ok=True)
    for parent in stale.relative_to(folder).parents:
        if parent == Path():
            return
        try:
            (folder / parent).rmdir()
        except OSError:  # not empty: something in it is not ours, or not stale
            return
