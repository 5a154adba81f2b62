"""The generated folder on disk: what is in it, what should be, and the step from one to the other.

A crash at any moment must leave a folder that the next run repairs, and never delete what is not ours:
all new contents are staged first; then the manifest claims old and new files together; then stale files go; then
every staged file is renamed into place; last the final manifest is written. Files that a manifest claims and
nobody renders any more are stale, so whatever an interrupted run left behind is cleaned by the next.
"""

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from knobsmith.records import Record
from knobsmith.write.manifest import Claims, Rendered, claims_during, claims_of, manifest_text, read_claims
from knobsmith.write.paths import MANIFEST, STAGING, flat, is_within


class Change(Record):
    """A file that differs from what is on disk.

    Attributes:
        path: Below the generated folder.
        old: What stands there; None where it is new.
        new: What should; None where it is stale.
        is_folder: Whether a folder stands there.
    """

    path: str
    old: str | None
    new: str | None
    is_folder: bool = False


class Plan(Record):
    """How the folder comes to hold what was rendered.

    Attributes:
        claims: What the manifest on disk claims.
        rendered: The files of the targets that were rendered.
        wanted: What the manifest will claim, targets that were not rendered included.
        changes: What is to be done, sorted by path; none if the folder is as it should be.
    """

    claims: Claims
    rendered: Rendered
    wanted: Claims
    changes: tuple[Change, ...]

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of all that is ours, by path from the project."""
        files = {path: digest for claimed in self.wanted.values() for path, digest in claimed.items()}
        files[MANIFEST] = sha256(manifest_text(self.wanted).encode()).hexdigest()
        return {f"generated/{path}": digest for path, digest in files.items()}


def plan(folder: Path, rendered: Rendered, *, keep_others: bool = False) -> Plan:
    """What must change for the folder to hold exactly these files, beside whatever in it is not ours.

    With ``keep_others``, files of targets that were not rendered stay as they are.

    Raises:
        UnsafePath: A target asks for a path that it must not write.
        OSError: A file cannot be read, or a link leads out of the folder.
    """
    _refuse_place(folder)
    claims = read_claims(folder)
    kept = {target: files for target, files in claims.items() if keep_others and target not in rendered}
    texts = flat(rendered, kept)
    _refuse_links(folder, texts)
    wanted = {**kept, **claims_of(rendered)}
    texts[MANIFEST] = manifest_text(wanted)
    ours = {path for target, files in claims.items() if target not in kept for path in files}
    found = (_change(folder, path, texts.get(path)) for path in sorted({*texts, *ours}))
    return Plan(claims, rendered, wanted, tuple(change for change in found if change is not None))


def write(folder: Path, planned: Plan) -> None:
    """Carry out a plan.

    Raises:
        OSError: The disk refused, or something that is not ours is in the way; what was renamed so far stays, and the
            next run goes on from there.
    """
    staging = folder / STAGING
    _discard(staging)
    if not planned.changes:
        return
    _refuse_obstacles(folder, planned.changes)
    staging.mkdir(parents=True)
    try:
        _carry_out(folder, staging, planned)
    finally:
        _discard(staging)


def _carry_out(folder: Path, staging: Path, planned: Plan) -> None:
    renewed = [change for change in planned.changes if change.new is not None and change.path != MANIFEST]
    for number, change in enumerate(renewed):
        _stage(staging / str(number), change.new or "")
    _stage(staging / "during", manifest_text(claims_during(planned.claims, planned.rendered)))
    _stage(staging / "after", manifest_text(planned.wanted))
    _place(staging / "during", folder / MANIFEST)
    for change in planned.changes:
        if change.new is None:
            _remove(folder, change.path)
    for number, change in enumerate(renewed):
        _place(staging / str(number), folder / change.path)
    _place(staging / "after", folder / MANIFEST)


def _change(folder: Path, path: str, new: str | None) -> Change | None:
    file = folder / path
    old = read_text(file)
    # A link is never what we write, even if it leads to the very text.
    if old == new and not (new is not None and file.is_symlink()):
        return None
    return Change(path, old, new, new is not None and file.is_dir() and not file.is_symlink())


def read_text(path: Path) -> str | None:
    """What stands at a path: the text of a file, the target of a link; None for nothing, or for anything else."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return str(path.readlink())
        return path.read_bytes().decode("utf-8", "surrogateescape") if stat.S_ISREG(mode) else None
    except (FileNotFoundError, NotADirectoryError):
        return None


def _refuse_place(folder: Path) -> None:
    if folder.is_symlink() and not folder.exists():
        raise OSError(errno.ENOENT, "it is a link that leads nowhere: remove it, or make what it leads to", folder)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "it is a file where the generated folder belongs: remove it", folder)


def _refuse_links(folder: Path, paths: Iterable[str]) -> None:
    for path in paths:
        if not is_within(folder, path):
            raise OSError(errno.ELOOP, "a link leads to it, and may lead anywhere: remove the link", folder / path)


def _refuse_obstacles(folder: Path, changes: Iterable[Change]) -> None:
    """Say before anything is written that something else stands where a file or a folder of ours must."""
    stale = {folder / change.path for change in changes if change.new is None}
    for change in changes:
        path = folder / change.path
        if change.new is None or change.old is not None:
            continue
        if any(file not in stale for file in _files_below(path)):
            raise IsADirectoryError(
                errno.EISDIR, "a folder with files that are not ours is in the way: move it away", path
            )
        for parent in (folder / inner for inner in path.relative_to(folder).parents):
            if parent.exists() and not parent.is_dir() and parent not in stale:
                raise NotADirectoryError(errno.ENOTDIR, "a file that is not ours is in the way: move it away", parent)


def _files_below(folder: Path) -> Iterator[Path]:
    """Whatever is below a folder and is no folder itself."""
    for inner, folders, names in os.walk(folder):
        yield from (Path(inner, name) for name in names)
        yield from (Path(inner, name) for name in folders if Path(inner, name).is_symlink())


def _stage(path: Path, text: str) -> None:
    # Not synced to disk: whatever a power cut loses, the next run sees by its contents and writes again.
    path.write_bytes(text.encode())


def _place(staged: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        _remove_empty(path)
    staged.replace(path)


def _remove(folder: Path, path: str) -> None:
    """Delete a stale file, and the folders that it leaves empty."""
    stale = folder / path
    stale.unlink(missing_ok=True)
    for parent in stale.relative_to(folder).parents:
        if parent == Path() or not _is_removed(folder / parent):
            return


def _is_removed(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:  # not empty: something in it is not ours, or not stale
        return False
    return True


def _remove_empty(folder: Path) -> None:
    """Delete a folder in which there are only folders."""
    for inner, _, _ in os.walk(folder, topdown=False):
        Path(inner).rmdir()


def _discard(staging: Path) -> None:
    """Remove what is staged. A link in its place is not followed."""
    if staging.is_symlink() or staging.is_file():
        staging.unlink()
    elif staging.exists():
        shutil.rmtree(staging)
