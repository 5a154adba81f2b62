"""What is generated around kernels: from the declarations to headers, bindings, a Python front and pages."""

from collections.abc import Iterator
from pathlib import Path

from knobsmith.expr import python_support
from knobsmith.model.catalog import Catalog
from knobsmith.model.kernels import KernelFunction
from knobsmith.targets.base import Options, OutputFile, carried_by_kernels
from knobsmith.targets.cpp.target import runtime_headers
from knobsmith.targets.kernels.binding_file import bindings
from knobsmith.targets.kernels.descriptions import descriptions_module
from knobsmith.targets.kernels.dispatch import dispatch_module
from knobsmith.targets.kernels.front import functions_module
from knobsmith.targets.kernels.hazards import hazards_module
from knobsmith.targets.kernels.header import Named, header
from knobsmith.targets.kernels.module import dispatch_header, module, sources
from knobsmith.targets.kernels.pages import index, page, page_name
from knobsmith.targets.kernels.parameters import stub
from knobsmith.targets.paths import stem
from knobsmith.targets.source_text import finished
from knobsmith.views.kernels import KernelNames, kernel_names, kernels_package
from knobsmith.views.kernels.names import dispatch_names

ROOT = "kernels"
COMMAND = "knobsmith generate"
# What the tests of domains and rules call in C++.
_RUNTIME = ("numbers.hpp", "patterns.hpp", "text.hpp", "values.hpp")


class KernelsTarget:
    """Declarations, bindings and checks; what is left to write by hand is the arithmetic."""

    name = "kernels"
    fidelity = carried_by_kernels()

    def render(self, catalog: Catalog, options: Options) -> Iterator[OutputFile]:
        """All files; none for a project without kernels."""
        if not catalog.kernels:
            return
        project = _Project(catalog)
        files = {**project.headers(), **project.bindings(), **project.runtime(), **project.python()}
        files["sources.cmake"] = project.sources(files)
        for path, text in sorted(files.items()):
            yield OutputFile(f"{ROOT}/{path}", text)
        for path, text in project.pages().items():
            yield OutputFile(f"docs/{ROOT}/{path}", text)


class _Project:
    """The functions of a catalog with their names, by the file that declares them."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.package = kernels_package(catalog.project)
        names = kernel_names(catalog.kernels, [table.name for table in catalog.dispatch])
        self.named: dict[str, tuple[KernelFunction, KernelNames]] = {
            function.name: (function, own) for function, own in zip(catalog.kernels, names, strict=True)
        }
        self.files: dict[str, Named] = {}
        for function, own in self.named.values():
            self.files.setdefault(function.file, []).append((function, own))

    def headers(self) -> dict[str, str]:
        """The declarations and the dispatch."""
        texts = {
            f"include/{self._header_path(file)}": _notice(file) + header(functions, self.package)
            for file, functions in self.files.items()
        }
        if self.catalog.dispatch:
            includes = [self._header_path(file) for file in self.files]
            text = dispatch_header(self.catalog, self.named, includes, self.package)
            texts[f"include/{self.package}/dispatch.hpp"] = _notice() + text
        return texts

    def bindings(self) -> dict[str, str]:
        """The sources of the module."""
        texts = {
            f"bindings/{stem(file, 'module')}.cpp": _notice(file)
            + bindings(functions, file, self._header_path(file), self.package)
            for file, functions in self.files.items()
        }
        doc = f"Kernels of {self.catalog.project.name}: they check every argument before they write anything."
        return texts | {"bindings/module.cpp": _notice() + module(list(self.files), self.package, doc)}

    def runtime(self) -> dict[str, str]:
        """The headers that tests of domains and rules need."""
        headers = {name: text for name, text in runtime_headers().items() if name in _RUNTIME}
        return {
            f"include/{self.package}/runtime/{name}": text.replace(
                "namespace hyperparameters", f"namespace {self.package}"
            )
            for name, text in headers.items()
        }

    def python(self) -> dict[str, str]:
        """The modules of the package, and the stubs of the compiled ones."""
        functions = list(self.named.values())
        called = dispatch_names(self.catalog.kernels, [table.name for table in self.catalog.dispatch])
        texts = {
            "_functions.py": functions_module(functions, self.package),
            "_descriptions.py": descriptions_module(functions, self.package),
            "_hazards.py": hazards_module(functions, self.package),
        }
        if "._support import" in texts["_hazards.py"]:
            texts["_support.py"] = Path(python_support.__file__).read_text(encoding="utf-8")
        if self.catalog.dispatch:
            texts["_dispatch.py"] = dispatch_module(self.catalog.dispatch, self.named, called, self.package)
        texts |= {f"_{backend}.pyi": stub(functions, backend) for backend in ("cpu", "cuda", "emulated")}
        notice = f"# Generated by `{COMMAND}`; do not edit."
        return {f"python/{self.package}/{name}": finished(notice, text) for name, text in texts.items()}

    def pages(self) -> dict[str, str]:
        """The reference, an index and a page for each file."""
        tables = self.catalog.dispatch
        called = dispatch_names(self.catalog.kernels, [table.name for table in tables])
        has_reference = "docs" in dict(self.catalog.project.targets)
        pages = {
            page_name(file): page(file, functions, COMMAND, has_reference=has_reference)
            for file, functions in self.files.items()
        }
        return {"index.md": index(self.files, tables, called, COMMAND), **pages}

    def sources(self, files: dict[str, str]) -> str:
        """The list of what was rendered."""
        kinds = {
            "BINDINGS": [path for path in sorted(files) if path.startswith("bindings/")],
            "HEADERS": [path for path in sorted(files) if path.startswith("include/")],
            "PYTHON": [path for path in sorted(files) if path.startswith("python/")],
        }
        include = f"set({self.package.upper()}_INCLUDE ${{CMAKE_CURRENT_LIST_DIR}}/include)\n\n"
        return f"# Generated by `{COMMAND}`; do not edit.\n{include}" + sources(
            {kind: paths for kind, paths in kinds.items() if paths}, self.package
        )

    def _header_path(self, file: str) -> str:
        return f"{self.package}/functions/{stem(file)}.hpp"


def _notice(file: str | None = None) -> str:
    source = f" from kernels/{file}.yaml" if file is not None else ""
    return f"// Generated by `{COMMAND}`{source}; do not edit.\n"


TARGET = KernelsTarget()
