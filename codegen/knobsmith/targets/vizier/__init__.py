"""The target `vizier`: studies in the JSON of Vizier's protocol buffers, and a package that makes them."""

from knobsmith.targets.vizier.target import VizierTarget

TARGET = VizierTarget()

__all__ = ["TARGET", "VizierTarget"]
