"""Phases 4 to 8 in C++, a function each: the steps of the program, in straight lines."""

from collections.abc import Callable, Iterator

from knobsmith.expr.formula import FALSE, Formula
from knobsmith.expr.render_cpp import CppNames as Spelling
from knobsmith.expr.render_cpp import quoted, render_formula, render_term
from knobsmith.judging.subjects import subject_of_rule
from knobsmith.model.catalog import Algorithm, ContextFact, CrossRule, Parameter
from knobsmith.model.domain import Domain
from knobsmith.targets.cpp.domain_tests import among, is_special
from knobsmith.targets.cpp.types import constant, items_of
from knobsmith.views.cpp_names import CppNames
from knobsmith.views.program import CaseTest, Computed, Effect, Program
from knobsmith.views.program.steps import Default

Lines = Iterator[str]


class Phases:
    """Writes the bodies of the functions."""

    def __init__(self, algorithm: Algorithm, steps: Program, names: CppNames, spelling: Spelling) -> None:
        self._algorithm = algorithm
        self._steps = steps
        self._names = names
        self._spelling = spelling
        self._parameters = {parameter.name: parameter for parameter in algorithm.parameters}

    def place(self, name: str) -> str:
        """A hyperparameter."""
        return f"p.{self._names.fields[name]}"

    def formula(self, formula: Formula) -> str:
        """A condition."""
        return render_formula(formula, self._spelling)

    def effects(self) -> Lines:
        """Phase 4: decided in dependency order, reported in that of the spec."""
        reported: set[str] = set()
        for effect in self._steps.effects:
            yield from self._effect(effect)
            if effect.required or effect.forbidden != FALSE:
                reported.update(effect.names)
        yield from self._pending(reported)

    def _effect(self, effect: Effect) -> Lines:
        place = self.place(effect.names[0])
        if effect.is_computed:
            yield f"if (!{place}.is_given()) {{"
            yield from _indented(self._default(effect, place))
            yield "}"
        branches: list[tuple[str, list[str]]] = []
        if effect.forbidden != FALSE:
            branches.append((self.formula(effect.forbidden), [f"judging::forbid({place});"]))
        if effect.ignored != FALSE:
            branches.append((self.formula(effect.ignored), list(self._ignored(effect))))
        if effect.may_be_forbidden != FALSE:
            branches.append((self.formula(effect.may_be_forbidden), [f"judging::doubt({place});"]))
        if effect.required:
            branches.append(("true", [f"judging::require({place});"]))
        yield from _chain(branches)

    def _ignored(self, effect: Effect) -> Lines:
        unsure = self.formula(effect.may_be_ignored)
        if len(effect.names) > 1 and effect.may_be_ignored != FALSE:
            yield f"const bool is_unsure = {unsure};"
            unsure = "is_unsure"
        yield from (f"judging::ignore({self.place(name)}, {unsure});" for name in effect.names)

    def _default(self, effect: Effect, place: str) -> Lines:
        domain = self._parameters[effect.names[0]].domain
        branches: list[tuple[str, list[str]]] = []
        for case in effect.cases:
            branches.append((self.formula(case.holds), list(self._stated(case.default, place, domain))))
            if case.unknown != FALSE:
                branches.append((self.formula(case.unknown), [f"judging::unknown_default({place});"]))
        yield from _chain([*branches, ("true", list(self._stated(effect.default, place, domain)))])

    def _stated(self, default: Default, place: str, domain: Domain) -> Lines:
        if default is None:
            yield f"judging::no_default({place});"
        elif isinstance(default, Computed):
            text = render_term(default.term, self._spelling)
            yield from _chain(
                [
                    (self.formula(default.defined), [f"judging::set_default({place}, {text});"]),
                    (self.formula(default.unknown), [f"judging::unknown_default({place});"]),
                    ("true", [f"judging::no_default({place});"]),
                ]
            )
        else:
            yield f"judging::set_default({place}, {constant(domain, default)});"

    def presence(self) -> Lines:
        """Phase 5: decided before any of it counts."""
        for step in self._steps.presence:
            place = self.place(step.name)
            yield f"if (judging::can_be_missing({place}) && ({self.formula(step.required)})) {{"
            yield f"    {place}.pending = judging::is_missing;"
            yield "}"
        yield from self._pending({step.name for step in self._steps.presence})

    def _pending(self, names: set[str]) -> Lines:
        for parameter in self._algorithm.parameters:
            if parameter.name in names:
                yield f"judging::report_pending(findings, {self.place(parameter.name)}, {quoted(parameter.name)});"

    def narrowing(self) -> Lines:
        """Phase 6: decided before any of it counts."""
        for step in self._steps.narrowing:
            place = self.place(step.name)
            yield f"if ({place}.is_known()) {{"
            yield from _indented(
                self._cases(step.cases, self._broken(step.name, "case", "it is not valid in this case"))
            )
            if step.beyond != FALSE:
                broken = self._broken(step.name, "range", "it is beyond an end of its range")
                yield from _indented(_chain([(self.formula(step.beyond), broken)]))
            yield "}"
        for step in self._steps.narrowing:
            yield f"judging::settle({self.place(step.name)});"

    def _broken(self, name: str, code: str, fact: str) -> list[str]:
        found = f"judging::find(findings, {quoted(code)}, Severity::error, {quoted(name)}, {quoted(fact)});"
        return [found, f"{self.place(name)}.has_failed = true;"]

    def _cases(self, cases: tuple[CaseTest, ...], then: list[str], otherwise: Formula = FALSE) -> Lines:
        branches: list[tuple[str, list[str]]] = []
        for case in cases:
            branches.append((self.formula(case.holds), list(_chain([(self.formula(case.broken), then)]))))
            if case.unknown != FALSE:
                branches.append((self.formula(case.unknown), []))
        if otherwise != FALSE:
            branches.append((self.formula(otherwise), then))
        return _chain(branches)

    def rules(self) -> Lines:
        """Phase 7."""
        by_name = {rule.name: rule for rule in self._algorithm.rules}
        for step in self._steps.rules:
            yield from _chain([(self.formula(step.broken), [_of_rule(by_name[step.name])])])

    def advice(self) -> Lines:
        """Phase 8."""
        for fact in self._algorithm.context:
            place = f"facts.{self._names.context[fact.name]}"
            yield from _guarded(
                f"{place}.is_given() && !{place}.has_failed", self._remarks(fact, f"context.{fact.name}", place)
            )
        steps = {step.name: step for step in self._steps.advice}
        for parameter in self._algorithm.parameters:
            name, place = parameter.name, self.place(parameter.name)
            lines: list[str] = []
            if parameter.used_when is not None or parameter.forbidden_when is not None:
                lines += _chain([(f"!{place}.is_used()", [_warning("ignored", name, "it is ignored here")])])
            if parameter.deprecated is not None:
                lines.append(_warning("deprecated", name, "it is deprecated"))
            lines += self._remarks(parameter, name, place)
            if name in steps:
                advice = list(self._cases(steps[name].cases, [_info(name)], steps[name].outside))
                lines += _guarded(f"{place}.is_known()", advice)
            yield from _guarded(f"{place}.is_given() && !{place}.has_failed && {place}.has_value", lines)

    def _remarks(self, about: Parameter | ContextFact, name: str, place: str) -> list[str]:
        lines: list[str] = []
        if test := _deprecated(about.domain, f"{place}.value"):
            lines += _chain([(test, [_warning("deprecated", name, "this value is deprecated")])])
        if test := _beside(about.domain, f"{place}.value"):
            test = f"{place}.use == Use::used && ({test})"
            lines += _chain([(test, [_warning("open", name, "the value is not among those that are documented")])])
        return lines


