"""Regular expressions as tables of `patterns.hpp`."""

from knobsmith.regex import Alternation, Anchor, Characters, Concatenation, Group, Node, Repetition, parse
from knobsmith.targets.cpp.documentation import comment as as_comment

# A state: what it does, the spans that it eats, where it leads.
_State = tuple[str, tuple[tuple[int, int], ...], list[int]]


class Patterns:
    """Names the tables of one header, each pattern once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, pattern: str) -> str:
        """The table of a pattern."""
        return self._names.setdefault(pattern, f"pattern_{len(self._names) + 1}")

    def definitions(self) -> list[str]:
        """All tables that were asked for."""
        return [_definition(name, pattern) for pattern, name in self._names.items()]


def _definition(name: str, pattern: str) -> str:
    states: list[_State] = [("passes", (), [])]
    first = _build(states, parse(pattern), 0)
    spans = [span for _, eaten, _ in states for span in eaten]
    leads = [lead for _, _, own in states for lead in own]
    rows, span, lead = [], 0, 0
    for step, eaten, own in states:
        rows.append(f"{{patterns::Step::{step}, {span}, {span + len(eaten)}, {lead}, {lead + len(own)}}}")
        span, lead = span + len(eaten), lead + len(own)
    comment = "\n".join(as_comment(f"`{ascii(pattern)[1:-1]}`"))
    return (
        f"{comment}\n"
        f"inline constexpr patterns::Pattern<{len(states)}, {len(spans)}, {len(leads)}> {name}{{\n"
        f"    {first},\n    {{{{{', '.join(rows)}}}}},\n"
        f"    {{{{{', '.join(f'{{{low}, {high}}}' for low, high in spans)}}}}},\n"
        f"    {{{{{', '.join(map(str, leads))}}}}}}};"
    )


def _build(states: list[_State], node: Node, after: int) -> int:
    """The state at which a node starts, given the one that follows it."""
    match node:
        case Characters(spans=spans):
            return _add(states, "eats", after, spans=spans)
        case Anchor(place=place):
            return _add(states, f"at_{place}", after)
        case Group(body=body):
            return _build(states, body, after)
        case Concatenation(parts=parts):
            for part in reversed(parts):
                after = _build(states, part, after)
            return after
        case Alternation(branches=branches):
            return _add(states, "passes", *(_build(states, branch, after) for branch in branches))
        case Repetition():
            return _build_repeat(states, node, after)


def _build_repeat(states: list[_State], repeat: Repetition, after: int) -> int:
    start = after
    if repeat.most is None:
        start = _add(states, "passes")
        states[start][2].extend((_build(states, repeat.body, start), after))
    else:
        for _ in range(repeat.most - repeat.least):
            start = _add(states, "passes", _build(states, repeat.body, start), after)
    for _ in range(repeat.least):
        start = _build(states, repeat.body, start)
    return start


def _add(states: list[_State], step: str, *leads: int, spans: tuple[tuple[int, int], ...] = ()) -> int:
    states.append((step, spans, list(leads)))
    return len(states) - 1
