"""How much the solver is asked does not grow with how much there is to prove, as long as nothing is wrong."""

from collections.abc import Iterator

import pytest
from knobsmith.prove import solving, tuned
from knobsmith.prove.proving import obligations, prove_algorithm
from knobsmith.prove.world import World

from tests.support.compile import compile_algorithm
from tests.support.reports import HEAD

KNOB = 'type: number, range: "[0, 10]", default: 5'


def chain(length: int, first: str = "") -> str:
    """A spec in which each parameter is used where the one before it is above 1."""
    lines = [f"  k0: {{{KNOB}, {first}doc: First.}}"]
    lines += [f'  k{n}: {{{KNOB}, used_when: "k{n - 1} > 1", doc: Another.}}' for n in range(1, length)]
    return f"{HEAD}parameters:\n" + "\n".join(lines) + "\n"


@pytest.fixture
def efforts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The effort that each solver may take, in the order of use."""
    asked: list[int] = []
    original = solving._solver
    monkeypatch.setattr(solving, "_solver", lambda effort: asked.append(effort) or original(effort))
    return asked


def test_one_configuration_answers_for_many_conditions(efforts: list[int]) -> None:
    proofs = list(prove_algorithm(compile_algorithm(chain(40))))
    assert [proof.status for proof in proofs] == ["proven"] * (1 + 2 * 39 + 40)
    assert efforts.count(solving._EFFORT) <= 4
    assert efforts.count(solving._FIRST_EFFORT) == 40


def test_a_chain_that_breaks_is_asked_about_link_by_link(efforts: list[int]) -> None:
    spec = chain(40).replace(
        'k20: {type: number, range: "[0, 10]", default: 5', 'k20: {type: number, range: "[0, 1]", default: 1'
    )
    proofs = list(prove_algorithm(compile_algorithm(spec)))
    refuted = {str(proof.obligation.path[1]) for proof in proofs if proof.status == "refuted"}
    assert refuted == {f"k{n}" for n in range(21, 40)}


def test_what_tuning_moves_is_described_once_for_all_that_it_may_upset(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[World] = []

    class Counted(World):
        def __init__(self, *arguments: object) -> None:
            made.append(self)
            super().__init__(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(tuned, "World", Counted)
    owed = obligations(compile_algorithm(chain(40, 'tuning: {range: "[2, 9]"}, ')))
    assert sum(one.claim.startswith("no tuned value upsets") for one in owed) == 39
    assert len(made) == 1
