"""The edges of each check: what is just refused, and what is just not.

The main case of each is a folder in `tests/cases/diagnostics`.
"""

import pytest
from knobsmith.checks import CHECKS
from knobsmith.diagnostics import Diagnostic

from tests.support.reports import report_on_text

METRIC = "metrics: {accuracy: {direction: maximize, doc: Share of right answers.}}\n"
MODE = "  mode: {type: string, values: {a: One., b: Two., c: Three.}, default: a, doc: Mode.}\n"


def check(parameter: str, rest: str = "") -> list[Diagnostic]:
    """Findings about a parameter `x`, beside a choice `mode`; proofs aside."""
    return report_on_text(METRIC + rest + "parameters:\n" + MODE + f"  x: {parameter}\n", proofs=False)


REFUSED = [
    ("KS101", "{type: list, items: {type: integer}, unique: true, default: [1, 1], doc: X.}", "`unique`"),
    ("KS101", "{type: integer, range: '[1, 9]', default: 1, cases: [{when: mode == \"b\", default: 0}], doc: X.}", "`0`"),
    ("KS102", "{type: integer, required: true, cases: [{when: mode == \"b\", default: 0}], doc: X.}", "this case"),
    ("KS102", "{type: integer, required: true, default: {expr: 1 + 1}, doc: X.}", "computed"),
    ("KS103", "{type: integer, required_when: mode == \"b\", doc: X.}", "`x` does not"),
    ("KS103", "{type: integer, cases: [{when: mode == \"b\", default: 0}], doc: X.}", "`x` does not"),
    ("KS104", "{type: integer, special: {'(x, inf)': Off.}, default: 1, doc: X.}", "ends at `x`"),
    ("KS104", "{type: integer, default: 1, cases: [{when: mode == \"b\", range: '[0, x]'}], doc: X.}", "ends at `x`"),
    ("KS105", "{type: integer, range: '(0, 9]', multiple_of: 10, if_unset: none, doc: X.}", "facts beside it"),
    ("KS105", "{type: integer, special: {'(3, 4)': Between.}, default: 1, doc: X.}", "no integer lies"),
    ("KS105", "{type: string, values: {ab: One.}, length: '[3, 4]', if_unset: none, doc: X.}", "facts beside it"),
    ("KS105", "{type: list, items: {type: integer, range: '(0, 1)'}, default: [], doc: X.}", "no integer lies"),
    ("KS105", "{type: list, items: {type: integer}, fields: [a, b], length: '[3, 4]', if_unset: none, doc: X.}", "beside"),
    ("KS105", "{type: string, length: '[-3, -1]', if_unset: none, doc: X.}", "facts beside it"),
    ("KS106", "{type: integer, range: '[0, 9]', default: 1, cases: [{when: mode == \"b\", values: [1, 10]}], doc: X.}", "`10`"),
    (
        "KS106",
        "{type: integer, range: '[0, 9]', default: 1, doc: X., "
        "cases: [{when: mode == \"b\", range: '[0, 1]', special: {'(9, inf)': Off.}}]}",
        "outside `[0, 9]`",
    ),
    ("KS106", "{type: string, length: '[1, 5]', default: a, cases: [{when: mode == \"b\", length: '[0, 5]'}], doc: X.}", "of 0"),
    ("KS106", "{type: number, default: 1, cases: [{when: mode == \"b\", special: {inf: None.}}], doc: X.}", "`inf`"),
    ("KS107", "{type: number, range: '(0, 1]', default: 1, recommended: '[0, 0.5]', doc: X.}", "`0`"),
    (
        "KS107",
        "{type: integer, default: 1, cases: [{when: mode == \"b\", range: '[0, 5]', recommended: [6]}], doc: X.}",
        "`6`",
    ),
    ("KS109", "{type: number, special: {'1e5': Much.}, default: 1, doc: X.}", "`1e5`"),
    ("KS109", "{type: boolean, special: {'true': Yes.}, default: false, doc: X.}", "a boolean"),
    ("KS109", "{type: list, items: {type: string}, wire: comma, special: {none: None.}, default: [], doc: X.}", "`none`"),
    ("KS109", "{type: list, items: {type: integer}, special: {' []': None.}, default: [], doc: X.}", "a list"),
    ("KS109", "{type: list, items: {type: integer, special: {'0': None.}}, default: [], doc: X.}", "an integer"),
    ("KS110", "{type: string, values: {a: {doc: A., aliases: [b]}, b: B.}, default: a, doc: X.}", "`b` is listed twice"),
    ("KS110", "{type: number, values: [1, 1.0], default: 1, doc: X.}", "listed twice"),
    ("KS110", "{type: integer, default: 1, tuning: {values: [1, 2, 1]}, doc: X.}", "listed twice"),
    ("KS110", "{type: list, items: {type: integer, values: [3, 3]}, default: [], doc: X.}", "listed twice"),
    ("KS112", "{type: integer, default: 1, tuning: {values: [1, 2], scale: log}, doc: X.}", "drop `scale`"),
    ("KS112", "{type: boolean, default: true, tuning: {range: '[0, 1]'}, doc: X.}", "is a boolean"),
    ("KS113", "{type: integer, multiple_of: 8, default: 8, tuning: {range: '[8, 32]'}, doc: X.}", "`x = 9`"),
    (
        "KS113",
        "{type: integer, range: '[0, 9]', default: 1, doc: X., "
        "cases: [{when: mode == \"b\", range: '[0, 5]', tuning: {range: '[1, 6]'}}]}",
        "`x = 6`",
    ),
    ("KS114", "{type: number, default: 1, tuning: {range: '[1, inf)'}, doc: X.}", "another end"),
    ("KS114", "{type: number, default: 1, tuning: {range: '[1, 2] | [3, 4]'}, doc: X.}", "several pieces"),
    ("KS114", "{type: integer, default: 1, tuning: {range: '(1, 2)'}, doc: X.}", "empty"),
    ("KS115", "{type: integer, default: 1, tuning: {range: '[1, 9]', step: 0.5}, doc: X.}", "is an integer"),
    ("KS115", "{type: number, default: 1, tuning: {range: '[1, 9]', step: 10}, doc: X.}", "longer"),
    ("KS120", "{type: number, default: 1, tuning: {range: '(0, 1]', scale: log}, doc: X.}", "starts at an open 0"),
    ("KS114", "{type: number, default: 1, tuning: {range: '(-inf, 1]', scale: log}, doc: X.}", "another end"),
    ("KS106", "{type: integer, range: '[0, 9]', default: 1, cases: [{when: mode == \"b\", range: '[0, inf)'}], doc: X.}", "`10`"),
    ("KS121", "{type: number, default: 0, tuning: {range: '[-0.5, 0.5]', scale: reverse-log}, doc: X.}", "below 0"),
    ("KS302", "{type: list, items: {type: string, pattern: '^a'}, default: [], doc: X.}", "is open"),
    ("KS302", "{type: string, default: ab, cases: [{when: mode == \"b\", pattern: 'b$'}], doc: X.}", "is open"),
    ("KS303", "{type: integer, default: 1, doc: lower case.}", "start with a capital"),
    ("KS303", "{type: integer, default: 1, doc: ''}", "empty"),
    ("KS303", "{type: string, values: [p, q], default: p, doc: X.}", "`p` has none"),
    ("KS305", "{type: integer, range: '[1, inf)', default: 1, tuning: {range: '[1, 1000]'}, doc: X.}", "silent"),
    ("KS307", "{type: string, values: {p: {doc: P., deprecated: {since: '2'}}, q: Q.}, default: q, doc: X.}", "`p`"),
]  # fmt: skip

