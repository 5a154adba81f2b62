"""Where a finding about a whole entry points: to its name, which is where a reader looks for what an entry lacks."""

from collections.abc import Mapping as Lookup
from typing import Any

from knobsmith.load.tree import Entry, Mapping
from knobsmith.records import replace

# The sections of a kernels file that hold named entries, each with the sections of such an entry.
_SECTIONS: Lookup[str, Any] = {"functions": {"tensors": {}, "scalars": {}, "symbols": {}, "rules": {}}, "dispatch": {}}


def with_places_of_names(tree: Mapping, sections: Lookup[str, Any] = _SECTIONS) -> Mapping:
    """A kernels file in which the mapping of each named entry has the span of its name."""
    return replace(tree, entries=tuple(_section(entry, sections.get(entry.key.text)) for entry in tree.entries))


def _section(entry: Entry, inner: Lookup[str, Any] | None) -> Entry:
    if inner is None or not isinstance(entry.value, Mapping):
        return entry
    entries = tuple(_named(one, inner) for one in entry.value.entries)
    return replace(entry, value=replace(entry.value, entries=entries))


def _named(entry: Entry, inner: Lookup[str, Any]) -> Entry:
    if not isinstance(entry.value, Mapping):
        return entry
    return replace(entry, value=replace(with_places_of_names(entry.value, inner), span=entry.key.span))
