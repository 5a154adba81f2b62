"""What the target of a client claims to carry, beside what its answers show."""

from collections.abc import Iterator
from typing import NamedTuple

from knobsmith.conformance.report import Cell, Report
from knobsmith.targets.base import CONSTRUCTS, Fidelity, vocabulary
from knobsmith.targets.registry import BUILT_IN, load_target

_RANKS = {"dropped": 0, "partial": 1, "exact": 2}


class Shortfall(NamedTuple):
    """A client carries a construct less well than its target claims."""

    client: str
    construct: str
    found: Cell
    claimed: Fidelity

    def __str__(self) -> str:
        what = CONSTRUCTS[self.construct]
        return f"{self.client}: {what}: {self.found.value}, and its target claims {self.claimed.value}"


def shortfalls(report: Report) -> Iterator[Shortfall]:
    """Where clients that are called like targets of ours fall short of them. Wrong answers speak for themselves."""
    for client, tallies in report.tallies.items():
        if client not in BUILT_IN:
            continue
        target = load_target(client)
        if vocabulary(target) is not CONSTRUCTS:
            continue
        for construct, tally in tallies.items():
            found, claimed = tally.cell, target.fidelity[construct].fidelity
            if found is not Cell.WRONG and _RANKS[found.value] < _RANKS[claimed.value]:
                yield Shortfall(client, construct, found, claimed)
