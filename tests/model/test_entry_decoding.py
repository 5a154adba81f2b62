"""What the keys of an entry hold: what is read, and what is said, and where, about what is not."""

import pytest
from knobsmith.diagnostics import Diagnostic, Report
from knobsmith.load import Node
from knobsmith.model.domain import BooleanTokens
from knobsmith.model.spec import (
    ParameterSpec,
    decode_context,
    decode_group,
    decode_metric,
    decode_parameter,
    decode_rule,
)

from tests.support.spec_trees import tree_of


def entry(body: str) -> Node:
    node = tree_of(f"a: {body}\n").get("a")
    assert node is not None
    return node


def parameter(body: str) -> ParameterSpec:
    report = Report()
    spec = decode_parameter(entry(body), report, subject=("parameters", "a"))
    assert spec is not None, [str(problem) for problem in report]
    return spec


def problems(body: str, partial: bool = False) -> list[Diagnostic]:
    report = Report()
    spec = decode_parameter(entry(body), report, subject=("parameters", "a"), partial=partial)
    assert (spec is None) or not len(report)
    return list(report)


def underlined(body: str, problem: Diagnostic) -> str:
    line = f"a: {body}".splitlines()[problem.span.line - 1]
    return line[problem.span.column - 1 : problem.span.end_column - 1]


OK = "type: integer, doc: D"


