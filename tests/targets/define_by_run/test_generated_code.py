"""The generated packages as a reader, a linter and a type checker see them."""

import json
import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from knobsmith.records import replace
from knobsmith.targets.optuna import TARGET as OPTUNA
from knobsmith.targets.python import TARGET as PYTHON
from knobsmith.targets.ray import TARGET as RAY

from tests.strategies_tuning import Searched, searched
from tests.support.compile import catalog_of
from tests.targets.define_by_run.test_bases import SPEC

ROOT = Path(__file__).parents[3]


def written(spec: str, folder: Path) -> None:
    """Write all packages of a spec."""
    catalog = catalog_of({"example.yaml": spec.encode()})
    project = replace(catalog.project, targets=(("optuna", {}), ("ray", {})))
    for target in (PYTHON, OPTUNA, RAY):
        for file in target.render(replace(catalog, project=project), {}):
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text, encoding="utf-8")


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def test_linters_and_formatters_find_nothing_in_random_searches(tmp_path: Path) -> None:
    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(searched())
    def write(spec: Searched) -> None:
        written(spec.text, tmp_path / f"search_{len(list(tmp_path.iterdir()))}")

    write()
    # A name of a spec may hold capitals, conditions are in as few brackets as Python needs, and stand one in another.
    ignored = "TID252,N806,RUF021,SIM102,SIM114"
    config = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "--ignore", ignored]
    files = [str(path) for way in ("sampling.py", "*_optuna/*.py", "*_ray/*.py") for path in tmp_path.rglob(way)]
    assert len(files) > 300
    assert run("ruff", "check", *config, *files, cwd=tmp_path) == ""
    assert run("ruff", "format", "--check", *config[:3], *files, cwd=tmp_path) == ""


def test_type_checkers_find_nothing(tmp_path: Path) -> None:
    written(json.dumps(SPEC), tmp_path)
    config = ["--strict", "--cache-dir", str(ROOT / ".mypy_cache"), "--python-version", "3.11"]
    packages = [f"tuning/{name}/{path.name}" for name in ("optuna", "ray") for path in _packages(tmp_path, name)]
    (tmp_path / "mypy.ini").write_text("[mypy]\nmypy_path = python\n")
    assert run("mypy", *config, *packages, cwd=tmp_path) == ""


def test_the_client_has_an_extra_for_each_tuner_of_the_project(tmp_path: Path) -> None:
    written(json.dumps(SPEC), tmp_path)
    project = (tmp_path / "python" / "pyproject.toml").read_text()
    (client,) = [path.name for path in (tmp_path / "python").iterdir() if path.is_dir()]
    name = client.replace("_", "-")
    assert f'[project.optional-dependencies]\noptuna = ["{name}-optuna==' in project
    assert f'\nray = ["{name}-ray==' in project


def _packages(folder: Path, target: str) -> list[Path]:
    return [path for path in (folder / "tuning" / target).iterdir() if path.is_dir()]
