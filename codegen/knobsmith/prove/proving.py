"""Every proof that an algorithm owes, and what each reports (solver: z3)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from knobsmith.diagnostics import Finding
from knobsmith.model.catalog import Algorithm
from knobsmith.prove.laws import LAWS
from knobsmith.prove.obligations import Obligations
from knobsmith.prove.solving import Proof, prove

Track = Callable[[Iterable[Any], str], Iterable[Any]]


def prove_algorithm(algorithm: Algorithm, track: Track = lambda items, title: items) -> Iterator[Proof]:
    """Every proof that an algorithm owes, decided one by one; ``track`` may show progress."""
    for obligation in track(list(Obligations(algorithm)), f"proving {algorithm.name}"):
        yield prove(obligation)


def finding_of(proof: Proof) -> Finding | None:
    """What a proof reports; nothing if it succeeded."""
    claim = proof.obligation.claim
    if proof.status == "proven":
        return None
    law = LAWS[proof.obligation.law]
    if proof.status == "unknown":
        return LAWS["KS205"].at(proof.obligation.path, f'that of "{claim}" ({law.code}) did not', proof.cause)
    if not proof.obligation.refute:
        return law.at(
            proof.obligation.path, f"but no configuration shows that {claim}", "check it against the facts beside it"
        )
    return law.at(
        proof.obligation.path, f"but this one is not: {proof.shown}", "narrow what is stated, or state it by case"
    )


__all__ = ["LAWS", "Proof", "finding_of", "prove_algorithm"]
