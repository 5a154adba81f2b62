"""The state of each hyperparameter in a configuration: given, used, unset, as questions.

A schema sees only what was given; everything else of a verdict is worked out beforehand: defaults are put in where a
name is absent, and facts of the job stand at their default or are unknown. Only configurations in which nothing has
failed need the right answer: any other is refused for its failure.
"""

from collections.abc import Iterable
from typing import NamedTuple

from knobsmith.expr.formula import FALSE, TRUE, Formula
from knobsmith.expr.outcomes import Lowered, value, when_false, when_true, when_unknown
from knobsmith.expr.syntax import ContextName, Expr, Name
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Default, Parameter
from knobsmith.resolve.scope import scope_of
from knobsmith.targets.jsonschema.asking import Asker
from knobsmith.targets.jsonschema.folding import constant
from knobsmith.targets.jsonschema.questions import NO, YES, Question, both, either
from knobsmith.targets.jsonschema.schemas import NOT_NULL, Schema, all_of, any_of, not_


class Turns(NamedTuple):
    """Conditions asked one after the other, as the cases of a parameter are.

    Attributes:
        first: For each whether it is the first that is not passed over, and true.
        undecided: Whether an unknown one is reached.
        none: Whether all are passed over.
    """

    first: tuple[Question, ...]
    undecided: Question
    none: Question


class Defaults(NamedTuple):
    """Which default applies where a parameter is not given: for each the question when, and whether that is unknown."""

    applying: tuple[tuple[Question, Lowered], ...]
    unknown: Question


