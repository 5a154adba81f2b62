"""The resolved model as JSON, for whoever would rather read it than the specs."""

from knobsmith.targets.catalog.target import CatalogTarget

TARGET = CatalogTarget()

__all__ = ["TARGET", "CatalogTarget"]
