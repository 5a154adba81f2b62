"""The tests with hostile input and with all vectors once more, the extension watched by sanitizers."""

import os
import subprocess
import sys
from pathlib import Path

from tests.targets.accelerator.building import FLAGS
from tests.targets.cpp.building import SANITIZED, compile_file

HERE = Path(__file__).parent
AGREES = HERE / "test_accelerator_agrees.py"
TESTS = (HERE / "test_accelerator_hostile.py", f"{AGREES}::test_all_vectors", f"{AGREES}::test_drawn_configurations")


def library(name: str) -> str:
    """A library of the compiler."""
    command = ["g++", f"-print-file-name={name}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def environment() -> dict[str, str]:
    """Python is no sanitized program, so what watches has to be there before it; its memory is that of the system."""
    return {
        **os.environ,
        FLAGS: " ".join(["-g1", *SANITIZED]),
        "LD_PRELOAD": f"{library('libasan.so')} {library('libubsan.so')}",
        "ASAN_OPTIONS": "detect_leaks=0",
        "PYTHONMALLOC": "malloc",
    }


def test_hostile_input_and_vectors_under_sanitizers() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, TESTS)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert " passed" in done.stdout or "[100%]" in done.stdout


def test_the_sanitizers_see_what_an_extension_does(tmp_path: Path) -> None:
    source = tmp_path / "planted.cpp"
    source.write_text('extern "C" int planted(int at) { int* p = new int[4]; int v = p[at]; delete[] p; return v; }')
    compile_file(["g++", "-shared", "-fPIC", *SANITIZED, str(source), "-o", str(tmp_path / "planted.so")])
    code = f"import ctypes; ctypes.CDLL('{tmp_path}/planted.so').planted(4)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment())
    assert "heap-buffer-overflow" in done.stderr
