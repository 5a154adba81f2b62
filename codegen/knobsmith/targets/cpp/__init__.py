"""The target `cpp`: a header-only library of structs and validators."""

from knobsmith.targets.cpp.target import CppTarget

TARGET = CppTarget()

__all__ = ["TARGET", "CppTarget"]
