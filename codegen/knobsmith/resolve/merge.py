"""JSON Merge Patch (RFC 7396) on trees: maps merge, all else replaces, ``null`` removes.

Every key keeps the span of where it was written, so a diagnostic about an inherited fact points into the
fragment that states it.
"""

from knobsmith.diagnostics import Diagnostic, Path, subject_of
from knobsmith.load.tree import Entry, Mapping, Node, Scalar
from knobsmith.model.forms.laws import REMOVES_NOTHING
from knobsmith.records import replace


def marked(node: Mapping, origin: str) -> Mapping:
    """The same mapping, each top key marked as coming from ``origin`` unless it came from further away."""
    entries = tuple(entry if entry.origin else replace(entry, origin=origin) for entry in node.entries)
    return replace(node, entries=entries)


def merge(base: Mapping, patch: Mapping, path: Path, problems: list[Diagnostic]) -> Mapping:
    """``patch`` over ``base``; the result stands at the place of ``patch``."""
    merged: dict[str, Entry] = {entry.key.text: entry for entry in base.entries}
    for entry in patch.entries:
        name = entry.key.text
        below = merged.get(name)
        if _is_null(entry.value) and below is None:
            problems.append(_removes_nothing(entry, (*path, name)))
        elif _is_null(entry.value):
            del merged[name]
        elif isinstance(entry.value, Mapping) and below is not None and isinstance(below.value, Mapping):
            inner = merge(below.value, entry.value, (*path, name), problems)
            merged[name] = replace(entry, value=inner, origin=entry.origin or below.origin)
        else:
            merged[name] = entry
    return Mapping(tuple(merged.values()), patch.span)


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None and not node.quoted


def _removes_nothing(entry: Entry, path: Path) -> Diagnostic:
    fact = f"but no `{entry.key.text}` is inherited here"
    return REMOVES_NOTHING.on(entry.value.span, subject_of(path), fact, "leave the key out")
