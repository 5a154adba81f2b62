"""The verdict on a configuration, straight from the catalog: the reference that generated clients are held to.

Written for clearness, not for speed; sections 5, 7 and 15 of the language's page are its law.
"""

from knobsmith.judging.phases import Judge, conclude, is_refused
from knobsmith.judging.verdict import Finding, Form, ParameterVerdict, Verdict
from knobsmith.judging.world import World
from knobsmith.judging.writing import Unwritable, write_wire

__all__ = [
    "Finding",
    "Form",
    "Judge",
    "ParameterVerdict",
    "Unwritable",
    "Verdict",
    "World",
    "conclude",
    "is_refused",
    "write_wire",
]
