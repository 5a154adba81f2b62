"""Values as authors write them: of which type they must be is known only once the whole entry is."""

from typing import Any, NamedTuple

from knobsmith.load.tree import Mapping, Node, Scalar, Sequence
from knobsmith.model.base import PlainValue
from knobsmith.model.forms.form import Json, Pairs, Place, refuse_kind

_SCALARS = ["string", "number", "boolean"]


class Raw(NamedTuple):
    """A value of a type that is stated elsewhere: a scalar, or a list of values."""

    wanted: str = "a value"

    def read(self, node: Node, place: Place) -> PlainValue | None:
        """The value as YAML has it; a list as a tuple."""
        match node:
            case Scalar(value=None):
                refuse_kind(node, place, self.wanted, 'leave the key out, or quote the text: `"null"`')
                return None
            case Scalar(value=value):
                return value
            case Sequence(items=items):
                values = [self.read(item, place.inside(index)) for index, item in enumerate(items)]
                return tuple(values) if all(value is not None for value in values) else None
            case Mapping():
                refuse_kind(node, place, self.wanted, "write a scalar or a list, and quote a text that holds braces")
                return None

    def write(self, value: PlainValue) -> Any:
        """The value; a tuple as a list."""
        return [self.write(item) for item in value] if isinstance(value, tuple) else value

    def schema(self, defs: Json) -> Json:
        """Anything but a map."""
        return {"type": [*_SCALARS, "array"]}


class RawKey(NamedTuple):
    """A value that is the key of a map, and so a scalar."""

    wanted: str = "a value"

    def read(self, node: Node, place: Place) -> bool | int | float | str | None:
        """The value as YAML has it."""
        if isinstance(node, Scalar) and node.value is not None:
            return node.value
        refuse_kind(node, place, self.wanted, 'quote the text: `"null"`')
        return None

    def write(self, value: bool | int | float | str) -> Any:
        """The value."""
        return value

    def schema(self, defs: Json) -> Json:
        """A scalar."""
        return {"type": _SCALARS}


class Options(NamedTuple):
    """Whatever a target asks for, as JSON."""

    wanted: str = "a map of options"

    def read(self, node: Node, place: Place) -> dict[str, object] | None:
        """The options."""
        if not isinstance(node, Mapping):
            refuse_kind(node, place, self.wanted, "write `{}` for none")
            return None
        return {entry.key.text: _plain(entry.value) for entry in node.entries}

    def write(self, value: dict[str, object]) -> Any:
        """The options."""
        return _pairs(value)

    def schema(self, defs: Json) -> Json:
        """Any object."""
        return {"type": "object"}


def _plain(node: Node) -> object:
    match node:
        case Scalar(value=value):
            return value
        case Sequence(items=items):
            return [_plain(item) for item in items]
        case Mapping(entries=entries):
            return {entry.key.text: _plain(entry.value) for entry in entries}


def _pairs(value: object) -> object:
    if isinstance(value, dict):
        return Pairs((key, _pairs(one)) for key, one in value.items())
    return [_pairs(item) for item in value] if isinstance(value, list) else value
