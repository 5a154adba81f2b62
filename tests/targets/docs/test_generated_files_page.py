"""The page about generated files has a section for every target, and names no folder that none writes."""

import re
from pathlib import Path

import pytest
from knobsmith.targets.registry import BUILT_IN

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reference" / "generated-files.md").read_text(encoding="utf-8")
PATHS = [path for heading in re.findall(r"^## (.+)$", PAGE, re.M) for path in re.findall(r"`([^`]+)`", heading)]


@pytest.mark.parametrize("target", BUILT_IN)
def test_every_target_has_a_section(target: str) -> None:
    assert [path for path in PATHS if target in re.split(r"[/.]", path)], f"say what `{target}` writes"


@pytest.mark.parametrize("path", PATHS)
def test_what_a_section_is_about_is_generated(path: str) -> None:
    assert (ROOT / "generated" / path).exists()
