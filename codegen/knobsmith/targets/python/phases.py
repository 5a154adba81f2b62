"""The phases of validation that depend on the algorithm, as functions.

Each hyperparameter gets only the statements that its own facts ask for: nothing is emitted that cannot happen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from knobsmith.expr import Expr
from knobsmith.expr.formula import (
    FALSE,
    TRUE,
    Disjunction,
    Formula,
    IsNothing,
    IsUnknown,
    conjunction,
    disjunction,
    opposite,
)
from knobsmith.expr.outcomes import value, when_false, when_true, when_unknown
from knobsmith.expr.simplifying import simplified
from knobsmith.expr.syntax import Comparison, Name
from knobsmith.model.catalog import Advice, Default, Parameter
from knobsmith.model.domain import Domain, Range
from knobsmith.targets.python.bodies import Body
from knobsmith.targets.python.conditions import both, either, negated
from knobsmith.targets.python.domain_tests import (
    among,
    case_test,
    is_constant,
    range_test,
    special_tests,
)
from knobsmith.targets.python.source_text import INDENT, literal, source
from knobsmith.views.python_names import PythonNames
from knobsmith.views.statics import Statics, can_be_ignored, can_be_unset, has_computed_default

# The function that is called only when somebody wants to see the findings.
ADVICE = "_advice"
# Gives a name to the compiled pattern of a domain.
Patterns = Callable[[str, Domain], str]
# Writes a condition into a body that has its names bound.
Condition = Callable[[Body], str]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a client that takes the state of one configuration."""

    name: str
    doc: str
    lines: tuple[str, ...]
    result: str = "None"


@dataclass(slots=True)
class _Step:
    """Hyperparameters whose use is decided at once."""

    parameters: list[Parameter]
    used: Expr | None
    forbidden: Expr | None = None


@dataclass(frozen=True, slots=True)
class _Branch:
    """What a case asks while it holds, and what to do if that is so."""

    when: Expr
    broken: Condition
    action: str


