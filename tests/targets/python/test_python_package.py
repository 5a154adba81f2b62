"""The package as its users have it: on disk, linted, type-checked, imported piece by piece."""

import subprocess
import sys
from pathlib import Path

import pytest
from knobsmith.records import replace
from knobsmith.targets.base import CONSTRUCTS
from knobsmith.targets.python import TARGET, in_memory
from knobsmith.targets.python.imports import MODEL, VALIDATION
from knobsmith.views import python_names

from tests.targets.python.fixture import catalog

ROOT = Path(__file__).parents[3]
USE = """
import everything as package
from everything import Everything, Verdict, Verdicts, everything
from everything.everything import FACTS, Mode, validate_wire

model = Everything(classes=3, mode="embed", shape=[3, 32, 32], lambda_="auto")
height: int = model.shape.height
mode: Mode = model.mode
penalty: float | str = model.lambda_
size: int | None = model.resize
valid: bool = validate_wire({"classes": "3"}).valid
text: str = FACTS.parameters["classes"].doc
same: bool = everything.validate({"classes": 3}) == model.verdict
batch: Verdicts = everything.validate_wire_many([{"classes": "3"}], context={}, pure=True)
places: tuple[int, ...] = batch.invalid
verdict: Verdict = batch[0]
rest: Verdicts = batch[1:]
fast: bool = package.accelerated
everything.validate_many([{"classes": 3}], {})  # type: ignore[call-arg]
Everything(classes="3")  # type: ignore[arg-type]
Everything(classes=3, mode="embd")  # type: ignore[arg-type]
Everything(mode="embed")  # type: ignore[call-arg]
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    for file in TARGET.render(catalog(), {}):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    return folder / "python"


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run([sys.executable, *command], cwd=cwd, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def test_linters_and_formatters_find_nothing(package: Path) -> None:
    config = ["--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    # Only relative imports let a package be loaded under another name.
    assert run("-m", "ruff", "check", *config, "--ignore", "TID252", ".", cwd=package) == ""
    assert run("-m", "ruff", "format", "--check", *config, ".", cwd=package) == ""


def test_type_checkers_know_values_and_arguments(package: Path) -> None:
    (package / "use.py").write_text(USE)
    command = ["-m", "mypy", "--strict", "--cache-dir", str(package / ".mypy_cache"), "everything", "use.py"]
    assert run(*command, cwd=package) == ""


def test_validation_loads_no_pydantic(package: Path) -> None:
    code = (
        "import sys, everything\n"
        "from everything.everything import validate_wire, FACTS\n"
        "assert validate_wire({'classes': '3'}).valid\n"
        "assert not validate_wire({'clases': '3'}).valid\n"
        "assert 'pydantic' not in sys.modules\n"
        "assert everything.Everything(classes=3).classes == 3\n"
        "assert dir(everything) and 'pydantic' in sys.modules\n"
    )
    assert run("-W", "error", "-c", code, cwd=package) == ""


def test_an_unknown_name_is_no_attribute(package: Path) -> None:
    for code in ("import everything; everything.x", "import everything.everything as e; e.x"):
        assert "AttributeError" in run("-c", code, cwd=package)


def test_the_same_catalog_gives_the_same_files() -> None:
    assert list(TARGET.render(catalog(), {})) == list(TARGET.render(catalog(), {}))


def test_a_catalog_without_algorithms_is_a_package_too() -> None:
    empty = replace(catalog(), algorithms=())
    assert {file.path for file in TARGET.render(empty, {})} >= {
        "python/pyproject.toml",
        "python/everything/__init__.py",
    }


def test_fidelity_speaks_of_every_construct() -> None:
    assert set(TARGET.fidelity) == set(CONSTRUCTS)


def test_a_client_in_memory_leaves_nothing_behind() -> None:
    with in_memory.load_client(catalog()) as client:
        assert client.algorithm("everything").validate({"classes": 2}).valid
        assert client.package in sys.modules
    assert not [name for name in sys.modules if name.startswith(client.package)]


def test_no_name_of_a_spec_hides_what_a_module_imports() -> None:
    reserved = python_names._USED_LOCALLY | python_names._BUILTINS
    lower = {name for name in VALIDATION if name.islower() and not name.startswith("read_")}
    assert lower <= reserved
    assert MODEL.keys() <= python_names._IMPORTED | {"TYPE_CHECKING"}
