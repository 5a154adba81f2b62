"""The TypeScript client of this project as a program that speaks JSON lines: ``python -m tests.targets.typescript.client``."""

import os

from knobsmith.pipeline import compile_project

from tests.support.node import node_binary
from tests.targets.typescript.fixture import HERE, Package

if __name__ == "__main__":
    compiled = compile_project(HERE.parent.parent.parent)
    if compiled.catalog is None:
        raise SystemExit("\n".join(map(str, compiled.diagnostics)))
    node, folder = str(node_binary()), str(Package(compiled.catalog.algorithms).folder)
    os.execv(node, [node, str(HERE / "conformance.mjs"), folder])
