"""The target `optuna`: search spaces for Optuna, and functions that ask its trials."""

from knobsmith.targets.optuna.target import OptunaTarget

TARGET = OptunaTarget()

__all__ = ["TARGET", "OptunaTarget"]
