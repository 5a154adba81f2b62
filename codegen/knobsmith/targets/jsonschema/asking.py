"""From a formula on hyperparameters to the schemas of the configurations for which it holds, and does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from knobsmith.expr.formula import (
    Conjunction,
    Constant,
    Disjunction,
    Fixed,
    Formula,
    IsNothing,
    IsUnknown,
    Negation,
    Truth,
    conjunction,
    disjunction,
    opposite,
)
from knobsmith.expr.simplifying import simplified
from knobsmith.expr.syntax import ContextName, Name, Variable
from knobsmith.expr.walking import Piece, references, walk
from knobsmith.model.base import PlainValue
from knobsmith.targets.jsonschema.domains import forms
from knobsmith.targets.jsonschema.folding import constant, free_references, reference_to, replaced, truth
from knobsmith.targets.jsonschema.questions import NO, YES, Question, both, either
from knobsmith.targets.jsonschema.schemas import Schema, all_of, any_of, one_of_values
from knobsmith.targets.jsonschema.values import NotCarriedError, closed_values, value_schema

if TYPE_CHECKING:
    from knobsmith.targets.jsonschema.states import States

# A condition on two parameters is tried for each value of one of them, if there are at most this many.
_TRIED = 64
# A schema and what it cannot tell apart.
Found = tuple[Schema, tuple[str, ...]]


class Asker:
    """Answers formulas by the states of the parameters that they read."""

    def __init__(self, states: States) -> None:
        self._states = states

    def ask(self, formula: Formula) -> Question:
        """Whether a formula holds."""
        return self._asked(self._settled(formula))

    def _asked(self, formula: Formula) -> Question:
        match formula:
            case Fixed(value=holds):
                return YES if holds else NO
            case IsUnknown(ref=Name(name=name)):
                return self._states.unknown(name)
            case IsNothing(ref=Name(name=name)):
                return self._states.nothing(name)
            case IsNothing() | IsUnknown():
                return NO
            case Negation(part=part) if self._subject(formula) is None:
                return self._asked(part).opposite()
            case Conjunction(parts=parts) if self._subject(formula) is None:
                return both(*map(self._asked, self._grouped(parts, conjunction)))
            case Disjunction(parts=parts) if self._subject(formula) is None:
                return either(*map(self._asked, self._grouped(parts, disjunction)))
            case _:
                return self._tested(formula)

    def _subject(self, formula: Formula) -> str | None:
        """The parameter whose value is all that a formula reads, so that one schema may answer it."""
        if _asks_for_states(formula):
            return None
        refs = references(formula)
        names = {ref.name for ref in refs if isinstance(ref, Name)}
        return names.pop() if len(names) == 1 and not any(isinstance(ref, ContextName) for ref in refs) else None

    def _grouped(self, parts: tuple[Formula, ...], join: Callable[..., Formula]) -> Iterator[Formula]:
        """The parts, those on the value of the same parameter joined."""
        groups: dict[str, list[Formula]] = {}
        for part in parts:
            subject = self._subject(part)
            if subject is None:
                yield part
            else:
                groups.setdefault(subject, []).append(part)
        for group in groups.values():
            yield join(*group)

    def _tested(self, formula: Formula) -> Question:
        if any(isinstance(ref, ContextName) for ref in references(formula)):
            return NO  # Its guard asks whether the fact is known, and it is not.
        yes, lost = self._where(formula)
        no, lost_too = self._where(opposite(formula))
        return Question(yes, no, _merged(lost, lost_too))

    def _settled(self, formula: Formula) -> Formula:
        """A formula with the facts of the job at their defaults, and without what hangs on those that are unknown."""
        facts = [ref for ref in references(formula) if isinstance(ref, ContextName)]
        for ref in facts:
            default = self._states.context[ref.name].default
            formula = replaced(formula, IsUnknown(ref), Fixed(default is None))
            if default is not None and ref in references(formula):
                reference = reference_to(formula, ref)
                formula = replaced(formula, reference, constant(default, reference.type))
        return simplified(formula) if facts else formula

    def _where(self, formula: Formula) -> Found:
        """Where a test of values holds, provided that all its names have one."""
        if _asks_for_states(formula):
            return self._where_truths(formula)
        names = [ref.name for ref in references(formula) if isinstance(ref, Name)]
        if not names:
            return truth(formula), ()
        if len(names) == 1:
            return self._where_one(formula, names[0])
        for name in names:
            listed = closed_values(self._states.parameters[name].domain)
            if listed is not None and len(listed) <= _TRIED:
                return self._where_tried(formula, name, listed)
        absent = [self._where_absent(formula, name) for name in names]
        shown = " and ".join(f"`{name}`" for name in names)
        losses = _merged((f"it weighs {shown} against each other",), *(lost for _, lost in absent))
        return any_of(*(schema for schema, _ in absent)), losses

    def _where_truths(self, formula: Formula) -> Found:
        """Where a test holds that has a condition for a value, as a computed default may be."""
        split = next((p for p in walk(formula) if isinstance(p, Truth) and _asks_for_states(p)), None)
        if split is None or any(isinstance(ref, Variable) for ref in free_references(split)):
            return False, ("it asks for the state of a hyperparameter item by item",)
        condition = self.ask(split.formula)
        if_true, lost = self._where(replaced(formula, split, Constant(True)))
        if_false, lost_too = self._where(replaced(formula, split, Constant(False)))
        found = any_of(all_of(condition.yes, if_true), all_of(condition.no, if_false))
        return found, _merged(condition.lost, lost, lost_too)

    def _where_one(self, formula: Formula, name: str) -> Found:
        absent, lost = self._where_absent(formula, name)
        reference = reference_to(formula, Name(name))
        try:
            schema = value_schema(formula, reference, self._states.parameters[name].domain)
        except NotCarriedError as reason:
            return absent, _merged(lost, (f"it computes with `{name}`: {reason}",))
        if absent == self._states.given(name).no:
            return self._states.unless_given_with(name, schema), lost
        return any_of(self._states.given_with(name, schema), absent), lost

    def _where_tried(self, formula: Formula, name: str, listed: list[PlainValue]) -> Found:
        """Where the test holds for one of the few values of a parameter."""
        absent, losses = self._where_absent(formula, name)
        reference = reference_to(formula, Name(name))
        found = [absent]
        for tried in listed:
            schema, lost = self._where(replaced(formula, reference, constant(tried, reference.type)))
            one = one_of_values(forms(self._states.parameters[name].domain, tried))
            found.append(all_of(self._states.given_with(name, one), schema))
            losses = _merged(losses, lost)
        return any_of(*found), losses

    def _where_absent(self, formula: Formula, name: str) -> Found:
        """Where a parameter is not given and the test holds for its default."""
        reference = reference_to(formula, Name(name))
        found: list[Schema] = []
        losses: tuple[str, ...] = ()
        for applies, lowered in self._states.defaults(name).applying:
            defined = both(applies, self.ask(lowered.defined))
            schema, lost = self._where(self._settled(replaced(formula, reference, lowered.term)))
            found.append(all_of(defined.yes, schema))
            losses = _merged(losses, defined.lost, lost)
        return all_of(self._states.given(name).no, any_of(*found)), losses


def _asks_for_states(piece: Piece) -> bool:
    return any(isinstance(part, (IsUnknown, IsNothing)) for part in walk(piece))


def _merged(*losses: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for some in losses for reason in some))
