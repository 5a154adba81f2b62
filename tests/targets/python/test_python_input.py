"""Input of the other form, or of no form at all, is told what it is and what to do."""

from collections.abc import Iterator
from typing import Any

import pytest
from knobsmith.targets.python import in_memory
from pydantic import ValidationError

from tests.support.compile import compile_algorithm
from tests.targets.python.fixture import catalog

SPEC = """
knobsmith: 1
algorithm: forms
title: T
doc: D.
context:
  machines: {type: integer, range: "[1, 8]", default: 1, doc: Machines.}
parameters:
  depth: {type: integer, range: "[1, 64]", default: 8, doc: A depth.}
  width: {type: integer, range: "[1, 64]", special: {auto: Chosen.}, default: 8, doc: A width.}
  rate: {type: number, range: "(0, 1]", default: 0.5, doc: A rate.}
  loud: {type: boolean, default: false, doc: A switch.}
  quiet: {type: boolean, default: false, wire: 1/0, doc: A switch.}
  label: {type: string, if_unset: none, doc: A text.}
  shape: {type: list, items: {type: integer}, wire: tuple, if_unset: none, doc: A shape.}
  steps: {type: list, items: {type: integer}, wire: json, if_unset: none, doc: Steps.}
"""


@pytest.fixture(scope="module")
def forms() -> Iterator[Any]:
    with in_memory.load_client(catalog(compile_algorithm(SPEC, "forms"))) as client:
        yield client.algorithm("forms")


TEXTS = "; texts are judged in wire form"
OTHERS = "; other values are judged in native form"


@pytest.mark.parametrize(
    ("name", "given", "message", "help"),
    [
        ("depth", "10", "an integer, but is the text `10`", f"write an integer without quotes, such as `32`{TEXTS}"),
        (
            "width",
            "Auto",
            "an integer or `auto`, but is the text `Auto`",
            f"write an integer without quotes, such as `32`{TEXTS}",
        ),
        ("rate", "0.5", "a number, but is the text `0.5`", f"write a number without quotes, such as `0.5`{TEXTS}"),
        ("loud", "true", "true or false, but is the text `true`", f"write true or false without quotes{TEXTS}"),
        ("quiet", "1", "true or false, but is the text `1`", f"write true or false without quotes{TEXTS}"),
        (
            "shape",
            "(1, 2)",
            "a list, but is the text `(1, 2)`",
            f"write a list without quotes, such as `[1, 2]`{TEXTS}",
        ),
        ("quiet", 1, "true or false, but is 1", None),
        ("label", 1, "a string, but is 1", None),
    ],
)
def test_a_text_in_the_place_of_a_value(forms: Any, name: str, given: object, message: str, help: str | None) -> None:
    (found,) = forms.validate({name: given}).findings
    assert (found.code, found.message, found.help) == ("type", f"`{name}` must be {message}", help)


@pytest.mark.parametrize(
    ("name", "given", "shown", "help"),
    [
        ("depth", 10, "10", f"write it in quotes{OTHERS}"),
        ("width", 10, "10", f"write it in quotes{OTHERS}"),
        ("rate", 0.5, "0.5", f"write it in quotes{OTHERS}"),
        ("loud", True, "the boolean `true`", f"write `true` or `false`, in quotes{OTHERS}"),
        ("quiet", True, "the boolean `true`", f"write `1` or `0`, in quotes{OTHERS}"),
        ("label", 5, "5", f"write it in quotes{OTHERS}"),
        ("shape", [1, 2], "a list", f"write it like `(1, 2)`, in quotes{OTHERS}"),
        ("depth", None, "null", "leave it out"),
    ],
)
def test_a_value_in_the_place_of_a_text(forms: Any, name: str, given: object, shown: str, help: str) -> None:
    (found,) = forms.validate_wire({name: given}).findings
    assert (found.code, found.message, found.help) == ("type", f"`{name}` must be a text, but is {shown}", help)


def test_an_item_in_quotes_may_stand_in_a_text_itself(forms: Any) -> None:
    unquoted = "write an integer without quotes, such as `32`"
    for found in (forms.validate({"steps": [1, "2"]}), forms.validate_wire({"steps": '[1, "2"]'})):
        assert [(one.message, one.help) for one in found.findings] == [
            ("item 2 of `steps` must be an integer, but is the text `2`", unquoted)
        ]
    (found,) = forms.validate_wire({"shape": "(1, x)"}).findings
    assert found.help == "write digits only, such as `32`, at most 2^53 - 1"


def test_facts_of_the_job_are_told_alike(forms: Any) -> None:
    (text,) = forms.validate({}, {"machines": "2"}).findings
    assert text.help == f"write an integer without quotes, such as `32`{TEXTS}"
    (value,) = forms.validate_wire({}, {"machines": 2}).findings
    assert value.message == "`context.machines` must be a text, but is 2"


