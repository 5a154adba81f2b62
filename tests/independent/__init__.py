"""A second reading of the law: slow, obvious, and without one line in common with the compiler or what it generates.

It interprets the published JSON form of the catalog and nothing else. Where it and a generated client disagree, one of
them has misread the language's page; speed and elegance are no reasons here, likeness to the page is.
"""

from tests.independent.phases import to_wire, verdict

__all__ = ["to_wire", "verdict"]
