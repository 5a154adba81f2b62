"""The declarations of the functions of one kernels file: structs of scalars and tensors, and what backends define."""

from collections.abc import Iterable, Iterator

from knobsmith.expr.prose import prose
from knobsmith.model.kernels import KernelFunction, KernelScalar, Tensor
from knobsmith.targets.cpp.documentation import comment
from knobsmith.targets.cpp.layout import laid_out
from knobsmith.targets.kernels.types import constant, element_type, pointer_type, scalar_type
from knobsmith.views.kernels import ANY_SIZE, KernelNames, dtype_root, shape_of, variants
from knobsmith.views.kernels.names import has_members
from knobsmith.views.kernels.tensors import entry_sizes, entry_tensors, has_lists, shared_sizes, shared_tensors
from knobsmith.views.kernels.wording import valid_in_words
from knobsmith.views.wording import in_words, listed

Lines = Iterator[str]
Named = list[tuple[KernelFunction, KernelNames]]


def header(functions: Named, package: str) -> str:
    """The header of one file, without the notice at its top."""
    return "".join(f"{part}\n" for line in _lines(functions, package) for part in laid_out(line))


def backends_of(function: KernelFunction) -> tuple[str, ...]:
    """The namespaces that declare a function: what runs on a GPU is emulated on the CPU as well."""
    return (*function.backends, *(("emulated",) if "cuda" in function.backends else ()))


def _lines(functions: Named, package: str) -> Lines:
    yield from ("#pragma once", "", "#include <cstddef>", "#include <cstdint>")
    if any(_has_text(function) for function, _ in functions):
        yield "#include <string>"
    yield from ("#include <vector>", "", f'#include "{package}/context.hpp"', f'#include "{package}/half.hpp"', "")
    yield f"namespace {package} {{"
    yield ""
    for function, names in functions:
        yield from _scalars(function, names)
        yield from _tensors(function, names)
    for backend in ("cpu", "cuda", "emulated"):
        chosen = [(function, names) for function, names in functions if backend in backends_of(function)]
        if chosen:
            yield from _namespace(backend, chosen)
    yield f"}}  // namespace {package}"


def _has_text(function: KernelFunction) -> bool:
    return any(one.domain.kind == "string" and not has_members(one.domain) for one in function.scalars)


def _scalars(function: KernelFunction, names: KernelNames) -> Lines:
    yield from comment(f"The scalars of `{names.function}`. {_one_line(function.doc)}")
    if function.formula:
        yield "///"
        yield from comment(f"Formula: {_one_line(function.formula)}")
    yield f"struct {names.scalars} {{"
    for scalar in function.scalars:
        if scalar.name in names.enums:
            yield from _indented(_enum(scalar, names))
    for scalar in function.scalars:
        yield from _indented(comment(scalar_doc(scalar)))
        type = scalar_type(scalar.name, scalar.domain, names)
        start = "" if scalar.default is None else f" = {constant(scalar.name, scalar.domain, scalar.default, names)}"
        # What has no default starts at zero all the same: no member is ever indeterminate.
        yield f"    {type} {names.fields[scalar.name]}{start or '{}'};"
    yield "};"
    yield ""


def _enum(scalar: KernelScalar, names: KernelNames) -> Lines:
    enum = names.enums[scalar.name]
    docs = {choice.value: choice.doc for choice in scalar.domain.values or ()}
    docs |= {special.word: special.doc for special in scalar.domain.special if special.word is not None}
    yield from comment(f"Values of `{scalar.name}`.")
    yield f"enum class {enum.name} : std::uint8_t {{"
    for value, member in enum.members.items():
        yield from _indented(comment(_one_line(docs.get(value) or f"`{value}`")))
        yield f"    {member},"
    yield "};"
    yield ""


def _tensors(function: KernelFunction, names: KernelNames) -> Lines:
    what = "One entry of the lists of" if has_lists(function) else "The"
    yield from comment(f"{what} tensors of `{names.function}`. What was left out is null.")
    if names.parameters:
        yield template(names)
    yield from _struct(names.tensors, entry_tensors(function), entry_sizes(function), function, names)
    if shared_tensors(function):
        yield from comment(f"The tensors of `{names.function}` beside its lists. What was left out is null.")
        if shares_variants(function):
            yield template(names)
        yield from _struct(names.shared, shared_tensors(function), shared_sizes(function), function, names)


