"""Asks clients for their verdicts on the conformance vectors, and compares."""

from knobsmith.conformance.claims import Shortfall, shortfalls
from knobsmith.conformance.clients import Broken, Client, Command, GeneratedPython
from knobsmith.conformance.report import Cell, Disagreement, Report, Tally, table
from knobsmith.conformance.running import conform

__all__ = [
    "Broken",
    "Cell",
    "Client",
    "Command",
    "Disagreement",
    "GeneratedPython",
    "Report",
    "Shortfall",
    "Tally",
    "conform",
    "shortfalls",
    "table",
]
