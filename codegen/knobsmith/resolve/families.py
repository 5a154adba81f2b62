"""Name templates: ``"{side}_width"`` with ``families: {side: [left, right]}`` is two entries."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from itertools import product

from knobsmith.diagnostics import Diagnostic, Rule, Severity
from knobsmith.load.tree import Entry, Mapping, Node, Scalar, Sequence
from knobsmith.records import replace

FAMILY = Rule(
    "KS019",
    Severity.ERROR,
    "a placeholder in a name is a family of this file",
    "`families: {side: [left, right]}` lets an entry named `{side}_width` stand for two. Every placeholder in a name "
    "must be declared, and no two templates may produce the same name.",
)

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
Families = Lookup[str, tuple[str, ...]]


def placeholders(name: str) -> tuple[str, ...]:
    """The families whose members a name stands for, each once."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(name)))


def members(entry: Entry, families: Families, problems: list[Diagnostic]) -> Iterator[Entry]:
    """The entries a template stands for, in the order of the families; none if a placeholder is unknown."""
    needed = placeholders(entry.key.text)
    unknown = [name for name in needed if name not in families]
    if unknown:
        known = ", ".join(f"`{name}`" for name in families) or "none"
        fact = f"`{unknown[0]}` is not"
        problems.append(
            FAMILY.on(entry.key.span, entry.key.text, fact, f"declare it under `families` (declared: {known})")
        )
        return
    for values in product(*(families[name] for name in needed)):
        yield _filled(entry, dict(zip(needed, values, strict=True)))


def _filled(entry: Entry, values: dict[str, str]) -> Entry:
    return replace(entry, key=_fill_scalar(entry.key, values), value=_fill(entry.value, values))


def _fill(node: Node, values: dict[str, str]) -> Node:
    match node:
        case Scalar():
            return _fill_scalar(node, values)
        case Sequence():
            return replace(node, items=tuple(_fill(item, values) for item in node.items))
        case Mapping():
            return replace(node, entries=tuple(_filled(entry, values) for entry in node.entries))


def _fill_scalar(scalar: Scalar, values: dict[str, str]) -> Scalar:
    if not isinstance(scalar.value, str) or "{" not in scalar.text:
        return scalar
    text = _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), scalar.text)
    return replace(scalar, value=text, text=text)
