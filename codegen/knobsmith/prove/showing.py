"""Making a counterexample fit for people: few settings, plain values, round numbers."""

from collections.abc import Iterator
from typing import Any

import z3

from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Parameter
from knobsmith.model.domain import Domain, Range
from knobsmith.prove.cells import NO_WORD, AnyCell, Cell, ListCell, rational
from knobsmith.prove.obligations import Obligation
from knobsmith.prove.texts import Texts, string_text, string_value
from knobsmith.prove.world import World
from knobsmith.records import Record

_ROUND = (0, 1, 2, 10, 100, 0.5, 0.1, 0.01)
_DIGITS = 17
_SHORT = 3
_LETTERS = z3.Star(z3.Range("a", "z"))

Number = int | float


class Setting(Record):
    """One value of a counterexample.

    Attributes:
        name: The parameter, or ``context.NAME``.
        value: Its value.
        is_subject: Whether the claim is about this one.
        is_given: Whether the configuration gives it; otherwise it is a default.
    """

    name: str
    value: PlainValue
    is_subject: bool
    is_given: bool = True


class Shown:
    """A model of what is to be shown, which takes one wish after the other as long as all can be granted."""

    def __init__(self, solver: z3.Solver) -> None:
        self._solver = solver
        self.model = solver.model()

    def holds(self, formula: Any) -> bool:
        """Whether a formula is true in the model."""
        return bool(z3.is_true(self.value(formula)))

    def value(self, term: Any) -> Any:
        """What a term is in the model."""
        return self.model.eval(term, model_completion=True)

    def grant(self, wish: Any) -> bool:
        """Make a wish true, if that can be."""
        if not self.holds(wish):
            if self._solver.check(wish) != z3.sat:
                return False
            self.model = self._solver.model()
        self._solver.add(wish)
        return True


def settings(shown: Shown, obligation: Obligation) -> tuple[Setting, ...]:
    """The settings of a counterexample, those that can be left out left out."""
    world = obligation.worlds[-1]
    for name, effect in world.effects.items():
        if len(obligation.subjects) > 1 or name not in obligation.subjects:
            shown.grant(z3.Not(effect.given))
    for given in world.context_given.values():
        shown.grant(z3.Not(given))
    return tuple(_settings(shown, world, obligation.subjects))


def _settings(shown: Shown, world: World, subjects: tuple[str, ...]) -> Iterator[Setting]:
    for parameter in world.algorithm.parameters:
        effect, is_subject = world.effects[parameter.name], parameter.name in subjects
        if shown.holds(effect.given):
            value = _Plain(shown, world.texts, _ends(parameter)).value(effect.raw, parameter.domain)
            yield Setting(parameter.name, value, is_subject)
        elif is_subject and shown.holds(effect.defaulted):
            value = _Plain(shown, world.texts, ()).value(effect.value, parameter.domain)
            yield Setting(parameter.name, value, is_subject, is_given=False)
    for fact in world.algorithm.context:
        if shown.holds(world.context_given[fact.name]):
            value = _Plain(shown, world.texts, ()).value(world.context_values[fact.name], fact.domain)
            yield Setting(f"context.{fact.name}", value, False)


def _ends(parameter: Parameter) -> tuple[Number, ...]:
    """Numbers that the facts of a parameter name: what is refused is mostly one of them, or beside one."""
    tunings = [parameter.tuning, *(case.tuning for case in parameter.cases)]
    domains = [parameter.domain, *(case.domain for case in parameter.cases)]
    ranges = [tuning.range for tuning in tunings if tuning is not None]
    ranges += [domain.range for domain in domains if domain is not None]
    return tuple(dict.fromkeys(end for range in ranges if range is not None for end in _ends_of(range)))


def _ends_of(range: Range) -> Iterator[Number]:
    for interval in range.intervals:
        for bound in (interval.lower, interval.upper):
            if isinstance(bound.value, (int, float)):
                yield bound.value


class _Plain:
    """Settles the parts of one value, each at the plainest that it can be."""

    def __init__(self, shown: Shown, texts: Texts, ends: tuple[Number, ...]) -> None:
        self._shown = shown
        self._texts = texts
        self._candidates = (*ends, *_ROUND)

    def value(self, cell: AnyCell, domain: Domain) -> PlainValue:
        """The value of a cell in the model, made plain first."""
        if cell.word is not NO_WORD and not self._shown.grant(cell.word == -1):
            for word in domain.words:
                if self._shown.grant(cell.word == self._texts.position(word)):
                    return word
        return self._list(cell, domain) if isinstance(cell, ListCell) else self._scalar(cell, domain)

    def _list(self, cell: ListCell, domain: Domain) -> PlainValue:
        items = domain.items or Domain(kind="string")
        for length in range(len(cell.items) + 1):
            if self._shown.grant(cell.length == length):
                return tuple(self.value(item, items) for item in cell.items[:length])
        return ()

    def _scalar(self, cell: Cell, domain: Domain) -> PlainValue:
        match cell.kind:
            case "boolean":
                return not self._shown.grant(z3.Not(cell.plain))
            case "integer":
                return self._integer(cell)
            case "number":
                return self._number(cell)
            case "choice":
                return self._choice(cell, domain)
            case _:
                return self._string(cell)

    def _integer(self, cell: Cell) -> int:
        for candidate in self._candidates:
            if float(candidate).is_integer() and self._shown.grant(cell.plain == int(candidate)):
                return int(candidate)
        return int(self._shown.value(cell.plain).as_long())

    def _number(self, cell: Cell) -> float:
        for candidate in self._candidates:
            if self._shown.grant(cell.plain == rational(candidate)):
                return float(candidate)
        found = self._shown.value(cell.plain)
        exact = float(found.as_fraction() if z3.is_rational_value(found) else found.approx(20).as_fraction())
        for digits in range(1, _DIGITS):
            rounded = float(f"{exact:.{digits}g}")
            if self._shown.grant(cell.plain == rational(rounded)):
                return rounded
        return exact

    def _choice(self, cell: Cell, domain: Domain) -> str:
        stated = [choice.value for choice in domain.values or () if isinstance(choice.value, str)]
        for text in (*stated, *domain.words):
            if self._shown.grant(cell.plain == self._texts.position(text)):
                return text
        return self._texts.text(self._shown.value(cell.plain).as_long())

    def _string(self, cell: Cell) -> str:
        for _, text in self._texts:
            if self._shown.grant(cell.plain == string_value(text)):
                return text
        self._shown.grant(z3.InRe(cell.plain, _LETTERS))
        for length in range(_SHORT):
            if self._shown.grant(z3.Length(cell.plain) == length):
                break
        return string_text(self._shown.value(cell.plain))
