"""The tensors of a kernel function: what dtype and shape each has, and when it must be given."""

from collections.abc import Callable, Iterator, Mapping

from knobsmith.diagnostics import Path
from knobsmith.model.forms import nearest
from knobsmith.model.kernels import Tensor
from knobsmith.model.spec import TensorSpec
from knobsmith.resolve.laws import GIVEN, KERNEL
from knobsmith.resolve.notebook import Notebook
from knobsmith.resolve.values import shown

# NumPy's names, and bfloat16, which NumPy lacks and training needs.
DTYPES = (
    "float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint64", "uint32", "uint16",
    "uint8", "bool",
)  # fmt: skip
ANY_SHAPE = "any"

Tensors = Mapping[str, TensorSpec]
Follow = Callable[[TensorSpec], str | None]


def build_tensors(
    specs: tuple[TensorSpec, ...], stated: frozenset[str], path: Path, notes: Notebook
) -> tuple[Tensor, ...]:
    """The tensors of a function; what does not fit is noted.

    Args:
        specs: What the file says of them.
        stated: Names of sizes that need not be read off a tensor.
        path: Where they stand.
        notes: What takes findings.
    """
    tensors = {spec.name: spec for spec in specs}
    built = tuple(_tensor(spec, tensors, (*path, spec.name), notes) for spec in specs)
    if not any(map(is_always_given, specs)):
        fact = "calls may leave all of them out" if specs else "it has none"
        notes.note(GIVEN, path if specs else path[:-1], fact, "declare a tensor that every call gives")
    _check_lists(specs, path, notes)
    _check_sizes(built, stated | {length for length in [length_of(specs)] if length}, path, notes)
    for spec in specs:
        _check_given(spec, tensors, (*path, spec.name), notes)
    return built


def is_always_given(tensor: Tensor | TensorSpec) -> bool:
    """Whether no call leaves a tensor out."""
    return not tensor.optional and tensor.required_when is None and not tensor.required_for


def length_of(specs: tuple[TensorSpec, ...]) -> str | None:
    """The name of the length of the lists, if they state one."""
    return next((spec.many for spec in specs if isinstance(spec.many, str)), None)


def _tensor(spec: TensorSpec, tensors: Tensors, path: Path, notes: Notebook) -> Tensor:
    same_dtype = _dtype_of(spec) if _dtype_of(spec) in tensors else None
    same_shape = _shape_of(spec)
    _check_name(spec, path, notes)
    _check_dtypes(spec, tensors, path, notes)
    if same_shape is not None and same_shape not in tensors:
        notes.note(KERNEL, (*path, "shape"), f"there is no tensor `{same_shape}`", nearest(same_shape, tensors))
    for index, size in enumerate(() if isinstance(spec.shape, str) else spec.shape):
        if not _is_size(size):
            fact = f"{shown(size)} is no size"
            notes.note(KERNEL, (*path, "shape", index), fact, "write a name, or an integer from 0")
    _check_circles(spec, tensors, path, notes)
    return Tensor(
        name=spec.name,
        access=spec.access,
        dtypes=() if same_dtype is not None else spec.dtype,
        same_dtype_as=same_dtype,
        shape=() if isinstance(spec.shape, str) else spec.shape,
        same_shape_as=same_shape,
        any_shape=spec.shape == ANY_SHAPE,
        many=bool(spec.many),
        optional=spec.optional,
        required_when=spec.required_when,
        required_for=spec.required_for,
        doc=spec.doc,
    )


def _check_name(spec: TensorSpec, path: Path, notes: Notebook) -> None:
    """Where a dtype or a shape is written, some words are taken."""
    if spec.name == ANY_SHAPE:
        notes.note(KERNEL, path, "`any` stands for a shape", "rename the tensor")
    if spec.name in DTYPES:
        notes.note(KERNEL, path, f"`{spec.name}` is a dtype", "rename the tensor")


def _check_dtypes(spec: TensorSpec, tensors: Tensors, path: Path, notes: Notebook) -> None:
    if not spec.dtype:
        notes.note(KERNEL, (*path, "dtype"), "this list is empty", "name a dtype")
    for index, dtype in enumerate(spec.dtype if _dtype_of(spec) not in tensors else ()):
        place = (*path, "dtype", index)
        if dtype not in DTYPES:
            notes.note(KERNEL, place, f"`{dtype}` is neither a dtype nor a tensor", nearest(dtype, [*DTYPES, *tensors]))
        elif dtype in spec.dtype[:index]:
            notes.note(KERNEL, place, f"`{dtype}` stands there twice", "remove one of them")


def _is_size(size: object) -> bool:
    if isinstance(size, str):
        return size.isidentifier() and size.isascii()
    return isinstance(size, int) and not isinstance(size, bool) and size >= 0


def _dtype_of(tensor: TensorSpec) -> str | None:
    return tensor.dtype[0] if len(tensor.dtype) == 1 else None


def _shape_of(tensor: TensorSpec) -> str | None:
    return tensor.shape if isinstance(tensor.shape, str) and tensor.shape != ANY_SHAPE else None


