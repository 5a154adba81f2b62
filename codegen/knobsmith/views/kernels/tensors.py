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
    """Symbols, names of scalars, and integers; None for any shape."""
    root = shape_root(tensor, function)
    return None if root.any_shape else root.shape


def varying(function: KernelFunction) -> tuple[Tensor, ...]:
    """The tensors whose dtype differs from variant to variant."""
    return tuple(tensor for tensor in function.tensors if len(tensor.dtypes) > 1)


def variants(function: KernelFunction) -> list[tuple[str, ...]]:
    """All variants: the dtypes of the tensors that vary."""
    return list(product(*(tensor.dtypes for tensor in varying(function))))


def has_lists(function: KernelFunction) -> bool:
    """Whether a call is about lists of tensors."""
    return any(tensor.many for tensor in function.tensors)


def entry_tensors(function: KernelFunction) -> tuple[Tensor, ...]:
    """The tensors of one entry of the lists; all, where there are no lists."""
    return tuple(tensor for tensor in function.tensors if tensor.many or not has_lists(function))


def shared_tensors(function: KernelFunction) -> tuple[Tensor, ...]:
    """The tensors beside lists, which all entries share."""
    return tuple(tensor for tensor in function.tensors if not tensor.many and has_lists(function))


def entry_sizes(function: KernelFunction) -> tuple[str, ...]:
    """What shapes of an entry speak of: symbols, and `ANY_SIZE` first if one of its tensors has any shape."""
    shared = (*shared_sizes(function), function.length)
    own = (symbol.name for symbol in function.symbols if symbol.name not in shared)
    return (*_free(entry_tensors(function)), *own)


def shared_sizes(function: KernelFunction) -> tuple[str, ...]:
    """What shapes of the tensors beside lists speak of, but for the length of the lists."""
    tensors = shared_tensors(function)
    spoken = {size for tensor in tensors for size in shape_of(tensor, function) or ()}
    read_off = (symbol.name for symbol in function.symbols if symbol.expr is None and symbol.name != function.length)
    return (*_free(tensors), *(name for name in read_off if name in spoken))


def list_of(symbol: str, function: KernelFunction) -> str | None:
    """The list off whose entries a size is read; None where all entries share it."""
    if symbol in (*shared_sizes(function), function.length):
        return None
    lists = (tensor for tensor in function.tensors if tensor.many)
    return next((tensor.name for tensor in lists if symbol in (shape_of(tensor, function) or ())), None)


def stated_sizes(function: KernelFunction) -> tuple[str, ...]:
    """What shapes speak of and no tensor is needed for: scalars."""
    spoken = dict.fromkeys(size for tensor in function.tensors for size in tensor.shape)
    return tuple(scalar.name for scalar in function.scalars if scalar.name in spoken)


def _free(tensors: tuple[Tensor, ...]) -> tuple[str, ...]:
    return (ANY_SIZE,) if any(tensor.any_shape for tensor in tensors) else ()


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
    if len(root.dtypes) > 1 and root not in read:
        return False
    if shape is None:
        return shape_root(tensor, function) in read
    # What differs from entry to entry is no size of a tensor beside the lists.
    near = [one for one in read if tensor.many or not one.many]
    known = {size for one in near for size in shape_of(one, function) or ()} | set(stated_sizes(function))
    known |= {symbol.name for symbol in function.symbols if symbol.expr is not None}
    known |= {function.length} if function.length is not None and any(one.many for one in read) else set()
    return all(isinstance(size, int) or size in known for size in shape)


def reads_arrays(function: KernelFunction) -> bool:
    """Whether every call gives an array from which the device of the results follows."""
    return bool(leading(function))
