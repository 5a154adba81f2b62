"""The target `ray`: search spaces for Ray Tune, and for its search by Optuna."""

from knobsmith.targets.ray.target import RayTarget

TARGET = RayTarget()

__all__ = ["TARGET", "RayTarget"]
