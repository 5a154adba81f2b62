"""The target `configspace`: search spaces in ConfigSpace's own JSON, and a package that makes them."""

from knobsmith.targets.configspace.target import ConfigSpaceTarget

TARGET = ConfigSpaceTarget()

__all__ = ["TARGET", "ConfigSpaceTarget"]
