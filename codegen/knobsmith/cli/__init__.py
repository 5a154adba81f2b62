"""The command line."""

from knobsmith.cli.main import run

__all__ = ["run"]
