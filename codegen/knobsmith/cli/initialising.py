"""``knobsmith init``: a working project in a folder."""

import shlex
import sys
from argparse import Namespace
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from knobsmith.cli.problems import Usage
from knobsmith.streams import say

# Names that packaging tools would leave out of a distribution are stored under another one.
_RENAMED = {"gitignore": ".gitignore"}


def run(options: Namespace) -> int:
    """Fill a folder with the starter project; nothing that exists is overwritten."""
    folder = Path(options.folder)
    if folder.exists() and not folder.is_dir():
        raise Usage(f"{folder} is no folder; name one, or a path where there is nothing yet")
    for name in ("spec", "generated"):
        if (folder / name).exists():
            raise Usage(f"{folder / name} exists already; a project is started where there is none")
    for path, text in _walk(files("knobsmith") / "starter", ""):
        target = folder / path
        if target.exists():
            say(f"kept {target} as it is")
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    go = f"  cd {shlex.quote(str(folder))}\n" if folder.resolve() != Path.cwd() else ""
    sys.stdout.write(f"started a project in {folder}\n\nnext:\n{go}  knobsmith check\n  knobsmith generate\n")
    return 0


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        name = _RENAMED.get(entry.name, entry.name)
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{name}/")
        else:
            yield f"{prefix}{name}", entry.read_text(encoding="utf-8")
