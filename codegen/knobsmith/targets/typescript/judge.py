"""The function that judges what was read: the phases from the fourth on, straight on over local variables."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from knobsmith.expr.formula import FALSE, Conjunction, Fixed, Formula, Ref, Term, opposite
from knobsmith.expr.render_typescript import TypeScriptNames as Spelling
from knobsmith.expr.render_typescript import render_formula, render_term
from knobsmith.expr.simplifying import simplified
from knobsmith.expr.syntax import ContextName, Name, Variable
from knobsmith.expr.walking import references
from knobsmith.model.catalog import Algorithm
from knobsmith.targets.typescript.source_text import INDENT, literal
from knobsmith.targets.typescript.statements import Assign, Comment, If, Line, Statement, lines_of, pruned
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
                yield f"{INDENT}const {local} = facts[{place}];"

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
            yield self._if(rule.broken, [Line(f"breakRule(state, {numbers[rule.name]}); // {rule.name}")])
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
        chosen = self._chosen(effect.default, local, place)
        for case in reversed(effect.cases):
            unknown = self._if(case.unknown, [self._kept(UNKNOWN, local, place)], chosen, references(case.holds))
            otherwise = chosen if case.unknown == FALSE else [unknown]
            chosen = [self._if(case.holds, self._chosen(case.default, local, place), otherwise)]
        return If(f"row[{place}] === undefined", frozenset(), tuple(chosen))

    def _chosen(self, default: Default, local: str, place: int) -> list[Statement]:
        if not isinstance(default, Computed):
            return [self._kept(NOTHING if default is None else literal(default), local, place)]
        term = render_term(default.term, self._spelling)
        # Neither JSON nor the language knows -0.
        is_number = self._algorithm.parameters[place].domain.kind in ("integer", "number")
        value = f"{term} + 0" if is_number and not term.replace("_", "").isalnum() else term
        kept = self._kept(value, local, place, self._reads(default.term))
        unknown = [self._kept(UNKNOWN, local, place)]
        nothing = [self._kept(NOTHING, local, place)]
        tested = references(default.defined)
        otherwise = nothing if default.unknown == FALSE else [self._if(default.unknown, unknown, nothing, tested)]
        return [self._if(default.defined, [kept], otherwise)]

    def _kept(self, value: str, local: str, place: int, reads: frozenset[str] = frozenset()) -> Statement:
        return Assign(local, f"computed<Row[{place}]>(state, {place}, {value})", reads, has_effect=True)

    def _use(self, effect: Effect, first: str) -> Iterator[Statement]:
        local, place = self._names.locals[first], self._places[first]
        otherwise: list[Statement] = []
        if effect.required:
            required = (Line(f"require(state, {place});"), Assign(local, UNKNOWN))
            otherwise = [If(f"{local} === undefined", frozenset({local}), required)]
        if effect.may_be_forbidden != FALSE:
            unknown: list[Statement] = [Line(f"unuse(state, {place}, UNKNOWN);"), Assign(local, UNKNOWN)]
            otherwise = [self._if(effect.may_be_forbidden, unknown, otherwise)]
        if effect.ignored != FALSE:
            otherwise = [self._if(effect.ignored, self._unused(effect), otherwise)]
        if effect.forbidden != FALSE:
            read_as = Assign(local, f"row[{place}] === undefined ? undefined : UNKNOWN")
            otherwise = [self._if(effect.forbidden, [Line(f"forbid(state, {place});"), read_as], otherwise)]
        yield from otherwise

    def _unused(self, effect: Effect) -> list[Statement]:
        unknown = simplified(effect.may_be_ignored, _settled(effect.ignored))
        read_as = {True: UNKNOWN, False: NOTHING}.get(unknown.value) if isinstance(unknown, Fixed) else None
        statements: list[Statement] = []
        if read_as is None:
            read_as = "readAs"
            test = self._test(unknown, references(effect.ignored))
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
        return If(missing, frozenset({local}), (inner,))

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
        ends = [self._if(step.beyond, [Line(f"breakEnds(state, {place});")])] if step.beyond != FALSE else []
        return self._if_known(step.name, [*chain, *ends])

    def _advice(self, step: Advice) -> Statement:
        place = self._places[step.name]
        own: list[Statement] = []
        if step.outside != FALSE:
            own = [self._if(step.outside, [Line(f"advise(state, {place});")])]
        chain = self._chain(step.cases, own, lambda index: [Line(f"advise(state, {place}, {index});")])
        return If(f"state.isGiven({place})", frozenset(), (self._if_known(step.name, chain),))

    def _chain(
        self, cases: Sequence[CaseTest], otherwise: list[Statement], found: Callable[[int], list[Statement]]
    ) -> list[Statement]:
        for case in reversed(cases):
            tested = references(case.holds)
            if case.unknown != FALSE and otherwise:
                otherwise = [self._if(opposite(case.unknown), otherwise, (), tested)]
            broken = [self._if(case.broken, found(case.index), (), tested)] if case.broken != FALSE else []
            otherwise = [self._if(case.holds, broken, otherwise)]
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
    ) -> Statement:
        return If(self._test(formula, tested), self._reads(formula), tuple(body), tuple(otherwise))

    def _test(self, formula: Formula, tested: Iterable[Ref] = ()) -> str:
        return render_formula(formula, self._spelling, tested)

    def _reads(self, piece: Formula | Term) -> frozenset[str]:
        return frozenset(self._local(ref) for ref in references(piece) if not isinstance(ref, Variable))

    def _local(self, ref: Name | ContextName) -> str:
        return self._names.locals[ref.name] if isinstance(ref, Name) else self._names.context_locals[ref.name]


def _settled(formula: Formula) -> dict[Formula, bool]:
    """What is known where a formula holds."""
    parts = formula.parts if isinstance(formula, Conjunction) else (formula,)
    return dict.fromkeys(parts, True) | {opposite(part): False for part in parts}