def _info(name: str) -> str:
    fact = quoted("another value is recommended")
    return f'judging::find(findings, "recommended"sv, Severity::info, {quoted(name)}, {fact});'


def _warning(code: str, name: str, fact: str) -> str:
    return f"judging::find(findings, {quoted(code)}, Severity::warning, {quoted(name)}, {quoted(fact)});"


def _of_rule(rule: CrossRule) -> str:
    subject = subject_of_rule(rule.require, rule.when)
    shown = quoted(subject) if subject is not None else "std::string_view()"
    code, message = quoted(f"rule:{rule.name}"), quoted(" ".join(rule.message.split()))
    return f"judging::find(findings, {code}, Severity::{rule.severity}, {shown}, {message});"


def _deprecated(domain: Domain, value: str, depth: int = 1) -> str:
    """Whether a value, or an item of it, is deprecated; nothing if none is."""
    points = [choice.value for choice in domain.values or () if choice.deprecated is not None]
    parts = [among(domain, value, points)] if points else []
    return " || ".join([*parts, *_of_items(domain, value, _deprecated, depth)])


def _beside(domain: Domain, value: str, depth: int = 1) -> str:
    """Whether a value, or an item of it, stands beside an open list; nothing if there is none."""
    if domain.values is not None and domain.open:
        listed = among(domain, value, [choice.value for choice in domain.values]) if domain.values else "false"
        special = is_special(domain, value)
        return f"!{listed} && !({special})" if special else f"!{listed}"
    return " || ".join(_of_items(domain, value, _beside, depth))


def _of_items(domain: Domain, value: str, test: Callable[[Domain, str, int], str], depth: int) -> Lines:
    if domain.kind != "list":
        return
    inner = test(items_of(domain), f"item_{depth}", depth + 1)
    if inner:
        plain = f"{value}.value" if domain.words else value
        found = f"values::any_of({plain}, [](const auto& item_{depth}) {{ return {inner}; }})"
        yield f"!{value}.is_word() && {found}" if domain.words else found


def _chain(branches: list[tuple[str, list[str]]]) -> Lines:
    """`if`, `else if`, `else`; what never happens is left out."""
    live = [branch for branch in branches if branch[0] != "false"]
    opening = ""
    for condition, body in live:
        if condition == "true":
            if not opening:
                yield from ("{", *_indented(body), "}") if len(body) > 1 else body
                return
            yield "} else {"
            yield from _indented(body)
            break
        yield f"{opening}if ({condition}) {{"
        yield from _indented(body)
        opening = "} else "
    if opening:
        yield "}"


def _guarded(condition: str, body: list[str]) -> Lines:
    return _chain([(condition, body)]) if body else iter(())


def _indented(lines: "Lines | list[str]") -> Lines:
    return (f"    {line}" for line in lines)
