"""Searching in time linear in the text, whatever the pattern: patterns come from untrusted files.

A backtracking engine needs exponential time for `(a+)+$`; here a set of states is carried along the text.
"""

from functools import lru_cache

from knobsmith.regex.parsing import parse
from knobsmith.regex.syntax import Alternation, Anchor, Characters, Concatenation, Group, Node, Repetition, Span


class _Automaton:
    """States by number. A state either eats a character and goes to the next number, or leads on without eating."""

    def __init__(self) -> None:
        self.eats: list[tuple[Span, ...] | None] = []
        self.leads: list[list[int]] = []
        self.place: list[str | None] = []

    def add(self, eats: tuple[Span, ...] | None = None, place: str | None = None) -> int:
        """A new state that leads nowhere yet."""
        self.eats.append(eats)
        self.leads.append([])
        self.place.append(place)
        return len(self.eats) - 1


def search(pattern: str, text: str) -> bool:
    """Whether a pattern matches somewhere in a text."""
    automaton, first, last = _automaton(pattern)
    states = _closure(automaton, {first}, True, not text)
    for index, character in enumerate(text):
        if last in states:
            return True
        code = ord(character)
        moved = {lead for state in states if _eats(automaton.eats[state], code) for lead in automaton.leads[state]}
        moved.add(first)
        states = _closure(automaton, moved, False, index == len(text) - 1)
    return last in states


@lru_cache(maxsize=64)
def _automaton(pattern: str) -> tuple[_Automaton, int, int]:
    automaton = _Automaton()
    last = automaton.add()
    return automaton, _build(automaton, parse(pattern), last), last


def _build(automaton: _Automaton, node: Node, after: int) -> int:
    """The state at which a node starts, given the one that follows it."""
    match node:
        case Characters(spans=spans):
            return _led(automaton, automaton.add(eats=spans), after)
        case Anchor(place=place):
            return _led(automaton, automaton.add(place=place), after)
        case Group(body=item):
            return _build(automaton, item, after)
        case Concatenation(parts=items):
            for item in reversed(items):
                after = _build(automaton, item, after)
            return after
        case Alternation(branches=options):
            return _led(automaton, automaton.add(), *(_build(automaton, option, after) for option in options))
        case Repetition():
            return _build_repeat(automaton, node, after)


def _build_repeat(automaton: _Automaton, repeat: Repetition, after: int) -> int:
    start = after
    if repeat.most is None:
        start = automaton.add()
        _led(automaton, start, _build(automaton, repeat.body, start), after)
    else:
        for _ in range(repeat.most - repeat.least):
            start = _led(automaton, automaton.add(), _build(automaton, repeat.body, start), after)
    for _ in range(repeat.least):
        start = _build(automaton, repeat.body, start)
    return start


def _led(automaton: _Automaton, state: int, *leads: int) -> int:
    automaton.leads[state].extend(leads)
    return state


def _closure(automaton: _Automaton, states: set[int], at_start: bool, at_end: bool) -> set[int]:
    """All states reached without eating a character."""
    reached = set(states)
    waiting = list(states)
    while waiting:
        state = waiting.pop()
        place = automaton.place[state]
        if automaton.eats[state] is not None or (place == "start" and not at_start) or (place == "end" and not at_end):
            continue
        new = [lead for lead in automaton.leads[state] if lead not in reached]
        reached.update(new)
        waiting.extend(new)
    return reached


def _eats(spans: tuple[Span, ...] | None, code: int) -> bool:
    return spans is not None and any(first <= code <= last for first, last in spans)
