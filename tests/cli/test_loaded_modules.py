"""What `generate` loads: half of its time is spent on imports, and each that is not needed is felt on every edit."""

import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

# The solver and its like, what other commands and the generated client need, and what is slow for what it gives.
UNWANTED = frozenset(
    ("z3", "rich", "lark", "regex", "pydantic", "pydantic_core", "mkdocs", "numpy", "asyncio", "email", "socket")
)
ROOT = Path(__file__).parents[2]
_CODE = """
import sys
{before}
from knobsmith.__main__ import main
sys.argv = ["knobsmith", "generate"]
code = main()
print(*sys.modules)
sys.exit(code)
"""


def loaded(project: Path, before: str = "") -> Collection[str]:
    """The packages that are loaded when all targets have been generated."""
    done = subprocess.run(
        [sys.executable, "-c", _CODE.format(before=before)], cwd=project, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """Our own specs, which use every target and every part of the language, with nothing generated yet."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    return tmp_path


def test_generating_loads_nothing_that_it_does_not_need(ours: Path) -> None:
    modules = loaded(ours)
    assert {"knobsmith", "jinja2", "ruamel"} <= set(modules)
    assert not UNWANTED & set(modules)


@pytest.mark.parametrize("module", ["z3", "pydantic"])
def test_what_is_loaded_all_the_same_is_noticed(module: str, ours: Path) -> None:
    assert UNWANTED & set(loaded(ours, f"import {module}"))


def test_templates_are_not_compiled_again(ours: Path) -> None:
    keep = "sys.dont_write_bytecode = False"
    loaded(ours, keep)
    shutil.rmtree(ours / ".knobsmith")
    loaded(ours, f"{keep}; import jinja2.parser; jinja2.parser.Parser.__init__ = None")