def _struct(
    name: str, tensors: Iterable[Tensor], sizes: Iterable[str], function: KernelFunction, names: KernelNames
) -> Lines:
    yield f"struct {name} {{"
    for tensor in tensors:
        yield from _indented(comment(tensor_doc(tensor, function)))
        yield f"    {pointer_type(tensor, function, names)} {names.members[tensor.name]} = nullptr;"
    for size in sizes:
        doc = "Number of elements of each." if size == ANY_SIZE else f"The size `{size}` of shapes."
        yield from _indented(comment(doc))
        yield f"    std::int64_t {names.sizes[size]} = 0;"
    yield "};"
    yield ""


def shares_variants(function: KernelFunction) -> bool:
    """Whether the tensors beside lists differ from variant to variant."""
    return any(len(dtype_root(tensor, function).dtypes) > 1 for tensor in shared_tensors(function))


def template(names: KernelNames) -> str:
    """The line above what depends on the variant."""
    return f"template <{', '.join(f'class {name}' for name in names.parameters.values())}>"


def parameters(function: KernelFunction, names: KernelNames, arguments: Iterable[str]) -> str:
    """The parameters of a function, for these arguments of its templates."""
    listed = ", ".join(arguments)
    of_variant = f"<{listed}>" if listed else ""
    tensors = f"{names.tensors}{of_variant}"
    taken = f"const {tensors}* tensors, std::size_t count" if has_lists(function) else f"const {tensors}& tensors"
    if shared_tensors(function):
        taken += f", const {names.shared}{of_variant if shares_variants(function) else ''}& shared"
    return f"const {names.scalars}& scalars, {taken}, const Context& context"


def _namespace(backend: str, functions: Named) -> Lines:
    yield f"namespace {backend} {{"
    yield ""
    for function, names in functions:
        yield from comment(_one_line(function.doc))
        if names.parameters:
            yield template(names)
        yield f"void {names.function}({parameters(function, names, names.parameters.values())});"
        for variant in variants(function) if names.parameters else ():
            types = [element_type(dtype) for dtype in variant]
            called = f"{names.function}<{', '.join(types)}>"
            yield f"extern template void {called}({parameters(function, names, types)});"
        yield ""
    yield f"}}  // namespace {backend}"
    yield ""


def scalar_doc(scalar: KernelScalar) -> str:
    """What a scalar is; then a list with what is valid, its default, and where its facts come from."""
    valid = valid_in_words(scalar.domain)
    facts = [] if valid == f"any {scalar.domain.kind}" else [f"Valid: {valid}."]
    facts += [f"Unit: {scalar.unit}."] if scalar.unit else []
    facts += [f"Default: {in_words(scalar.default)}."] if scalar.default is not None else []
    facts += [f"Hyperparameter: {scalar.hyperparameter}."] if scalar.hyperparameter else []
    return "\n".join([_one_line(scalar.doc), *(f"- {fact}" for fact in facts)])


def tensor_doc(tensor: Tensor, function: KernelFunction) -> str:
    """What a tensor holds; then how it is accessed, its shape, and when it must be given."""
    shape = shape_of(tensor, function)
    sizes = "any shape" if shape is None else f"shape [{', '.join(map(str, shape))}]"
    said = sizes if tensor.same_shape_as is None else f"the shape of `{tensor.same_shape_as}`"
    access = {"in": "Read", "out": "Written", "inout": "Read and written"}[tensor.access]
    facts = [f"{access}; {said}."]
    if tensor.optional:
        facts.append("May be left out.")
    if tensor.required_when is not None:
        facts.append(f"Required when {prose(tensor.required_when)}; else it may be left out.")
    if tensor.required_for:
        facts.append(f"Required for {listed(tensor.required_for, 'and')}, left out otherwise.")
    return "\n".join([_one_line(tensor.doc or f"`{tensor.name}`"), *(f"- {fact}" for fact in facts)])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _indented(lines: Iterable[str]) -> Lines:
    return (f"    {line}" if line else "" for line in lines)
