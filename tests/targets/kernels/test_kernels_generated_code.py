"""Generated code is what the golden files show, passes strict compilers and linters, and no text escapes from it."""

import ast
import json
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import nanobind
import pytest
from knobsmith.model.catalog import Catalog

from tests.targets.kernels.building import ROOT, built, compiled, fixture, load, package, rendered, spec, write
from tests.targets.kernels.fixture import GOLDEN, golden_files
from tests.targets.kernels.test_kernels_follow_the_spec import python

_NAMES = {"descent_step", "sign_step", "doubled", "windows", "grid", "pool"}
_FRONT = "kernels/python/vision_kernels"
HOSTILE = (
    """*/ "quoted" 'single' \\ ??/ \"\"\" {% x %} {{ y }} @PACKAGE@ <script>alert(1)</script> | `tick` # $HOME \\"""
)
_KERNELS = """\
knobsmith: 1
kernels: steps
functions:
  class:
    doc: "TEXT"
    formula: "TEXT"
    backends: [cpu, cuda]
    tensors:
      register: {access: inout, dtype: [float32, float16], shape: [int, size], many: true, doc: "TEXT"}
      lambda: {access: in, dtype: register, shape: register, many: true, doc: "TEXT"}
      len: {access: in, dtype: float32, shape: register, many: true, required_when: float > 0 && stream == "a*/b", doc: "TEXT"}
      self-gradient: {access: in, dtype: float32, shape: [size], many: true, optional: true, doc: "TEXT"}
    scalars:
      float: {type: number, range: "[0, 1]", default: 0, doc: "TEXT"}
      stream: {type: string, values: {"a*/b": "TEXT", none: "TEXT", "": "TEXT", class: "TEXT"}, default: none, doc: "TEXT"}
      index: {type: integer, default: 3, doc: "TEXT", unit: "TEXT"}
      arrays: {type: list, items: {type: integer}, default: [1], doc: "TEXT"}
      given_float: {type: boolean, default: true, doc: "TEXT"}
      context.x: {type: string, pattern: "^[\\"\\\\\\\\*/?]+$", default: "\\"", doc: "TEXT"}
    rules:
      odd-one: {require: index > 0, message: "TEXT", severity: warning}
      sizes: {require: size > 0, message: "TEXT"}
  cpu:
    doc: "TEXT"
    backends: [cuda]
    tensors:
      made_out: {access: out, dtype: source, shape: source, doc: "TEXT"}
      source: {access: in, dtype: [float32, int8], shape: any, doc: "TEXT"}
      out: {access: out, dtype: source, shape: source, doc: "TEXT"}
dispatch:
  import: {on: tiny/optimizer, functions: {descent: class, sign: cpu}}
"""


@pytest.fixture(scope="module")
def hostile() -> Catalog:
    """Names that are keywords, and texts that would end comments, strings and cells."""
    return fixture(steps=_KERNELS.replace('"TEXT"', json.dumps(HOSTILE)))


def test_golden_files_are_what_is_rendered() -> None:
    found = {path: path.read_text(encoding="utf-8") for path in GOLDEN.rglob("*") if path.is_file()}
    assert found == golden_files()


def test_every_header_compiles_alone_and_strictly(tmp_path: Path, hostile: Catalog) -> None:
    for name, catalog in {"plain": fixture(), "hostile": hostile}.items():
        files = rendered(catalog)
        headers = [path for path in files if path.endswith(".hpp") and "/runtime/" not in path]
        assert len(headers) == 2
        for header in headers:
            included = header.removeprefix("kernels/include/")
            compiled(f'#include "{included}"\n#include "{included}"\n', files, tmp_path / name)


def test_bindings_of_odd_names_and_texts_compile(tmp_path: Path, hostile: Catalog) -> None:
    files = rendered(hostile)
    (source,) = [text for path, text in files.items() if path == "kernels/bindings/steps.cpp"]
    libraries = [f"-isystem{path}" for path in (nanobind.include_dir(), sysconfig.get_path("include"))]
    for backend in ("cpu", "cuda"):
        compiled(source, files, tmp_path / backend, *libraries, f"-DVISION_KERNELS_BACKEND={backend}")


