"""How C++ and Python call what a kernels file names. A function has one name in both."""

import builtins
import keyword
import re
from collections.abc import Iterable, Mapping, Sequence

from knobsmith.model.catalog import Project
from knobsmith.model.domain import Domain
from knobsmith.model.kernels import KernelFunction
from knobsmith.records import Record
from knobsmith.views.cpp_names import RESERVED, CppEnum
from knobsmith.views.identifiers import Names, identifier, pascal, snake
from knobsmith.views.kernels.tensors import ANY_SIZE, entry_sizes, shared_sizes, varying

_PYTHON = frozenset({*keyword.kwlist, *keyword.softkwlist, *(name for name in dir(builtins) if name[0].isalpha())})
# What the namespace of the package holds, and what the headers use in it.
_CPP = frozenset(
    (
        *("BFloat16", "Context", "Half", "List", "WordOr", "binding", "cpu", "cuda", "dispatch", "emulated"),
        *("functions", "nb", "numbers", "patterns", "runtime", "std", "text", "values"),
    )
)
# What the front door of the Python package offers beside the functions, its modules, and what theirs uses.
_PACKAGE = frozenset(
    (
        *("annotations", "array_kinds", "arrays", "backend", "backends", "describe", "dispatch", "errors", "hazards"),
        *("image_sizes", "replay", "torch", "transforms"),
    )
)
# Classes in the module of the functions.
_CLASSES = frozenset(("Any", "Array", "Literal", "NamedTuple", "Sequence"))
# Formats of elements, which members and variables would hide.
_FORMATS = frozenset(("BFloat16", "Context", "Half"))
# Arguments that every function has, and what the code around the others is called with.
_LOCAL = frozenset(
    (
        *("arrays", "binding", "call", "context", "count", "entries", "entry", "function"),
        *("index", "nb", "numbers", "one"),
        *("patterns", "place", "place_in_list", "run", "scalars", "signature", "std", "stream", "text", "values"),
    )
)


class KernelNames(Record):
    """The names of one function.

    Attributes:
        function: In C++ and Python.
        scalars: The struct of its scalars.
        tensors: The struct of its tensors, or of an entry of its lists.
        shared: The struct of the tensors beside lists.
        result: The class of what the Python function returns.
        fields: The member of each scalar.
        members: The member of each tensor.
        sizes: The member of each symbol, and of the number of elements of any shape under `ANY_SIZE`.
        parameters: The template parameter for each tensor whose dtype varies.
        enums: The enumeration of each scalar whose values are a closed list of texts.
        arguments: The argument of each tensor and scalar in Python, and the variable of a scalar in the binding.
        given: What the binding calls the argument as it was given.
        variables: What rules call the symbols.
        made: The variable in Python for what is made for a caller who does not give it.
    """

    function: str
    scalars: str
    tensors: str
    shared: str
    result: str
    fields: Mapping[str, str]
    members: Mapping[str, str]
    sizes: Mapping[str, str]
    parameters: Mapping[str, str]
    enums: Mapping[str, CppEnum]
    arguments: Mapping[str, str]
    given: Mapping[str, str]
    variables: Mapping[str, str]
    made: Mapping[str, str]


def kernels_package(project: Project) -> str:
    """The import name of the package, its namespace, and the folder of its headers."""
    return Names(RESERVED | _PYTHON | {"std"}).unique(_plain(identifier(project.packages.kernels)))


def kernel_names(functions: tuple[KernelFunction, ...], dispatches: Iterable[str] = ()) -> tuple[KernelNames, ...]:
    """The names of functions that share a package.

    Args:
        functions: The functions.
        dispatches: Names of dispatch tables, which are functions in Python as well.
    """
    named = Names(RESERVED | _PYTHON | _CPP | _PACKAGE)
    structs, results = Names(RESERVED | _CPP), Names(_PYTHON | _CLASSES)
    for name in dispatches:
        named.reserve(_called(name))
    return tuple(_names(function, named.unique(_called(function.name)), structs, results) for function in functions)


def dispatch_names(functions: tuple[KernelFunction, ...], tables: Sequence[str]) -> dict[str, str]:
    """The function in C++ and Python for each dispatch table."""
    taken = {names.function for names in kernel_names(functions, tables)}
    named = Names(RESERVED | _PYTHON | _CPP | _PACKAGE | taken)
    return {table: named.unique(_called(table)) for table in tables}


def has_members(domain: Domain) -> bool:
    """Whether the values of a scalar become an enumeration."""
    return domain.kind == "string" and bool(domain.values) and not domain.open


def _names(function: KernelFunction, name: str, structs: Names, results: Names) -> KernelNames:
    base = pascal(name)
    scalars, tensors, shared = own = tuple(
        structs.unique(_plain(f"{base}{part}")) for part in ("", "Tensors", "Shared")
    )
    enums = Names(RESERVED | _CPP | {scalars})
    types = Names(RESERVED | _CPP | {*own})
    parameters = {one.name: types.unique(_plain(pascal(one.name))) for one in varying(function)}
    members = Names(RESERVED | _FORMATS | {tensors, shared, *parameters.values()})
    arguments = Names(RESERVED | _PYTHON | _LOCAL | _FORMATS | {name, *own})
    closed: dict[str, CppEnum] = {
        one.name: CppEnum(enums.unique(_plain(pascal(one.name))), _members(one.domain))
        for one in function.scalars
        if has_members(one.domain)
    }
    taken = [*(tensor.name for tensor in function.tensors), *(scalar.name for scalar in function.scalars)]
    fields = Names(RESERVED | {scalars} | {enum.name for enum in closed.values()})
    called = {one: arguments.unique(_legal(one)) for one in taken}
    sizes = (*entry_sizes(function), *shared_sizes(function))
    return KernelNames(
        function=name,
        scalars=scalars,
        tensors=tensors,
        shared=shared,
        result=results.unique(f"{base}Result"),
        fields={one.name: fields.unique(_legal(one.name)) for one in function.scalars},
        members={one.name: members.unique(_legal(one.name)) for one in function.tensors},
        sizes={size: members.unique("size" if size == ANY_SIZE else _legal(size)) for size in sizes},
        parameters=parameters,
        enums=closed,
        arguments=called,
        given={one: arguments.unique(f"given_{called[one]}") for one in taken},
        made={one.name: arguments.unique(f"made_{called[one.name]}") for one in function.tensors},
        variables={one.name: arguments.unique(_legal(one.name)) for one in function.symbols},
    )


def _members(domain: Domain) -> dict[str, str]:
    names = Names(RESERVED)
    texts = [(str(choice.value), choice.identifier) for choice in domain.values or ()]
    members = {text: names.unique(_legal(stated or text) if text else "empty") for text, stated in texts}
    return members | {word: names.unique(_legal(word)) for word in domain.words if word not in members}


def _called(text: str) -> str:
    """The name of a function: in small letters, so that it is none of a struct or of a class."""
    name = _legal(text)
    return name if name == name.lower() else _plain(snake(text))


def _legal(text: str) -> str:
    return _plain(identifier(text))


def _plain(name: str) -> str:
    """Two underscores in a row are the compiler's."""
    return re.sub("__+", "_", name)
