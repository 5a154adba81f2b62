"""A generated client without a disk: rendered, imported under a private name, used, and forgotten."""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from itertools import count
from types import ModuleType, TracebackType
from typing import Any, Self

from knobsmith.model.catalog import Catalog
from knobsmith.targets.python.target import render_package, runtime_files
from knobsmith.views.python_names import python_names

_RUNTIME = f"{__package__}.runtime"
_SUPPORT = "knobsmith.expr.python_support"
_numbers = count(1)


class Client:
    """The package that the target generates for a catalog; the modules of its algorithms are attributes of a kind.

    It may be used as a context manager, which forgets the modules at the end.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.package = f"_knobsmith_client_{next(_numbers)}"
        names = python_names(catalog.algorithms)
        self._modules = {a.name: own.module for a, own in zip(catalog.algorithms, names, strict=True)}
        self._models = {a.name: own.model for a, own in zip(catalog.algorithms, names, strict=True)}
        self._finder = _Finder(self.package, render_package(catalog.algorithms, catalog.project.version))
        sys.meta_path.insert(0, self._finder)

    def algorithm(self, name: str) -> Any:
        """The module of an algorithm: `validate`, `validate_wire`, `to_wire`, `read_context`, `FACTS`."""
        return import_module(f"{self.package}.{self._modules[name]}")

    def model(self, name: str) -> Any:
        """The pydantic model of an algorithm."""
        return getattr(self.algorithm(name), self._models[name])

    def close(self) -> None:
        """Forget the modules."""
        if self._finder in sys.meta_path:
            sys.meta_path.remove(self._finder)
        for name in [name for name in sys.modules if name == self.package or name.startswith(f"{self.package}.")]:
            del sys.modules[name]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def load_client(catalog: Catalog) -> Client:
    """The client that the target generates for a catalog, ready to use."""
    return Client(catalog)


class _Finder(MetaPathFinder):
    """Finds the modules of one package. Those that all packages share are the compiler's own, loaded once."""

    def __init__(self, package: str, files: Mapping[str, str]) -> None:
        self._package = package
        self._files = files

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._package and not fullname.startswith(f"{self._package}."):
            return None
        inner = fullname.removeprefix(self._package).removeprefix(".").replace(".", "/")
        if f"{inner}.py" in runtime_files():
            return ModuleSpec(fullname, _Shared(_SUPPORT if inner == "_support" else f"{_RUNTIME}.{inner}"))
        package_file = f"{inner}/__init__.py" if inner else "__init__.py"
        is_package = package_file in self._files
        text = self._files.get(package_file if is_package else f"{inner}.py")
        return None if text is None else ModuleSpec(fullname, _Loader(text), is_package=is_package)


class _Loader(InspectLoader):
    """Loads a module from its text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def get_source(self, fullname: str) -> str:
        return self._text


class _Shared(InspectLoader):
    """Gives out a module that is loaded already, by another name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def get_source(self, fullname: str) -> str | None:
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return import_module(self._name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is left to do."""
