"""Random specs to search are legal, keep the law of tuning, and between them use every construct of a search."""

from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings
from knobsmith.prove.proving import prove_algorithm
from knobsmith.targets.base import SEARCHES
from knobsmith.targets.losses import searches_of

from tests.strategies_tuning import Searched, searched
from tests.support.compile import broken_checks, compile_algorithm

ONCE = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_random_searches_are_legal_and_use_every_construct() -> None:
    seen: Counter[str] = Counter()

    @ONCE
    @given(searched())
    def compile_one(spec: Searched) -> None:
        assert broken_checks(spec.text) == []
        seen.update(set(searches_of(compile_algorithm.__wrapped__(spec.text))))

    compile_one()
    assert SEARCHES.keys() - seen.keys() == set()
    assert seen["conditions"] > 30
    assert seen["refusals"] > 5


def test_every_tuned_point_of_random_searches_is_proved_valid() -> None:
    @settings(ONCE, max_examples=12)
    @given(searched(computed=False))
    def prove(spec: Searched) -> None:
        for proof in prove_algorithm(compile_algorithm.__wrapped__(spec.text)):
            assert proof.obligation.law != "KS201" or proof.status != "refuted", proof.obligation.claim

    prove()
