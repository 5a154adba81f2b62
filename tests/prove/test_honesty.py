"""What is not decided is said to be open, and where; what is decided is not called open."""

import pytest
from hypothesis import given, settings
from knobsmith.prove.proving import obligations, prove

from tests.prove.enumeration import Enumeration, plain_value
from tests.strategies_specs import specs
from tests.support.compile import IllegalSpecError, compile_algorithm
from tests.support.reports import HEAD, messages, report_on_text

OPEN = "KS205 a proof comes to an end, that of"
BY_HAND = "check it by hand, or simplify it"


def statuses(body: str) -> dict[tuple[str, str], str]:
    """What became of each obligation, by its place and its claim."""
    found = map(prove, obligations(compile_algorithm(HEAD + body)))
    return {(".".join(map(str, p.obligation.path)), p.obligation.claim): p.status for p in found}


def test_a_sum_of_two_cubes_is_left_open() -> None:
    found = report_on_text(
        """parameters:
  a: {type: integer, range: "[1, inf)", default: 2, doc: One.}
  b: {type: integer, range: "[1, inf)", default: 2, doc: Another.}
  c: {type: integer, range: "[1, inf)", default: 2, doc: A third.}
rules:
  fermat: {require: a * a * a + b * b * b != c * c * c, message: A sum of two cubes is none.}
"""
    )
    assert messages(found) == [f'{OPEN} "it can be broken" (KS204) did not, as the solver gave up: {BY_HAND}']
    assert (found[0].severity.value, found[0].span.line, found[0].span.column) == ("info", 10, 21)


def test_what_hangs_on_the_items_of_a_long_list_is_left_open() -> None:
    found = statuses(
        """parameters:
  steps: {type: list, items: {type: integer, range: "[1, inf)"}, default: [1], doc: Steps.}
rules:
  few: {when: size(steps) > 20, require: "steps.exists(s, s > 9)", message: Too flat.}
  some: {when: size(steps) > 2, require: "steps.exists(s, s > 9)", message: Too flat.}
  none: {when: size(steps) > 2, require: "steps.all(s, s > 0)", message: Too flat.}
"""
    )
    assert found["rules.few.require", "it can be broken"] == "unknown"
    assert found["rules.some.require", "it can be broken"] == "proven"
    assert found["rules.none.require", "it can hold"] == "proven"
    # Items beyond those that are looked at might be anything, so nothing is claimed of them.
    assert found["rules.none.require", "it can be broken"] in ("refuted", "unknown")


def test_a_list_of_known_length_is_looked_at_whole() -> None:
    found = statuses(
        """parameters:
  steps: {type: list, items: {type: integer, range: "[1, 3]"}, length: "[0, 5]", unique: true, default: [1], doc: S.}
rules:
  many: {require: size(steps) < 4, message: There are but three.}
"""
    )
    assert found["rules.many.require", "it can be broken"] == "refuted"


@pytest.mark.parametrize(
    ("condition", "can_be_true"),
    [
        ("x * x == 2", "unknown"),  # irrational
        ("x * x == 4", "proven"),
        ("x * x < 0", "refuted"),
        ("x / y == 3", "proven"),
        ("k % 3 == 2", "proven"),
        ("k % m == 5 && m < 6", "refuted"),
        ("max(k, m) < min(k, m)", "refuted"),
    ],
)
def test_arithmetic_is_decided_as_far_as_it_can_be(condition: str, can_be_true: str) -> None:
    found = statuses(
        f"""parameters:
  x: {{type: number, default: 1, doc: X.}}
  y: {{type: number, default: 1, doc: Y.}}
  k: {{type: integer, range: "[0, inf)", default: 1, doc: K.}}
  m: {{type: integer, range: "[1, 256]", default: 1, doc: M.}}
  z: {{type: boolean, default: true, doc: Z., used_when: {condition!r}}}
"""
    )
    assert found["parameters.z.used_when", "it can be true"] == can_be_true


@pytest.mark.parametrize(
    ("condition", "can_be_true"),
    [
        ('name.matches("^x")', "proven"),
        ('name.matches("[0-9]")', "refuted"),
        ('name.matches("^(?:ab|cd)$") && size(name) == 3', "refuted"),
        ("size(name) > 5", "refuted"),
        ("kind == name", "proven"),
        ('kind == name && name.matches("^s") && size(kind) > 3', "refuted"),
        ('kind.matches("^a") && kind in ["sgd", "nag"]', "refuted"),
        ('name != "" && name != "a" && size(name) <= 0', "refuted"),
    ],
)
def test_texts_are_decided_as_regular_languages(condition: str, can_be_true: str) -> None:
    found = statuses(
        f"""parameters:
  name: {{type: string, pattern: "^[a-z]*$", length: "[0, 5]", default: "", doc: Name.}}
  kind: {{type: string, values: {{sgd: A., adam: B., nag: C.}}, default: sgd, doc: Kind.}}
  z: {{type: boolean, default: true, doc: Z., used_when: {condition!r}}}
"""
    )
    assert found["parameters.z.used_when", "it can be true"] == can_be_true


def test_an_interval_of_special_values_may_end_at_another_parameter() -> None:
    found = statuses(
        """parameters:
  epochs: {type: integer, range: "[1, 99]", default: 30, doc: Epochs.}
  patience: {type: integer, range: "[1, 10]", special: {"(epochs, inf)": never}, default: 5, doc: Patience.}
  mid: {type: boolean, default: true, doc: M., used_when: patience > 10 && patience <= epochs}
  off: {type: boolean, default: true, doc: O., used_when: patience > epochs}
"""
    )
    assert found["parameters.mid.used_when", "it can be true"] == "refuted"
    assert found["parameters.off.used_when", "it can be true"] == "proven"


@settings(max_examples=25)
@given(specs())
def test_proofs_about_any_spec_come_to_an_end_and_counterexamples_are_real(text: str) -> None:
    try:
        algorithm = compile_algorithm(text)
    except IllegalSpecError:
        return
    judge = Enumeration(algorithm, {})
    for obligation in obligations(algorithm):
        proof = prove(obligation)
        assert proof.status in ("proven", "refuted", "unknown")
        if proof.shown and len(obligation.worlds) == 1:
            judge.points = [judge.point({s.name: plain_value(s.value) for s in proof.shown if s.is_given})]
            assert list(judge.counterexamples(obligation)) == judge.points
