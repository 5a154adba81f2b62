"""A mistake in a fragment, which is found in each algorithm that uses it, and mistakes that a fragment has part in."""

from itertools import permutations

from knobsmith.diagnostics import Diagnostic, Report, Rule, Severity
from knobsmith.records import replace
from knobsmith.source import Span

from tests.support.reports import messages, report_on

FRAGMENT = """knobsmith: 1
fragment: sgd
parameters:
  momentum: {{type: number, range: "{valid}", default: 0.5, tuning: {{{tuning}}}, doc: Momentum of the update.}}
"""
ALGORITHM = """knobsmith: 1
algorithm: {name}
title: Example
doc: Made for a test.
metrics: {{accuracy: {{direction: maximize, doc: Share of right answers.}}}}
parameters:
  momentum: {{use: sgd/momentum{own}}}
"""
SAID = "KS113 every tuned value is a valid value, but `momentum = {}` is tuned and the valid range is {}: {}"
NARROW = "narrow the tuning range"


def found(fragment: str, **algorithms: str) -> list[Diagnostic]:
    """Findings about algorithms that state `own` facts beside those of a fragment."""
    files = {f"{name}.yaml": ALGORITHM.format(name=name, own=own) for name, own in algorithms.items()}
    return report_on({"fragments/sgd.yaml": fragment, **files}, proofs=False)


def test_what_is_wrong_in_all_algorithms_is_said_once() -> None:
    fragment = FRAGMENT.format(valid="(0, 1]", tuning='range: "(0, 1.2]", scale: linear')
    assert messages(found(fragment, a="", b="", c="")) == [SAID.format("1.2", "`(0, 1]`", NARROW)]


def test_what_differs_says_in_which_algorithm() -> None:
    fragment = FRAGMENT.format(valid="(0, 1]", tuning='range: "(0, 0.999]", scale: linear')
    narrow = ', range: "(0, 0.95]"'
    reported = found(fragment, a=narrow, b="", c=narrow, d=', range: "(0, 0.9]"')
    assert messages(reported) == [
        SAID.format("0.999", "`(0, 0.95]` in `a` and `c`", NARROW),
        SAID.format("0.999", "`(0, 0.9]` in `d`", NARROW),
    ]


def test_an_inherited_scale_is_looked_for_where_it_stands() -> None:
    fragment = FRAGMENT.format(valid="[0, 1]", tuning='range: "[0.1, 1]", scale: log')
    (reported,) = found(fragment, a=', tuning: {range: "(0, 0.999]"}')
    assert (reported.code, reported.span.file) == ("KS120", "spec/algorithms/a.yaml")
    assert reported.fact == "this one starts at an open 0"
    assert reported.help.endswith("; `scale` is inherited from the fragment `sgd`, line 4")


def test_a_scale_beside_its_range_needs_no_place() -> None:
    (reported,) = found(FRAGMENT.format(valid="[0, 1]", tuning='range: "[0, 1]", scale: log'), a="", b="")
    assert (reported.fact, reported.help) == (
        "this one starts at 0",
        "raise the lower end, or choose another scale than `log`",
    )


def test_an_inherited_reverse_log_scale_is_looked_for_where_it_stands() -> None:
    fragment = FRAGMENT.format(valid="[0, 1]", tuning='range: "[0.1, 0.9]", scale: reverse-log')
    (reported,) = found(fragment, a=', tuning: {range: "[0, 1]"}')
    assert reported.message.endswith("; `scale` is inherited from the fragment `sgd`, line 4")


def test_a_report_says_the_same_in_whatever_order_it_was_told() -> None:
    rule = Rule("KS120", Severity.ERROR, "a law", "")
    place = Span.whole("spec/fragments/sgd.yaml")
    told = [
        replace(rule.on(place, subject, fact, "mend it"), algorithms=(name,))
        for subject, fact, name in (("x", "one", "a"), ("x", "one", "b"), ("x", "two", "c"))
    ]
    texts = {tuple(report_of(order)) for order in permutations(told)}
    assert texts == {("a law, one in `a` and `b`: mend it", "a law, two in `c`: mend it")}
    assert report_of([replace(told[0], algorithms=()), told[0]]) == ["a law, one: mend it"]


def report_of(told: list[Diagnostic] | tuple[Diagnostic, ...]) -> list[str]:
    """What is read back; a report that is told what another says repeats it."""
    first, second = Report(), Report()
    first.extend(told)
    second.extend(first)
    assert list(first) == list(second)
    return [diagnostic.message for diagnostic in second]
