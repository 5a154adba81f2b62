"""What every benchmark is told."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.environment import Peers


@dataclass(frozen=True, slots=True)
class Settings:
    """How thoroughly to measure, and with what.

    Attributes:
        rounds: How often each process is timed.
        quick: Whether to leave out what takes long; the figures then say little.
        peers: The other libraries.
        generated: A folder with what our three specs generate.
    """

    rounds: int
    quick: bool
    peers: Peers
    generated: Path

    @property
    def client(self) -> dict[str, str]:
        """An environment in which the generated client can be imported."""
        return {"PYTHONPATH": str(self.generated / "python")}
