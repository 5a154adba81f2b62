"""The TypeScript client of a project as a program that speaks JSON lines: ``python -m tests.targets.typescript.client``."""

import os

from tests.support.node import node_binary
from tests.support.tried_algorithms import algorithms_asked_about
from tests.targets.typescript.fixture import HERE, Package

if __name__ == "__main__":
    node, folder = str(node_binary()), str(Package(algorithms_asked_about()).folder)
    os.execv(node, [node, str(HERE / "conformance.mjs"), folder])
