"""What a refutation says reads well: few settings, plain values, what is tuned before what it meets."""

from tests.support.reports import messages, report_on_text

METRICS = "metrics: {accuracy: {direction: maximize, doc: Share of right answers.}}\n"


def said(body: str) -> list[str]:
    return messages(report_on_text(METRICS + body))


def test_a_tuned_end_that_a_constant_fact_refuses_needs_no_proof() -> None:
    assert said(
        """parameters:
  momentum: {type: number, range: "(0, 1]", default: 0.9, doc: Momentum., tuning: {range: "[0, 0.999]"}}
"""
    ) == [
        "KS113 every tuned value is a valid value, but `momentum = 0` is tuned and the valid range is `(0, 1]`: "
        "narrow the tuning range"
    ]


def test_a_tuned_end_that_only_one_branch_refuses_is_shown_in_that_branch() -> None:
    assert said(
        """parameters:
  kind: {type: string, values: {plain: Plain., nesterov: With a look ahead.}, default: plain, doc: Kind.}
  depth: {type: integer, range: "[1, 9]", default: 3, doc: Without influence.}
  momentum:
    type: number
    range: "[0, 1]"
    default: 0.9
    doc: Momentum.
    cases: [{when: kind == "nesterov", range: "(0, 1]"}]
    tuning: {range: "[0, 0.999]"}
"""
    ) == [
        "KS201 every point of the tuning space is valid, in every branch, but `momentum = 0` is tuned and refused "
        "while `kind = nesterov`: narrow what is tuned, or state it by case"
    ]


def test_a_rule_that_some_points_break_is_shown_with_the_point_and_the_branch() -> None:
    assert said(
        """parameters:
  batch: {type: integer, range: "[1, 1024]", default: 32, doc: Batch., tuning: {range: "[16, 512]"}}
  width: {type: integer, range: "[1, 64]", default: 2, doc: Width.}
rules:
  memory: {require: batch * width <= 4096, message: A batch must fit into memory.}
"""
    ) == [
        "KS201 every point of the tuning space is valid, in every branch, but `batch = 512` is tuned and breaks the "
        "rule `memory` while `width = 64`: narrow what is tuned, or state it by case"
    ]


def test_a_default_is_shown_with_the_context_that_refuses_it() -> None:
    assert said(
        """context: {cores: {type: integer, range: "[1, inf)", doc: Cores of the machine.}}
parameters:
  threads: {type: integer, range: "[1, context.cores]", default: 8, doc: Threads.}
"""
    ) == [
        "KS202 a default is valid wherever it applies, but `threads = 8` is the default and refused while "
        "`context.cores = 1`: state another default by case, or compute it"
    ]


def test_the_default_of_a_case_is_judged_at_its_own_place() -> None:
    (found,) = report_on_text(
        """parameters:
  fast: {type: boolean, default: false, doc: Fast.}
  epochs: {type: integer, range: "[10, 99]", default: 30, doc: Epochs.}
  warmup:
    type: integer
    range: "[0, epochs]"
    default: 3
    doc: Epochs of warm-up.
    cases:
      - {when: fast, default: 12}
"""
    )
    assert (found.code, found.span.line, found.span.column) == ("KS202", 14, 31)
    assert "`warmup = 12` is the default and refused while `fast = true` and `epochs = 10`" in found.message


def test_words_texts_and_lists_are_shown_as_authors_write_them() -> None:
    (found,) = said(
        """parameters:
  clip: {type: number, range: "(0, 1]", special: {auto: measured}, default: 1, doc: Clip.}
  name: {type: string, pattern: "^[a-z]*$", default: net, doc: Name.}
  steps: {type: list, items: {type: integer, range: "[5, 9]"}, length: "[0, 4]", default: [], doc: Steps.}
  rate:
    type: number
    range: "[0, 1]"
    default: 0.5
    doc: Rate.
    cases: [{when: 'clip == "auto" && size(name) == 2 && size(steps) == 2', range: "[0, 0.5]"}]
    tuning: {range: "[0.1, 0.9]"}
"""
    )
    beside = "while `clip = auto`, `name = aa` and `steps = [5, 5]`"
    assert f"`rate = 0.9` is tuned and refused {beside}" in found


def test_a_parameter_that_a_tuned_number_upsets_is_named() -> None:
    (found,) = said(
        """parameters:
  rate: {type: number, range: "(0, 1]", default: 0.1, doc: Rate., tuning: {range: "[0.01, 0.9]", scale: linear}}
  warmup: {type: integer, range: "[1, 9]", required_when: rate > 0.5, if_unset: none, doc: Epochs of warm-up.}
"""
    )
    assert "but `rate = 0.9` is tuned, and `warmup` is refused: narrow" in found


def test_a_listed_value_that_every_branch_refuses_is_named_at_its_place() -> None:
    (found,) = report_on_text(
        METRICS
        + """parameters:
  batch: {type: integer, range: "[1, 99]", default: 8, doc: Batch., tuning: {values: [16, 64]}}
  width: {type: integer, range: "[1, 64]", default: 2, doc: Width.}
rules:
  memory: {require: batch * width <= 60, message: A batch must fit into memory.}
"""
    )
    assert (found.code, found.span.line, found.span.column) == ("KS201", 7, 91)
    assert "but `64` is valid in none: narrow" in found.message


def test_requirements_that_contradict_each_other_are_reported_once() -> None:
    assert said(
        """parameters:
  low: {type: integer, range: "[0, 5]", required: true, doc: Low., tuning: {range: "[0, 5]"}}
  high: {type: integer, range: "[0, 5]", required: true, doc: High., used_when: low > 2}
rules:
  above: {require: low > 6, message: Too low.}
"""
    ) == [
        "KS206 some configuration is valid, but here none is: loosen one of the requirements that contradict each other"
    ]


def test_what_follows_from_a_condition_that_never_holds_is_not_reported_again() -> None:
    found = said(
        """groups: {late: {title: Late, used_when: epochs > 99}}
parameters:
  epochs: {type: integer, range: "[1, 99]", default: 9, doc: Epochs.}
  decay: {type: number, range: "[0, 1]", default: 0, doc: Decay., group: late, used_when: epochs < 50}
  slope: {type: number, range: "[0, 1]", default: 0, doc: Slope., group: late, tuning: {range: "[0, 1]"}}
rules:
  flat: {when: epochs >= 100, require: slope < 0.5, message: Too steep.}
"""
    )
    never = (
        "KS203 a condition is true in some valid configurations and not in others, but this one never is: "
        "correct the condition, or drop it"
    )
    assert found == [never, never]
