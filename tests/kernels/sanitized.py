"""The emulated backend, built with the address and undefined-behaviour sanitizers, and run in a process of its own.

What is built is kept under `.knobsmith/` and built again when a source changed.
"""

import fcntl
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / ".knobsmith" / "kernels" / "sanitized"
OPTIONS = {
    "CMAKE_BUILD_TYPE": "Debug",
    "Python_EXECUTABLE": sys.executable,
    "VISION_KERNELS_CUDA": "OFF",
    "VISION_KERNELS_EMULATED": "ON",
    "VISION_KERNELS_SANITIZE": "address,undefined",
}
# The module stands outside of the installed package, which is made to find it.
START = "import sys, vision_kernels; vision_kernels.__path__.insert(0, sys.argv.pop(1))\n"
REPLAY = "import runpy; runpy.run_module('vision_kernels.replay', run_name='__main__', alter_sys=True)"
FOUND = 99


def built() -> Path:
    """The folder with the sanitized module."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with _alone(BUILD / "lock"):
        defined = [f"-D{name}={value}" for name, value in OPTIONS.items()]
        _run("cmake", "-G", "Ninja", "-S", str(ROOT / "kernels"), "-B", str(BUILD), *defined)
        _run("cmake", "--build", str(BUILD), "--target", "_emulated")
    return BUILD


def replayed(folder: Path) -> subprocess.CompletedProcess[str]:
    """A replay on the sanitized emulator."""
    return run(REPLAY, str(folder), "--backend", "emulated", "--format", "json")


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python with the sanitized module; it ends with the exit code FOUND at the first thing that they find."""
    watched = {
        "LD_PRELOAD": " ".join(_library(name) for name in ("libasan.so", "libstdc++.so")),
        "ASAN_OPTIONS": f"detect_leaks=0:halt_on_error=1:exitcode={FOUND}",
        "UBSAN_OPTIONS": f"halt_on_error=1:exitcode={FOUND}",
    }
    command = [sys.executable, "-c", START + code, str(built()), *arguments]
    return subprocess.run(command, env={**os.environ, **watched}, capture_output=True, text=True)


def _library(name: str) -> str:
    compiler = os.environ.get("CXX", "g++")
    return subprocess.run(
        [compiler, f"-print-file-name={name}"], check=True, capture_output=True, text=True
    ).stdout.strip()


def _run(*command: str) -> None:
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
    finished = subprocess.run(command, env={**os.environ, "PATH": path}, capture_output=True, text=True)
    if finished.returncode:
        raise AssertionError(f"{' '.join(command)}\n{finished.stdout[-8000:]}\n{finished.stderr[-8000:]}")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
