"""``knobsmith init``: a working project in a new folder."""

import sys
from argparse import Namespace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from knobsmith.cli.problems import Usage

# Names that packaging tools would leave out of a distribution are stored under another one.
_RENAMED = {"gitignore": ".gitignore"}


def run(options: Namespace) -> int:
    """Fill a folder with the starter project; nothing that exists is overwritten."""
    folder = Path(options.folder)
    starter = dict(_walk(files("knobsmith") / "starter", ""))
    taken = sorted(path for path in starter if (folder / path).exists())
    if taken:
        raise Usage(f"{folder / taken[0]} exists already; `init` starts in an empty folder")
    for path, text in starter.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(
        f"started a project in {folder}\n\nnext:\n  cd {folder}\n  knobsmith check\n  knobsmith generate\n"
    )
    return 0


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        name = _RENAMED.get(entry.name, entry.name)
        if entry.is_dir():
            found.extend(_walk(entry, f"{prefix}{name}/"))
        else:
            found.append((f"{prefix}{name}", entry.read_text(encoding="utf-8")))
    return found
