"""The page on these tuners works as it is printed, and a tuner that is missing is one line."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from knobsmith.pipeline import compile_project

from tests.targets.tuning.packages import Generated, built

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "how-to" / "tune-with-configspace-vizier-or-wandb.md"


@pytest.fixture(params=["configspace", "vizier"])
def generated(request: pytest.FixtureRequest) -> Iterator[Generated]:
    catalog = compile_project(ROOT).catalog
    assert catalog is not None
    with Generated(catalog, request.param) as packages:
        yield packages


def _sample(back_end: str) -> str:
    (sample,) = re.findall(rf"```python\n(from vision_hyperparameters_{back_end}.*?)```", PAGE.read_text(), re.DOTALL)
    return str(sample)


def test_the_samples_of_the_page_give_valid_settings(generated: Generated, monkeypatch: pytest.MonkeyPatch) -> None:
    code = _sample(generated.back_end).replace("vision_hyperparameters", generated.name)
    if generated.back_end == "vizier":
        # The algorithms of the service need JAX; the builder stands for them.
        code = code.replace("from vizier.service import clients\n", "")
    names: dict[str, Any] = {"clients": _Clients}
    exec(code, names)  # our own page
    assert generated.client("image-classification").validate(names["settings"]).valid


class _Clients:
    class Study:
        @staticmethod
        def from_study_config(config: Any, owner: str, study_id: str) -> Any:
            return _Study(config)


class _Study:
    def __init__(self, config: Any) -> None:
        self.config = config

    def suggest(self, count: int) -> list[Any]:
        def choose(config: Any) -> Any:
            return config.bounds[1] if config.type.is_continuous() else config.feasible_values[0]

        return [_Trial(built(self.config.search_space, choose)) for _ in range(count)]


class _Trial:
    def __init__(self, parameters: Any) -> None:
        self.parameters = parameters


def test_without_the_tuner_importing_says_what_to_install(
    generated: Generated, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = {"configspace": "ConfigSpace", "vizier": "vizier"}[generated.back_end]
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=rf"install the extra `{generated.back_end}` of ") as refusal:
        generated.tuner("image-classification")
    assert "\n" not in str(refusal.value)


def test_what_is_given_is_fixed_and_not_searched(generated: Generated) -> None:
    module = generated.tuner("image-classification")
    base = {"num_classes": 2, "num_training_samples": 10, "optimizer": "rmsprop", "learning_rate": 0.25}
    if generated.back_end == "vizier":
        space = module.study_config(base).search_space
        assert {one.name for one in space.parameters} - base.keys() == {"mini_batch_size", "eps", "gamma"}
        assert not space.is_conditional
    else:
        assert set(module.space(base)) - base.keys() == {"mini_batch_size", "eps", "gamma"}
        assert not module.space(base).conditions
    for config in (next(generated.draws("image-classification", base)) for _ in range(3)):
        assert config.items() >= base.items()


def test_what_is_given_wrongly_is_refused_with_its_findings(generated: Generated) -> None:
    module = generated.tuner("image-classification")
    make = module.study_config if generated.back_end == "vizier" else module.space
    with pytest.raises(ValueError, match="num_classes"):
        make({"num_classes": 0, "num_training_samples": 10})
    with pytest.raises(ValueError, match="num_training_samples"):
        make({"num_classes": 2})
