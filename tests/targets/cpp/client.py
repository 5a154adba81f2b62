"""The C++ client of this project as a program that speaks JSON lines: ``python -m tests.targets.cpp.client``."""

import os
from pathlib import Path

from knobsmith.pipeline import compile_project

from tests.targets.cpp.building import build

ROOT = Path(__file__).parent.parent.parent.parent

if __name__ == "__main__":
    compiled = compile_project(ROOT)
    if compiled.catalog is None:
        raise SystemExit("\n".join(map(str, compiled.diagnostics)))
    command = build(compiled.catalog.algorithms)
    os.execv(command[0], command)
