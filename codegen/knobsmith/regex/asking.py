"""What others ask about a pattern."""

from knobsmith.regex.parsing import parse
from knobsmith.regex.syntax import Alternation, Anchor, Concatenation, Group, Node, Repetition


def groups(pattern: str) -> int:
    """How many groups a pattern has that can be read."""
    return _groups(parse(pattern))


def anchored(pattern: str) -> bool:
    """Whether every alternative starts with `^` and ends with `$`, so that a search is a match of the whole text."""
    node = parse(pattern)
    return _touches(node, Anchor("start"), 0) and _touches(node, Anchor("end"), -1)


def _groups(node: Node) -> int:
    match node:
        case Group(body=item, captures=captures):
            return captures + _groups(item)
        case Repetition(body=item):
            return _groups(item)
        case Concatenation(parts=parts) | Alternation(branches=parts):
            return sum(map(_groups, parts))
        case _:
            return 0


def _touches(node: Node, place: Anchor, edge: int) -> bool:
    match node:
        case Concatenation(parts=items):
            return bool(items) and _touches(items[edge], place, edge)
        case Alternation(branches=options):
            return all(_touches(option, place, edge) for option in options)
        case Group(body=item):
            return _touches(item, place, edge)
        case Repetition(body=item, least=least):
            return least > 0 and _touches(item, place, edge)
        case _:
            return node == place
