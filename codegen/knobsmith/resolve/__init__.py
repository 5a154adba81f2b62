"""From trees to the catalog: fragments, families, types, names, order."""

from knobsmith.resolve.files import Files
from knobsmith.resolve.project import Resolved, Trees, located, resolve

__all__ = ["Files", "Resolved", "Trees", "located", "resolve"]
