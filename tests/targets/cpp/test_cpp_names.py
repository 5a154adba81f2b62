"""Names that C++ does not take come out legal, distinct and reversible."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.model.domain import Choice, Domain
from knobsmith.targets.cpp.target import headers
from knobsmith.views.cpp_names import RESERVED, CppNames, cpp_names

from tests.support.compile import compile_algorithm
from tests.targets.cpp.building import PACKAGE, answer, build, request, run

SPEC = """
knobsmith: 1
algorithm: operator
title: Names */ that /* hurt \\
doc: Names that some language refuses \\
context: {int: {type: integer, range: "[0, 9]", doc: A "type" \\}, class: {type: string, doc: Another.}}
parameters:
  lambda: {type: number, range: "[0, 1]", default: 0.5, doc: A keyword elsewhere.}
  default: {type: boolean, default: true, doc: A keyword.}
  class: {type: string, values: [vgg-16, k-means++, default, class, "", NULL, max, "??/", a__b, a_b, '"', "\\\\"], default: vgg-16, doc: Values.}
  in: {type: string, default: "??=", doc: "Text with a trigraph ??/"}
  int: {type: integer, default: 3, doc: A type.}
  operator: {type: list, items: {type: string, special: {union: a word}}, default: [and], doc: A list.}
  vgg-16: {type: integer, if_unset: nothing happens, doc: With a dash.}
  vgg_16: {type: integer, if_unset: nothing happens, doc: With an underscore.}
  Hyperparameters: {type: string, values: [a], default: a, doc: A type of ours.}
  Class: {type: string, values: [a, Class], default: a, doc: Like its type.}
  p: {type: integer, if_unset: nothing happens, doc: What functions call their argument.}
  facts: {type: integer, if_unset: nothing happens, doc: The same.}
  unix: {type: integer, if_unset: nothing happens, doc: A macro.}
  errno: {type: integer, if_unset: nothing happens, doc: A macro.}
  __x__y: {type: integer, if_unset: nothing happens, doc: Underscores.}
rules:
  small: {when: "`lambda` > 0.5 && `in` != \\"\\\\u0000\\"", require: "`int` < 9 && context.int < 9", message: "Ends in a backslash \\\\"}
"""

spec_names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,20}", fullmatch=True)
awkward = st.sampled_from([*sorted(RESERVED), "Hyperparameters", "Parameter", "List", "text_of", "std", "detail"])


def names_of(parameters: list[str], values: list[str]) -> CppNames:
    choices = tuple(Choice(value=value) for value in values)
    stated = tuple(
        Parameter(name=name, doc="One.", domain=Domain(kind="string", values=choices)) for name in parameters
    )
    return cpp_names((Algorithm(name="a", title="T", doc="D.", parameters=stated, effect_order=tuple(parameters)),))[0]


def is_legal(name: str) -> bool:
    return bool(re.fullmatch("[A-Za-z][A-Za-z0-9_]*", name)) and "__" not in name and name not in RESERVED


@given(
    st.lists(spec_names | awkward, min_size=1, max_size=8, unique=True),
    st.lists(st.text(max_size=8) | awkward, min_size=1, max_size=8, unique=True),
)
def test_names_are_legal_and_distinct(parameters: list[str], values: list[str]) -> None:
    names = names_of(parameters, values)
    assert list(names.fields) == parameters
    types = [enum.name for enum in names.enums.values()]
    assert all(map(is_legal, [*names.fields.values(), *types]))
    assert len({*names.fields.values(), *types}) == 2 * len(parameters)
    members = next(iter(names.enums.values())).members
    assert list(members) == values
    assert len(set(members.values())) == len(values)
    assert all(map(is_legal, members.values()))


def test_awkward_names_compile_and_read_back() -> None:
    algorithm = compile_algorithm(SPEC, "operator")
    config = {"lambda": "1", "default": "false", "class": "k-means++", "in": "??/", "int": "9", "operator": '["union"]'}
    config |= {"vgg-16": "1", "vgg_16": "2", "Hyperparameters": "a", "Class": "Class", "unix": "5", "__x__y": "6"}
    native = {"lambda": 1, "default": False, "class": "", "in": "??/", "Class": "Class", "errno": 3, "p": 1, "facts": 2}
    lines = [
        request(algorithm, "wire", config, {"int": "9", "class": "c"}),
        request(algorithm, "struct", native, {"int": 3, "class": "c"}),
        request(algorithm, "native", {"class": "\\"}, {}),
    ]
    wire, struct, escaped = map(answer, run(build([algorithm], flags=("-O0",)), lines))
    assert [finding["code"] for finding in wire["findings"]] == ["rule:small"]
    assert {name: state["value"] for name, state in wire["parameters"].items()}["class"] == "k-means++"
    assert struct["valid"]
    assert struct["writes"] == {
        "lambda": "1",
        "default": "false",
        "class": "",
        "in": "??/",
        "Class": "Class",
        "p": "1",
        "facts": "2",
        "errno": "3",
    }
    assert escaped["writes"] == {"class": "\\"}


_TYPE = re.compile(r"\b(?:struct|class|using)\s+([A-Z]\w*)")


def types_in(text: str, namespace: str) -> set[str]:
    """The types that a header declares right in a namespace."""
    code = re.sub(
        r"//[^\n]*|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)'", "", re.sub(r"^template .*$", "", text, flags=re.MULTILINE)
    )
    found: set[str] = set()
    for start in re.finditer(rf"^namespace {namespace} {{", code, re.MULTILINE):
        depth, at = 1, start.end()
        for brace in re.finditer("[{}]", code[at:]):
            if depth == 1:
                found.update(_TYPE.findall(code[at : start.end() + brace.start()]))
            depth += 1 if brace[0] == "{" else -1
            at = start.end() + brace.end()
            if depth == 0:
                break
    return found


def types_around() -> list[str]:
    """All types beside which members are declared: those of the runtime, and those of any algorithm."""
    plain = compile_algorithm(json.dumps(spec_of({"x": {"type": "integer", "default": 1, "doc": "X."}})), "types")
    found: set[str] = set()
    for path, text in headers((plain,), PACKAGE).items():
        found |= types_in(text, PACKAGE if "/" in path else f"{PACKAGE}::{plain.name}")
    return sorted(found)


def spec_of(parameters: dict[str, object], facts: tuple[str, ...] = ()) -> dict[str, object]:
    """A spec with these parameters and facts of the job."""
    about = {"knobsmith": 1, "algorithm": "types", "title": "T", "doc": "D."}
    context = {name: {"type": "integer", "default": 1, "doc": "A fact."} for name in facts}
    return {**about, "context": context, "parameters": parameters}


def test_the_types_of_the_library_are_found() -> None:
    assert {"Fact", "List", "Setting", "WordOr", "Findings", "Status", "Hyperparameters", "Pairs"} <= {*types_around()}
    assert not {"Config", "Seen", "Reader", "Texts"} & {*types_around()}, "those have a scope of their own"


def test_members_called_like_the_types_of_the_library_compile() -> None:
    kinds = (
        {"type": "integer", "default": 1, "doc": "D."},
        {"type": "list", "items": {"type": "integer"}, "default": [1], "doc": "D."},
        {"type": "integer", "special": {"auto": "A word."}, "default": "auto", "doc": "D."},
    )
    types = types_around()
    others = ["keys", "fact_keys", "texts", "fact_texts", "given", "known", "visit", "t", "std"]
    algorithms = []
    for turn, kind in enumerate(kinds):
        parameters = {name: kinds[(place + turn) % 3] for place, name in enumerate(types)}
        algorithms.append(spec_of({**parameters, "z": kind}, (*types, *others)))
    lists = {name: {"type": "string", "values": ["a", "b"], "default": "a", "doc": "D."} for name in (*types, *others)}
    algorithms.append(spec_of(lists))
    named = [
        compile_algorithm(json.dumps({**spec, "algorithm": f"types-{place}"}), f"types-{place}")
        for place, spec in enumerate(algorithms)
    ]
    command = build(named, flags=("-O0",), batch=4)
    for algorithm, line in zip(named, run(command, [request(one, "wire", {}, {}) for one in named]), strict=True):
        assert answer(line)["valid"], algorithm.name
