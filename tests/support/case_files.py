"""Case files: YAML of which every scalar is what JSON would make of it, or a text."""

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

CASES = Path(__file__).parent.parent / "cases"


@cache
def read_yaml(path: Path) -> Any:
    """The content of a case file; do not change it, it is read once."""
    yaml = YAML(typ="safe", pure=True)
    return yaml.load(path.read_text(encoding="utf-8"))
