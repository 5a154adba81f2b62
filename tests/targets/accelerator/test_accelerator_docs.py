"""The page on batches works as it is printed, with the accelerator and without."""

import re
from pathlib import Path
from typing import Any

import pytest
from knobsmith.pipeline import compile_project

from tests.targets.accelerator.building import built, catalog_of, client_with, loaded

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "how-to" / "judge-many-configurations.md"


@pytest.mark.parametrize("has_accelerator", [False, True])
def test_the_sample_of_the_page_says_what_it_prints(has_accelerator: bool, capsys: pytest.CaptureFixture[str]) -> None:
    compiled = compile_project(ROOT).catalog
    assert compiled is not None
    catalog = catalog_of(*compiled.algorithms)
    (sample,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    module = loaded(built(catalog, ("-O1",))) if has_accelerator else None
    with client_with(catalog, module) as client:
        exec(sample.replace("vision_hyperparameters", client.package), names)  # our own page
        verdicts = names["verdicts"]
        assert (verdicts.valid, verdicts.invalid, verdicts.accelerated) == (False, (1,), has_accelerator)
        assert capsys.readouterr().out.startswith("1 `learning_rate`")
        assert [*verdicts[1:]] == [verdicts[1]]
        assert repr(verdicts) == "<image-classification: 2 configurations, 1 invalid>"
