"""Whether this machine has what the kernels are built and tried with: ``python -m tests.kernels.gpu.tools``.

A build for a GPU installs nothing. Ends with 0 and the versions, or with 1 and what is missing.
"""

import shutil
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("numpy", "torch", "nanobind", "scikit-build-core")


def versions(packages: Sequence[str]) -> dict[str, str | None]:
    """The installed versions, None for what is not installed."""
    return {package: _version(package) for package in packages}


def main(packages: Sequence[str] = PACKAGES) -> int:
    found = versions([*packages, "cmake"])
    missing = [name for name in packages if found[name] is None]
    if found["cmake"] is None and shutil.which("cmake") is None:
        missing.append("cmake")
    if shutil.which("g++") is None and shutil.which("c++") is None:
        missing.append("a C++ compiler")
    if missing:
        print(f"{', '.join(missing)}: needed by {sys.executable}, and not there", file=sys.stderr)
        return 1
    told = [f"Python {sys.version.split()[0]}", *(f"{name} {number}" for name, number in found.items() if number)]
    print(", ".join(told))
    return 0


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    sys.exit(main())
