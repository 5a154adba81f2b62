"""Which paths a target may ask for: below the generated folder, valid on every system, and its own."""

import re
from collections.abc import Mapping
from pathlib import Path

MANIFEST = "manifest.json"
STAGING = ".staging"

# What some system takes for more than a name, or refuses in one.
_FOREIGN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\\ud800-\udfff]')
_LONGEST = 255


class UnsafePath(Exception):
    """A target asks for a path that it must not write; the message says why. ``target`` is its name."""

    def __init__(self, target: str, reason: str) -> None:
        super().__init__(reason)
        self.target = target


def flat(rendered: Mapping[str, Mapping[str, str]], kept: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The texts of all targets by path; ``kept`` are the files of targets that stay as they are.

    Letter case does not tell two paths apart, as on many disks.

    Raises:
        UnsafePath: a path is malformed or reserved, or two files are in each other's way.
    """
    owners = {path.casefold(): target for target, files in kept.items() for path in files}
    texts: dict[str, str] = {}
    for target, files in rendered.items():
        for path, text in files.items():
            folded = path.casefold()
            if not is_proper(path):
                raise UnsafePath(target, f"`{path}` is no path below the generated folder")
            if folded.split("/")[0] in (MANIFEST, STAGING):
                raise UnsafePath(target, f"`{path}` is reserved")
            if folded in owners:
                raise UnsafePath(target, f"`{path}` is a file of `{owners[folded]}` already")
            owners[folded] = target
            texts[path] = text
    _refuse_folders(rendered, owners)
    return texts


def is_proper(path: str) -> bool:
    """Whether a text is the plain form of a path that stays below where it starts."""
    parts = path.split("/")
    return not _FOREIGN.search(path) and not any(
        part in ("", ".", "..") or len(part.encode()) > _LONGEST for part in parts
    )


def is_within(folder: Path, path: str) -> bool:
    """Whether no link on the way to a path leads elsewhere. The last part may be one: it is replaced, not followed."""
    return not any((folder / parent).is_symlink() for parent in _parents(path))


def _refuse_folders(rendered: Mapping[str, Mapping[str, str]], owners: Mapping[str, str]) -> None:
    """A path cannot be a file for one and a folder for another."""
    for target, files in rendered.items():
        for path in files:
            for parent in _parents(path):
                if (owner := owners.get(parent.casefold())) is not None:
                    raise UnsafePath(target, f"`{path}` stands below `{parent}`, which is a file of `{owner}`")


def _parents(path: str) -> list[str]:
    """ "a/b/c" has the parents "a" and "a/b"."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]
