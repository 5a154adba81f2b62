"""The target `python`: an installable package of models and validators."""

from knobsmith.targets.python.target import PythonTarget

TARGET = PythonTarget()

__all__ = ["TARGET", "PythonTarget"]
