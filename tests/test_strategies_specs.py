"""Random specs are legal, and between them they reach every phase of a verdict."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from knobsmith.model.base import as_json

from tests.independent import verdict
from tests.strategies_configs import configs
from tests.strategies_specs import specs
from tests.support.compile import compile_algorithm

PHASES = {
    *("unknown", "alias", "alias-conflict", "type", "forbidden", "required", "case", "ignored", "deprecated", "open"),
    *("recommended", "rule:rule-0"),
}
FACETS = {"values", "range", "multiple_of", "pattern", "length", "items", "unique", "increasing"}


# Hypothesis draws on constants of whatever modules are loaded, so what it finds depends on the tests before this one.
def test_random_specs_are_legal_and_reach_every_phase() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=300, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.data())
    def judge(data: st.DataObject) -> None:
        published = as_json(compile_algorithm.__wrapped__(data.draw(specs())))
        for form in ("native", "wire"):
            for _ in range(2):
                config, context = data.draw(configs(published, form))
                seen.update(_story(verdict(published, config, context, form)))

    judge()
    assert PHASES - seen.keys() == set()
    assert len(FACETS & seen.keys()) > len(FACETS) / 2
    assert {
        "used",
        "reason:ignored",
        "reason:forbidden",
        "reason:not judged",
        "given",
        "default",
        "unset",
    } <= seen.keys()
    assert min(seen["valid"], seen["invalid"]) > 50


def _story(one: Any) -> list[str]:
    states = one["parameters"].values()
    story = [finding["code"] for finding in one["findings"]] + ["valid" if one["valid"] else "invalid"]
    story += [state["state"] for state in states] + ["used" for state in states if state["used"]]
    return story + [f"reason:{state['reason']}" for state in states]