ACCEPTED = [
    "{type: integer, special: {0: Off.}, range: '[1, 9]', default: 0, doc: X.}",
    "{type: integer, range: '(0, 10]', multiple_of: 10, default: 10, doc: X.}",
    "{type: integer, range: '[5, inf)', multiple_of: 100, if_unset: none, doc: X.}",
    "{type: string, length: '[0, 0]', default: '', doc: X.}",
    "{type: integer, range: '[0, 9]', default: 1, cases: [{when: mode == \"b\", range: '[0, 9]'}], doc: X.}",
    "{type: integer, special: {'1.5': A word beside integers.}, default: 1, doc: X.}",
    "{type: number, special: {Infinity: No limit., nan: None.}, default: 1, doc: X.}",
    "{type: boolean, wire: 1/0, special: {'true': A word beside 1 and 0.}, default: false, doc: X.}",
    "{type: list, items: {type: integer}, wire: comma, special: {none: None.}, default: [], doc: X.}",
    "{type: list, items: {type: integer}, wire: tuple, special: {(none: Odd.}, default: [], doc: X.}",
    "{type: string, values: {a: A.}, special: {auto: Chosen.}, default: auto, doc: X.}",
    "{type: integer, multiple_of: 8, default: 8, tuning: {range: '[8, 32]', step: 8}, doc: X.}",
    "{type: number, values: [0, 0.5, 1], default: 0, tuning: {range: '[0, 1]', step: 0.5}, doc: X.}",
    "{type: number, range: '(0, 1)', default: 0.5, tuning: {range: '(0, 1)'}, doc: X.}",
    "{type: number, range: '[0, 1)', default: 0, tuning: {range: '[0, 1)', scale: reverse-log}, doc: X.}",
    "{type: integer, range: '[1, inf)', default: 1, tuning: {range: '[1, 999]'}, doc: X.}",
    "{type: integer, range: '[1, inf)', default: 1, tuning: {range: '[1, 9999]', scale: linear}, doc: X.}",
    "{type: number, range: '(0, 1]', default: 1, recommended: '(0, 0.5]', doc: X.}",
    "{type: integer, range: '[0, 9]', default: 1, doc: '`x` of something, up to 9?'}",
    "{type: string, values: {only: }, default: only, doc: One value needs no description.}".replace("{only: }", "[only]"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "parameter", "fact"), REFUSED)
