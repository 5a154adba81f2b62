"""Maps from names to records, where the name becomes part of the record."""

import re
from typing import Any, Generic, NamedTuple

from knobsmith.load.tree import Entry, Mapping, Node
from knobsmith.model.forms.form import Json, Pairs, Place, T, is_null, refuse_kind
from knobsmith.model.forms.records import RecordOf
from knobsmith.model.forms.scalars import NAME, refuse_name
from knobsmith.records import replace


class Named(NamedTuple, Generic[T]):
    """Records by name, in the order of the file."""

    form: RecordOf[T]
    pattern: str = NAME
    wanted: str = "a map from names to entries"

    def read(self, node: Node, place: Place) -> tuple[T, ...] | None:
        """The records; None if one of them, or a name, is wrong."""
        if not isinstance(node, Mapping):
            refuse_kind(node, place, self.wanted, "write `NAME: {...}` for each entry")
            return None
        found: list[T] = []
        is_whole = True
        for entry in node.entries:
            if place.partial and is_null(entry.value):
                continue
            record = self.read_entry(entry, place.inside(entry.key.text))
            if record is None:
                is_whole = False
            else:
                found.append(record)
        return tuple(found) if is_whole else None

    def read_entry(self, entry: Entry, place: Place) -> T | None:
        """One record. What it lacks is reported at its name, which is where a reader looks."""
        node = replace(entry.value, span=entry.key.span) if isinstance(entry.value, Mapping) else entry.value
        name = entry.key.text
        has_name = self.check_name(entry.key, name, place)
        record = self.form.read_with(node, place, {"name": name})
        return record if has_name else None

    def check_name(self, node: Node, name: str, place: Place) -> bool:
        """Whether a name is well-formed; reported if not."""
        if re.fullmatch(self.pattern, name):
            return True
        refuse_name(node, name, place)
        return False

    def write(self, value: tuple[Any, ...]) -> Any:
        """Pairs of name and record."""
        return Pairs((record.name, self.form.write(record)) for record in value)

    def schema(self, defs: Json) -> Json:
        """An object with the pattern of names."""
        entry = self.form.schema(defs)
        return {"type": "object", "patternProperties": {f"^{self.pattern}$": entry}, "additionalProperties": False}
