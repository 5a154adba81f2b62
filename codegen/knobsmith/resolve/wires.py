"""The text forms of values on the wire."""

from collections.abc import Iterator

from knobsmith.diagnostics import Path
from knobsmith.model.domain import BooleanTokens, Domain, Kind, Wire
from knobsmith.model.forms.laws import WIRE
from knobsmith.resolve.notebook import Notebook
from knobsmith.resolve.values import shown

_SEPARATORS = {"comma": ",", "tuple": ",", "space": " "}


def build_wire(wire: Wire, kind: Kind) -> Wire:
    """The text form of a value, with the defaults of the language."""
    if kind == "boolean":
        return wire or BooleanTokens()
    return wire or "json" if kind == "list" else None


def check_items_can_be_written(domain: Domain, wire: Wire, path: Path, notes: Notebook) -> None:
    """Note each text that may be an item of a list, but would be read back as something else."""
    separator = _SEPARATORS.get(wire) if isinstance(wire, str) else None
    if domain.items is None or separator is None:
        return
    for text, place in _texts(domain.items, (*path, "items")):
        if separator in text or text.strip(" ") != text or not text:
            fact = f"{shown(text)} cannot be an item of a list written as `{wire}`"
            notes.note(WIRE, place, fact, "write `json`, or change the text")


def _texts(domain: Domain, path: Path) -> Iterator[tuple[str, Path]]:
    for index, choice in enumerate(domain.values or ()):
        if isinstance(choice.value, str):
            yield choice.value, (*path, "values", index)
    for index, special in enumerate(domain.special):
        if special.word is not None:
            yield special.word, (*path, "special", index)
