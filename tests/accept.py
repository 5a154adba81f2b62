"""`make accept`: rewrite the golden files that tests compare against, and nothing else."""

import shutil
from pathlib import Path

from knobsmith import targets
from knobsmith.targets.catalog.schema import schema
from knobsmith.targets.json_text import json_text
from knobsmith.views import tuning

from tests.support.sagemaker_limits import limits_module
from tests.targets.kernels import fixture as kernels
from tests.targets.python.fixture import GOLDEN, golden_files

CATALOG_SCHEMA = Path(targets.__file__).parent / "catalog" / "schema.json"
FOLDERS = (GOLDEN, kernels.GOLDEN)
SAGEMAKER_LIMITS = Path(tuning.__file__).parent / "sagemaker_limits.py"


def goldens() -> dict[Path, str]:
    """Every golden file with what it should hold."""
    stated = {CATALOG_SCHEMA: json_text(schema()), SAGEMAKER_LIMITS: limits_module()}
    return {**stated, **golden_files(), **kernels.golden_files()}


def main() -> None:
    """Make every golden file what the compiler renders now."""
    for folder in FOLDERS:
        shutil.rmtree(folder, ignore_errors=True)
    for path, text in goldens().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
