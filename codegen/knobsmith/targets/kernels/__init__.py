"""Declarations, bindings, dispatch and a typed front for kernel functions over tensors."""

from knobsmith.targets.kernels.target import TARGET

__all__ = ["TARGET"]