NO_MAPPINGS = [
    *((None, "null"), (5, "5"), (True, "the boolean `true`"), ("depth", "the text `depth`"), ("", "the text ``")),
    *(([], "a list"), ([("depth", 1)], "a list"), (object(), "of type object"), ({"depth"}, "of type set")),
]


@pytest.mark.parametrize(("given", "described"), NO_MAPPINGS)
def test_what_is_no_mapping_is_not_valid(forms: Any, given: Any, described: str) -> None:
    told = f"must be a mapping of names to values, but is {described}"
    for judge in (forms.validate, forms.validate_wire):
        verdict = judge(given)
        assert not verdict.valid
        assert verdict.findings == (("type", "error", None, f"a configuration {told}", None),)
        assert all(one.state != "given" for one in verdict.parameters.values())
        verdict = judge({}, given)
        assert verdict.valid is (given is None)
        assert verdict.findings == (
            () if given is None else (("type", "error", "context", f"the context {told}", None),)
        )
    for many in (forms.validate_many, forms.validate_wire_many):
        assert many([{}, given]).invalid == (1,)
        assert many([{}, {}], context=given).valid is (given is None)


@pytest.mark.parametrize(("given", "described"), NO_MAPPINGS)
def test_no_model_is_made_of_what_is_no_mapping(forms: Any, given: Any, described: str) -> None:
    for read in (forms.Forms.from_native, forms.Forms.from_wire):
        with pytest.raises(ValidationError, match="must be a mapping of names to values") as raised:
            read(given)
        (error,) = raised.value.errors()
        assert (error["type"], error["loc"], error["input"]) == ("type", (), given)
        assert described in error["msg"]
    with pytest.raises(ValueError, match="^invalid hyperparameters of forms\na configuration must be a mapping"):
        forms.to_wire(given)


def test_nothing_is_missing_in_what_is_no_configuration(forms: Any) -> None:
    found = forms.validate(5, {"nobody": 1, "machines": "2"}).findings
    assert [(one.code, one.parameter) for one in found] == [
        ("type", None),
        ("unknown", "context.nobody"),
        ("type", "context.machines"),
    ]
    found = forms.validate({"a": 1, "z": 1}, 5).findings
    assert [(one.code, one.parameter) for one in found] == [("unknown", "a"), ("type", "context"), ("unknown", "z")]


@pytest.mark.parametrize("digits", [309, 310, 4300, 4301, 5000, 100_000])
@pytest.mark.parametrize("sign", ["", "-"])
def test_an_item_of_very_many_digits_is_told_by_its_place(forms: Any, digits: int, sign: str) -> None:
    (found,) = forms.validate_wire({"steps": f"[1, {sign}{'1' * digits}]"}).findings
    shown = "an integer beyond 2^53 - 1" if digits == 309 else "no finite number"
    assert found.message == f"item 2 of `steps` must be an integer, but is {shown}"


DEEP = [
    *(
        ("[" * depth + inside + "]" * depth, "item 1 of `steps` must be an integer, but is a list")
        for depth in (2, 900, 200_000)
        for inside in ("", "1", '{"a": [null, -1.5e3, "\\u0041"]}', "[], 2", " ")
    ),
    ("[7, " + "[" * 9000 + "]" * 9000 + "]", "item 2 of `steps` must be an integer, but is a list"),
    ('[{"a": ' * 9000 + "1" + "}]" * 9000, "item 1 of `steps` must be an integer, but is a mapping"),
]
NO_JSON = [
    *(
        "[" * 9000,
        "[" * 9000 + "]" * 8999,
        "[" * 9000 + "]" * 9001,
        "[" * 9000 + "1,",
        "[" * 9000 + "]" * 9000 + "the end 1",
        "[" * 9000 + "]" * 9000 + "end 1",
        "[" * 9000 + "01" + "]" * 9000,
    ),
    *(
        "[" * 9000 + inside + "]" * 9000
        for inside in ("1,", ",", "1 2", "nul", "NaN", '"', '"\\x"', "{1: 2}", '{"a"}', '{"a": 1,}')
    ),
    *("[" * 9000 + inside + "]" * 9000 for inside in ("}", "{]", "\u00a0", "1:2", '{"a":: 1}', '{"a" "b"}', "\v")),
    *("[" * 9000 + "]" * 9000 + behind for behind in (",", "1", "[]", "x")),
]


@pytest.mark.parametrize(("text", "told"), DEEP, ids=range(len(DEEP)))
def test_a_list_that_nests_very_deep_is_told_by_its_place(forms: Any, text: str, told: str) -> None:
    (found,) = forms.validate_wire({"steps": text}).findings
    assert (found.code, found.message) == ("type", told)


@pytest.mark.parametrize("text", NO_JSON, ids=range(len(NO_JSON)))
def test_what_nests_very_deep_and_is_no_json_is_no_list(forms: Any, text: str) -> None:
    (found,) = forms.validate_wire({"steps": text}).findings
    assert found.message.startswith("`steps` must be a list, but is the text `[[[")
