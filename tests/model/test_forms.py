"""One declaration serves reader, printer and editor: what it shows as an example must be something it reads."""

from typing import Any

import pytest
from knobsmith.diagnostics import Report
from knobsmith.load import load_text
from knobsmith.model.forms import Key, ListOf, Pairs, Place, RecordOf, Text, nearest
from knobsmith.model.print import print_data
from knobsmith.model.spec.domains import DEPRECATED, DOMAIN
from knobsmith.model.spec.files import HEADER, KERNELS_KEYS, PROJECT
from knobsmith.model.spec.kernels import DISPATCH, FUNCTION, SCALAR, TENSOR
from knobsmith.model.spec.parameters import CASE, PARAMETER
from knobsmith.model.spec.provenance import SOURCE_ENTRY
from knobsmith.model.spec.sections import CONTEXT, GROUP, METRIC, RULE
from knobsmith.model.spec.tuning import TUNING
from knobsmith.source import SourceFile

FORMS: list[RecordOf[Any]] = [DOMAIN, DEPRECATED, CASE, PARAMETER, CONTEXT, GROUP, RULE, METRIC, TUNING, SOURCE_ENTRY]
FORMS += [HEADER, PROJECT, FUNCTION, DISPATCH, SCALAR, TENSOR]
KEYS = [(form, key) for form in FORMS for key in form.keys]


def data(value: Any) -> Any:
    if isinstance(value, dict):
        return Pairs((key, data(one)) for key, one in value.items())
    return [data(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("form", "key"), KEYS, ids=lambda part: getattr(part, "name", getattr(part, "title", "")))
def test_the_example_of_a_key_is_one_that_it_reads(form: RecordOf[Any], key: Key) -> None:
    report = Report()
    tree = load_text(SourceFile("x.yaml", print_data(Pairs([(key.name, data(key.example))])))).tree
    node = tree.get(key.name) if tree is not None else None
    assert node is not None
    if key.example is not None:
        assert key.form.read(node, Place(report, ())) is not None, [str(problem) for problem in report]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_a_record_declares_each_key_once_and_in_a_sentence(form: RecordOf[Any]) -> None:
    names = [key.name for key in form.keys]
    assert len(set(names)) == len(names)
    for key in (*form.keys, *KERNELS_KEYS):
        assert key.meaning.endswith(".")
        assert len(key.meaning) < 100


def test_the_nearest_name_comes_first() -> None:
    assert nearest("defualt", ["doc", "default"]) == "did you mean `default`?"
    assert nearest("zzz", ["b", "zz9", "a"]) == "did you mean `zz9`?"
    assert nearest("q", ["abc", "def"]) == "use one of `def`, `abc`"
    assert nearest("q", []) == "remove it"
    assert nearest("q" * 10**6, [f"name{n}" for n in range(20)]).endswith(" and 8 more")


def test_members_of_a_list_in_a_fragment_are_complete() -> None:
    report = Report()
    record = RecordOf(dict, (Key("a", Text(), "A.", required=True),), "R")
    tree = load_text(SourceFile("x.yaml", "a: [{}]\n")).tree
    assert tree is not None
    node = tree.get("a")
    assert node is not None
    assert ListOf(record).read(node, Place(report, (), partial=True)) is None
    assert [problem.code for problem in report] == ["KS012"]
