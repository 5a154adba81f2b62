"""Which ends Vizier draws."""

from collections.abc import Mapping

# By the documentation of StudySpec both ends belong to a range, and its parameter configurations hold them feasible.
ENDS: Mapping[str, tuple[bool, bool]] = {
    "integer": (True, True),
    "integer by log": (True, True),
    "integer by step": (True, True),
    "number": (True, True),
    "number by log": (True, True),
    "number by step": (True, True),
}