def test_what_is_just_refused(code: str, parameter: str, fact: str) -> None:
    (found,) = [one for one in check(parameter) if one.code != "KS132"]
    assert (found.code, found.span.line) == (code, 8)
    assert fact in found.message


@pytest.mark.parametrize("parameter", ACCEPTED)
def test_what_is_just_accepted(parameter: str) -> None:
    assert check(parameter) == []


def test_no_finding_of_a_check_is_far_from_its_fact() -> None:
    """A finding stands at the key that it speaks of, not at the start of its entry."""
    for _, parameter, _ in REFUSED:
        for found in check(parameter):
            if found.code not in ("KS103",):
                assert found.span.column > 6, found


def test_every_check_has_a_law_and_a_reason_for_it() -> None:
    for rule, _ in CHECKS:
        assert rule.law[0].islower() or rule.law[0] == "`"
        assert not rule.law.endswith(".")
        assert rule.why.endswith((".", "`."))
    codes = [rule.code for rule, _ in CHECKS]
    assert len(codes) == len(set(codes))


def test_ranks_and_levels_do_not_mix_even_beside_a_parameter_called_cases() -> None:
    found = report_on_text(
        METRIC
        + """parameters:
  cases: {type: integer, range: "[1, 9]", default: 1, tuning: {range: "[1, 9]", impact: 1}, doc: Cases.}
  rate: {type: integer, range: "[1, 9]", default: 1, tuning: {range: "[1, 9]", impact: 1}, doc: Rate.}
""",
        proofs=False,
    )
    assert [(one.code, one.fact) for one in found] == [("KS122", "`cases` has the same rank")]


def test_an_example_is_held_to_the_rules_about_its_parameter_alone() -> None:
    spec = """parameters:
  steps: {{type: list, items: {{type: integer}}, default: [], examples: [[2, 1]], doc: Steps.}}
  other: {{type: integer, default: 1, doc: Other.}}
rules:
  first: {{require: "steps[0] < steps[1]{}", {}message: Steps go up.}}
"""
    assert [one.code for one in report_on_text(spec.format("", ""), proofs=False)] == ["KS140"]
    assert report_on_text(spec.format(" || other > 3", ""), proofs=False) == []
    assert report_on_text(spec.format("", "severity: warning, "), proofs=False) == []
    assert report_on_text(spec.format("", "when: size(steps) > 2, "), proofs=False) == []


def test_a_heading_needs_a_source_only_for_its_condition() -> None:
    from tests.support.reports import HEAD, report_on

    spec = (
        HEAD
        + """sources: {page: {title: Page, covers: [parameters]}}
groups:
  plain: {title: Plain}
  late: {title: Late, used_when: epochs > 9}
parameters:
  epochs: {type: integer, range: "[1, 99]", default: 1, group: plain, doc: Epochs.}
  decay: {type: integer, range: "[1, 99]", default: 1, group: late, doc: Decay.}
"""
    )
    found = report_on({"example.yaml": spec}, proofs=False, severity={})
    assert [(one.code, one.span.line, one.fact) for one in found] == [("KS301", 8, "`late` has none")]