class States:
    """Answers questions about the configurations of one algorithm."""

    def __init__(self, algorithm: Algorithm) -> None:
        self.parameters = {parameter.name: parameter for parameter in algorithm.parameters}
        self.context = {fact.name: fact for fact in algorithm.context}
        domains = {parameter.name: parameter.domain for parameter in algorithm.parameters}
        self.scope = scope_of(domains, {fact.name: fact.domain for fact in algorithm.context})
        self._asker = Asker(self)
        self._unknown: dict[str, Question] = {}
        self._nothing: dict[str, Question] = {}
        self._defaults: dict[str, Defaults] = {}

    def can_be_unknown(self, ref: Name | ContextName) -> bool:
        """Whether a name may be unknown though nothing has failed."""
        if isinstance(ref, ContextName):
            return self.context[ref.name].default is None
        return self.unknown(ref.name).can_be_yes

    def can_be_nothing(self, ref: Name | ContextName) -> bool:
        """Whether a parameter may be unset or ignored."""
        return isinstance(ref, Name) and self.nothing(ref.name).can_be_yes

    def ask(self, formula: Formula) -> Question:
        """Whether a formula holds."""
        return self._asker.ask(formula)

    def is_true(self, expr: Expr | None) -> Question:
        """Whether a condition is true; one that is absent is."""
        return YES if expr is None else self.ask(when_true(expr, self))

    def is_false(self, expr: Expr) -> Question:
        """Whether a condition is false."""
        return self.ask(when_false(expr, self))

    def is_unknown(self, expr: Expr) -> Question:
        """Whether a condition is unknown."""
        return self.ask(when_unknown(expr, self))

    def given(self, name: str) -> Question:
        """Whether a parameter is given, by its name or an alias; null is not given where it may be unset."""
        present = self.given_with(name, True)
        return Question(present, not_(present))

    def given_with(self, name: str, schema: Schema) -> Schema:
        """Accepts where a parameter is given with a value that a schema accepts."""
        inner = all_of(NOT_NULL, schema) if is_nullable(self.parameters[name]) else schema
        return any_of(*(_present(key, inner) for key in self._keys(name)))

    def unless_given_with(self, name: str, schema: Schema) -> Schema:
        """Accepts where a parameter is not given, or with a value that a schema accepts."""
        inner = any_of({"type": "null"}, schema) if is_nullable(self.parameters[name]) else schema
        if inner is True:
            return True
        return all_of(*({"properties": {key: inner}} for key in self._keys(name)))

    def used(self, name: str) -> Question:
        """Whether a parameter is known to be used."""
        p = self.parameters[name]
        return both(self.is_true(p.used_when), self._may_be(p.forbidden_when).opposite())

    def ignored(self, name: str) -> Question:
        """Whether a parameter is known to be ignored."""
        p = self.parameters[name]
        lives = YES if p.used_when is None else self._may_be(p.used_when)
        return either(lives.opposite(), self.forbidden(name))

    def forbidden(self, name: str) -> Question:
        """Whether a parameter is known to be forbidden."""
        forbidden_when = self.parameters[name].forbidden_when
        return NO if forbidden_when is None else self.is_true(forbidden_when)

    def unknown(self, name: str) -> Question:
        """Whether a parameter is unknown to expressions: it may be ignored, or its default is unknown."""
        if name not in self._unknown:
            used = self.used(name)
            may_be = either(used, self.ignored(name)).opposite()
            without_default = both(used, self.given(name).opposite(), self.defaults(name).unknown)
            self._unknown[name] = either(may_be, without_default)
        return self._unknown[name]

    def nothing(self, name: str) -> Question:
        """Whether a parameter is nothing to expressions: ignored, or unset."""
        if name not in self._nothing:
            # What is required and in use is set, or the configuration is refused for that.
            unset = NO if self.parameters[name].required else both(self.used(name), self.unset(name))
            self._nothing[name] = either(self.ignored(name), unset)
        return self._nothing[name]

    def unset(self, name: str) -> Question:
        """Whether a parameter is neither given nor has a default, nor might have one."""
        defaults = self.defaults(name)
        valued = [both(applies, self.ask(lowered.defined)) for applies, lowered in defaults.applying]
        return both(self.given(name).opposite(), either(*valued, defaults.unknown).opposite())

    def defaults(self, name: str) -> Defaults:
        """The defaults of a parameter, those of its cases first."""
        if name not in self._defaults:
            p = self.parameters[name]
            stated = [(case.when, case.default) for case in p.cases if case.default is not None]
            turns = self.in_turn(when for when, _ in stated)
            applying = [(q, self._lowered(p, default)) for q, (_, default) in zip(turns.first, stated, strict=True)]
            if p.default is not None:
                applying.append((turns.none, self._lowered(p, p.default)))
            unknown = [both(applies, self.ask(lowered.unknown)) for applies, lowered in applying]
            self._defaults[name] = Defaults(tuple(applying), either(turns.undecided, *unknown))
        return self._defaults[name]

    def in_turn(self, conditions: Iterable[Expr]) -> Turns:
        """Conditions asked one after the other."""
        remaining, undecided = YES, NO
        first: list[Question] = []
        for when in conditions:
            holds, unknown = self.is_true(when), self.is_unknown(when)
            first.append(both(remaining, holds))
            undecided = either(undecided, both(remaining, unknown))
            remaining = both(remaining, either(holds, unknown).opposite())
        return Turns(tuple(first), undecided, remaining)

    def _may_be(self, condition: Expr | None) -> Question:
        """Whether a condition is true or unknown."""
        return NO if condition is None else either(self.is_true(condition), self.is_unknown(condition))

    def _lowered(self, parameter: Parameter, default: Default) -> Lowered:
        if default.expr is not None:
            return value(default.expr, self, parameter.domain.kind)
        return Lowered(constant(_stated(default), self.scope.parameters[parameter.name]), TRUE, FALSE)

    def _keys(self, name: str) -> tuple[str, ...]:
        return (name, *self.parameters[name].aliases)


def is_nullable(parameter: Parameter) -> bool:
    """Whether null says that a parameter is unset: where that is a possible end."""
    return parameter.default is None and not parameter.required


def _stated(default: Default) -> PlainValue:
    if default.value is None:
        raise AssertionError("a default states a value or an expression")
    return default.value


def _present(key: str, schema: Schema) -> Schema:
    if isinstance(schema, bool):
        return {"required": [key]} if schema else False
    return {"required": [key], "properties": {key: schema}}
