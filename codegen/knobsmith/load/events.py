"""The events of a YAML parser: libyaml's through ruamel.yaml, or ruamel.yaml's own where that is not installed.

Events come one at a time, so a reader may stop at the first thing too many; no node graph is ever built.
"""

from collections.abc import Iterator
from typing import Any, Protocol

try:
    from _ruamel_yaml import CParser
except ImportError:
    CParser = None


class Mark(Protocol):
    """A place, counted from 0."""

    line: int
    column: int


Event = Any  # the event classes of the two parsers share names and attributes, not a base that is typed
Events = Iterator[tuple[str, Event]]


def events(text: str) -> Events:
    """The events of a text, each with the name of its class.

    Raises:
        YAMLError: of ruamel.yaml, from the iterator, at the first thing that is not YAML.
    """
    return libyaml_events(text) if CParser is not None else pure_events(text)


def libyaml_events(text: str) -> Events:
    """What libyaml makes of a text."""
    next_event = CParser(text).get_event
    while (event := next_event()) is not None:
        yield type(event).__name__, event


def pure_events(text: str) -> Events:
    """What the parser in pure Python makes of a text, about twenty times slower."""
    from ruamel.yaml import YAML

    for event in YAML(typ="safe", pure=True).parse(text):
        yield type(event).__name__, event
