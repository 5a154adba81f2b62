"""Random searches: whatever is drawn of them, by whichever sampler, is valid and holds what is used."""

from itertools import islice

from hypothesis import HealthCheck, Phase, given, settings
from knobsmith.views.tuning.space import Space

from tests.strategies_tuning import Searched, searched
from tests.support.compile import catalog_of
from tests.targets.define_by_run.packages import BACK_ENDS, Generated, draws, faults


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
@given(searched())
def test_draws_from_random_searches_are_valid_and_hold_what_is_used(spec: Searched) -> None:
    catalog = catalog_of({"example.yaml": spec.text.encode()})
    space = Space(catalog.algorithms[0])
    with Generated(catalog) as generated:
        client = generated.client("example")
        for back_end in BACK_ENDS:
            found = list(islice(draws(generated, back_end, "example", spec.base), 40))
            kept = [config for config in found if config is not None]
            assert kept, back_end
            for config in kept:
                assert faults(space, client, spec.base, config) == [], back_end
