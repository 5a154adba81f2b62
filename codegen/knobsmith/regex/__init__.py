"""Regular expressions that mean the same in every language: own parser, trees, renderings, search."""

from knobsmith.regex.asking import anchored, groups
from knobsmith.regex.automaton import search
from knobsmith.regex.errors import RegexSyntaxError
from knobsmith.regex.parsing import parse
from knobsmith.regex.rendering import to_ecma, to_python
from knobsmith.regex.syntax import Alternation, Anchor, Characters, Concatenation, Group, Node, Repetition

__all__ = [
    "Alternation",
    "Anchor",
    "Characters",
    "Concatenation",
    "Group",
    "Node",
    "RegexSyntaxError",
    "Repetition",
    "anchored",
    "groups",
    "parse",
    "search",
    "to_ecma",
    "to_python",
]