@pytest.mark.parametrize(
    ("body", "code", "wrong", "advice"),
    [
        (f"{{{OK}, defualt: 1}}", "KS010", "defualt", "did you mean `default`?"),
        ("{type: integer, doc: Width, in pixels}", "KS010", "in pixels", '`doc: "Width, in pixels"`'),
        ("{type: integer, doc: Width, height, depth}", "KS010", "height", '`doc: "Width, height, depth"`'),
        (f"{{{OK}, tuning: {{ranges: 1}}}}", "KS010", "ranges", "did you mean `range`?"),
        (f"{{{OK}, use: a/b}}", "KS010", "use", "use one of"),
        ("[1]", "KS011", "[1]", "write a map"),
        ("{type: float, doc: D}", "KS011", "float", "use one of"),
        ("{type: Integer, doc: D}", "KS011", "Integer", "did you mean `integer`?"),
        ("{type: [integer], doc: D}", "KS011", "[integer]", "`integer`"),
        (f"{{{OK}, required: false}}", "KS011", "false", "leave the key out"),
        (f"{{{OK}, required: True}}", "KS011", "True", "write `true`, without quotes"),
        (f"{{{OK}, open: yes}}", "KS011", "yes", "write `true`, without quotes"),
        (f"{{{OK}, unit: 3}}", "KS011", "3", 'put it in quotes: `"3"`'),
        (f"{{{OK}, unit: true}}", "KS011", "true", 'put it in quotes: `"true"`'),
        (f"{{{OK}, range: [0, 1]}}", "KS011", "[0, 1]", '`"[0, 1]"`'),
        (f"{{{OK}, range: 5}}", "KS011", "5", "put it in quotes"),
        (f"{{{OK}, unit: {{a}}}}", "KS011", "{a}", '`"{a}"`'),
        (f"{{{OK}, multiple_of: 0}}", "KS011", "0", "digits"),
        (f"{{{OK}, multiple_of: 1.5}}", "KS011", "1.5", "digits"),
        (f"{{{OK}, multiple_of: 1_000}}", "KS011", "1_000", "digits"),
        (f"{{{OK}, default: {{exp: 1}}}}", "KS010", "exp", "`expr`"),
        (f"{{{OK}, examples: 3}}", "KS011", "3", "`[3]`"),
        (f"{{{OK}, examples: [1, null]}}", "KS011", "null", '`"null"`'),
        (f"{{{OK}, examples: [1, {{}}]}}", "KS011", "{}", "quote"),
        (f"{{{OK}, values: 3}}", "KS011", "3", "`[3]`"),
        (f"{{{OK}, values: {{1: 2}}}}", "KS011", "2", 'put it in quotes: `"2"`'),
        (f"{{{OK}, values: {{null: none}}}}", "KS011", "null", '`"null"`'),
        (f"{{{OK}, special: [auto]}}", "KS011", "[auto]", "`key: value`"),
        (f"{{{OK}, aliases: eps}}", "KS011", "eps", "`[eps]`"),
        (f"{{{OK}, deprecated: {{}}}}", "KS012", "{}", "`reason`"),
        (f"{{{OK}, deprecated: true}}", "KS011", "true", "`since`"),
        (f"{{{OK}, deprecated: {{since: 1.2}}}}", "KS011", "1.2", '`"1.2"`'),
        (f"{{{OK}, tuning: {{impact: 0, range: '[1, 2]'}}}}", "KS011", "0", "rank"),
        (f"{{{OK}, tuning: {{impact: highest, values: [1]}}}}", "KS011", "highest", "`high`"),
        (f"{{{OK}, tuning: {{step: 0, values: [1]}}}}", "KS011", "0", "`0.5`"),
        (f"{{{OK}, tuning: {{scale: logarithmic, values: [1]}}}}", "KS011", "logarithmic", "`log`"),
        (f"{{{OK}, tuning: {{values: [1], range: '[1, 2]'}}}}", "KS011", "{values: [1], range: '[1, 2]'}", "one"),
        (f"{{{OK}, tuning: {{impact: high}}}}", "KS012", "{impact: high}", "one of them"),
        (f"{{{OK}, cases: {{when: a}}}}", "KS011", "{when: a}", "square brackets"),
        (f"{{{OK}, cases: [{{default: 1}}]}}", "KS012", "{default: 1}", "`when:"),
        (f"{{{OK}, cases: [{{when: a, type: integer}}]}}", "KS010", "type", "use one of"),
        (f"{{{OK}, errata: [{{source: p, about: x, says: 0.9, because: y}}]}}", "KS011", "0.9", '`"0.9"`'),
        (
            f"{{{OK}, errata: [{{source: p, says: x, because: y}}]}}",
            "KS012",
            "{source: p, says: x, because: y}",
            "about",
        ),
        ("{doc: D}", "KS012", "{doc: D}", "`type: integer`"),
        (f"{{{OK}, aliases: [a b]}}", "KS015", "a b", "rename"),
        (f"{{{OK}, aliases: ['']}}", "KS015", "''", "rename"),
        (f"{{{OK}, group: 2nd}}", "KS015", "2nd", "rename"),
        (f"{{{OK}, unit: null}}", "KS016", "null", "leave the key out"),
        (f"{{{OK}, default: }}", "KS016", "", "write a value"),
        (f"{{{OK}, tuning: null}}", "KS016", "null", "leave the key out"),
        (f"{{{OK}, tuning: {{scale: null, values: [1]}}}}", "KS016", "null", "leave the key out"),
        (f'{{{OK}, range: "[1, 2"}}', "KS020", "", "`]`"),
        (f'{{{OK}, range: "[1 2]"}}', "KS020", "2", "`,`"),
        (f"{{{OK}, length: '[1, n]'}}", "KS020", "n", "a number"),
        (f"{{{OK}, tuning: {{range: '[1, epochs]'}}}}", "KS020", "epochs", "a number"),
        (f'{{{OK}, recommended: "[.5, 1]"}}', "KS020", ".5", "`0.5`"),
        (f'{{{OK}, used_when: "a = 1"}}', "KS021", "=", "`==`"),
        (f"{{{OK}, used_when: [a]}}", "KS011", "[a]", "quote it"),
        (f'{{{OK}, default: {{expr: "1 +"}}}}', "KS021", "", ""),
        (f'{{{OK}, pattern: "a**"}}', "KS022", "*", "`(?:...)`"),
        (f"{{{OK}, wire: 1/0}}", "KS023", "1/0", "leave `wire` out"),
        ("{type: boolean, doc: D, wire: comma}", "KS023", "comma", "two tokens"),
        ("{type: boolean, doc: D, wire: 1/1}", "KS023", "1/1", "the one for true first"),
        ("{type: boolean, doc: D, wire: a/b/c}", "KS023", "a/b/c", "the one for true first"),
        ("{type: list, doc: D, wire: 1/0}", "KS023", "1/0", "`comma`"),
        ("{type: list, doc: D, wire: coma}", "KS023", "coma", "did you mean `comma`?"),
        ("{type: list, items: {type: list, items: {type: integer}}, doc: D, wire: comma}", "KS023", "comma", "`json`"),
    ],
)
def test_one_slip_gives_one_diagnostic_at_the_slip(body: str, code: str, wrong: str, advice: str) -> None:
    (problem,) = problems(body)
    assert (problem.code, underlined(body, problem)) == (code, wrong), str(problem)
    assert advice in problem.help, problem.help


def test_a_very_long_expression_has_a_law_of_its_own() -> None:
    (problem,) = problems(f"{{{OK}, used_when: {' + '.join(['a'] * 1001)}}}")
    assert problem.code == "KS036"


def test_all_that_is_wrong_is_reported() -> None:
    found = problems("{type: integer, rang: 1, default: null, unit: 3, tuning: {step: a, scal: log}, cases: [{}]}")
    codes = [problem.code for problem in found]
    assert codes == ["KS012", "KS010", "KS016", "KS011", "KS011", "KS010", "KS012"]


def test_a_subject_is_the_path_of_the_key() -> None:
    (problem,) = problems(f"{{{OK}, cases: [{{when: a, tuning: {{values: [1], step: a}}}}]}}")
    assert problem.subject == "parameters.a.cases[0].tuning.step"


