"""Proofs agree with trying everything."""

from collections.abc import Callable
from typing import Any

import pytest
import z3
from hypothesis import given, note, settings
from knobsmith.model.catalog import Algorithm
from knobsmith.prove import solving, tuned
from knobsmith.prove.domains import Domains
from knobsmith.prove.proving import Obligation, Proof, obligations
from knobsmith.prove.solving import Prover, _Witness
from knobsmith.prove.validity import Validity
from knobsmith.prove.world import Effect, World

from tests.prove.both_ways import BOTH_WAYS
from tests.prove.enumeration import Enumeration, plain_value, same_config
from tests.prove.small_specs import SmallSpec, small_specs
from tests.support.compile import compile_algorithm

Kind = tuple[str, ...]


@settings(max_examples=60)
@given(small_specs())
def test_proofs_agree_with_enumeration(spec: SmallSpec) -> None:
    note(spec.text)
    for obligation, proof, is_so in compared(spec):
        note(f"{obligation.law} {obligation.path} {obligation.claim}: {proof.status} {proof.shown}")
        assert proof.status == is_so


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_proofs_agree_with_enumeration_where_everything_holds_or_fails(name: str) -> None:
    assert disagreements(BOTH_WAYS[name]) == []


def test_every_kind_of_obligation_is_tried_both_ways() -> None:
    seen: dict[Kind, set[str]] = {}
    for spec in BOTH_WAYS.values():
        for obligation, proof, _ in compared(spec):
            seen.setdefault(kind_of(obligation), set()).add(proof.status)
    assert {kind: found for kind, found in seen.items() if found != {"proven", "refuted"}} == {}
    assert set(seen) == KINDS


# A law, whose it is, what of it, and how it is claimed.
KINDS = {
    ("KS206", "", "", "some configuration is valid"),
    ("KS202", "parameters", "default", "the default of"),
    ("KS202", "cases", "default", "the default of"),
    ("KS201", "parameters", "tuning", "every tuned value of"),
    ("KS201", "cases", "tuning", "every tuned value of"),
    ("KS201", "parameters", "tuning", "some tuned value of"),
    ("KS201", "cases", "tuning", "some tuned value of"),
    ("KS201", "parameters", "values", "is valid in some branch"),
    ("KS201", "parameters", "", "no tuned value upsets"),
    ("KS201", "rules", "require", "no tuned value breaks the rule"),
    ("KS204", "rules", "require", "it can hold"),
    ("KS204", "rules", "require", "it can be broken"),
    *(
        ("KS203", owner, key, claim)
        for owner, keys in {
            "groups": ("used_when", "forbidden_when"),
            "parameters": ("used_when", "forbidden_when", "required_when"),
            "cases": ("when",),
            "rules": ("when",),
            "metrics": ("reported_when",),
        }.items()
        for key in keys
        for claim in ("it can be true", "it can be other than true")
    ),
}


def kind_of(obligation: Obligation) -> Kind:
    """What an obligation is, names and values aside."""
    section, _, *steps = (*obligation.path, "", "")[: max(2, len(obligation.path))]
    words = [step for step in steps if isinstance(step, str)]
    claim = obligation.claim.split(" `")[0]
    claim = "is valid in some branch" if claim.endswith("is valid in some branch") else claim
    owner = "cases" if "cases" in words else str(section)
    return obligation.law, owner, words[-1] if words else "", claim


def ignoring_cases_above(self: World, parameter: Any, fact: Any, index: int | None) -> Any:
    return z3.BoolVal(True) if index is None else self.encoder.true(parameter.cases[index].when)


def always(*arguments: object, **options: object) -> Any:
    return z3.BoolVal(True)


def never(*arguments: object) -> Any:
    return z3.BoolVal(False)


# Mistakes of a prover: who makes them, and what it does instead.
MISTAKES: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "cases do not hide those below": (World, "decides", ignoring_cases_above),
    "nothing is required": (Validity, "_required", never),
    "everything is required": (Validity, "_required", always),
    "rules act without their condition": (Validity, "applies", always),
    "rules never act": (Validity, "applies", never),
    "cases narrow nothing": (Validity, "_narrowed", always),
    "ends that are names bind nothing": (Domains, "keeps_named_ends", always),
    "every value is in its domain": (Domains, "contains", always),
    "steps are not counted": (tuned, "_on_step", always),
    "nothing is tuned": (tuned, "_is_tuned", never),
    "all that is tuned may move": (tuned, "_moves", always),
    "what is ignored counts as used": (Effect, "in_use", property(always)),
    "what has no value is judged": (Effect, "unset", property(never)),
    "what has no premises is taken for proven": (solving, "_contradict", always),
    "any configuration will do": (_Witness, "shows", always),
    "premises are taken for kept": (_Witness, "_keeps", always),
    "a default has no value": (Effect, "has_value", property(lambda effect: effect.given)),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_of_the_prover_is_noticed(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, instead = MISTAKES[mistake]
    monkeypatch.setattr(where, name, instead)
    with pytest.raises(AssertionError):
        for spec in BOTH_WAYS.values():
            assert disagreements(spec) == []


def disagreements(spec: SmallSpec) -> list[str]:
    """The claims of which proofs and enumeration think differently."""
    return [f"{one.path}: {one.claim}" for one, proof, is_so in compared(spec) if proof.status != is_so]


def compared(spec: SmallSpec) -> list[tuple[Obligation, Proof, str]]:
    """Every obligation of a spec, its proof, and what trying everything gives."""
    algorithm = compile_algorithm(spec.text)
    everything = enumerated(spec) if spec in BOTH_WAYS.values() else Enumeration(algorithm, spec.values)
    found, prover = [], Prover()
    for obligation in obligations(algorithm):
        proof = prover.prove(obligation)
        is_so = "proven" if everything.holds(obligation) else "refuted"
        if proof.status == is_so == "refuted" and obligation.refute:
            check_counterexample(proof, obligation, everything, algorithm)
        found.append((obligation, proof, is_so))
    return found


def enumerated(spec: SmallSpec) -> Enumeration:
    """All configurations of a spec by hand; they are tried but once."""
    if spec.text not in _TRIED:
        _TRIED[spec.text] = Enumeration(compile_algorithm(spec.text), spec.values)
    return _TRIED[spec.text]


_TRIED: dict[str, Enumeration] = {}


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
