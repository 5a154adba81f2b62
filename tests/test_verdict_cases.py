"""Every worked example comes out as it was computed by hand: from the catalog, and from the generated client."""

import pytest
from knobsmith.model.base import as_json

from tests.independent import to_wire, verdict
from tests.support.client import client_of
from tests.support.compile import broken_checks, compile_algorithm
from tests.support.verdict_cases import Run, verdict_runs
from tests.support.verdicts import differences

RUNS = verdict_runs()
SPECS = {run.spec: run.id.rpartition("-")[0] for run in RUNS}


def test_there_are_worked_examples() -> None:
    assert len(SPECS) > 100


@pytest.mark.parametrize("spec", [pytest.param(spec, id=id) for spec, id in SPECS.items()])
def test_the_spec_of_a_worked_example_is_sound(spec: str) -> None:
    assert list(map(str, broken_checks(spec))) == []


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.id)
def test_the_independent_evaluator_agrees(run: Run) -> None:
    published = as_json(compile_algorithm(run.spec))
    assert differences(run.verdict, verdict(published, run.config, run.context, run.form)) == []
    if run.wire is not None:
        written = to_wire(published, run.config, run.form, context=run.context)
        assert list(written.items()) == list(run.wire.items())


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.id)
def test_the_generated_client_agrees(run: Run) -> None:
    algorithm = compile_algorithm(run.spec)
    assert differences(run.verdict, client_of(algorithm).verdict(run.config, run.context, run.form)) == []
    if run.wire is not None:
        written = client_of(algorithm).wire(run.config, run.context, run.form)
        assert list(written.items()) == list(run.wire.items())
