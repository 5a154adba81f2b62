"""The strategies reach what they claim to reach: a round trip proves nothing about keys that are never drawn."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from knobsmith.model.domain import Range
from knobsmith.model.spec import (
    AlgorithmSpec,
    CaseSpec,
    ContextSpec,
    DomainFacts,
    MetricSpec,
    ParameterSpec,
    TuningSpec,
)
from knobsmith.records import Record, fields, replace

from tests import strategies

DRAWN: list[tuple[type[Record], Any]] = [
    (ParameterSpec, strategies.parameters()),
    (ContextSpec, strategies.context_facts()),
    (MetricSpec, strategies.metrics),
    (CaseSpec, strategies.cases),
    (TuningSpec, strategies.tunings),
    (DomainFacts, strategies.domains),
    (AlgorithmSpec, strategies.algorithms()),
]


def stated(strategy: Any, examples: int) -> set[str]:
    """The keys that are stated in any of so many examples."""
    seen: set[str] = set()

    # Only drawing: nothing fails, so nothing is to be shrunk.
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def look(record: Record) -> None:
        seen.update(name for name, default in fields(type(record)).items() if getattr(record, name) != default)

    look()
    return seen


@pytest.mark.parametrize(("record", "strategy"), DRAWN, ids=lambda value: getattr(value, "__name__", ""))
def test_every_key_is_drawn(record: type[Record], strategy: Any) -> None:
    assert stated(strategy, 100) == set(fields(record))


def test_a_key_that_is_never_drawn_is_found() -> None:
    assert "notes" not in stated(strategies.groups.map(lambda group: replace(group, notes=())), 50)


@given(strategies.algorithms())
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_names_of_one_section_differ(spec: AlgorithmSpec) -> None:
    names = [parameter.name for parameter in spec.parameters]
    assert len(set(names)) == len(names)


@given(strategies.ranges(constant=True))
def test_constant_ranges_have_no_names(range: Range) -> None:
    assert all(bound.name is None for piece in range.intervals for bound in (piece.lower, piece.upper))
