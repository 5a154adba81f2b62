"""What came of asking."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from knobsmith.targets.base import CONSTRUCTS


class Cell(Enum):
    """How well a client carries a construct, as its answers show."""

    EXACT = "exact"
    PARTIAL = "partial"
    DROPPED = "dropped"
    WRONG = "wrong"


class Disagreement(NamedTuple):
    """An answer that is not the expected one; ``differences`` says in what, a line each."""

    client: str
    algorithm: str
    vector: str
    form: str
    differences: tuple[str, ...]


class Tally(NamedTuple):
    """Answers to the vectors of one construct."""

    agreed: int = 0
    unsupported: int = 0
    wrong: int = 0

    def and_also(self, other: "Tally") -> "Tally":
        """These answers and others."""
        return Tally(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def cell(self) -> Cell:
        """What they amount to."""
        if self.wrong:
            return Cell.WRONG
        if self.unsupported:
            return Cell.PARTIAL if self.agreed else Cell.DROPPED
        return Cell.EXACT


class Report(NamedTuple):
    """The answers of several clients.

    Attributes:
        tallies: By client, then by construct.
        disagreements: All answers that were wrong.
    """

    tallies: Mapping[str, Mapping[str, Tally]]
    disagreements: tuple[Disagreement, ...]

    @property
    def asked(self) -> int:
        """How many answers were given."""
        return sum(sum(tally) for tallies in self.tallies.values() for tally in tallies.values())


def table(report: Report) -> str:
    """Constructs and clients, as a table of Markdown."""
    clients = list(report.tallies)
    used = {construct for tallies in report.tallies.values() for construct in tallies}
    rows = [
        [CONSTRUCTS[one], *(_shown(report.tallies[client].get(one)) for client in clients)]
        for one in CONSTRUCTS
        if one in used
    ]
    return _markdown(["construct", *(f"`{client}`" for client in clients)], rows)


def _shown(tally: Tally | None) -> str:
    if tally is None:
        return "-"
    return (
        f"{tally.cell.value} ({tally.agreed} of {sum(tally)})"
        if sum(tally) != tally.agreed
        else f"exact ({sum(tally)})"
    )


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|:--|{':--|' * (len(head) - 1)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"
