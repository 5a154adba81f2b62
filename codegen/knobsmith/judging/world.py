"""What is known of one configuration while it is judged: what expressions read, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knobsmith.expr import NOTHING, UNKNOWN, Expr, Missing, Names, Outcome, evaluate, holds
from knobsmith.judging.verdict import Finding, ParameterVerdict, Reason, Severity, State, Verdict
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Case, ContextFact, Default, Parameter
from knobsmith.model.domain import Bound, Domain, Interval, Range
from knobsmith.records import replace

Config = Mapping[str, object]


@dataclass(slots=True)
class Fact:
    """A fact about the job: its value, None if it is not known."""

    about: ContextFact
    value: PlainValue | None = None
    is_given: bool = False
    has_failed: bool = False


@dataclass(slots=True)
class Knob:
    """A hyperparameter while it is judged.

    Attributes:
        use: Whether it is used; UNKNOWN if it may be ignored.
        value: What was given, else the default.
        is_default: Whether the value is a default, or would be if that were known; or will be given, and is not known.
    """

    about: Parameter
    value: PlainValue | None = None
    is_given: bool = False
    has_failed: bool = False
    use: bool | Missing = True
    is_forbidden: bool = False
    is_default: bool = False

    @property
    def name(self) -> str:
        """Its name on the wire."""
        return self.about.name

    @property
    def is_judged(self) -> bool:
        """Whether it is known to be used, and nothing is wrong with it so far."""
        return self.use is True and not self.has_failed

    @property
    def is_unset(self) -> bool:
        """Whether it is known to have no value."""
        return self.value is None and not self.is_default and not self.is_given

    @property
    def seen(self) -> Outcome:
        """What expressions read."""
        if self.has_failed or self.use is UNKNOWN:
            return UNKNOWN
        if self.use is False:
            return NOTHING
        if self.value is not None:
            return self.value
        return UNKNOWN if self.is_default else NOTHING

    def shown(self) -> ParameterVerdict:
        """What the verdict says of it."""
        state: State = "given" if self.is_given else "default" if self.is_default else "unset"
        return ParameterVerdict(state, self.use is not False, self._reason(), self.value)

    def _reason(self) -> Reason | None:
        if self.use is False:
            return "forbidden" if self.is_forbidden else "ignored"
        is_open = self.is_default and self.value is None
        return "not judged" if self.has_failed or self.use is UNKNOWN or is_open else None


@dataclass(slots=True)
class World:
    """One configuration and its job; an environment for expressions.

    Attributes:
        is_misread: Whether something else stood where names with values should.
    """

    algorithm: Algorithm
    scope: Names
    knobs: dict[str, Knob]
    facts: dict[str, Fact]
    findings: list[Finding] = field(default_factory=list)
    is_misread: bool = False

    @classmethod
    def of(cls, algorithm: Algorithm, scope: Names) -> "World":
        """Where nothing is known yet."""
        knobs = {parameter.name: Knob(parameter) for parameter in algorithm.parameters}
        facts = {fact.name: Fact(fact, fact.default) for fact in algorithm.context}
        return cls(algorithm, scope, knobs, facts)

    def parameter(self, name: str) -> Outcome:
        """What an expression reads of a hyperparameter."""
        return self.knobs[name].seen

    def context(self, name: str) -> Outcome:
        """What an expression reads of a fact about the job."""
        fact = self.facts[name]
        return UNKNOWN if fact.value is None or fact.has_failed else fact.value

    def verdict(self) -> Verdict:
        """What was found, and what each hyperparameter comes to."""
        return Verdict(tuple(self.findings), {name: knob.shown() for name, knob in self.knobs.items()})

    def holds(self, condition: Expr | None, otherwise: bool) -> bool | Missing:
        """The outcome of a condition, if there is one."""
        return otherwise if condition is None else holds(condition, self)

    def find(self, code: str, severity: Severity, parameter: str | None) -> None:
        """Note a finding."""
        self.findings.append(Finding(code, severity, parameter))

    def fail(self, knob: Knob, code: str) -> None:
        """Note an error of a hyperparameter, which expressions read as unknown from now on."""
        knob.has_failed = True
        self.find(code, "error", knob.name)

    def default_of(self, knob: Knob) -> Outcome:
        """The default that applies."""
        stated: Default | None = knob.about.default
        for case in knob.about.cases:
            outcome = self.holds(case.when, otherwise=False) if case.default is not None else False
            if outcome is UNKNOWN:
                return UNKNOWN
            if outcome is True:
                stated = case.default
                break
        if stated is None:
            return NOTHING
        if stated.expr is None:
            return NOTHING if stated.value is None else stated.value
        computed = evaluate(stated.expr, self)
        if knob.about.domain.kind == "number" and isinstance(computed, int) and not isinstance(computed, bool):
            return float(computed)
        return computed

    def cases(self, knob: Knob, fact: str) -> Case | Missing:
        """The case that decides a fact: NOTHING if none holds, UNKNOWN if that is not known."""
        for case in knob.about.cases:
            outcome = self.holds(case.when, otherwise=False) if getattr(case, fact) is not None else False
            if outcome is True:
                return case
            if outcome is UNKNOWN:
                return UNKNOWN
        return NOTHING

    def bound(self, range: Range) -> Range:
        """A range whose ends are numbers: a name stands for its value, and binds nothing if it has none."""
        return Range(intervals=tuple(self.bound_interval(interval) for interval in range.intervals))

    def bound_interval(self, interval: Interval) -> Interval:
        """An interval whose ends are numbers."""
        return Interval(lower=self._end(interval.lower), upper=self._end(interval.upper))

    def bound_domain(self, domain: Domain) -> Domain:
        """A domain all of whose ends are numbers."""
        special = tuple(
            one if one.interval is None else replace(one, interval=self.bound_interval(one.interval))
            for one in domain.special
        )
        return replace(
            domain,
            range=None if domain.range is None else self.bound(domain.range),
            items=None if domain.items is None else self.bound_domain(domain.items),
            special=special,
        )

    def _end(self, bound: Bound) -> Bound:
        if bound.name is None:
            return bound
        outcome = evaluate(bound.name, self)
        if isinstance(outcome, (int, float)) and not isinstance(outcome, bool):
            return Bound(value=outcome, closed=bound.closed)
        return Bound()


def constant_part(domain: Domain) -> Domain:
    """A domain without the special intervals that end at a name: they are no constant facts."""
    items = None if domain.items is None else constant_part(domain.items)
    constant = tuple(one for one in domain.special if one.interval is None or not _is_named(one.interval))
    return replace(domain, special=constant, items=items)


def named_only(range: Range) -> Range:
    """A range with only those ends that are names."""
    return Range(intervals=tuple(Interval(lower=_named(i.lower), upper=_named(i.upper)) for i in range.intervals))


def has_names(range: Range) -> bool:
    """Whether an end of a range is a name."""
    return any(_is_named(interval) for interval in range.intervals)


def _is_named(interval: Interval) -> bool:
    return interval.lower.name is not None or interval.upper.name is not None


def _named(bound: Bound) -> Bound:
    return Bound() if bound.name is None else bound
