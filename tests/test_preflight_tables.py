"""The tuning tables of the reference pages, typed in as they stand, and other forms in which people write tables."""

from pathlib import Path
from typing import Any

import pytest
from knobsmith.cli.documents import read_document
from knobsmith.cli.preflighting import found_in
from knobsmith.model.catalog import Catalog
from knobsmith.pipeline import compile_project
from knobsmith.targets.python.runtime._range_tables import ranges_of_table

CONTINUOUS, INTEGER, CATEGORICAL = "ContinuousParameterRanges", "IntegerParameterRanges", "CategoricalParameterRanges"
TENSORFLOW = (
    ("batch_size", INTEGER, "MinValue: 8, MaxValue: 512"),
    ("beta_1", CONTINUOUS, "MinValue: 1e-6, MaxValue: 0,999"),
    ("beta_2", CONTINUOUS, "MinValue: 1e-6, MaxValue: 0,999"),
    ("eps", CONTINUOUS, "MinValue: 1e-8, MaxValue: 1.0"),
    ("learning_rate", CONTINUOUS, "MinValue: 1e-6, MaxValue: 0,5"),
    ("momentum", CONTINUOUS, "MinValue: 0,0, MaxValue0,999"),
    ("optimizer", CATEGORICAL, "['sgd', 'adam', 'rmsprop', 'nesterov', 'adagrad', 'adadelta']"),
    ("regularizers_l2", CONTINUOUS, "MinValue: 0,0, MaxValue0,999"),
    ("train_only_top_layer", CONTINUOUS, "['True', 'False']"),
)
MXNET = (
    ("beta_1", CONTINUOUS, "MinValue: 1e-6, MaxValue: 0.999"),
    ("beta_2", CONTINUOUS, "MinValue: 1e-6, MaxValue: 0.999"),
    ("eps", CONTINUOUS, "MinValue: 1e-8, MaxValue: 1.0"),
    ("gamma", CONTINUOUS, "MinValue: 1e-8, MaxValue: 0.999"),
    ("learning_rate", CONTINUOUS, "MinValue: 1e-6, MaxValue: 0.5"),
    ("mini_batch_size", INTEGER, "MinValue: 8, MaxValue: 512"),
    ("momentum", CONTINUOUS, "MinValue: 0.0, MaxValue: 0.999"),
    ("optimizer", CATEGORICAL, "[‘sgd’, ‘adam’, ‘rmsprop’, ‘nag’]"),
    ("weight_decay", CONTINUOUS, "MinValue: 0.0, MaxValue: 0.999"),
)
DETECTION = (
    ("learning_rate", CONTINUOUS, "MinValue: 1e-6, MaxValue: 0.5"),
    ("mini_batch_size", INTEGER, "MinValue: 8, MaxValue: 64"),
    ("momentum", CONTINUOUS, "MinValue: 0.0, MaxValue: 0.999"),
    ("optimizer", CATEGORICAL, "['sgd', 'adam', 'rmsprop', 'adadelta']"),
    ("weight_decay", CONTINUOUS, "MinValue: 0.0, MaxValue: 0.999"),
)
Table = tuple[tuple[str, str, str], ...]


def on_lines(table: Table) -> str:
    """A cell on each line, with blank lines between, as a browser copies it."""
    return "Name Type Ranges\n" + "\n".join("\n\n".join(row) for row in table) + "\n"


def with_bars(table: Table) -> str:
    head = "Parameter Name | Parameter Type | Recommended Ranges |\n---|---|---|\n"
    return head + "".join(f"{' | '.join(row)} |\n" for row in table)


def as_rows(table: Table) -> str:
    return "".join(f'- {{name: {name}, type: {kind}, range: "{range}"}}\n' for name, kind, range in table)


def as_lists(table: Table) -> str:
    return "".join(f'- [{name}, {kind}, "{range}"]\n' for name, kind, range in table)


FORMS = {"lines.txt": on_lines, "bars.md": with_bars, "rows.yaml": as_rows, "lists.yml": as_lists}
forms = pytest.mark.parametrize("file", FORMS)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    compiled = compile_project(Path(__file__).parent.parent)
    assert compiled.catalog is not None
    return compiled.catalog


