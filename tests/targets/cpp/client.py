"""The C++ client of a project as a program that speaks JSON lines: ``python -m tests.targets.cpp.client``."""

import os

from tests.support.tried_algorithms import algorithms_asked_about
from tests.targets.cpp.building import build

if __name__ == "__main__":
    command = build(algorithms_asked_about())
    os.execv(command[0], command)
