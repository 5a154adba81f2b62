"""The names of the generated packages: ones that their tools take, and in nobody's way.

A package `json` beside a program would be imported wherever Python's own is meant, by the client itself first of all;
`import "fs"` means Node's own module, whatever is installed; a library `test` in CMake is refused when it is built.
"""

import keyword
import re
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from knobsmith.diagnostics import Diagnostic
from knobsmith.load import Mapping, span_at
from knobsmith.model.catalog import Packages, Project
from knobsmith.resolve.laws import IDENTIFIER
from knobsmith.resolve.values import shown

# What the generated packages import, and what pydantic needs in turn.
_NEEDED = frozenset(
    ("annotated_types", "optuna", "pydantic", "pydantic_core", "ray", "typing_extensions", "typing_inspection")
)
# Whose arrays kernels take.
_OF_ARRAYS = frozenset(("cupy", "jax", "nanobind", "numpy", "torch"))
_NPM = re.compile(r"(?:@[a-z0-9-][a-z0-9._-]*/)?[a-z0-9-][a-z0-9._-]*")
_LONGEST_NPM = 214
_OF_NODE = frozenset(
    (
        *("assert", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram"),
        *("diagnostics_channel", "dns", "domain", "events", "fs", "http", "http2", "https", "inspector", "module"),
        *("net", "os", "path", "perf_hooks", "process", "punycode", "querystring", "readline", "repl", "stream"),
        *("string_decoder", "sys", "timers", "tls", "trace_events", "tty", "url", "util", "v8", "vm", "wasi"),
        *("worker_threads", "zlib"),
    )
)
_OF_NPM = frozenset(("node_modules", "favicon.ico"))
_CMAKE = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]*")
# Targets that CMake, or what it writes for, makes itself (its policy CMP0037).
_OF_CMAKE = frozenset(
    (
        *("all", "ALL_BUILD", "clean", "depend", "edit_cache", "help", "install", "INSTALL", "package", "PACKAGE"),
        *("package_source", "preinstall", "rebuild_cache", "RUN_TESTS", "test", "ZERO_CHECK"),
    )
)


def import_name(project: Project) -> str:
    """What the generated Python package is imported as."""
    return project.packages.python.replace("-", "_").replace(".", "_")


class _Kind(NamedTuple):
    """A package that is generated.

    Attributes:
        key: Its name in `packages`.
        target: The target that makes it.
        objection: What its name is that it must not be; None if it is fine.
    """

    key: str
    target: str
    objection: Callable[[Project], str | None]

    def stated(self, packages: Packages) -> str:
        """Its name."""
        return str(getattr(packages, self.key))


def check_packages(project: Project, tree: Mapping) -> Iterator[Diagnostic]:
    """That stated names can be used, and those derived from the project's too if there is such a package at all."""
    stated = tree.get("packages")
    targets = dict(project.targets)
    for kind in _KINDS:
        is_stated = isinstance(stated, Mapping) and stated.get(kind.key) is not None
        fact = kind.objection(project)
        if fact is None or not (is_stated or kind.target in targets):
            continue
        path = ("packages", kind.key) if is_stated else ("project",)
        help = "choose another" if is_stated else f"state one: `packages: {{{kind.key}: NAME}}`"
        name = shown(kind.stated(project.packages))
        yield IDENTIFIER.on(span_at(tree, path), ".".join(path), f"{name} is {fact}", help)


def _of_python(project: Project) -> str | None:
    return _of_import(import_name(project))


def _of_kernels(project: Project) -> str | None:
    name = project.packages.kernels.replace("-", "_").replace(".", "_")
    if name == import_name(project):
        return "the name of the Python package too"
    return "a package whose arrays kernels take" if name in _OF_ARRAYS else _of_import(name)


def _of_import(name: str) -> str | None:
    if not (name.isidentifier() and name.isascii()):
        return "no name that Python imports"
    if keyword.iskeyword(name):
        return "a keyword of Python"
    if name in sys.stdlib_module_names or name == "test":
        return "a module of Python itself"
    return "a package that generated ones import" if name in _NEEDED else None


def _of_npm(project: Project) -> str | None:
    name = project.packages.npm
    if not _NPM.fullmatch(name):
        return "no name of an npm package, which has small letters, digits and `-._`, perhaps after `@SCOPE/`"
    if len(name) > _LONGEST_NPM:
        return f"longer than the {_LONGEST_NPM} characters that npm allows"
    if name in _OF_NODE:
        return "a module of Node itself"
    return "a name that npm keeps for itself" if name in _OF_NPM else None


def _of_cmake(project: Project) -> str | None:
    name = project.packages.cmake
    if not _CMAKE.fullmatch(name):
        return "no name of a CMake package, which has letters, digits and `_.+-` and starts with a letter"
    return "a target of CMake itself" if name in _OF_CMAKE else None


_KINDS = (
    _Kind("python", "python", _of_python),
    _Kind("npm", "typescript", _of_npm),
    _Kind("cmake", "cpp", _of_cmake),
    _Kind("kernels", "kernels", _of_kernels),
)
