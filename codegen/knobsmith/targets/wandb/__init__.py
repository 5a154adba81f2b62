"""The target `wandb`: sweep files for Weights & Biases."""

from knobsmith.targets.wandb.target import WandbTarget

TARGET = WandbTarget()

__all__ = ["TARGET", "WandbTarget"]
