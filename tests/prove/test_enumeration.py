"""Proofs agree with trying everything."""

import json

from hypothesis import assume, given, note, settings
from knobsmith.model.catalog import Algorithm
from knobsmith.prove.proving import Obligation, Proof, obligations, prove

from tests.prove.enumeration import Enumeration, plain_value, same_config
from tests.prove.small_specs import SHAPES, small_specs
from tests.support.compile import IllegalSpecError, compile_algorithm


@settings(max_examples=60)
@given(small_specs())
def test_proofs_agree_with_enumeration(text: str) -> None:
    note(text)
    try:
        algorithm = compile_algorithm(text)
    except IllegalSpecError as problem:
        note(str(problem))
        assume(False)
    everything = Enumeration(algorithm, values_of(text))
    for obligation in obligations(algorithm):
        proof = prove(obligation)
        note(f"{obligation.law} {obligation.path} {obligation.claim}: {proof.status} {proof.shown}")
        assert proof.status == ("proven" if everything.holds(obligation) else "refuted")
        if proof.status == "refuted" and obligation.refute:
            check_counterexample(proof, obligation, everything, algorithm)


def check_counterexample(proof: Proof, obligation: Obligation, everything: Enumeration, algorithm: Algorithm) -> None:
    """It is one of those that were found, and none of them needs fewer settings."""
    names = {parameter.name for parameter in algorithm.parameters}
    given = {setting.name: plain_value(setting.value) for setting in proof.shown if setting.is_given}
    config = {name: value for name, value in given.items() if name in names}
    context = {name.removeprefix("context."): value for name, value in given.items() if name not in names}
    found = list(everything.counterexamples(obligation))
    assert any(same_config(point.config, config) and same_config(point.context, context) for point in found)
    shown = {(True, *config), (False, *context)}
    assert not any(
        (point.config.keys() | point.context.keys()) < (config.keys() | context.keys()) for point in found
    ), shown


_TELLING = ("type", "special", "items", "fields")


def values_of(text: str) -> dict[str, tuple[object, ...]]:
    """All values of everything that an algorithm reads."""
    spec = json.loads(text)
    entries = {**spec["parameters"], **{f"context.{name}": entry for name, entry in spec.get("context", {}).items()}}
    found = {}
    for name, entry in entries.items():
        (shape,) = {
            id(shape): shape for shape in SHAPES if all(entry.get(k) == shape.keys.get(k) for k in _TELLING)
        }.values()
        found[name] = shape.values
    return found
