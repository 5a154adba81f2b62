"""Names in generated Python: legal, distinct, and in nobody's way."""

import json
import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.model.catalog import Algorithm, Catalog, Packages, Parameter, Project
from knobsmith.model.domain import Choice, Domain
from knobsmith.targets.python.in_memory import load_client
from knobsmith.views.identifiers import Names, constant, pascal, snake
from knobsmith.views.python_names import PythonNames, python_names
from pydantic import BaseModel

from tests.support.compile import compile_algorithm

spec_names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,20}", fullmatch=True)
awkward = st.sampled_from(
    [*keyword.kwlist, *dir(BaseModel), "str", "int", "Field", "LAWS", "v", "state", "UNKNOWN", "facts"]
)


def algorithm(name: str, parameters: list[str], values: tuple[str, ...] | None = None) -> Algorithm:
    choices = None if values is None else tuple(Choice(value=value) for value in values)
    stated = tuple(
        Parameter(name=parameter, doc="One.", domain=Domain(kind="string", values=choices)) for parameter in parameters
    )
    return Algorithm(name=name, title="T", doc="D.", parameters=stated, effect_order=tuple(parameters))


def names_of(parameters: list[str], values: tuple[str, ...] | None = None) -> PythonNames:
    return python_names((algorithm("a", parameters, values),))[0]


@given(st.lists(st.one_of(spec_names, awkward), min_size=1, max_size=8, unique=True))
def test_attributes_and_variables_are_legal_and_distinct(parameters: list[str]) -> None:
    names = names_of(parameters)
    for given_out in (names.fields, names.locals):
        assert list(given_out) == parameters
        assert len(set(given_out.values())) == len(parameters)
        for name in given_out.values():
            assert name.isidentifier()
            assert not keyword.iskeyword(name)
            assert not name.startswith("_")


@pytest.mark.parametrize("name", [name for name in dir(BaseModel) if not name.startswith("_")])
def test_no_attribute_hides_what_a_model_has(name: str) -> None:
    assert names_of([name]).fields[name] == f"{name}_"


@given(st.lists(st.text(max_size=8), min_size=1, max_size=8, unique=True))
def test_members_are_legal_and_distinct(values: list[str]) -> None:
    members = names_of(["choice"], tuple(values)).enums["choice"].members
    assert list(members) == values
    assert len(set(members.values())) == len(values)
    assert all(name.isidentifier() and name.isupper() and not name.startswith("_") for name in members.values())


def test_algorithms_of_a_package_do_not_share_names() -> None:
    named = python_names(tuple(algorithm(name, ["p"]) for name in ("verdict", "a-b", "a_b", "A.B")))
    assert [names.module for names in named] == ["verdict_", "a_b", "a_b_2", "a_b_3"]
    assert [names.model for names in named] == ["Verdict_", "AB", "AB_2", "AB_3"]


def test_words_are_found_in_any_spelling() -> None:
    assert [snake(name) for name in ("learning-rate", "learningRate", "L1.Ratio", "SGD")] == [
        "learning_rate",
        "learning_rate",
        "l1_ratio",
        "sgd",
    ]
    assert [constant(name) for name in ("resnet-50", "kmeans++", "reg:linear", "3d", "None")] == [
        "RESNET_50",
        "KMEANS",
        "REG_LINEAR",
        "VALUE_3D",
        "NONE",
    ]
    assert pascal("image-classification-tensorflow") == "ImageClassificationTensorflow"


def test_a_reserved_name_gets_an_underscore_and_a_repeated_one_a_number() -> None:
    names = Names({"lambda"})
    assert [names.unique(name) for name in ("lambda", "lambda", "x", "x")] == ["lambda_", "lambda_2", "x", "x_2"]


def test_no_attribute_is_the_name_of_another_hyperparameter() -> None:
    about = {"type": "number", "range": "(0, 1]", "default": 1, "doc": "A."}
    chosen = {"type": "string", "values": ["None", "b"], "default": "b", "doc": "B.", "aliases": ["a_b_c_3"]}
    parameters = {"a-b.c": chosen, "a-b-c": about, "a_b_c": about, "a_b_c_2": about}
    spec = {"knobsmith": 1, "algorithm": "example", "title": "E", "doc": "E.", "parameters": parameters}
    algorithm = compile_algorithm(json.dumps(spec))
    (names,) = python_names((algorithm,))
    assert (names.fields["a_b_c"], names.fields["a_b_c_2"]) == ("a_b_c", "a_b_c_2")
    assert len(set(names.fields.values())) == len(names.fields)
    assert not {names.fields[name] for name in ("a-b.c", "a-b-c")} & {*parameters, "a_b_c_3"}
    packages = Packages(python="p", npm="p", cmake="p")
    project = Project(name="p", version="1", packages=packages)
    with load_client(Catalog(project=project, algorithms=(algorithm,))) as client:
        config = {"a-b.c": "None", "a-b-c": 0.25, "a_b_c": 0.5, "a_b_c_2": 0.75}
        assert client.model("example")(**config).to_wire() == {name: str(value) for name, value in config.items()}
