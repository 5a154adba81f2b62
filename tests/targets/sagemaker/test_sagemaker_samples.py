"""What a tuner draws from the documents is valid, holds what is in use, and meets the ends that are written."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from knobsmith.judging.numbers import number_of
from knobsmith.model.catalog import Algorithm
from knobsmith.model.membership import in_range
from knobsmith.targets.sagemaker.examining import examined
from knobsmith.targets.sagemaker.target import LOSSY
from knobsmith.views.tuning.axes import Numbers
from knobsmith.views.tuning.space import Space

from tests.strategies_tuning import Searched, searched
from tests.support.client import client_of
from tests.support.compile import compile_algorithm
from tests.support.sagemaker_documents import algorithms, document, documents_of, filled
from tests.support.sagemaker_service import draws

Json = Any
ALGORITHMS = algorithms()
SAMPLES = 10_000


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)
def test_every_sample_is_valid_and_holds_exactly_what_is_in_use(algorithm: Algorithm) -> None:
    seen = check_samples(algorithm, filled(document(algorithm, "tuning-job")), SAMPLES)
    assert seen.keys() >= Space(algorithm).tuned.keys()


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)
def test_every_sample_of_the_flat_form_is_valid(algorithm: Algorithm) -> None:
    check_flat(algorithm, filled(document(algorithm, "tuning-job.flat")), 2_000)


@settings(max_examples=150)
@given(searched())
def test_random_searches_are_split_into_valid_definitions(spec: Searched) -> None:
    algorithm = compile_algorithm.__wrapped__(spec.text)
    if list(examined(algorithm)):
        return
    base = {name: str(value) for name, value in spec.base.items()}
    found = {form: filled(one, base) for form, one in documents_of(algorithm).items()}
    if "tuning-job" in found:
        check_samples(algorithm, found["tuning-job"], 60)
        check_flat(algorithm, found["tuning-job.flat"], 30)


def check_samples(algorithm: Algorithm, request: Json, count: int) -> Counter[str]:
    """Samples of the split form; how often each hyperparameter was given."""
    space, client = Space(algorithm), client_of(algorithm)
    seen: Counter[str] = Counter()
    for drawn in draws(request, count):
        given_ = drawn.hyperparameters
        verdict = client.module.validate_wire(given_)
        assert verdict.valid, (given_, verdict.findings)
        seen.update(list(given_))
        unused = [name for name in given_ if not verdict.parameters[name].used]
        assert unused == []
        native = {name: state.value for name, state in verdict.parameters.items() if name in given_}
        for name, tuned in space.tuned.items():
            if name in given_:
                keeps_within(tuned, native, space, given_[name])
            elif verdict.parameters[name].used:
                effects = space.effects(native)
                assert name in space.tangled or tuned.axis(effects) is None, (name, given_)
    return seen


def keeps_within(tuned: Any, native: Mapping[str, Json], space: Space, text: str) -> None:
    """A number lies within the ends as they are written, the open ones left out."""
    axes = {guarded.axis for guarded in tuned.axes if isinstance(guarded.axis, Numbers)}
    if len(axes) == 1 and len(tuned.axes) == 1:
        (axis,) = axes
        value = number_of(text)
        assert value is not None
        (interval,) = tuned.parameter.tuning.range.intervals
        assert in_range(tuned.parameter.tuning.range, value), (text, interval)
        assert axis.step is not None or axis.low <= value <= axis.high


def check_flat(algorithm: Algorithm, request: Json, count: int) -> None:
    """Samples of the flat form: valid, unless the tag says that rules refuse some."""
    client = client_of(algorithm)
    tags = {tag["Key"]: tag["Value"] for tag in request.get("Tags", [])}
    ignored = refused = 0
    for drawn in draws(request, count):
        verdict = client.module.validate_wire(drawn.hyperparameters)
        refused += not verdict.valid
        ignored += any(not verdict.parameters[name].used for name in drawn.hyperparameters)
    if refused:
        assert "a rule refuses" in tags.get(LOSSY, ""), request
    if ignored:
        assert LOSSY in tags
