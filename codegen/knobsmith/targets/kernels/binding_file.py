"""The nanobind module of the functions of one kernels file."""

from collections.abc import Iterator

from knobsmith.targets.cpp.layout import laid_out
from knobsmith.targets.cpp.patterns import Patterns
from knobsmith.targets.kernels.binding import Binding, guarded
from knobsmith.targets.kernels.header import Named
from knobsmith.views.identifiers import identifier

# What the tests of domains and rules may call, by the header that has it.
_RUNTIME = {"values::": "values", "patterns::": "patterns", "text::": "text", "numbers::": "numbers"}


def bind_function(file: str) -> str:
    """The function that adds those of a file to the module."""
    return f"bind_{identifier(file)}"


def bindings(functions: Named, file: str, header_path: str, package: str) -> str:
    """The source file, without the notice at its top."""
    patterns = Patterns()
    body = [line for function, names in functions for line in Binding(function, names, package, patterns).lines()]
    lines = [
        *_opening(header_path, package, "\n".join(body)),
        *(line for table in patterns.definitions() for line in (*table.split("\n"), "")),
        *body,
        "}  // namespace",
        "",
        f"void {bind_function(file)}([[maybe_unused]] nb::module_& module) {{",
        *(
            line
            for function, names in functions
            for line in guarded([f"    of_{names.function}::bind(module);"], function, package)
        ),
        "}",
        "",
        f"}}  // namespace {package}",
    ]
    return "".join(f"{part}\n" for line in lines for part in ([""] if not line else filter(None, laid_out(line))))


def _opening(header_path: str, package: str, body: str) -> Iterator[str]:
    yield f'#include "{header_path}"'
    yield ""
    for part in ("backend", "call", "function", "scalars"):
        yield f'#include "{package}/binding/{part}.hpp"'
    for mark, name in _RUNTIME.items():
        if mark in body:
            yield f'#include "{package}/runtime/{name}.hpp"'
    yield f'#include "{package}/wait.hpp"'
    yield from ("", "#include <nanobind/nanobind.h>", "", "#include <cstddef>", "#include <cstdint>")
    yield from ("#include <string>", "#include <string_view>", "#include <vector>", "")
    yield f"namespace {package} {{"
    yield ""
    yield "namespace nb = nanobind;"
    yield "namespace dtypes = binding::dtypes;"
    yield "using namespace std::string_view_literals;"
    yield ""
    yield "namespace {"
    yield ""
