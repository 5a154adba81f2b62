"""Printing a spec and reading it back gives the same spec: nothing is lost, nothing changes its type."""

from hypothesis import HealthCheck, given, settings
from knobsmith.diagnostics import Report
from knobsmith.load import load_text
from knobsmith.model.forms import Pairs
from knobsmith.model.print import print_algorithm, print_data, print_project, print_scalar
from knobsmith.model.spec import AlgorithmSpec, ProjectSpec, decode_algorithm, decode_project
from knobsmith.source import SourceFile

from tests.strategies import algorithms, scalars


def read(text: str) -> AlgorithmSpec | None:
    loaded = load_text(SourceFile("spec/algorithms/example.yaml", text))
    report = Report()
    assert not loaded.diagnostics, f"{text}\n{loaded.diagnostics[0]}"
    assert loaded.tree is not None
    spec = decode_algorithm(loaded.tree, report)
    assert not len(report), f"{text}\n{next(iter(report))}"
    return spec


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(algorithms())
def test_reading_a_printed_spec_gives_it_back(spec: AlgorithmSpec) -> None:
    # By representation, because Python takes 1, 1.0 and True for equal.
    assert repr(read(print_algorithm(spec))) == repr(spec)


@given(scalars)
def test_a_printed_scalar_keeps_its_type_wherever_it_stands(value: object) -> None:
    text = print_data(Pairs([("knobsmith", 1), ("a", [value, value]), ("b", Pairs([(value, value)])), ("c", value)]))
    loaded = load_text(SourceFile("x.yaml", text))
    assert loaded.tree is not None, text
    node = loaded.tree.get("c")
    assert repr(getattr(node, "value", None)) == repr(value)


def test_plain_texts_stay_plain() -> None:
    assert print_scalar("Passes over the data.") == "Passes over the data."
    assert [print_scalar(text) for text in ("yes", "012", "a, b", "1", "null")] == [
        "yes",
        '"012"',
        '"a, b"',
        '"1"',
        '"null"',
    ]


def test_a_project_reads_back() -> None:
    project = ProjectSpec(
        name="vision",
        version="1.0",
        locales=("en", "fr"),
        targets=(("python", {"a": [1, {"b": None}], "c": "d"}), ("docs", {})),
        severity=(("KS305", "off"),),
    )
    loaded = load_text(SourceFile("spec/knobsmith.yaml", print_project(project)))
    assert loaded.tree is not None
    assert decode_project(loaded.tree, Report()) == project
