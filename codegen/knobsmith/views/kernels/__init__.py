"""What follows from the declaration of a kernel function: names, variants, sizes, when a tensor is given."""

from knobsmith.views.kernels.names import KernelNames, kernel_names, kernels_package
from knobsmith.views.kernels.tensors import ANY_SIZE, dtype_root, is_allocated, shape_of, variants

__all__ = [
    "ANY_SIZE",
    "KernelNames",
    "dtype_root",
    "is_allocated",
    "kernel_names",
    "kernels_package",
    "shape_of",
    "variants",
]
