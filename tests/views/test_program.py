"""The program that clients are rendered from does what the reference does."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from knobsmith.expr import NOTHING, UNKNOWN, Missing, Values
from knobsmith.judging import Form, Judge
from knobsmith.judging.verdict import Finding
from knobsmith.model.base import as_json
from knobsmith.model.catalog import Algorithm
from knobsmith.views.program import CaseTest, Computed, Effect, Program, program
from knobsmith.views.statics import Statics

from tests.expr.formula_semantics import Meaning
from tests.strategies_configs import configs
from tests.strategies_specs import specs
from tests.support.compile import compile_algorithm
from tests.support.tried_algorithms import real_algorithms
from tests.support.verdict_cases import Run, verdict_runs

Json = Any
REAL = {algorithm.name: algorithm for algorithm in real_algorithms()}
FORMS: tuple[Form, ...] = ("native", "wire")


class Machine:
    """Runs a program; what it starts from, the values as read, is taken from the reference."""

    def __init__(self, algorithm: Algorithm, steps: Program, config: Json, context: Json, form: Form) -> None:
        self.algorithm, self.steps = algorithm, steps
        judge = Judge(algorithm)
        read = judge.read(config, context, form)
        self.given = {name for name, knob in read.knobs.items() if knob.is_given}
        self.failed = {name for name, knob in read.knobs.items() if knob.has_failed}
        self.unused: dict[str, str] = {}
        self.findings: list[tuple[str, str]] = []
        computed = {name for effect in steps.effects if effect.is_computed for name in effect.names}
        values: dict[str, Any] = {}
        for parameter in algorithm.parameters:
            default = parameter.default.value if parameter.default is not None else None
            plain = NOTHING if default is None or parameter.name in computed else default
            knob = read.knobs[parameter.name]
            values[parameter.name] = UNKNOWN if knob.has_failed else knob.value if knob.is_given else plain
        facts = {name: read.context(name) for name in read.facts}
        self.values = values
        self.meaning = Meaning(Values(Statics(algorithm).scope, values, facts))

    def run(self) -> list[tuple[str, str]]:
        for effect in self.steps.effects:
            self.effect(effect)
        self.presence()
        self.narrowing()
        for rule in self.steps.rules:
            if self.meaning.holds(rule.broken):
                self.findings.append((f"rule:{rule.name}", ""))
        self.advice()
        return self.findings

    def effect(self, effect: Effect) -> None:
        first = effect.names[0]
        if effect.is_computed and first not in self.given:
            self.values[first] = self.default(effect)
        if self.meaning.holds(effect.forbidden):
            self.values[first], self.unused[first] = NOTHING, "forbidden"
            if first in self.given and first not in self.failed:
                self.fail(first, "forbidden")
            elif first in self.failed:
                self.values[first] = UNKNOWN
        elif self.meaning.holds(effect.ignored):
            unknown = self.meaning.holds(effect.may_be_ignored)
            for name in effect.names:
                self.unused[name] = "unknown" if unknown else "ignored"
                if name not in self.failed:
                    self.values[name] = UNKNOWN if unknown else NOTHING
        elif self.meaning.holds(effect.may_be_forbidden):
            self.unused[first], self.values[first] = "unknown", UNKNOWN
        elif effect.required and self.values[first] is NOTHING:
            self.fail(first, "required")

    def default(self, effect: Effect) -> Any:
        stated = effect.default
        for case in effect.cases:
            if self.meaning.holds(case.holds):
                stated = case.default
                break
            if self.meaning.holds(case.unknown):
                return UNKNOWN
        if not isinstance(stated, Computed):
            return NOTHING if stated is None else stated
        if self.meaning.holds(stated.defined):
            return self.meaning.value(stated.term)
        return UNKNOWN if self.meaning.holds(stated.unknown) else NOTHING

    def presence(self) -> None:
        found = [
            step.name
            for step in self.steps.presence
            if self.values[step.name] is NOTHING and step.name not in self.unused and self.meaning.holds(step.required)
        ]
        for name in found:
            self.fail(name, "required")

    def narrowing(self) -> None:
        failed: list[tuple[str, str]] = []
        for step in self.steps.narrowing:
            if not isinstance(self.values[step.name], Missing):
                if self.decided(step.cases) is not None:
                    failed.append((step.name, "case"))
                if self.meaning.holds(step.beyond):
                    failed.append((step.name, "range"))
        for name, code in failed:
            self.fail(name, code)

    def advice(self) -> None:
        for step in self.steps.advice:
            if step.name in self.given and not isinstance(self.values[step.name], Missing):
                outcome = self.decided(step.cases, default=lambda step=step: self.meaning.holds(step.outside))
                if outcome is not None:
                    self.findings.append(("recommended", step.name))

    def decided(self, cases: tuple[CaseTest, ...], default: Any = lambda: False) -> int | None:
        """The case whose fact is broken, -1 for the facts without a case; None if nothing is."""
        for case in cases:
            if self.meaning.holds(case.holds):
                return case.index if self.meaning.holds(case.broken) else None
            if self.meaning.holds(case.unknown):
                return None
        return -1 if default() else None

    def fail(self, name: str, code: str) -> None:
        self.failed.add(name)
        self.values[name] = UNKNOWN
        self.findings.append((code, name))


def wanted(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """The findings that a program decides; effects in the order of the program."""
    codes = ("forbidden", "required", "case", "recommended")
    return [
        (f.code, "" if f.code.startswith("rule:") else f.parameter or "")
        for f in findings
        if f.code in codes or f.code.startswith("rule:") or (f.code == "range" and f.parameter)
    ]


def assert_same(algorithm: Algorithm, steps: Program, config: Json, context: Json, form: Form) -> None:
    judged = Judge(algorithm).follow(config, context, form)
    before = Judge(algorithm).read(config, context, form)
    expected = wanted(tuple(judged.findings[len(before.findings) :]))
    machine = Machine(algorithm, steps, config, context, form)
    found = machine.run()
    phases = len([code for code, _ in expected if code in ("forbidden", "required")])
    assert sorted(found[:phases]) == sorted(expected[:phases])
    assert found[phases:] == expected[phases:]
    kinds = {"ignored": False, "forbidden": False, "unknown": UNKNOWN}
    use = {name: kinds[machine.unused[name]] if name in machine.unused else True for name in judged.knobs}
    assert use == {name: knob.use for name, knob in judged.knobs.items()}


@pytest.mark.parametrize("run", verdict_runs(), ids=lambda run: run.id)
def test_worked_examples(run: Run) -> None:
    algorithm = compile_algorithm(run.spec)
    assert_same(algorithm, program(algorithm), run.config, run.context, run.form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", REAL)
def test_real_algorithms(name: str, form: Form) -> None:
    algorithm, steps = REAL[name], program(REAL[name])

    @settings(deadline=None, suppress_health_check=list(HealthCheck))
    @given(configs(as_json(algorithm), form))
    def agree(drawn: tuple[Json, Json]) -> None:
        assert_same(algorithm, steps, *drawn, form)

    agree()


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_specs(data: st.DataObject) -> None:
    text = data.draw(specs())
    algorithm = compile_algorithm.__wrapped__(text)
    steps = program(algorithm)
    note(text)
    for form in FORMS:
        drawn = configs(as_json(algorithm), form)
        for _ in range(4):
            assert_same(algorithm, steps, *data.draw(drawn), form)
