"""Sweep files are what readers of YAML 1.1 take for the same values, whatever stands in them, and keep to the schema."""

import math
from itertools import islice
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knobsmith.targets.wandb.yaml_text import flow, key
from knobsmith.views.tuning.space import Space

from tests.strategies_tuning import Searched, searched
from tests.support.compile import compile_algorithm
from tests.targets.tuning.judging import contains
from tests.targets.tuning.packages import from_spec, published

AWKWARD = st.sampled_from(
    ("yes", "no", "on", "null", "~", "1e5", "012", "1_000", "0x1f", "a: b", "# c", "- d", "2026-01-01", "=", "<<", "")
)
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=("Cs", "Cc"))),
    AWKWARD,
)


@given(st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_values_are_read_back_as_they_were(value: Any) -> None:
    assert _same(yaml.safe_load(f"x: {flow(value)}\n")["x"], value)


@given(st.one_of(AWKWARD.filter(bool), st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,5}", fullmatch=True)))
def test_keys_are_read_back_as_they_were(name: str) -> None:
    assert yaml.safe_load(f"{key(name)}: 1\n") == {name: 1}


def _same(read: Any, written: Any) -> bool:
    if isinstance(written, list):
        return len(read) == len(written) and all(map(_same, read, written))
    return type(read) is type(written) and (read == written or math.isclose(read, written, rel_tol=0))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(searched())
def test_sweeps_of_random_searches_are_valid_and_draw_from_what_is_tuned(spec: Searched) -> None:
    space = Space(compile_algorithm.__wrapped__(spec.text))
    whole = {name: tuned.axes[-1].axis for name, tuned in space.tuned.items()}
    with from_spec(spec.text, "wandb") as generated:
        # Its reader refuses what is not valid by the schema.
        document = published(generated, "example")
        assert document["parameters"].keys() == {name for name, axis in whole.items() if axis} | spec.base.keys()
        for config in islice(generated.draws("example", spec.base), 30):
            for name, axis in whole.items():
                assert axis is None or contains(axis, config[name])
