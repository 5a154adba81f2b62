"""The target `sagemaker`: documents that describe an algorithm to the service and ask it to tune."""

from knobsmith.targets.sagemaker.target import SageMakerTarget

TARGET = SageMakerTarget()

__all__ = ["TARGET", "SageMakerTarget"]
