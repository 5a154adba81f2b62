"""The environment of the peers, and what the measurements were made on."""

import json
import os
import platform
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from benchmarks.measuring import PYTHON, ROOT, Arguments, Command, Failed, output_of, say

_FOLDER = ROOT / ".venv-bench"
_LOCK = Path(__file__).resolve().parent / "requirements.lock"
_PACKAGES = ("linkml", "pydantic", "msgspec", "jsonschema-rs")
_OURS = ("knobsmith", "pydantic", "ruamel.yaml", "jinja2", "z3-solver")
_VERSIONS = (
    "import json, sys; from importlib.metadata import version; print(json.dumps({n: version(n) for n in sys.argv[1:]}))"
)


class Peers:
    """Where the peers are installed, or why they are not.

    Attributes:
        python: The interpreter that has them; ours, which has some of them, if there is none.
        missing: Why they are not installed; None if they are.
        versions: Their versions.
    """

    def __init__(self, python: Path, missing: str | None, versions: dict[str, str]) -> None:
        self.python = python
        self.missing = missing
        self.versions = versions

    @property
    def gen_project(self) -> Path:
        """The command of LinkML."""
        return self.python.parent / "gen-project"


def peers(install: bool) -> Peers:
    """The peers, installed first if they are not yet or no longer what is pinned."""
    python = _FOLDER / "bin" / "python"
    try:
        if not _is_current():
            if not install:
                return Peers(PYTHON, "not installed", {})
            _install(python)
        versions = json.loads(output_of(Command([python, "-c", _VERSIONS, *_PACKAGES])))
    except (Failed, OSError, subprocess.SubprocessError) as problem:
        return Peers(PYTHON, f"not installed: {_first_line(problem)}", {})
    return Peers(python, None, versions)


def header(found: Peers) -> list[str]:
    """Processor, interpreter and versions, as lines; nothing that tells one machine from its like."""
    ours = ", ".join(f"{name} {version(name)}" for name in _OURS)
    theirs = ", ".join(f"{name} {number}" for name, number in found.versions.items()) or found.missing
    return [
        f"Processor: {_processor()}, {os.cpu_count()} logical cores; {platform.system()}, {platform.machine()}",
        f"Interpreter: {platform.python_implementation()} {platform.python_version()}",
        f"Ours: {ours}",
        f"Peers: {theirs}",
    ]


def _install(python: Path) -> None:
    say("installing the peers into .venv-bench")
    _stamp().unlink(missing_ok=True)
    output_of(Command([sys.executable, "-m", "venv", "--clear", _FOLDER]))
    pip: Arguments = [python, "-m", "pip", "--disable-pip-version-check", "-q"]
    output_of(Command([*pip, "install", "--require-hashes", "-r", _LOCK]))
    _stamp().write_text(_pinned(), encoding="utf-8")


def _is_current() -> bool:
    return _stamp().exists() and _stamp().read_text(encoding="utf-8") == _pinned()


def _stamp() -> Path:
    return _FOLDER / "installed"


def _pinned() -> str:
    return sha256(_LOCK.read_bytes()).hexdigest()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown"


def _first_line(problem: BaseException) -> str:
    lines = [line for line in str(problem).splitlines() if line.strip()]
    return lines[-1].strip()[:200] if lines else type(problem).__name__