@dataclass(slots=True)
class Phases:
    """The functions of one algorithm, in the order in which they call each other."""

    statics: Statics
    names: PythonNames
    patterns: Patterns
    functions: list[Function] = field(default_factory=list)

    def build(self) -> tuple[str, ...]:
        """Make all functions; the result is the names of the phases to call, in their order."""
        phases = (self._effect, self._presence, self._narrowing, self._rules, self._advice)
        return tuple(name for name in (phase() for phase in phases) if name)

    def _finish(self, name: str, doc: str, body: Body, result: str = "None") -> str | None:
        if not body.lines:
            return None
        self.functions.append(Function(name, doc, tuple(body.lines), result))
        return name

    # Phase 4.

    def _effect(self) -> str | None:
        body = Body(self.names)
        for step in self._steps():
            for parameter in filter(has_computed_default, step.parameters):
                name = literal(parameter.name)
                default = f"{self._default_of(parameter)}(state)"
                kept = f"{body.values}[{name}] = state.computed[{name}]"
                body.when("if", f"{name} not in state.given", f"{kept} = {default}")
            self._decide(body, step)
        return self._finish("_effect", "Phase 4: what is used, and the defaults that hang on others.", body)

    def _steps(self) -> list[_Step]:
        """The steps in dependency order; those that ask the same question are one, where that makes no difference."""
        steps: list[_Step] = []
        shared: dict[Expr, _Step] = {}
        for parameter in self.statics.ordered:
            used, forbidden = parameter.used_when, parameter.forbidden_when
            if used is None and forbidden is None and not parameter.required and not has_computed_default(parameter):
                continue
            if used is None or forbidden is not None or parameter.required or has_computed_default(parameter):
                steps.append(_Step([parameter], used, forbidden))
            elif used in shared:
                shared[used].parameters.append(parameter)
            else:
                shared[used] = _Step([parameter], used)
                steps.append(shared[used])
        return steps

    def _decide(self, body: Body, step: _Step) -> None:
        first = step.parameters[0]
        facts, name = self.statics, literal(first.name)
        used = simplified(opposite(when_true(step.used, facts))) if step.used is not None else FALSE
        may_be = when_unknown(step.used, facts) if step.used is not None else FALSE
        forbidden = when_true(step.forbidden, facts) if step.forbidden is not None else FALSE
        perhaps = when_unknown(step.forbidden, facts) if step.forbidden is not None else FALSE
        body.bind([forbidden, used, may_be, perhaps])
        keywords = iter(["if", "elif", "elif", "elif"])
        if forbidden != FALSE:
            body.when(next(keywords), body.test(forbidden), f"forbid(state, {name})")
        if used != FALSE:
            names = tuple(parameter.name for parameter in step.parameters)
            body.when(next(keywords), body.test(used), *_unuse(names, _read_as(body, may_be)))
        if perhaps != FALSE:
            body.when(next(keywords), body.test(perhaps), f"unuse(state, ({name},), UNKNOWN)")
        if first.required:
            body.when(next(keywords), f"{body.values}[{name}] is None", f"require(state, {name})")

    def _default_of(self, parameter: Parameter) -> str:
        body = Body(self.names)
        for case in parameter.cases:
            if case.default is not None:
                holds, unknown = when_true(case.when, self.statics), when_unknown(case.when, self.statics)
                body.bind([holds, unknown])
                body.when("if", body.test(holds))
                self._give_default(body, parameter, case.default, INDENT)
                if unknown != FALSE:
                    body.when("if", body.test(unknown), "return UNKNOWN")
        self._give_default(body, parameter, parameter.default or Default())
        name = f"_default_of_{self.names.locals[parameter.name]}"
        self._finish(name, f"What `{parameter.name}` is if it is not given.", body, "Any")
        return name

    def _give_default(self, body: Body, parameter: Parameter, default: Default, indent: str = "") -> None:
        if default.expr is None:
            body.give(literal(default.value), indent)
            return
        lowered = value(default.expr, self.statics, parameter.domain.kind)
        body.bind([lowered.defined, lowered.unknown, lowered.term], indent)
        if lowered.defined == TRUE:
            body.give(body.value(lowered.term), indent)
            return
        body.when("if", body.test(lowered.defined), f"return {body.value(lowered.term)}", indent=indent)
        body.give(_read_as(body, lowered.unknown), indent)

    # Phase 5.

    def _presence(self) -> str | None:
        body = Body(self.names)
        for parameter in self.statics.algorithm.parameters:
            if parameter.required_when is None or parameter.required or not can_be_unset(parameter):
                continue
            name, needed = literal(parameter.name), when_true(parameter.required_when, self.statics)
            body.bind([needed])
            conditions = [f"{body.values}[{name}] is None", body.test(needed)]
            if can_be_ignored(parameter):
                conditions.insert(1, f"{name} not in state.unused")
            body.when("if", both(conditions), f"miss(state, {name})")
        return self._finish("_presence", "Phase 5: what must be given at the moment.", body)

    # Phase 6.

    def _narrowing(self) -> str | None:
        body = Body(self.names)
        for parameter in self.statics.algorithm.parameters:
            if any(case.domain is not None for case in parameter.cases):
                body.add(f"{self._narrow(parameter)}(state)")
            beyond = self._beyond_named_ends(parameter, parameter.domain.range)
            if beyond != FALSE:
                body.bind([beyond])
                special = either(self._special(body, parameter, parameter.domain))
                condition = both([body.test(beyond), negated(special)])
                body.when("if", condition, f"break_ends(state, {literal(parameter.name)})")
        return self._finish("_narrowing", "Phase 6: cases, and ends of ranges that are other hyperparameters.", body)

    def _beyond_named_ends(self, parameter: Parameter, stated: Range | None) -> Formula:
        ends = [] if stated is None else list(_named_ends(Name(parameter.name), stated))
        return simplified(disjunction(*(when_false(end, self.statics) for end in ends)))

    def _narrow(self, parameter: Parameter) -> str:
        body, name = Body(self.names), literal(parameter.name)
        local = self._return_unless_known(body, parameter)
        branches = [
            _Branch(case.when, self._breach(parameter, case.domain, local), f"break_case(state, {name}, {index})")
            for index, case in enumerate(parameter.cases)
            if case.domain is not None
        ]
        self._chain(body, parameter, branches)
        function = f"_narrow_{local}"
        self._finish(function, f"Phase 6 for the cases of `{parameter.name}`.", body)
        return function

    def _breach(self, parameter: Parameter, domain: Domain, local: str) -> Condition:
        """Whether a value breaks the domain of a case."""
        test = case_test(domain, local, self.patterns(parameter.name, domain), may_be_word=_may_be_word(parameter))
        beyond = self._beyond_named_ends(parameter, domain.range)

        def breach(body: Body) -> str:
            body.bind([beyond])
            special = special_tests(domain.special, local)
            broken = [negated(test), both([body.test(beyond), negated(either(special))])]
            return both([either(broken), negated(either(self._named_special(body, parameter, domain)))])

        return breach

    def _special(self, body: Body, parameter: Parameter, domain: Domain) -> list[str]:
        """Whether a known value has a meaning of its own."""
        constant = special_tests(domain.special, body.local(parameter.name))
        return [*constant, *self._named_special(body, parameter, domain)]

    def _named_special(self, body: Body, parameter: Parameter, domain: Domain) -> list[str]:
        """Whether a known value lies in a special interval that ends at another hyperparameter."""
        subject, local = Name(parameter.name), body.local(parameter.name)
        settled: dict[Formula, bool] = {IsUnknown(subject): False, IsNothing(subject): False}
        tests = []
        for special in domain.special:
            if special.interval is None or is_constant(special):
                continue
            stated = Range(intervals=(special.interval,))
            ends = [opposite(when_false(end, self.statics)) for end in _named_ends(subject, stated)]
            inside = simplified(conjunction(*ends), settled)
            body.bind([inside])
            guard = f"{local}.__class__ is not str" if _may_be_word(parameter) else "True"
            tests.append(both([guard, range_test(stated, local), body.test(inside)]))
        return tests

    def _chain(
        self, body: Body, parameter: Parameter, branches: list[_Branch], otherwise: tuple[Condition, str] | None = None
    ) -> None:
        """The first case that holds decides; one that is unknown before it leaves the question open."""
        subject = Name(parameter.name)
        settled: dict[Formula, bool] = {IsUnknown(subject): False, IsNothing(subject): False}
        for branch in branches:
            holds = simplified(when_true(branch.when, self.statics), settled)
            unknown = simplified(when_unknown(branch.when, self.statics), settled | {holds: False})
            body.bind([holds, unknown])
            breach = branch.broken(body)
            if branch is branches[-1] and otherwise is None:
                body.when("if", both([body.test(holds), breach]), branch.action)
                return
            body.when("if", body.test(holds))
            body.when("if", breach, branch.action, indent=INDENT)
            body.add(f"{INDENT}return")
            if unknown != FALSE:
                body.when("if", body.test(unknown), "return")
            settled |= {holds: False, unknown: False}
            settled |= dict.fromkeys(unknown.parts if isinstance(unknown, Disjunction) else (), False)
        if otherwise is not None:
            body.when("if", otherwise[0](body), otherwise[1])

    def _return_unless_known(self, body: Body, parameter: Parameter) -> str:
        local = body.local(parameter.name)
        may_be_nothing = self.statics.can_be_nothing(Name(parameter.name))
        nothing = f"{local} is None or " if may_be_nothing else ""
        body.when("if", f"{nothing}{local} is UNKNOWN", "return")
        return local

    # Phase 7.

    def _rules(self) -> str | None:
        body = Body(self.names)
        for rule in self.statics.algorithm.rules:
            acts = when_true(rule.when, self.statics) if rule.when is not None else TRUE
            broken = simplified(conjunction(acts, when_false(rule.require, self.statics)))
            if broken != FALSE:
                body.bind([broken])
                body.when("if", body.test(broken), f"break_rule(state, {literal(rule.name)})")
        return self._finish("_rules", "Phase 7: rules over several hyperparameters.", body)

    # Phase 8.

    def _advice(self) -> str | None:
        body = Body(self.names)
        for parameter in self.statics.algorithm.parameters:
            if parameter.recommended is not None or any(case.recommended is not None for case in parameter.cases):
                call = f"{self._advise_on(parameter)}(state)"
                body.when("if", f"{literal(parameter.name)} in state.given", call)
        return self._finish(ADVICE, "Phase 8 as far as it is about recommended values.", body)

    def _advise_on(self, parameter: Parameter) -> str:
        body, name = Body(self.names), literal(parameter.name)
        local = self._return_unless_known(body, parameter)
        branches = [
            _Branch(case.when, self._outside(parameter, case.recommended), f"advise(state, {name}, {index})")
            for index, case in enumerate(parameter.cases)
            if case.recommended is not None
        ]
        own = parameter.recommended
        otherwise = (self._outside(parameter, own), f"advise(state, {name})") if own is not None else None
        self._chain(body, parameter, branches, otherwise)
        function = f"_advise_on_{local}"
        self._finish(function, f"Phase 8 for the recommended values of `{parameter.name}`.", body)
        return function

    def _outside(self, parameter: Parameter, advice: Advice) -> Condition:
        """Whether a valid value is outside the recommended ones; a special one is never outside a range."""

        def outside(body: Body) -> str:
            local = body.local(parameter.name)
            if advice.range is None:
                return negated(among(advice.values or (), local))
            word = [f"{local}.__class__ is str"] if _may_be_word(parameter) else []
            special = self._special(body, parameter, parameter.domain)
            return negated(either([*word, range_test(advice.range, local), *special]))

        return outside


def _read_as(body: Body, unknown: Formula) -> str:
    if unknown in (TRUE, FALSE):
        return "UNKNOWN" if unknown == TRUE else "None"
    return f"UNKNOWN if {body.test(unknown)} else None"


def _unuse(names: tuple[str, ...], read_as: str) -> Iterator[str]:
    line = f"unuse(state, {literal(names)}, {read_as})"
    if len(line) <= 108:
        yield line
        return
    yield "unuse("
    yield f"{INDENT}state,"
    yield from f"{INDENT}{source(names, INDENT * 3)},".split("\n")
    yield f"{INDENT}{read_as},"
    yield ")"


def _named_ends(subject: Name, stated: Range) -> Iterator[Expr]:
    for interval in stated.intervals:
        if interval.lower.name is not None:
            yield Comparison(">=" if interval.lower.closed else ">", subject, interval.lower.name)
        if interval.upper.name is not None:
            yield Comparison("<=" if interval.upper.closed else "<", subject, interval.upper.name)


def _may_be_word(parameter: Parameter) -> bool:
    return parameter.domain.kind != "string" and bool(parameter.domain.words)
