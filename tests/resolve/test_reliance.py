"""What targets rely on is what their files need to be installed."""

import tomllib
from pathlib import Path

from knobsmith.resolve.reliance import RELIES_ON
from knobsmith.targets.registry import BUILT_IN

GENERATED = Path(__file__).parents[2] / "generated"
CLIENT = "vision-hyperparameters"


def needs_the_client(project: Path) -> bool:
    """Whether a generated package is of no use without the Python client."""
    stated = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    return any(one.startswith(CLIENT) for one in stated.get("dependencies", ()))


def test_every_package_that_needs_the_client_relies_on_it() -> None:
    projects = {path.parent.name: path for path in GENERATED.rglob("pyproject.toml")}
    assert len(projects) > 5
    found = {name for name, path in projects.items() if needs_the_client(path)}
    assert found == {name for name, needed in RELIES_ON.items() if "python" in needed}


def test_what_relies_on_a_header_relies_on_its_target() -> None:
    builders = [path for path in GENERATED.rglob("setup.py") if '"cpp" / "include"' in path.read_text(encoding="utf-8")]
    assert [path.parent.name for path in builders] == [name for name, needed in RELIES_ON.items() if "cpp" in needed]


def test_all_of_them_are_targets() -> None:
    assert {*RELIES_ON, *(other for needed in RELIES_ON.values() for other in needed)} <= BUILT_IN.keys()
