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

_REQUIREMENTS = Path(__file__).resolve().parent / "requirements"
_PACKAGES = ("linkml", "pydantic", "msgspec", "jsonschema-rs")
_OURS = ("knobsmith", "pydantic", "ruamel.yaml", "jinja2", "z3-solver")
_VERSIONS = (
    "import json, sys; from importlib.metadata import version; print(json.dumps({n: version(n) for n in sys.argv[1:]}))"
)


class Environment:
    """A virtual environment beside ours, for what cannot be installed with it.

    Attributes:
        folder: Where it is.
        python: Its interpreter.
    """

    def __init__(self, name: str, requirements: str) -> None:
        """``requirements`` is a file of the folder of that name; one that ends with `.lock` has hashes."""
        self.folder = ROOT / name
        self.python = self.folder / "bin" / "python"
        self._requirements = _REQUIREMENTS / requirements
        self._stamp = self.folder / "installed"

    def prepare(self, install: bool = True) -> str | None:
        """Install it, unless it is what is pinned already; returns why it is missing."""
        try:
            if self._is_current():
                return None
            if not install:
                return "not installed"
            self._install()
        except (Failed, OSError, subprocess.SubprocessError) as problem:
            return f"not installed: {_first_line(problem)}"
        return None

    def _install(self) -> None:
        say(f"installing {self._requirements.stem} into {self.folder.name}")
        self._stamp.unlink(missing_ok=True)
        output_of(Command([sys.executable, "-m", "venv", "--clear", self.folder]))
        hashes = ["--require-hashes"] if self._requirements.suffix == ".lock" else []
        pip: Arguments = [self.python, "-m", "pip", "--disable-pip-version-check", "-q"]
        output_of(Command([*pip, "install", *hashes, "-r", self._requirements]))
        self._stamp.write_text(self._pinned(), encoding="utf-8")

    def _is_current(self) -> bool:
        return self._stamp.exists() and self._stamp.read_text(encoding="utf-8") == self._pinned()

    def _pinned(self) -> str:
        return sha256(self._requirements.read_bytes()).hexdigest()


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
    environment = Environment(".venv-bench", "peers.lock")
    missing = environment.prepare(install)
    if missing is not None:
        return Peers(PYTHON, missing, {})
    versions = json.loads(output_of(Command([environment.python, "-c", _VERSIONS, *_PACKAGES])))
    return Peers(environment.python, None, versions)


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


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown"


def _first_line(problem: BaseException) -> str:
    lines = [line for line in str(problem).splitlines() if line.strip()]
    return lines[-1].strip()[:200] if lines else type(problem).__name__