@pytest.mark.parametrize("which", ["plain", "hostile"])
def test_generated_python_passes_linters_and_type_checkers(tmp_path: Path, which: str, hostile: Catalog) -> None:
    catalog = fixture() if which == "plain" else hostile
    files = {path: text for path, text in rendered(catalog).items() if path.startswith(_FRONT)}
    folder = write({path.removeprefix("kernels/python/"): text for path, text in files.items()}, tmp_path)
    for name in ("array_kinds", "arrays", "backends", "errors"):
        source = ROOT / "kernels" / "python" / "vision_kernels" / f"{name}.py"
        (folder / "vision_kernels" / f"{name}.py").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "vision_kernels" / "__init__.py").write_text('"""The package."""\n', encoding="utf-8")
    config = ["--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    # D301 would have docstrings with backslashes raw, and then nothing in them could be escaped.
    assert tool("ruff", "check", *config, "--ignore", "D301", ".", folder=folder) == ""
    if which == "plain":
        # Which quotes save escapes in a text with both kinds is the formatter's own matter.
        assert tool("ruff", "format", "--check", *config, ".", folder=folder) == ""
    assert tool("mypy", "--strict", "--cache-dir", str(tmp_path / ".mypy"), "vision_kernels", folder=folder) == ""


def tool(*command: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def test_no_text_of_a_spec_leaves_its_place(hostile: Catalog) -> None:
    files = rendered(hostile)
    for path, text in files.items():
        if path.endswith((".py", ".pyi")):
            tree = ast.parse(text)
            assert not [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "alert"]
        if path.endswith(".md"):
            assert "<script" not in text
            rows = [line for line in text.splitlines() if line.startswith("| `")]
            assert rows and all(len(re.findall(r"(?<!\\)\|", row)) in (4, 6, 7) for row in rows)
        if path.endswith((".hpp", ".cpp")) and "/runtime/" not in path:
            assert "??/" not in text
            comments = [
                line for line in text.splitlines() if "<script>" in line and '"' not in line.split("<script>")[0]
            ]
            assert all(line.lstrip().startswith("///") for line in comments)


def test_names_that_are_keywords_are_made_legal(hostile: Catalog) -> None:
    files = rendered(hostile)
    functions = ast.parse(files[f"{_FRONT}/_functions.py"])
    named = {node.name: node for node in functions.body if isinstance(node, ast.FunctionDef)}
    assert {"class_", "cpu_"} <= named.keys()
    arguments = named["class_"].args
    assert [one.arg for one in arguments.args] == ["register_", "lambda_"]
    assert [one.arg for one in arguments.kwonlyargs] == [
        *("len_", "self_gradient", "float_", "stream_", "index_", "arrays_", "given_float", "context_x", "stream"),
    ]


def test_stubs_have_the_functions_that_modules_have() -> None:
    files = rendered(fixture())
    module = load(built(fixture()))
    for backend, expected in {"cpu": _NAMES, "cuda": {"descent_step"}}.items():
        tree = ast.parse(files[f"{_FRONT}/_{backend}.pyi"])
        assert {node.name for node in tree.body if isinstance(node, ast.FunctionDef)} == expected
    assert {name for name in dir(module) if not name.startswith("_")} == {"BACKEND", *_NAMES}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Path:
    catalog = fixture()
    return package(built(catalog), catalog, tmp_path_factory.mktemp("front"))


def test_results_are_made_and_returned(front: Path) -> None:
    code = """
import numpy as np
from vision_kernels._functions import pool
row = np.arange(6, dtype=np.float32).reshape(2, 3)
result = pool(row, every=2)
assert type(result).__name__ == "PoolResult" and result.total.tolist() == [3.0, 12.0] and result.total.dtype == "float64"
own = np.zeros(2)
assert pool(row=row, every=2, mode="mean", total=own).total is own and own.tolist() == [1.0, 4.0]
"""
    assert python(code, front) == ""


def test_lists_of_results_are_made_as_their_entries_are(front: Path) -> None:
    code = """
import numpy as np
from vision_kernels._functions import doubled
given = [np.arange(2, dtype=np.int32), np.ones((1, 2), np.int32)]
made = doubled(given).twice
print([(one.tolist(), one.dtype.name) for one in made])
own = [np.zeros(2, np.float32)]
assert doubled([np.ones(2, np.float32)], twice=own).twice is own and own[0].tolist() == [2.0, 2.0]
print(doubled([]).twice)
try:
    doubled(given[0])
except TypeError as problem:
    print(problem)
"""
    assert python(code, front).splitlines() == [
        "[([0, 2], 'int32'), ([[2, 2]], 'int32')]",
        "[]",
        "doubled: source must be a list of arrays; it is of the type ndarray",
    ]


def test_refusals_reach_the_caller_of_the_front(front: Path) -> None:
    code = """
import numpy as np
from vision_kernels._functions import descent_step, pool
for call in (
    lambda: pool(np.ones((2, 3), np.float64), every=2),
    lambda: pool(3, every=2),
    lambda: pool(np.ones(3, np.float32), every=2),
    lambda: descent_step(np.ones(3, np.float32), [np.ones(3, np.float32)]),
    lambda: descent_step([np.ones(3, np.float32)], [np.ones(3, np.float32)], rate=2),
):
    try:
        call()
    except (TypeError, ValueError) as problem:
        print(type(problem).__name__, problem)
"""
    assert python(code, front).splitlines() == [
        "TypeError pool: row must be float32 or int64; it is float64",
        "TypeError pool: row must be an array of NumPy, PyTorch, CuPy or JAX; it is of the type int",
        "ValueError pool: row must have the shape [n, k]; it has (3,)",
        "TypeError descent_step: weight must be a list of arrays; it is of the type ndarray",
        "ValueError descent_step: rate must lie in (0, 1] (hyperparameter tiny/rate); it is 2.0",
    ]


def test_hazards_name_the_rules_that_warn(front: Path) -> None:
    code = """
from vision_kernels._hazards import hazards
from vision_kernels.errors import UnknownFunctionError
print(hazards("descent_step", rate=1.0, momentum=0.5))
print(hazards("descent_step", rate=1.0), hazards("descent_step", rate=0.9, momentum=0.5), hazards("pool"))
for name, given in (("descend", {}), ("descent_step", {"rat": 1}), ("descent_step", {"rate": "1"})):
    try:
        hazards(name, **given)
    except (UnknownFunctionError, TypeError) as problem:
        print(problem)
"""
    assert python(code, front).splitlines() == [
        "['a large step with momentum overshoots; rate is 1.0, momentum is 0.5']",
        "[] [] []",
        "there is no kernel function 'descend'; the nearest are descent_step, doubled, windows",
        "descent_step: there is no scalar rat; there are rate, momentum, scale",
        "descent_step: rate must be of type number; it is '1'",
    ]


def test_descriptions_say_what_the_spec_says(front: Path) -> None:
    code = """
from vision_kernels._descriptions import describe
step = describe("descent_step")
print([(one.name, one.access, one.dtypes, one.many, one.shape) for one in step.tensors][:2])
print([(one.required_when, one.required_for) for one in step.tensors][2:])
rate = step.scalars[0]
print(rate.default, rate.range, rate.lower, rate.lower_open, rate.upper, rate.upper_open, rate.hyperparameter)
print([(rule.id, rule.when, rule.require) for rule in step.hazards], describe("pool").hazards)
"""
    assert python(code, front).splitlines() == [
        "[('weight', 'inout', ('float32', 'float16', 'bfloat16'), True, None), "
        "('gradient', 'in', ('float32', 'float16', 'bfloat16'), True, None)]",
        "[('momentum > 0', ()), (None, ('float16', 'bfloat16'))]",
        "0.5 (0, 1] 0 True 1 False tiny/rate",
        "[('rate-is-small', 'momentum > 0', 'rate <= 0.9')] ()",
    ]


def test_a_dispatch_refuses_what_is_no_value(front: Path) -> None:
    code = """
from vision_kernels._dispatch import tiny_step
print(tiny_step("sign").__name__)
try:
    tiny_step("adam")
except ValueError as problem:
    print(problem)
"""
    assert python(code, front).splitlines() == [
        "sign_step",
        "tiny_step: the value must be one of 'descent', 'sign' (hyperparameter tiny/optimizer); it is 'adam'",
    ]


def test_the_fixture_is_the_one_on_disk() -> None:
    assert {function.name for function in fixture().kernels} == set(
        re.findall(r"^  (\w+):\n    doc:", spec("kernels/steps.yaml"), re.M)
    )
