"""Conformance vectors: configurations at every edge of the spec, each with the verdict that every client must give."""

from knobsmith.targets.vectors.target import TARGET

__all__ = ["TARGET"]
