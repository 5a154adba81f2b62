"""Every proof that an algorithm owes, and what each reports (solver: z3)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from knobsmith.diagnostics import Path
from knobsmith.model.catalog import Algorithm
from knobsmith.prove.obligations import Obligation, Proving, general_obligations
from knobsmith.prove.reporting import finding_of
from knobsmith.prove.solving import Proof, Prover, prove
from knobsmith.prove.texts import texts_of
from knobsmith.prove.tuned import tuning_obligations
from knobsmith.prove.validity import Validity
from knobsmith.prove.world import World

Track = Callable[[Iterable[Any], str], Iterable[Any]]


def obligations(algorithm: Algorithm) -> list[Obligation]:
    """Everything that is to be proved of an algorithm; first that it has a valid configuration at all."""
    texts = texts_of(algorithm)
    world = World(algorithm, texts)
    proving = Proving(algorithm, texts, world, Validity(world))
    return [*general_obligations(proving), *tuning_obligations(proving)]


def prove_algorithm(algorithm: Algorithm, track: Track = lambda items, title: items) -> Iterator[Proof]:
    """Every proof that an algorithm owes, decided one by one; ``track`` may show progress.

    What follows from a claim that was refuted is not asked, so that one mistake is reported once.
    """
    refuted: set[tuple[Path, str]] = set()
    prover = Prover()
    for obligation in track(obligations(algorithm), f"proving {algorithm.name}"):
        if refuted.intersection(obligation.after):
            continue
        proof = prover.prove(obligation)
        if proof.status == "refuted":
            refuted.add((obligation.path, obligation.claim))
        yield proof
        if proof.status == "refuted" and obligation.law == "KS206":
            return


__all__ = ["Obligation", "Proof", "finding_of", "obligations", "prove", "prove_algorithm"]