def _check_circles(spec: TensorSpec, tensors: Tensors, path: Path, notes: Notebook) -> None:
    """Note what follows names back to itself, once for each circle: at the first of its tensors."""
    for key, follow in (("dtype", _dtype_of), ("shape", _shape_of)):
        circle = _circle(spec, tensors, follow)
        if circle and spec.name == next(name for name in tensors if name in circle):
            shown = " -> ".join(f"`{name}`" for name in (*circle, spec.name))
            notes.note(KERNEL, (*path, key), f"but {shown}", f"state the {key} of one of them")


def _circle(start: TensorSpec, tensors: Tensors, follow: Follow) -> list[str]:
    """The tensors on the way from one back to it; none if the way ends or runs into another circle."""
    way = [start.name]
    name = follow(start)
    while name is not None and name in tensors and name not in way:
        way.append(name)
        name = follow(tensors[name])
    return way if name == start.name else []


def _check_lists(specs: tuple[TensorSpec, ...], path: Path, notes: Notebook) -> None:
    """All lists have one length, and a tensor beside them has no shape of theirs: each entry has its own."""
    length = length_of(specs)
    by_name = {spec.name: spec for spec in specs}
    for spec in specs:
        if isinstance(spec.many, str) and spec.many != length:
            fact = f"the lists have the length `{length}` and the length `{spec.many}`"
            notes.note(KERNEL, (*path, spec.name, "many"), fact, "give them one name: all lists have one length")
        other = by_name.get(_shape_of(spec) or "")
        if other is not None and other.many and not spec.many:
            fact = f"`{other.name}` is a list of tensors, each with a shape of its own, and `{spec.name}` is one tensor"
            notes.note(KERNEL, (*path, spec.name, "shape"), fact, "make it a list too, or state its sizes")


def _check_sizes(tensors: tuple[Tensor, ...], stated: frozenset[str], path: Path, notes: Notebook) -> None:
    """Sizes are read off tensors that are always given, if they are not stated."""
    free = [tensor for tensor in tensors if tensor.any_shape]
    for tensor in free[1:]:
        fact = f"`{free[0].name}` and `{tensor.name}` both have any shape"
        notes.note(KERNEL, (*path, tensor.name, "shape"), fact, f"write `shape: {free[0].name}`, or name the sizes")
    for tensor in tensors:
        if not is_always_given(tensor) and tensor.any_shape:
            notes.note(GIVEN, (*path, tensor.name, "shape"), "others have the size of this one", _STATE_IT_ELSEWHERE)
        if not is_always_given(tensor) and len(tensor.dtypes) > 1:
            fact = "which variant is meant is read off this one"
            notes.note(GIVEN, (*path, tensor.name, "dtype"), fact, _STATE_IT_ELSEWHERE)
    known = stated | {size for tensor in tensors if is_always_given(tensor) for size in _shape(tensor, tensors)}
    for tensor in tensors:
        for index, size in enumerate(tensor.shape):
            if isinstance(size, str) and size not in known:
                fact = f"`{size}` is read off this one"
                notes.note(GIVEN, (*path, tensor.name, "shape", index), fact, _STATE_IT_ELSEWHERE)


_STATE_IT_ELSEWHERE = "let no call leave it out, or state this at one that none does"


def _shape(tensor: Tensor, tensors: tuple[Tensor, ...]) -> tuple[str | int, ...]:
    """The shape of a tensor, followed by name; nothing if the names go round in a circle."""
    by_name = {one.name: one for one in tensors}
    seen: set[str] = set()
    while tensor.same_shape_as in by_name and tensor.name not in seen:
        seen.add(tensor.name)
        tensor = by_name[str(tensor.same_shape_as)]
    return tensor.shape


def _check_given(spec: TensorSpec, tensors: Tensors, path: Path, notes: Notebook) -> None:
    keys = ("optional", "required_when", "required_for")
    stated = [key for key in keys if getattr(spec, key) not in (False, None, ())]
    if len(stated) > 1:
        fact = f"`{stated[0]}` and `{stated[1]}` both do"
        notes.note(GIVEN, (*path, stated[1]), fact, "keep one of them")
    if spec.required_for:
        for place, fact, help in _of_variants(spec, tensors):
            notes.note(GIVEN, (*path, *place), fact, help)


def _of_variants(spec: TensorSpec, tensors: Tensors) -> Iterator[tuple[Path, str, str]]:
    """What is wrong with the variants for which a tensor is required."""
    varying = [tensor for tensor in tensors.values() if len(tensor.dtype) > 1]
    if len(varying) != 1:
        names = " and ".join(f"`{tensor.name}`" for tensor in varying)
        fact = f"{names} have lists of dtypes" if varying else "no tensor has a list of dtypes"
        yield ("required_for",), fact, "a condition over scalars goes under `required_when`"
        return
    (variant,) = varying
    for index, dtype in enumerate(spec.required_for):
        if dtype not in variant.dtype:
            fact = f"`{dtype}` is no variant: `{variant.name}` does not have it"
            yield ("required_for", index), fact, nearest(dtype, variant.dtype)
        elif dtype in spec.required_for[:index]:
            yield ("required_for", index), f"`{dtype}` stands there twice", "remove one of them"
    if set(variant.dtype) <= set(spec.required_for):
        yield ("required_for",), f"these are all that `{variant.name}` may have", "leave the key out"
