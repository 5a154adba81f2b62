"""Lists and maps of one form, and choices between two forms."""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple

from knobsmith.load.tree import Mapping, Node, Scalar, Sequence
from knobsmith.model.forms.form import Form, Json, Pairs, Place, T, cut, is_null, refuse_kind


class ListOf(NamedTuple, Generic[T]):
    """A list; its members are read one by one, so that all that is wrong is reported."""

    item: Form[T]
    wanted: str = "a list"

    def read(self, node: Node, place: Place) -> tuple[T, ...] | None:
        """The members."""
        if not isinstance(node, Sequence):
            example = f": `[{cut(node.text)}]`" if isinstance(node, Scalar) and node.text else ""
            refuse_kind(node, place, self.wanted, f"write it in square brackets{example}")
            return None
        # A list replaces what it is merged over, so its members are complete even in a fragment.
        items = [self.item.read(item, place.whole(index)) for index, item in enumerate(node.items)]
        whole = tuple(item for item in items if item is not None)
        return whole if len(whole) == len(items) else None

    def write(self, value: tuple[T, ...]) -> Any:
        """A list."""
        return [self.item.write(item) for item in value]

    def schema(self, defs: Json) -> Json:
        """An array."""
        return {"type": "array", "items": self.item.schema(defs)}


class OneOrMany(NamedTuple, Generic[T]):
    """One value, or a list of them; read as a tuple."""

    item: Form[T]

    @property
    def wanted(self) -> str:
        """Both kinds."""
        return f"{self.item.wanted} or a list"

    def read(self, node: Node, place: Place) -> tuple[T, ...] | None:
        """The members."""
        if isinstance(node, Sequence):
            return ListOf(self.item).read(node, place)
        value = self.item.read(node, place)
        return None if value is None else (value,)

    def write(self, value: tuple[T, ...]) -> Any:
        """A single value without a list around it."""
        items = [self.item.write(item) for item in value]
        return items[0] if len(items) == 1 else items

    def schema(self, defs: Json) -> Json:
        """Either."""
        item = self.item.schema(defs)
        return {"anyOf": [item, {"type": "array", "items": item}]}


class MapOf(NamedTuple, Generic[T]):
    """A map whose keys are an author's own; read as pairs in the order of the file."""

    key: Form[Any]
    value: Form[T]
    pattern: str = "."

    @property
    def wanted(self) -> str:
        """The kind."""
        return "a map"

    def read(self, node: Node, place: Place) -> tuple[tuple[Any, T], ...] | None:
        """The pairs; `null` removes one in a fragment."""
        if not isinstance(node, Mapping):
            refuse_kind(node, place, self.wanted, "write `key: value` pairs")
            return None
        pairs: list[tuple[Any, T]] = []
        is_whole = True
        for entry in node.entries:
            inside = place.inside(entry.key.text)
            key = self.key.read(entry.key, inside)
            if place.partial and is_null(entry.value):
                continue
            value = self.value.read(entry.value, inside)
            if key is None or value is None:
                is_whole = False
            else:
                pairs.append((key, value))
        return tuple(pairs) if is_whole else None

    def write(self, value: tuple[tuple[Any, T], ...]) -> Any:
        """Pairs."""
        return Pairs((self.key.write(key), self.value.write(one)) for key, one in value)

    def schema(self, defs: Json) -> Json:
        """An object with the pattern of its keys."""
        inner = self.value.schema(defs)
        if self.pattern == ".":
            return {"type": "object", "additionalProperties": inner}
        return {"type": "object", "patternProperties": {f"^{self.pattern}$": inner}, "additionalProperties": False}


class Either(NamedTuple):
    """One form for maps or lists, another for the rest; ``is_first`` tells which of them writes a value."""

    kind: type[Mapping] | type[Sequence]
    first: Form[Any]
    second: Form[Any]
    is_first: Callable[[Any], bool]
    wanted: str

    def read(self, node: Node, place: Place) -> Any:
        """What the form for this kind of node reads."""
        return (self.first if isinstance(node, self.kind) else self.second).read(node, place)

    def write(self, value: Any) -> Any:
        """What the form of this value writes."""
        return self.first.write(value) if self.is_first(value) else self.second.write(value)

    def schema(self, defs: Json) -> Json:
        """Either."""
        return {"anyOf": [self.first.schema(defs), self.second.schema(defs)]}


class NullOr(NamedTuple, Generic[T]):
    """Another form, beside which `null` has a meaning: ``marker``."""

    form: Form[T]
    marker: str

    @property
    def wanted(self) -> str:
        """Both kinds."""
        return f"{self.form.wanted} or `null`"

    def read(self, node: Node, place: Place) -> T | str | None:
        """The marker for `null`."""
        return self.marker if is_null(node) else self.form.read(node, place)

    def write(self, value: Any) -> Any:
        """Null for the marker."""
        return None if value == self.marker else self.form.write(value)

    def schema(self, defs: Json) -> Json:
        """Either."""
        return {"anyOf": [self.form.schema(defs), {"type": "null"}]}


class As(NamedTuple, Generic[T]):
    """Another form whose value is wrapped: ``wrap`` makes the value, ``unwrap`` gives the form's own back."""

    form: Form[Any]
    wrap: Callable[[Any], T]
    unwrap: Callable[[Any], Any]

    @property
    def wanted(self) -> str:
        """As the form has it."""
        return self.form.wanted

    def read(self, node: Node, place: Place) -> T | None:
        """The wrapped value."""
        value = self.form.read(node, place)
        return None if value is None else self.wrap(value)

    def write(self, value: Any) -> Any:
        """The unwrapped value."""
        return self.form.write(self.unwrap(value))

    def schema(self, defs: Json) -> Json:
        """As the form has it."""
        return self.form.schema(defs)


class Later(NamedTuple, Generic[T]):
    """A form that is declared further down: how a form contains itself."""

    get: Callable[[], Form[T]]

    @property
    def wanted(self) -> str:
        """As the form has it."""
        return self.get().wanted

    def read(self, node: Node, place: Place) -> T | None:
        """As the form has it."""
        return self.get().read(node, place)

    def write(self, value: Any) -> Any:
        """As the form has it."""
        return self.get().write(value)

    def schema(self, defs: Json) -> Json:
        """As the form has it."""
        return self.get().schema(defs)
