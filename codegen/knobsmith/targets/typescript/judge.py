"""The function that judges what was read: the phases from the fourth on, straight on over local variables."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from knobsmith.expr.formula import (
    Conjunction,
    Extremum,
    Fixed,
    Formula,
    Negative,
    Operation,
    Ref,
    Term,
    Widened,
    opposite,
)
from knobsmith.expr.render_typescript import TypeScriptNames as Spelling
from knobsmith.expr.render_typescript import render_formula, render_term
from knobsmith.expr.simplifying import simplified
from knobsmith.expr.syntax import ContextName, Name, Variable
from knobsmith.expr.walking import references
from knobsmith.model.catalog import Algorithm
from knobsmith.targets.typescript.source_text import INDENT, literal
from knobsmith.targets.typescript.statements import Assign, Block, Comment, If, Line, Statement, lines_of, pruned
from knobsmith.views.program import Advice, CaseTest, Computed, Effect, Narrowing, Presence, program
from knobsmith.views.program.steps import Default
from knobsmith.views.statics import Statics, has_computed_default
from knobsmith.views.typescript_names import KEYWORDS, USED, TypeScriptNames

UNKNOWN, NOTHING = "UNKNOWN", "undefined"


class JudgeFunction:
    """Writes the function for one algorithm."""

    def __init__(self, algorithm: Algorithm, names: TypeScriptNames, pattern: Callable[[str], str]) -> None:
        self._algorithm = algorithm
        self._statics = Statics(algorithm)
        self._names = names
        self._places = {parameter.name: place for place, parameter in enumerate(algorithm.parameters)}
        self._facts = {fact.name: place for place, fact in enumerate(algorithm.context)}
        self._spelling = Spelling(self._local, pattern, KEYWORDS | USED)
        # What is assigned whatever comes, so that the compiler believes to know it from there on.
        self._certain: set[Ref] = set()

    def lines(self) -> list[str]:
        """The body of the function."""
        kept = pruned(list(self._statements()))
        body = lines_of(kept.statements, INDENT)
        declared = [*self._declared(kept.read, kept.assigned), *self._known_facts(kept.read)]
        text = "\n".join([*declared, *body])
        heads = {
            "row[": "const row = state.row as Row;",
            "facts[": "const facts = state.context as Facts;",
        }
        return [f"{INDENT}{head}" for mark, head in heads.items() if mark in text] + declared + body

    def _declared(self, read: frozenset[str], assigned: frozenset[str]) -> Iterator[str]:
        for parameter in self._algorithm.parameters:
            local = self._names.locals[parameter.name]
            if local not in read:
                continue
            keyword = "let" if local in assigned else "const"
            place = self._places[parameter.name]
            default = parameter.default.value if parameter.default is not None else None
            if default is None or has_computed_default(parameter):
                yield f"{INDENT}{keyword} {local}: Row[{place}] = row[{place}];"
            else:
                yield f"{INDENT}{keyword} {local}: Row[{place}] = row[{place}] ?? {literal(default)};"

    def _known_facts(self, read: frozenset[str]) -> Iterator[str]:
        for name, place in self._facts.items():
            local = self._names.context_locals[name]
            if local in read:
                yield f"{INDENT}const {local}: Facts[{place}] = facts[{place}];"

    def _statements(self) -> Iterator[Statement]:
        steps = program(self._algorithm)
        yield Comment("Phase 4: what is used, and the defaults that hang on others.")
        for effect in steps.effects:
            yield from self._effect(effect)
        yield Comment("Phase 5: what must be given at the moment.")
        for presence in steps.presence:
            yield self._presence(presence)
        yield from self._settled([step.name for step in steps.presence])
        yield Comment("Phase 6: cases, and ends of ranges that are other hyperparameters.")
        for narrowing in steps.narrowing:
            yield self._narrowing(narrowing)
        yield from self._settled([step.name for step in steps.narrowing])
        yield Comment("Phase 7: rules over several hyperparameters.")
        numbers = {rule.name: number for number, rule in enumerate(self._algorithm.rules)}
        for rule in steps.rules:
            yield from self._if(rule.broken, [Line(f"breakRule(state, {numbers[rule.name]}); // {rule.name}")])
        yield Comment("Phase 8 as far as it is about recommended values.")
        advice = tuple(map(self._advice, steps.advice))
        if advice:
            yield If("advising", frozenset(), advice)

    def _effect(self, effect: Effect) -> Iterator[Statement]:
        first = effect.names[0]
        if effect.is_computed:
            yield self._default(effect)
        yield from self._use(effect, first)

    def _default(self, effect: Effect) -> Statement:
        local, place = self._names.locals[effect.names[0]], self._places[effect.names[0]]
        tested = [ref for case in effect.cases for ref in references(case.holds)]
        chosen = self._chosen(effect.default, local, place, tested)
        for case in reversed(effect.cases):
            otherwise = self._if(case.unknown, [self._kept(UNKNOWN, local, place)], chosen, tested)
            chosen = self._if(case.holds, self._chosen(case.default, local, place, tested), otherwise, tested)
        return If(f"{local} === undefined", frozenset({local}), tuple(chosen))

    def _chosen(self, default: Default, local: str, place: int, tested: Sequence[Ref]) -> list[Statement]:
        if not isinstance(default, Computed):
            return [self._kept(NOTHING if default is None else literal(default), local, place)]
        inside = [*tested, *references(default.defined)]
        term = render_term(default.term, self._spelling, {*inside, *self._certain})
        # Neither JSON nor the language knows -0; values that were read are none.
        is_result = isinstance(_narrow(default.term), (Extremum, Negative, Operation))
        kept = self._kept(f"{term} + 0" if is_result else term, local, place, default.term)
        unknown = [self._kept(UNKNOWN, local, place)]
        nothing = [self._kept(NOTHING, local, place)]
        otherwise = self._if(default.unknown, unknown, nothing, inside)
        return self._if(default.defined, [kept], otherwise, tested)

    def _kept(self, value: str, local: str, place: int, term: Term | None = None) -> Statement:
        name = self._algorithm.parameters[place].name
        kind = f"Row[{place}]" if self._statics.can_be_nothing(Name(name)) else f"Exclude<Row[{place}], undefined>"
        reads = frozenset[str]() if term is None else self._reads(term)
        return Assign(local, f"computed<{kind}>(state, {place}, {value})", reads, has_effect=True)

    def _use(self, effect: Effect, first: str) -> Iterator[Statement]:
        local, place = self._names.locals[first], self._places[first]
        otherwise: list[Statement] = []
        if effect.required:
            required = (Line(f"require(state, {place});"), Assign(local, UNKNOWN))
            otherwise = [If(f"{local} === undefined", frozenset({local}), required)]
        first_test, second_test = references(effect.forbidden), references(effect.ignored)
        unknown: list[Statement] = [Line(f"unuse(state, {place}, UNKNOWN);"), Assign(local, UNKNOWN)]
        otherwise = self._if(effect.may_be_forbidden, unknown, otherwise, (*first_test, *second_test))
        unused = self._unused(effect)
        if isinstance(effect.ignored, Fixed) and isinstance(unused[0], Line):
            unused = [Block(tuple(unused))]
        otherwise = self._if(effect.ignored, unused, otherwise, first_test)
        forbidden: list[Statement] = [
            Line(f"forbid(state, {place});"),
            Assign(local, f"row[{place}] === undefined ? undefined : UNKNOWN"),
        ]
        yield from self._if(effect.forbidden, forbidden, otherwise)
        if Fixed(True) in (effect.forbidden, effect.ignored):
            self._certain |= {Name(name) for name in effect.names}

    def _unused(self, effect: Effect) -> list[Statement]:
        unknown = simplified(effect.may_be_ignored, _settled(effect.ignored))
        read_as = {True: UNKNOWN, False: NOTHING}.get(unknown.value) if isinstance(unknown, Fixed) else None
        statements: list[Statement] = []
        if read_as is None:
            read_as = "readAs"
            test = self._test(unknown, (*references(effect.forbidden), *references(effect.ignored)))
            statements.append(Line(f"const readAs = {test} ? UNKNOWN : undefined;", self._reads(unknown)))
        for name in effect.names:
            place = self._places[name]
            statements.append(Line(f"unuse(state, {place}, {read_as});"))
            value = f"row[{place}] === UNKNOWN ? UNKNOWN : {read_as}"
            statements.append(Assign(self._names.locals[name], value))
        return statements

    def _presence(self, step: Presence) -> Statement:
        local, place = self._names.locals[step.name], self._places[step.name]
        missing = f"{local} === undefined"
        if any(step.name == p.name and (p.used_when or p.forbidden_when) for p in self._algorithm.parameters):
            missing += f" && state.whyUnused({place}) === undefined"
        inner = self._if(step.required, [Line(f"miss(state, {place});")])
        return If(missing, frozenset({local}), tuple(inner))

    def _settled(self, names: Sequence[str]) -> Iterator[Statement]:
        """What failed in a phase reads as unknown from its end on."""
        if names:
            failed = [
                If(f"state.hasFailed({self._places[name]})", frozenset(), (Assign(self._names.locals[name], UNKNOWN),))
                for name in names
            ]
            yield If("state.failed", frozenset(), tuple(failed))

    def _narrowing(self, step: Narrowing) -> Statement:
        place = self._places[step.name]
        chain = self._chain(step.cases, [], lambda index: [Line(f"breakCase(state, {place}, {index});")])
        ends = self._if(step.beyond, [Line(f"breakEnds(state, {place});")])
        return self._if_known(step.name, [*chain, *ends])

    def _advice(self, step: Advice) -> Statement:
        place = self._places[step.name]
        own = self._if(step.outside, [Line(f"advise(state, {place});")])
        chain = self._chain(step.cases, own, lambda index: [Line(f"advise(state, {place}, {index});")])
        return If(f"state.isGiven({place})", frozenset(), (self._if_known(step.name, chain),))

    def _chain(
        self, cases: Sequence[CaseTest], otherwise: list[Statement], found: Callable[[int], list[Statement]]
    ) -> list[Statement]:
        tested = [ref for case in cases for ref in references(case.holds)] if len(cases) > 1 else []
        for case in reversed(cases):
            inside = tested or references(case.holds)
            otherwise = self._if(opposite(case.unknown), otherwise, (), inside)
            broken = self._if(case.broken, found(case.index), (), inside)
            otherwise = self._if(case.holds, broken, otherwise, tested)
        return otherwise

    def _if_known(self, name: str, statements: Sequence[Statement]) -> Statement:
        local = self._names.locals[name]
        known = f"{local} !== UNKNOWN"
        if self._statics.can_be_nothing(Name(name)):
            known += f" && {local} !== undefined"
        return If(known, frozenset({local}), tuple(statements))

    def _if(
        self,
        formula: Formula,
        body: Sequence[Statement],
        otherwise: Sequence[Statement] = (),
        tested: Iterable[Ref] = (),
    ) -> list[Statement]:
        if isinstance(formula, Fixed):
            return list(body if formula.value else otherwise)
        if not body and not otherwise:
            return []
        return [If(self._test(formula, tested), self._reads(formula), tuple(body), tuple(otherwise))]

    def _test(self, formula: Formula, tested: Iterable[Ref] = ()) -> str:
        return render_formula(formula, self._spelling, {*tested, *self._certain})

    def _reads(self, piece: Formula | Term) -> frozenset[str]:
        return frozenset(self._local(ref) for ref in references(piece) if not isinstance(ref, Variable))

    def _local(self, ref: Name | ContextName) -> str:
        return self._names.locals[ref.name] if isinstance(ref, Name) else self._names.context_locals[ref.name]


def _narrow(term: Term) -> Term:
    return _narrow(term.operand) if isinstance(term, Widened) else term


def _settled(formula: Formula) -> dict[Formula, bool]:
    """What is known where a formula holds."""
    parts = formula.parts if isinstance(formula, Conjunction) else (formula,)
    return dict.fromkeys(parts, True) | {opposite(part): False for part in parts}
