"""Names of a spec that would meet those of generated code: of structs, classes, formats and keywords."""

import ast
import sysconfig
from pathlib import Path

import nanobind
import pytest
from knobsmith.model.catalog import Catalog

from tests.targets.kernels.building import compiled, fixture, rendered, write
from tests.targets.kernels.test_kernels_generated_code import tool

_NAMES = (
    "SignedStep",
    "signed_step",
    "SignedStepResult",
    "weight",
    "visit",
    "Array",
    "scalars",
    "tiny_step_value",
    "lambda",
)
_FUNCTION = """\
  NAME:
    doc: One of many names.
    backends: [cpu, cuda]
    tensors:
      weight: {access: inout, dtype: [float32, float16], shape: [h, Half], many: true, doc: The weights.}
      Half: {access: in, dtype: float16, shape: [Half], doc: Halves.}
      Tensor: {access: in, dtype: [float32, int32], shape: [n], doc: Any.}
      place_in_list: {access: in, dtype: float32, shape: weight, many: true, doc: More.}
      made: {access: out, dtype: weight, shape: weight, many: true, doc: A result.}
    scalars:
      SignedStep: {type: number, default: 1, doc: A number.}
      Visit: {type: string, values: {a: One., b: Other.}, default: a, doc: A choice.}
    rules:
      few: {require: h < 9, message: there are too many}
"""


@pytest.fixture(scope="module")
def meeting() -> Catalog:
    functions = "".join(_FUNCTION.replace("NAME", name) for name in _NAMES)
    dispatch = "dispatch:\n  tiny_step: {on: tiny/optimizer, functions: {descent: visit, sign: tiny_step_value}}\n"
    dispatch += "  Visit: {on: tiny/optimizer, functions: {descent: scalars, sign: SignedStep}}\n"
    return fixture(steps=f"knobsmith: 1\nkernels: steps\nfunctions:\n{functions}{dispatch}")


def test_functions_are_called_in_small_letters_and_each_differently(meeting: Catalog) -> None:
    text = rendered(meeting)["kernels/python/vision_kernels/_functions.py"]
    named = [node.name for node in ast.parse(text).body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    functions = [name for name in named if name == name.lower() and not name.startswith("_")]
    assert len(functions) == len(_NAMES) and len(set(named)) == len(named)
    assert {"signed_step", "signed_step_2", "signed_step_result", "array", "lambda_"} <= set(functions)


def test_such_headers_compile_alone_and_together(tmp_path: Path, meeting: Catalog) -> None:
    files = rendered(meeting)
    headers = [
        path.removeprefix("kernels/include/") for path in files if path.endswith(".hpp") and "/runtime/" not in path
    ]
    assert len(headers) == 2
    compiled("".join(f'#include "{header}"\n' for header in headers), files, tmp_path)


def test_such_bindings_compile(tmp_path: Path, meeting: Catalog) -> None:
    files = rendered(meeting)
    libraries = [f"-isystem{path}" for path in (nanobind.include_dir(), sysconfig.get_path("include"))]
    compiled(files["kernels/bindings/steps.cpp"], files, tmp_path, *libraries, "-DVISION_KERNELS_BACKEND=cpu")


def test_such_python_has_no_faults(tmp_path: Path, meeting: Catalog) -> None:
    files = {path: text for path, text in rendered(meeting).items() if path.startswith("kernels/python/")}
    folder = write(
        {path.removeprefix("kernels/python/vision_kernels/"): text for path, text in files.items()}, tmp_path
    )
    assert tool("ruff", "check", "--select", "F,E9", "--no-cache", ".", folder=folder) == ""
