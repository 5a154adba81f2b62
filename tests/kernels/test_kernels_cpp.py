"""The kernels without Python: programs in C++, as they are built for users and under sanitizers."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "tests" / "kernels" / "cpp"
# Outside of build/, so that cleaning up after a package leaves it.
KEPT = ROOT / ".knobsmith" / "kernels"

PROGRAMS = ("numbers", "threads", "optimizers", "losses", "indices", "images", "resizing", "detection", "metrics")
AS_BUILT: Sequence[str] = ("-DCMAKE_BUILD_TYPE=Release",)
ADDRESSES = ("-DVISION_KERNELS_SANITIZE=address,undefined",)
# What the sanitizer of threads has to see is how the pool is used, not each function.
RACES = ("-DVISION_KERNELS_SANITIZE=thread",)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While no other process builds the same."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def built(program: str, options: Sequence[str]) -> Path:
    """A program of tests/kernels/cpp; what did not change is not built again."""
    folder = KEPT / "-".join(options).replace("-DVISION_KERNELS_", "").replace("-DCMAKE_", "").replace("=", "_")
    with alone(folder):
        run(["cmake", "-G", "Ninja", "-S", str(SOURCES), "-B", str(folder), *options])
        run(["cmake", "--build", str(folder), "--target", program])
    return folder / program


def run(command: Sequence[str], **environment: str) -> str:
    # CMake and Ninja come with the tools of the project.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PATH": path, **environment})
    assert done.returncode == 0, f"{' '.join(command)}\n{(done.stdout + done.stderr)[-6000:]}"
    return done.stdout


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_instruction_set_number_of_threads_and_backend_agrees_to_the_bit(program: str) -> None:
    assert " 0 failed" in run([str(built(program, AS_BUILT))])


@pytest.mark.parametrize("program", PROGRAMS)
def test_nothing_reads_or_writes_beside_its_arrays(program: str) -> None:
    assert " 0 failed" in run([str(built(program, ADDRESSES))], UBSAN_OPTIONS="print_stacktrace=1")


@pytest.mark.parametrize("program", ["threads", "losses", "detection", "metrics"])
def test_threads_do_not_race(program: str) -> None:
    # The sanitizer knows no child with threads of its own unless it is told to bear one.
    assert " 0 failed" in run([str(built(program, RACES))], TSAN_OPTIONS="die_after_fork=0")


def test_a_check_that_fails_fails_the_program(tmp_path: Path) -> None:
    source = tmp_path / "failing.cpp"
    source.write_text(
        '#include "checking.hpp"\nint main() { CHECK(1 == 1); CHECK(1 == 2); return checking::done(); }\n'
    )
    run(["g++", "-std=c++17", f"-I{SOURCES}", str(source), "-o", str(tmp_path / "failing")])
    done = subprocess.run([str(tmp_path / "failing")], capture_output=True, text=True)
    assert done.returncode == 1
    assert "1 == 2" in done.stderr


def test_no_function_of_one_instruction_set_is_called_by_another() -> None:
    """What the linker merges by name must not hold instructions that a processor may lack."""
    built("indices", AS_BUILT)
    folder = next(KEPT.glob("*Release*"))
    for isa in ("avx2", "avx512"):
        objects = sorted(folder.glob(f"CMakeFiles/vision_kernels_{isa}.dir/**/*_isa.cpp.o"))
        assert objects
        for compiled in objects:
            lines = run(["nm", "--demangle", "--defined-only", str(compiled)]).splitlines()
            shared = [line for line in lines if line.split()[1] in "WVu"]
            assert any(f"cpu::{isa}::" in line for line in lines), compiled
            assert [line for line in shared if f"cpu::{isa}::" not in line] == [], compiled


def test_what_is_declared_and_not_defined_fails_the_build(tmp_path: Path) -> None:
    """A module is loaded with what Python defines, so the linker lets everything pass."""
    source = tmp_path / "lacking.cpp"
    source.write_text(
        "namespace vision_kernels::cpu { void lacking(); }\nvoid call() { vision_kernels::cpu::lacking(); }\n"
    )
    module = tmp_path / "module.so"
    run(["g++", "-shared", "-fPIC", str(source), "-o", str(module)])
    script = ROOT / "kernels" / "cmake" / "no_undefined.cmake"
    done = subprocess.run(["cmake", "-DNM=nm", f"-DMODULE={module}", "-P", str(script)], capture_output=True, text=True)
    assert done.returncode != 0
    assert "vision_kernels::cpu::lacking()" in done.stderr
