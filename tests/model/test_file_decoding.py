"""What stands at the top of each kind of file: what is read, and what is said, and where, about what is not."""

import pytest
from knobsmith.diagnostics import Report
from knobsmith.model.spec import (
    decode_algorithm,
    decode_fragment,
    decode_header,
    decode_kernels,
    decode_project,
    file_kind,
)

from tests.support.spec_trees import tree_of

OPENING = "knobsmith: 1\nalgorithm: x\n"
BODY = "title: X\ndoc: D\nparameters: {}\n"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("algorithm: x\nknobsmith: 1\n" + BODY, "KS013", (1, 1)),
        ("knobsmith: 2\nalgorithm: x\n" + BODY, "KS013", (1, 12)),
        ('knobsmith: "1"\nalgorithm: x\n' + BODY, "KS013", (1, 12)),
        ("knobsmith: true\nalgorithm: x\n" + BODY, "KS013", (1, 12)),
        ("knobsmith: 1\ntitle: x\n", "KS013", (2, 1)),
        ("knobsmith: 1\nfragment: x\n", "KS013", (2, 1)),
        ("knobsmith: 1\n", "KS013", (1, 1)),
        ("knobsmith: 1\nalgorithm: y\n" + BODY, "KS014", (2, 12)),
        ("knobsmith: 1\nalgorithm: x y\n" + BODY, "KS015", (2, 12)),
        (OPENING + "title: X\ndoc: D\n", "KS012", (1, 1)),
        (OPENING + "title: X\ndoc: D\nparameters: []\n", "KS011", (5, 13)),
        (OPENING + "title: X\ndoc: D\nparameters: {a: 3}\n", "KS011", (5, 17)),
        (OPENING + "title: X\ndoc: D\nparameters:\n  a:\n", "KS011", (6, 5)),
        (OPENING + "title: X\ndoc: D\nparameters: {a b: {}}\n", "KS015", (5, 14)),
        (OPENING + BODY + "families: {side: []}\nsource: {}\n", "KS010", (7, 1)),
        (OPENING + BODY + "families: {side: [[a]]}\n", "KS011", (6, 19)),
        (OPENING + BODY + "sources: {p: {covers: [everything], title: P}}\n", "KS011", (6, 24)),
        (OPENING + BODY + "sources: {p: {}}\n", "KS012", (6, 11)),
        (OPENING + BODY + "notes: one\n", "KS011", (6, 8)),
    ],
)
def test_the_top_of_an_algorithm_file_is_checked(text: str, code: str, place: tuple[int, int]) -> None:
    report = Report()
    header = decode_header(tree_of(text), report)
    found = [(problem.code, (problem.span.line, problem.span.column)) for problem in report]
    assert (code, place) in found
    assert header is None
    assert len({problem.span.line for problem in report}) == 1


def test_a_header_leaves_entries_to_a_later_stage() -> None:
    report = Report()
    text = OPENING + BODY.replace("{}", '{"{n}_a": {use: f/g}, b: {defualt: 1}}') + "families: {n: [0, one]}\n"
    header = decode_header(tree_of(text), report)
    assert not len(report)
    assert header is not None
    assert header.families == (("n", ("0", "one")),)
    assert decode_algorithm(tree_of(text), report) is None
    assert [problem.code for problem in report] == ["KS012", "KS012", "KS015", "KS010", "KS012", "KS012", "KS010"]


def test_file_kind_is_the_second_key() -> None:
    assert file_kind(tree_of(OPENING)) == "algorithm"
    assert file_kind(tree_of("knobsmith: 1\nname: x\n")) is None
    assert file_kind(tree_of("knobsmith: 1\n")) is None


def test_a_fragment_file_names_its_entries() -> None:
    report = Report()
    text = "knobsmith: 1\nfragment: x\nparameters: {a: {default: 1}, b: {use: y/b}}\nrules: {r: {message: M}}\n"
    fragment = decode_fragment(tree_of(text), report)
    assert not len(report)
    assert fragment is not None
    assert fragment.entries == (("parameters", ("a", "b")), ("rules", ("r",)))


def test_a_fragment_has_no_title_and_its_entries_are_checked() -> None:
    report = Report()
    assert (
        decode_fragment(tree_of("knobsmith: 1\nfragment: x\ntitle: T\nparameters: {a: {deflt: 1}}\n"), report) is None
    )
    assert [problem.code for problem in report] == ["KS010", "KS010"]


KERNELS = """\
knobsmith: 1
kernels: x
functions:
  adam_step:
    doc: One update.
    formula: w -= lr * g
    backends: [cpu, cuda]
    tensors:
      weight: {access: inout, dtype: [float32, float16], shape: [n, 3], many: true}
      mean: {access: in, dtype: weight, shape: weight, optional: true, doc: Mean.}
    symbols: {n: "[1, inf)"}
    scalars:
      beta_1: {use: image-classification/beta_1}
      step: {type: integer, range: "[1, inf)", doc: Number of the update., default: 1}
    rules: {r: {require: step < n, message: too late}}
dispatch:
  step: {on: image-classification/optimizer, functions: {adam: adam_step, 1: adam_step}}
"""


def test_a_kernels_file_is_read_whole() -> None:
    report = Report()
    kernels = decode_kernels(tree_of(KERNELS, "spec/kernels/x.yaml"), report)
    assert not len(report)
    assert kernels is not None
    (function,) = kernels.functions
    assert [tensor.dtype for tensor in function.tensors] == [("float32", "float16"), ("weight",)]
    assert [tensor.shape for tensor in function.tensors] == [("n", 3), "weight"]
    assert [scalar.use for scalar in function.scalars] == ["image-classification/beta_1", None]
    assert kernels.dispatch[0].functions == (("adam", "adam_step"), (1, "adam_step"))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("access: inout", "access: out-in", "KS011"),
        ("access: inout, ", "", "KS012"),
        ("shape: [n, 3]", "shape: 3", "KS011"),
        ("backends: [cpu, cuda]", "backends: [gpu]", "KS011"),
        ('"[1, inf)"}', '"[1, m]"}', "KS020"),
        ("doc: Number of the update., ", "", "KS012"),
        ("{use: image-classification/beta_1}", "{}", "KS012"),
        ("on: image-classification/optimizer, ", "", "KS012"),
        ("formula: w", "formulas: w", "KS010"),
    ],
)
def test_a_kernels_file_is_checked(old: str, new: str, code: str) -> None:
    report = Report()
    assert decode_kernels(tree_of(KERNELS.replace(old, new, 1), "spec/kernels/x.yaml"), report) is None
    assert {problem.code for problem in report} == {code}


def test_a_project_file_is_read_and_checked() -> None:
    text = "knobsmith: 1\nproject: vision\nversion: 0.1.0\ntargets: {python: {a: [1]}}\nseverity: {KS305: off}\n"
    report = Report()
    project = decode_project(tree_of(text, "spec/knobsmith.yaml"), report)
    assert project is not None
    assert (project.name, project.targets) == ("vision", (("python", {"a": [1]}),))
    assert (
        decode_project(tree_of(text.replace("off", "none").replace("0.1.0", "1"), "spec/knobsmith.yaml"), report)
        is None
    )
    assert [problem.code for problem in report] == ["KS011", "KS011"]
