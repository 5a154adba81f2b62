"""Dtypes and shapes with the names followed, and which tensors a caller may leave to us."""

from itertools import product

from knobsmith.model.kernels import KernelFunction, Tensor
from knobsmith.resolve.kernel_tensors import is_always_given

# Stands among the symbols for the number of elements of a tensor that has any shape; no symbol is called so.
ANY_SIZE = ""


def dtype_root(tensor: Tensor, function: KernelFunction) -> Tensor:
    """The tensor that states the dtype of this one."""
    by_name = {one.name: one for one in function.tensors}
    while tensor.same_dtype_as is not None:
        tensor = by_name[tensor.same_dtype_as]
    return tensor


def shape_root(tensor: Tensor, function: KernelFunction) -> Tensor:
    """The tensor that states the shape of this one."""
    by_name = {one.name: one for one in function.tensors}
    while tensor.same_shape_as is not None:
        tensor = by_name[tensor.same_shape_as]
    return tensor


def shape_of(tensor: Tensor, function: KernelFunction) -> tuple[str | int, ...] | None:
    """Symbols and integers; None for any shape."""
    root = shape_root(tensor, function)
    return None if root.any_shape else root.shape


def varying(function: KernelFunction) -> tuple[Tensor, ...]:
    """The tensors whose dtype differs from variant to variant."""
    return tuple(tensor for tensor in function.tensors if len(tensor.dtypes) > 1)


def variants(function: KernelFunction) -> list[tuple[str, ...]]:
    """All variants: the dtypes of the tensors that vary."""
    return list(product(*(tensor.dtypes for tensor in varying(function))))


def sizes_of(function: KernelFunction) -> tuple[str, ...]:
    """What shapes speak of: the symbols, and `ANY_SIZE` first if a tensor has any shape."""
    free = (ANY_SIZE,) if any(tensor.any_shape for tensor in function.tensors) else ()
    return (*free, *(symbol.name for symbol in function.symbols))


def leading(function: KernelFunction) -> tuple[Tensor, ...]:
    """The tensors that a caller always gives: in Python they may stand without their names."""
    return tuple(one for one in function.tensors if is_always_given(one) and not is_allocated(one, function))


def trailing(function: KernelFunction) -> tuple[Tensor, ...]:
    """The other tensors."""
    first = leading(function)
    return tuple(one for one in function.tensors if one not in first)


def is_allocated(tensor: Tensor, function: KernelFunction) -> bool:
    """Whether what is written can be allocated for the caller: dtype and shape follow from what is read."""
    if tensor.access != "out" or not is_always_given(tensor):
        return False
    read = [one for one in function.tensors if one.access != "out" and is_always_given(one)]
    root = dtype_root(tensor, function)
    shape = shape_of(tensor, function)
    # Where to allocate is read off an array that is given.
    if not read or (len(root.dtypes) > 1 and root not in read):
        return False
    if shape is None:
        return shape_root(tensor, function) in read
    known = {size for one in read for size in shape_of(one, function) or ()}
    return all(isinstance(size, int) or size in known for size in shape)
