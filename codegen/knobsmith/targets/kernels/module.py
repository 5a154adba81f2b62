"""What holds the bindings together: the module, the dispatch in C++, and the list of all sources."""

from collections.abc import Iterator, Mapping, Sequence

from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Catalog
from knobsmith.model.kernels import Dispatch, KernelFunction
from knobsmith.targets.cpp.documentation import comment
from knobsmith.targets.cpp.layout import laid_out
from knobsmith.targets.kernels.binding_file import bind_function
from knobsmith.targets.kernels.header import backends_of
from knobsmith.targets.kernels.tables import literal
from knobsmith.views.cpp_names import RESERVED, CppEnum, cpp_names, has_enum, package_namespace
from knobsmith.views.identifiers import Names, identifier, pascal
from knobsmith.views.kernels import KernelNames
from knobsmith.views.kernels.names import dispatch_names

Lines = Iterator[str]
_BESIDE_TAGS = frozenset(("Arguments", "Scalars", "Tensors", "Visit"))


def module(files: Sequence[str], package: str, doc: str) -> str:
    """The source file of the module, compiled once for each backend."""
    macro = package.upper()
    lines = [
        f'#include "{package}/binding/backend.hpp"',
        f'#include "{package}/binding/module.hpp"',
        "",
        "#include <nanobind/nanobind.h>",
        "",
        f"namespace {package} {{",
        "",
        *(f"void {bind_function(file)}(nanobind::module_& module);" for file in files),
        "",
        f"}}  // namespace {package}",
        "",
        f"NB_MODULE({macro}_PASTED(_, {macro}_BACKEND), module) {{",
        f"    module.doc() = {literal(doc)};",
        *(f"    {package}::{bind_function(file)}(module);" for file in files),
        f"    {package}::binding::bind_others(module);",
        "}",
    ]
    return "".join(f"{line}\n" for line in lines)


def sources(paths: Mapping[str, Sequence[str]], package: str) -> str:
    """The list of sources for CMake, by kind."""
    lines = []
    for kind, listed in paths.items():
        lines += [f"set({package.upper()}_{kind}"]
        lines += [f"    ${{CMAKE_CURRENT_LIST_DIR}}/{path}" for path in listed]
        lines[-1] += ")"
        lines.append("")
    return "".join(f"{line}\n" for line in lines[:-1])


def dispatch_header(
    catalog: Catalog, functions: Mapping[str, tuple[KernelFunction, KernelNames]], includes: Sequence[str], package: str
) -> str:
    """Which function serves which value of a hyperparameter, so that no value can be forgotten."""
    tables = [(table, _values(table, catalog)) for table in catalog.dispatch]
    lines = [
        "#pragma once",
        "",
        "#include <stdexcept>",
        "#include <utility>",
        "",
        *(f'#include "{path}"' for path in includes),
        *dict.fromkeys(f'#include "{values.header}"' for _, values in tables if values.header),
        "",
        f"namespace {package}::dispatch {{",
        "",
    ]
    used = dict.fromkeys(name for table in catalog.dispatch for _, name in table.functions)
    # What stands around the tags, and in them.
    names = Names(RESERVED | _BESIDE_TAGS | {values.scope for _, values in tables})
    tags = {name: names.unique(pascal(functions[name][1].function)) for name in used}
    for name in used:
        lines += _tag(*functions[name], tags[name], package)
    called = dispatch_names(catalog.kernels, [table.name for table in catalog.dispatch])
    for table, values in tables:
        lines += _table(table, called[table.name], values, tags)
    lines.append(f"}}  // namespace {package}::dispatch")
    return "".join(f"{part}\n" for line in lines for part in laid_out(line))


def _tag(function: KernelFunction, names: KernelNames, tag: str, package: str) -> Lines:
    """A function as a type: its name, its structs, and how each backend is called."""
    yield from comment(" ".join(function.doc.split()))
    yield f"struct {tag} {{"
    yield f"    static constexpr const char* name = {literal(names.function)};"
    yield f"    using Scalars = {package}::{names.scalars};"
    listed = ", ".join(names.parameters.values())
    if listed:
        yield f"    template <{', '.join(f'class {one}' for one in names.parameters.values())}>"
        yield f"    using Tensors = {package}::{names.tensors}<{listed}>;"
    else:
        yield f"    using Tensors = {package}::{names.tensors};"
    for backend in backends_of(function):
        yield "    template <class... Arguments>"
        yield f"    static void {backend}(Arguments&&... arguments) {{"
        yield f"        {package}::{backend}::{names.function}(std::forward<Arguments>(arguments)...);"
        yield "    }"
    yield "};"
    yield ""


class _Values:
    """The enumeration of a hyperparameter: that of its client, or one of our own.

    Attributes:
        header: The header of the client; empty if the enumeration is our own.
        scope: What stands before an enumerator.
    """

    def __init__(self, header: str, scope: str, members: Mapping[str, str], doc: str) -> None:
        self.header = header
        self.scope = scope
        self.members = members
        self.doc = doc


def _values(table: Dispatch, catalog: Catalog) -> _Values:
    algorithm = catalog.algorithm(table.algorithm)
    parameter = algorithm.parameter(table.parameter) if algorithm is not None else None
    if parameter is None:
        raise AssertionError(f"{table.name} hangs on a hyperparameter that is there")
    has_client = "cpp" in dict(catalog.project.targets)
    if has_client and has_enum(parameter.domain) and not parameter.domain.words:
        client = package_namespace(catalog.project)
        own = dict(zip((one.name for one in catalog.algorithms), cpp_names(catalog.algorithms), strict=True))
        names = own[table.algorithm]
        enum: CppEnum = names.enums[table.parameter]
        return _Values(f"{client}/{names.namespace}.hpp", f"{client}::{names.namespace}::{enum.name}", enum.members, "")
    members = Names(RESERVED)
    listed = {_text(value): members.unique(identifier(_text(value))) for value, _ in table.functions}
    return _Values("", f"{pascal(table.name)}Value", listed, f"Values of `{table.algorithm}/{table.parameter}`.")


def _table(table: Dispatch, name: str, values: _Values, tags: Mapping[str, str]) -> Lines:
    if not values.header:
        yield from comment(values.doc)
        yield f"enum class {values.scope} {{ {', '.join(values.members.values())} }};"
        yield ""
    yield from comment(
        f"Calls `visit` with the function for a value of `{table.algorithm}/{table.parameter}`. There is no `default`: "
        "a value without a function does not compile."
    )
    yield "template <class Visit>"
    yield f"decltype(auto) {name}({values.scope} value, Visit&& visit) {{"
    yield "    switch (value) {"
    for value, function in table.functions:
        member = values.members[_text(value)]
        yield f"        case {values.scope}::{member}: return std::forward<Visit>(visit)({tags[function]}{{}});"
    yield "    }"
    refusal = literal(f"{name}: this is no value of {table.algorithm}/{table.parameter}")
    yield f"    throw std::invalid_argument({refusal});"
    yield "}"
    yield ""


def _text(value: PlainValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
