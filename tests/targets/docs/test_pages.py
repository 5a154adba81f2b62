"""What stands on a page: every fact, in words that are true, whatever a spec's texts try."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.model.base import Record, as_json
from knobsmith.model.catalog import Algorithm, Catalog, Packages, Project
from knobsmith.model.range_syntax import parse_range
from knobsmith.pipeline import compile_project
from knobsmith.records import fields, replace
from knobsmith.targets.docs import TARGET, page_path
from knobsmith.targets.docs.samples import as_wire, sample_config
from knobsmith.targets.docs.words import coded, range_in_words

from tests.independent import verdict
from tests.strategies_specs import specs
from tests.support.compile import compile_algorithm
from tests.targets.docs.test_markdown import EXTENSIONS, HOSTILE, Page

Json = Any
ROOT = Path(__file__).parents[3]


def catalog_of(*algorithms: Algorithm) -> Catalog:
    packages = Packages(python="some_package", npm="some-package", cmake="some_package")
    project = Project(name="some", version="1.0.0", packages=packages, targets=(("python", {}),))
    return Catalog(project=project, algorithms=algorithms)


def page_of(algorithm: Algorithm) -> str:
    files = {file.path: file.text for file in TARGET.render(catalog_of(algorithm), {})}
    return files[page_path(algorithm.name)]


def real_algorithms() -> list[Algorithm]:
    compiled = compile_project(ROOT)
    assert compiled.catalog is not None
    return list(compiled.catalog.algorithms)


PROSE = {
    "doc",
    "title",
    "message",
    "if_unset",
    "unit",
    "says",
    "because",
    "reason",
    "since",
    "language",
    "date",
    "notes",
}


def with_texts(part: Any, text: str, key: str = "") -> Any:
    """A record with the same text in place of all prose."""
    if isinstance(part, Record):
        return replace(part, **{name: with_texts(getattr(part, name), text, name) for name in fields(type(part))})
    if isinstance(part, tuple):
        return tuple(with_texts(item, text, key) for item in part)
    return text if isinstance(part, str) and key in PROSE else part


EVERYTHING = """
knobsmith: 1
algorithm: example
title: Example
doc: One.
tags: [one]
notes: [One., Two.]
sources: {page: {title: Page, language: en, date: "2020", url: "https://example.com/a b)", covers: [parameters]}}
context: {nodes: {type: integer, range: "[1, inf)", default: 1, unit: machines, notes: [One.], doc: Machines.}}
groups: {main: {title: Main, doc: Main., used_when: switch, notes: [One.]}}
parameters:
  switch: {type: boolean, wire: 1/0, default: true, group: main, doc: One.}
  choice:
    type: string
    values: {a: {doc: A., aliases: [aa], deprecated: {reason: Old.}}, b: B.}
    open: true
    default: a
    group: main
    notes: [One.]
    doc: One.
    errata: [{source: page, about: default, says: b, because: it is a}]
  rate:
    type: number
    range: "(0, 1]"
    precision: float32
    special: {auto: chosen, "2": two, "(5, 6)": five}
    default: {expr: "0.5"}
    used_when: choice == "a" && context.nodes > 1
    recommended: "[0.1, 0.5]"
    tuning: {range: "[0.1, 1]", scale: log, impact: high}
    cases: [{when: switch, range: "(0, 0.5]", default: 0.1, tuning: null, doc: Small.}]
    unit: steps
    examples: [0.1]
    aliases: [lr]
    deprecated: {since: "2", use_instead: choice, reason: Old.}
    implied: [range]
    source: {range: page}
    doc: One.
  steps:
    {type: list, items: {type: integer, range: "[1, inf)"}, length: "[1, 3]", unique: true, increasing: true, wire: comma,
     if_unset: nothing, required_when: has(rate), doc: One.}
  name: {type: string, pattern: "^[a-z|]+$", length: "[1, 8]", forbidden_when: has(steps), if_unset: none, doc: One.}