def test_the_name_of_an_entry_is_checked() -> None:
    report = Report()
    assert decode_parameter(entry(f"{{{OK}}}"), report, subject=("parameters", "a b")) is None
    assert [problem.code for problem in report] == ["KS015"]


def test_values_keep_the_types_of_the_file() -> None:
    spec = parameter('{type: integer, doc: D, values: {1: a, true: b, "x": c, 1.5: d}, default: [1, "2", [true]]}')
    assert spec.domain.values is not None
    assert [repr(choice.value) for choice in spec.domain.values] == ["1", "True", "'x'", "1.5"]
    assert spec.default is not None
    assert repr(spec.default.value) == "(1, '2', (True,))"


def test_values_are_read_from_a_list_or_from_a_map() -> None:
    listed = parameter("{type: string, doc: D, values: [a, b]}").domain.values
    mapped = parameter("{type: string, doc: D, values: {a: A., b: {aliases: [c], deprecated: {reason: old}}}}")
    assert listed is not None
    assert [(choice.value, choice.doc) for choice in listed] == [("a", None), ("b", None)]
    assert mapped.domain.values is not None
    first, second = mapped.domain.values
    assert (first.doc, second.doc, second.aliases) == ("A.", None, ("c",))
    assert second.deprecated is not None


def test_literals_stand_for_conditions() -> None:
    spec = parameter(f"{{{OK}, used_when: true, default: {{expr: 5}}}}")
    assert spec.used_when is not None
    assert spec.default is not None
    assert spec.default.expr is not None


def test_a_case_may_take_the_tuning_away() -> None:
    spec = parameter(f"{{{OK}, cases: [{{when: b, tuning: null}}, {{when: c, values: [1]}}]}}")
    first, second = spec.cases
    assert (first.not_tunable, first.tuning, first.domain) == (True, "not tunable", None)
    assert (second.not_tunable, second.tuning) == (False, None)
    assert second.domain is not None


def test_wire_is_two_tokens_or_the_form_of_a_list() -> None:
    assert parameter("{type: boolean, doc: D, wire: True/False}").wire == BooleanTokens(true="True", false="False")
    assert parameter("{type: list, items: {type: integer}, doc: D, wire: tuple}").wire == "tuple"
    assert parameter("{type: list, items: {type: list, items: {type: integer}}, doc: D, wire: json}").wire == "json"


def test_a_source_speaks_of_the_entry_or_of_single_keys() -> None:
    assert parameter(f"{{{OK}, source: page}}").source == (("", "page"),)
    assert parameter(f"{{{OK}, source: {{default: page, range: tuning}}}}").source == (
        ("default", "page"),
        ("range", "tuning"),
    )


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        "{use: a/b, default: 3}",
        "{doc: null, tuning: null, cases: null}",
        "{tuning: {impact: high, scale: null}}",
        "{special: {auto: null}, values: {a: {doc: A}}}",
        "{default: {expr: null}}",
    ],
)
def test_an_entry_of_a_fragment_may_lack_and_remove_keys(body: str) -> None:
    assert problems(body, partial=True) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{use: 3}", "KS011"),
        ("{defualt: 3}", "KS010"),
        ("{range: '[1'}", "KS020"),
        # A list replaces what it is merged over, so its members must be complete.
        ("{errata: [{source: a}]}", "KS012"),
        ("{cases: [{default: 1}]}", "KS012"),
        ("{cases: [{when: a, doc: null}]}", "KS016"),
    ],
)
def test_what_a_fragment_states_is_checked(body: str, code: str) -> None:
    assert code in {problem.code for problem in problems(body, partial=True)}


@pytest.mark.parametrize(
    ("decode", "body"),
    [
        (decode_context, "{type: integer, doc: D, default: 1, wire: null}"),
        (decode_context, "{type: integer, doc: D, tuning: {values: [1]}}"),
        (decode_group, "{doc: D}"),
        (decode_group, "{title: T, used_when: =}"),
        (decode_rule, "{require: a}"),
        (decode_rule, "{require: a, message: m, severity: fatal}"),
        (decode_metric, "{doc: D}"),
        (decode_metric, "{doc: D, direction: up}"),
        (decode_metric, "{doc: D, direction: maximize, pattern: '(?<n>a)'}"),
    ],
)
def test_entries_of_the_other_sections_are_checked(decode: type, body: str) -> None:
    report = Report()
    assert decode(entry(body), report, subject=("section", "a")) is None  # type: ignore[call-arg]
    assert len(report) == 1


def test_names_of_metrics_may_hold_more() -> None:
    report = Report()
    body = entry("{doc: D, direction: maximize}")
    assert decode_metric(body, report, subject=("metrics", "validation:map@5/all")) is not None
    assert decode_rule(body, report, subject=("rules", "a:b")) is None
