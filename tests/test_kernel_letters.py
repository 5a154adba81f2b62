"""Whoever reads a formula or a shape finds on the same page what each of its letters stands for."""

import re
from pathlib import Path

import pytest
from knobsmith.model.catalog import Catalog
from knobsmith.model.kernels import KernelFunction
from knobsmith.pipeline import compile_project
from knobsmith.resolve.letters import words
from knobsmith.targets.registry import load_target

ROOT = Path(__file__).parents[1]
COMPILED = compile_project(ROOT).catalog
# Functions that every reader knows, and words that a formula uses as words.
FUNCTIONS = {
    *("argmax", "area", "ceil", "clip", "cos", "exp", "inverse", "log", "max", "mean", "min", "philox", "pi"),
    *("sigmoid", "sign", "sin", "softmax", "sqrt", "sum"),
}
ENGLISH = {
    *("and", "at", "before", "below", "best", "boundaries", "classes", "column", "come", "counter", "destination"),
    *("elsewhere", "else", "fewer", "for", "found", "half", "height", "if", "instead", "key", "label", "not", "number"),
    *("of", "or", "over", "overlap", "pixel", "result", "row", "rows", "source", "than", "the", "up", "warm", "while"),
    *("centre", "width"),
}


def functions() -> tuple[KernelFunction, ...]:
    assert COMPILED is not None
    return COMPILED.kernels


@pytest.mark.parametrize("function", functions(), ids=lambda function: function.name)
def test_every_letter_has_a_meaning(function: KernelFunction) -> None:
    formula = function.formula or ""
    defined = set(re.findall(r"\b([A-Za-z_][A-Za-z0-9_]*)'?(?:\([a-z]\))? = ", formula))
    arguments = {tensor.name for tensor in function.tensors} | {scalar.name for scalar in function.scalars}
    shapes = {symbol.name for symbol in function.symbols if symbol.expr is None} | {function.length or "images"}
    told = {letter for letter, _ in function.letters} | {"images"}
    assert shapes - told == set()
    assert words(formula) - told - defined - arguments - FUNCTIONS - ENGLISH == set()


def test_what_is_known_as_a_word_is_one_somewhere() -> None:
    held = {word for function in functions() for word in words(function.formula or "")}
    assert (FUNCTIONS | ENGLISH) - held == set()


PROJECT = "knobsmith: 1\nproject: letters\nversion: 0.1.0\ntargets: {kernels: {}, docs: {}}\n"
ALGORITHM = """
knobsmith: 1
algorithm: tiny
title: T
doc: D.
parameters:
  rate: {type: number, range: "(0, 1]", default: 0.5, doc: A rate.}
"""
KERNELS = """
knobsmith: 1
kernels: steps
letters: {w: weight, g: "the *gradient* <script>", n: "the number \\"\\"\\" of weights"}
functions:
  step:
    doc: One step.
    formula: "w = w - rate g"
    backends: [cpu]
    tensors:
      weight: {access: inout, dtype: float32, shape: [n], doc: Weights.}
      gradient: {access: in, dtype: float32, shape: weight, doc: Gradient.}
    scalars: {rate: {use: tiny/rate}}
  other_step:
    doc: Another step.
    formula: "w = w - g"
    letters: {g: gradient}
    backends: [cpu]
    tensors:
      weight: {access: inout, dtype: float32, shape: any, doc: Weights.}
      gradient: {access: in, dtype: float32, shape: weight, doc: Gradient.}
"""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder = tmp_path_factory.mktemp("letters")
    for path, text in {
        "spec/knobsmith.yaml": PROJECT,
        "spec/algorithms/tiny.yaml": ALGORITHM,
        "spec/kernels/steps.yaml": KERNELS,
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    compiled = compile_project(folder)
    assert compiled.catalog is not None and not compiled.has_errors, compiled.diagnostics
    return compiled.catalog


def test_a_function_has_the_letters_that_it_holds_its_own_before_those_of_the_file(catalog: Catalog) -> None:
    first, second = catalog.kernels
    assert [letter for letter, _ in first.letters] == ["w", "g", "n"]
    assert dict(second.letters) == {"w": "weight", "g": "gradient"}


def test_the_page_says_them_and_lets_no_text_out(catalog: Catalog) -> None:
    files = {file.path: file.text for file in load_target("kernels").render(catalog, {})}
    page = files["docs/kernels/steps.md"]
    assert "\nWith `w` for `weight`; `g` for `gradient`.\n" in page
    assert "<script>" not in page and "*gradient*" not in page.replace("\\*gradient\\*", "")
    (front,) = [text for path, text in files.items() if path.endswith("_functions.py")]
    compile(front, "front", "exec")
    assert "With `w` for weight; `g` for gradient." in front
