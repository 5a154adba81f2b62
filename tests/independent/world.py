"""What expressions see of the job and of the parameters: their values, nothing, or unknown."""

from dataclasses import dataclass, field

from tests.independent.evaluating import NOTHING, UNKNOWN, condition, evaluate
from tests.independent.parsing import parse
from tests.independent.values import Json, Outcome, Result, Value


@dataclass
class Fact:
    """A fact about the job."""

    entry: Json
    raw: Json = None
    value: Value | None = None
    has_failed: bool = False


@dataclass
class Knob:
    """A parameter while it is judged."""

    entry: Json
    raw: Json = None
    is_given: bool = False
    is_null: bool = False
    has_failed: bool = False
    value: Value | None = None
    use: bool | Outcome = True
    is_forbidden: bool | Outcome = False
    has_default: bool = False
    is_default_unknown: bool = False

    @property
    def may_be_ignored(self) -> bool:
        return self.use is UNKNOWN

    @property
    def is_judged(self) -> bool:
        """Whether it is known to be used and nothing is wrong with it."""
        return self.use is True and not self.has_failed

    @property
    def is_known_unset(self) -> bool:
        return self.value is None and not self.is_default_unknown


@dataclass
class Job:
    """All that is known while a configuration is judged."""

    facts: dict[str, Fact]
    knobs: dict[str, Knob]
    findings: list[Json] = field(default_factory=list)

    def value_of(self, name: str) -> Result:
        knob = self.knobs[name]
        if knob.has_failed or knob.may_be_ignored:
            return UNKNOWN
        if knob.use is not True:
            return NOTHING
        if knob.is_default_unknown:
            return UNKNOWN
        return NOTHING if knob.value is None else knob.value

    def has(self, name: str) -> bool | Outcome:
        value = self.value_of(name)
        return UNKNOWN if value is UNKNOWN else value is not NOTHING

    def context_value(self, name: str) -> Result:
        value = self.facts[name].value
        return UNKNOWN if value is None or self.facts[name].has_failed else value

    def has_context(self, name: str) -> bool:
        """Always known: a fact that failed is as good as not told."""
        return self.context_value(name) is not UNKNOWN

    def outcome(self, expression: Json) -> bool | Outcome:
        return condition(parse(expression["text"]), self)

    def result(self, text: str) -> Result:
        return evaluate(parse(text), self, {})

    def find(self, code: str, severity: str, parameter: str | None) -> None:
        self.findings.append({"code": code, "severity": severity, "parameter": parameter})

    def fail(self, knob: Knob, code: str) -> None:
        knob.has_failed = True
        self.find(code, "error", knob.entry["name"])