def facts(catalog: Catalog, algorithm: str, table: Table, file: str, folder: Path) -> list[tuple[str, str, str]]:
    """What is found, with the name of the row in which it stands and the text that it is about."""
    path = folder / file
    path.write_text(FORMS[file](table), encoding="utf-8")
    found = []
    for one in found_in(catalog, algorithm, [read_document(str(path))]):
        lines = path.read_text(encoding="utf-8").splitlines()
        about = lines[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1]
        before = "\n".join([*lines[: one.span.line - 1], lines[one.span.line - 1][: one.span.end_column - 1]])
        row = max((before.rfind(name), name) for name, *_ in table)[1]
        found.append((one.code, row, about))
    return found


@forms
def test_the_tables_of_the_tensorflow_page(catalog: Catalog, file: str, tmp_path: Path) -> None:
    assert facts(catalog, "image-classification-tensorflow", TENSORFLOW, file, tmp_path) == [
        ("KS504", "beta_1", "0,999"),
        ("KS504", "beta_2", "0,999"),
        ("KS501", "eps", "eps"),
        ("KS504", "learning_rate", "0,5"),
        ("KS504", "momentum", "0,0"),
        ("KS504", "momentum", "0,999"),
        ("KS504", "regularizers_l2", "0,0"),
        ("KS504", "regularizers_l2", "0,999"),
        ("KS503", "train_only_top_layer", CONTINUOUS),
    ]


@forms
def test_the_table_of_object_detection(catalog: Catalog, file: str, tmp_path: Path) -> None:
    assert facts(catalog, "object-detection", DETECTION, file, tmp_path) == [
        ("KS505", "momentum", "0.0"),
        ("KS505", "weight_decay", "0.0"),
    ]


@forms
def test_a_table_without_a_mistake(catalog: Catalog, file: str, tmp_path: Path) -> None:
    assert facts(catalog, "image-classification", MXNET, file, tmp_path) == []


def test_the_name_that_was_meant_is_told(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "table.yaml"
    path.write_text(as_rows(TENSORFLOW), encoding="utf-8")
    found = found_in(catalog, "image-classification-tensorflow", [read_document(str(path))])
    (unknown,) = (one for one in found if one.code == "KS501")
    assert "`epsilon`" in unknown.help
    (kind,) = (one for one in found if one.code == "KS503")
    assert "this one is continuous, but `train_only_top_layer` is categorical" in kind.fact


@pytest.mark.parametrize(
    ("table", "read"),
    [
        ({"ranges": [{"Parameter": "a", "min": 1, "max": 2}]}, ("a", None, "1", "2", None)),
        ({"a": "1e-6 to 0.5"}, ("a", None, "1e-6", "0.5", None)),
        ({"a": {"type": "continuous", "range": [0.1, 0.5]}}, ("a", "Continuous", "0.1", "0.5", None)),
        ({"a": {"MinValue": 0, "5": None, "MaxValue": 1}}, ("a", None, "0,5", "1", None)),
        ({"ContinuousParameterRanges": [{"Name": "a", "MinValue": "0", "MaxValue": "1"}]}, ("a", "Continuous", "0", "1", None)),
        ([["a", "Continuous", [0, 0, 0, 999]]], ("a", "Continuous", "0,0", "0,999", None)),
        (["a | IntegerParameterRange | [8, 512]"], ("a", "Integer", "8", "512", None)),
        ([{"name": "a", "type": "Integer", "range": "8,512]"}], ("a", "Integer", None, None, ("8", "512"))),
        ({"a": ["x", "y"]}, ("a", "Categorical", None, None, ("x", "y"))),
        ([{"name": "`a`", "choices": "x, y"}], ("a", "Categorical", None, None, ("x", "y"))),
        ([{"Nombre": "a", "Tipo": "CategoricalParameterRanges", "Rango": "«x» «y»"}], ("a", "Categorical", None, None, ("x", "y"))),
    ],
)  # fmt: skip
def test_forms_that_people_write(table: Any, read: Any) -> None:
    (found,) = ranges_of_table(table)
    values = None if found.values is None else tuple(value.text for value in found.values)
    ends = [end and end.text for end in (found.low, found.high)]
    assert (found.name.text, found.kind, *ends, values) == read


@pytest.mark.parametrize("table", [None, 3, "text", [], {}, [None, 1], {"a": None}, [[]], [{}], {"a": 5}])
def test_what_is_no_table_has_no_ranges(table: Any) -> None:
    assert ranges_of_table(table) == ()