rules: {law: {when: switch, require: rate < 1, severity: warning, message: broken, notes: [One.]}}
metrics:
  acc: {direction: maximize, pattern: "acc=([0-9.|]+)", example: "acc=0.5", reported_when: switch, unit: share, doc: One.}
errata: [{source: page, about: [rate.range], says: wrong, because: right}]
"""


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_prose_changes_neither_tags_nor_rows(text: str) -> None:
    algorithm = compile_algorithm(EVERYTHING)
    shapes = []
    for shown in (text, "calm"):
        page = Page()
        page.feed(markdown.markdown(page_of(with_texts(algorithm, shown)), extensions=EXTENSIONS))
        shapes.append([tag for tag in page.tags if tag != "code"])
    assert shapes[0] == shapes[1]


def test_a_page_says_everything() -> None:
    page = page_of(compile_algorithm(EVERYTHING))
    for said in (
        "number, held as float32 in training",
        "`(0, 1]`: above 0, at most 1",
        "when [`choice`](#choice) is `a` and [`context.nodes`](#context:nodes) is above 1; otherwise it is ignored",
        "`[0.1, 1]`, log scale, high impact",
        "Since 2. Use [`choice`](#choice) instead. Old.",
        "`lr`, accepted with a warning",
        "list of integers, no item twice, ascending",
        "from 1 to 3 items",
        "a list separated by commas",
        "`1` for true, `0` for false",
        "not tunable",
        "{ #rule:law }",
        "{ #metric:acc }",
        "{ #context:nodes }",
        "warning: the configuration stays valid",
    ):
        assert said in page, said


@pytest.mark.parametrize(
    ("range", "words"),
    [
        ("[1, inf)", "1 or more"),
        ("(0, 1)", "above 0, below 1"),
        ("(0, 1]", "above 0, at most 1"),
        ("[0, 1)", "at least 0, below 1"),
        ("[0, 1]", "from 0 to 1"),
        ("(-inf, 0]", "0 or less"),
        ("(-inf, 0)", "below 0"),
        ("(-inf, inf)", "any"),
        ("{0} | [2, 10]", "0 or from 2 to 10"),
        ("[1, epochs]", "from 1 to `epochs`"),
        ("(image_shape.height, inf)", "above `image_shape.height`"),
    ],
)
def test_ranges_in_words(range: str, words: str) -> None:
    assert range_in_words(parse_range(range)) == words


def test_a_list_that_its_form_cannot_hold_is_not_shown_on_the_wire() -> None:
    algorithm = compile_algorithm(UNWRITABLE)
    page = page_of(algorithm)
    assert "| **On the wire** | a list separated by commas |" in page
    config = sample_config(algorithm)
    assert config["labels"] == ("c",), "a sample that can be written is preferred"
    assert json.loads(as_wire(algorithm, config)) == {"labels": "c"}


UNWRITABLE = """
knobsmith: 1
algorithm: example
title: T
doc: D.
parameters:
  labels:
    {type: list, items: {type: string}, wire: comma, required: true, examples: [["a,b"], ["c"]], doc: Labels.}
  marks:
    type: list
    items: {type: string, pattern: "^x,y$"}
    length: "[1, 2]"
    wire: comma
    required: true
    examples: [["x,y"]]
    doc: Marks.
"""


@given(specs())
def test_every_algorithm_has_a_page(spec: str) -> None:
    algorithm = compile_algorithm(spec)
    page = page_of(algorithm)
    for parameter in algorithm.parameters:
        assert f"{{ #{parameter.name} }}" in page
    assert page == page_of(deepcopy(algorithm))


@given(st.text(min_size=1))
def test_code_in_prose_ends_where_it_ends(literal: str) -> None:
    page = Page()
    page.feed(markdown.markdown(f"x {coded(literal)} y"))
    assert page.tags.count("code") <= 1


@pytest.mark.parametrize("algorithm", real_algorithms(), ids=lambda algorithm: algorithm.name)
def test_the_samples_of_real_algorithms_are_valid(algorithm: Algorithm) -> None:
    found = verdict(as_json(algorithm), sample_config(algorithm), {}, "native")
    assert found["valid"], found["findings"]
