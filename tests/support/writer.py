"""Writes two versions of a generated folder in turns until it is killed: ``python -m tests.support.writer FOLDER``."""

import sys
from itertools import cycle
from pathlib import Path

from knobsmith.write import Rendered, plan, write


def version(word: str) -> Rendered:
    """Two hundred files full of a word; one half has it in the name, and is stale once another version is written."""
    names = [f"{number % 7}/{number if number % 2 else word}-{number}" for number in range(200)]
    return {"one": dict.fromkeys(names, word * 500)}


VERSIONS = (version("old"), version("new"))


def put(folder: Path, rendered: Rendered) -> None:
    """Write a version."""
    write(folder, plan(folder, rendered))


if __name__ == "__main__":
    put(Path(sys.argv[1]), VERSIONS[0])
    print(flush=True)
    for rendered in cycle(VERSIONS):
        put(Path(sys.argv[1]), rendered)
