"""The target `accelerator`: the generated C++ judges, as an extension that the Python client uses for many at once."""

from knobsmith.targets.accelerator.target import AcceleratorTarget

TARGET = AcceleratorTarget()

__all__ = ["TARGET", "AcceleratorTarget"]
