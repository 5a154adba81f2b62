"""The package as its README says to install it: from outside its folder, by the commands of the page."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.targets.typescript.fixture import TOOLS, node
from tests.targets.typescript.registry import registry

ROOT = Path(__file__).parents[3]
USE = """\
import { parseWire } from "vision-hyperparameters/object-detection";
import { FACTS } from "vision-hyperparameters/object-detection/facts";
console.log(parseWire({ num_classes: "2", num_training_samples: "100" }).valid, FACTS.name);
"""


class Machine:
    """A folder with the generated package, a program beside it, and npm with a registry of its own."""

    def __init__(self, folder: Path, registry: str) -> None:
        self.package, self.program, self._folder = folder / "generated" / "typescript", folder / "program", folder
        ignored = shutil.ignore_patterns("dist", "node_modules", "package-lock.json", "*.tgz")
        shutil.copytree(ROOT / "generated" / "typescript", self.package, ignore=ignored)
        self.program.mkdir()
        (self.program / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
        (self.program / "use.js").write_text(USE, encoding="utf-8")
        own = {"registry": registry, "cache": str(folder / "cache"), "noproxy": "127.0.0.1", "update_notifier": "false"}
        self._environment = {
            **{key: value for key, value in os.environ.items() if not key.lower().startswith("npm_config_")},
            **{f"npm_config_{key}": value for key, value in own.items()},
            "PYTHONPATH": str(ROOT),
        }

    def npm(self, *arguments: str, within: Path) -> subprocess.CompletedProcess[str]:
        """Run npm in a folder."""
        return subprocess.run(
            [sys.executable, "-m", "tests.support.node", "npm", *arguments, "--no-audit", "--no-fund"],
            cwd=within,
            env=self._environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def use(self) -> str:
        """What the program prints that uses the package."""
        return node(["use.js"], folder=self.program)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with registry(TOOLS / "typescript", tmp_path) as address:
        yield Machine(tmp_path, address)


def test_commands_of_the_page_install_from_outside(machine: Machine) -> None:
    page = (ROOT / "docs" / "how-to" / "use-the-typescript-client.md").read_text(encoding="utf-8")
    compiling, installing = re.findall(r"^npm (install .*?)(?: +#.*)?$", page, re.MULTILINE)
    done = machine.npm(*compiling.split(), within=machine.package.parents[1])
    assert done.returncode == 0, done.stderr
    done = machine.npm(*installing.split(), within=machine.program)
    assert done.returncode == 0, done.stderr
    assert machine.use() == "true object-detection\n"


def test_packed_package_needs_no_compiler(machine: Machine) -> None:
    assert machine.npm("install", within=machine.package).returncode == 0
    done = machine.npm("pack", within=machine.package)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(machine.package / "node_modules")
    (archive,) = machine.package.glob("*.tgz")
    installed = machine.npm("install", str(archive), within=machine.program)
    assert installed.returncode == 0, installed.stderr
    assert machine.use() == "true object-detection\n"
    assert json.loads((machine.program / "package-lock.json").read_text())["packages"].keys() == {
        "",
        "node_modules/vision-hyperparameters",
    }


def test_workspace_compiles_with_its_program(machine: Machine) -> None:
    stated = {"private": True, "workspaces": ["generated/typescript", "program"]}
    root = machine.package.parents[1]
    (root / "package.json").write_text(json.dumps(stated), encoding="utf-8")
    done = machine.npm("install", within=root)
    assert done.returncode == 0, done.stderr
    assert machine.use() == "true object-detection\n"


def test_without_a_compiler_it_is_said_what_to_do(machine: Machine) -> None:
    done = machine.npm("install", str(machine.package), within=machine.program)
    assert done.returncode != 0
    assert "run npm install in the folder of this package first" in done.stderr
