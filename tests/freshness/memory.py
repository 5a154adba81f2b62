"""How the tests run ``knobsmith generate``, and what became of it."""

from typing import NamedTuple, Protocol

SPEC = "spec/algorithms/tiny.yaml"
UP_TO_DATE = "generated/ is up to date (9 files)\n"
# With this, times tell all versions apart, as if nothing had been written lately.
NO_DOUBT = -(10**18)


class Ran(NamedTuple):
    """What became of a run, and whether the compiler did it."""

    code: int
    out: str
    compiled: bool


class Generate(Protocol):
    """Runs ``knobsmith generate`` as its own process would, in this one."""

    def __call__(self, *options: str) -> Ran: ...
