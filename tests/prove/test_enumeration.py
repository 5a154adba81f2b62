"""Proofs agree with trying everything."""

from hypothesis import given, note, settings
from knobsmith.model.catalog import Algorithm
from knobsmith.prove.proving import Obligation, Proof, obligations, prove

from tests.prove.enumeration import Enumeration, plain_value, same_config
from tests.prove.small_specs import SmallSpec, small_specs
from tests.support.compile import compile_algorithm


@settings(max_examples=60)
@given(small_specs())
def test_proofs_agree_with_enumeration(spec: SmallSpec) -> None:
    note(spec.text)
    algorithm = compile_algorithm(spec.text)
    everything = Enumeration(algorithm, spec.values)
    for obligation in obligations(algorithm):
        proof = prove(obligation)
        note(f"{obligation.law} {obligation.path} {obligation.claim}: {proof.status} {proof.shown}")
        assert proof.status == ("proven" if everything.holds(obligation) else "refuted")
        if proof.status == "refuted" and obligation.refute:
            check_counterexample(proof, obligation, everything, algorithm)


def check_counterexample(proof: Proof, obligation: Obligation, everything: Enumeration, algorithm: Algorithm) -> None:
    """It is one of those that were found, and none of them needs fewer settings."""
    names = {parameter.name for parameter in algorithm.parameters}
    stated = {setting.name: plain_value(setting.value) for setting in proof.shown if setting.is_given}
    config = {name: value for name, value in stated.items() if name in names}
    context = {name.removeprefix("context."): value for name, value in stated.items() if name not in names}
    found = list(everything.counterexamples(obligation))
    assert any(same_config(point.config, config) and same_config(point.context, context) for point in found)
    needed = config.keys() | context.keys()
    assert not any((point.config.keys() | point.context.keys()) < needed for point in found)
